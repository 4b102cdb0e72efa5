"""Who is there, where they talk, and what they have open."""
