"""Finding an entry by typing: folded words, an index in SQLite, keyboards. No Qt, nothing remembered."""
