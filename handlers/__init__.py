"""What people do in Slack: functions (Lab, Ask) -> Reply, one file per noun."""
