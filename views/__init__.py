"""Data to Block Kit dicts, one file per noun."""
