"""What people are stuck on, and what is done about it."""
