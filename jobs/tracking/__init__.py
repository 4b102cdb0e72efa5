"""What the clock does about runs of trainings."""
