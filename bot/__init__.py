"""The bot process: wiring, Bolt app, scheduler, poster and the command line."""
