"""The demo: its people, its story and its curtain."""
