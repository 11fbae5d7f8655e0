"""How new content reaches the kiosks: signed by two people, taken whole or not at all (TUF)."""
