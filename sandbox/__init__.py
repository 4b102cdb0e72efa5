"""A small, strict Slack workspace on loopback, for the demo and the tests."""
