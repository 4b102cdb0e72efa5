"""Runs of trainings as trackers (MLflow, W&B) know them."""
