"""Experiment tickets: what they try, what was predicted, what came out and what was learned."""
