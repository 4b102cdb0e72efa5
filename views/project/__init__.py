"""The whole project: its canvas, its phase, its risks, and signs that something is wrong."""
