"""Block Kit: what Slack takes and refuses, and what people fill in."""
