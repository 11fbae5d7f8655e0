"""How we say it: translations by id, numbers that read in the right order, words we must not use. No Qt."""
