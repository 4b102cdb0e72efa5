"""Statistics: every figure with its range, or the reason why there is none."""
