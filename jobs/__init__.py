"""What the clock does: functions (Lab, now) -> None, one file per noun."""
