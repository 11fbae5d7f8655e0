"""How it sounds: what is shown turned into what is said, and the command that says it."""
