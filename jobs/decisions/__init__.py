"""Kill rules and proposals, killing and undoing, and what takes a second person."""
