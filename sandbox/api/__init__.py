"""The Web API as the bot calls it: one file for each family of methods."""
