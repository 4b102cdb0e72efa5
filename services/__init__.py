"""Use cases: load, ask core, save, in one transaction; one file per noun."""
