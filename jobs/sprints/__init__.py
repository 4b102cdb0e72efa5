"""Sprints: planned, reviewed, looked back on; their calendar and their ceremonies."""
