"""What Slack sends to the bot, and how it gets there."""
