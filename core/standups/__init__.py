"""Standups: who is asked what and when, what they answer, and who is away."""
