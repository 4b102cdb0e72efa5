"""Data cards, labels and vendors, and what experiments wait for."""
