"""A message somebody wrote to the bot."""

from dataclasses import dataclass

from core.standups import standup as reading
from core.text import mentioned_users
from services.desk import Desk


@dataclass(frozen=True)
class Note:
    """A message somebody wrote. direct: in the bot's DM; text: Slack-escaped as it came."""

    user: str
    channel: str
    ts: str
    text: str
    thread_ts: str = ""
    direct: bool = False


def readable(here: Desk, text: str) -> str:
    """A message as Slack sends it, as people read it."""
    names = {user: here.name(user) for user in mentioned_users(text)}
    return reading.readable(text, names)
