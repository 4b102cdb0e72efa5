"""A message somebody wrote to the bot, and what was done to it before it came.

Slack sends an event again after a minute and after five, so an edit or a deletion may be here
first: it is kept for ten minutes and done when its message comes.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from core.standups import standup as reading
from core.text import mentioned_users
from models import form_draft as drafts
from models import outbox
from services import form_draft
from services.desk import Desk, desk
from services.ports import Lab

STANDUP = frozenset({"prompt", "nudge", "round", "early", "evening", "trial"})
_AHEAD = "ahead:"
_AHEAD_FOR = timedelta(minutes=10)


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


def below(lab: Lab, team_id: int, note: Note) -> str:
    """The kind of our post that the message stands below (`prompt`, `trial`, …), "" for none."""
    with desk(lab, team_id, lock=False) as here:
        post = outbox.said_at(here.session, note.channel, note.thread_ts)
        known = post is not None and post.team_id == team_id
        return post.key.partition(":")[0] if post and known else ""


def above(lab: Lab, channel: str, thread_ts: str) -> tuple[str, str]:
    """The kind of our post at the head of the thread, and what it says; "" for none of ours."""
    if not thread_ts:
        return "", ""
    with lab.begin() as session:
        said = outbox.said_at(session, channel, thread_ts)
        return (
            (said.key.partition(":")[0], str(said.payload.get("text", ""))) if said else ("", "")
        )


def remember(lab: Lab, team_id: int, note: Note, *, gone: bool) -> None:
    """Keep an edit or a deletion of a message that has not come; no word of a deleted one."""
    with desk(lab, team_id, lock=False) as here:
        drafts.forget_before(here.session, _AHEAD, here.now - _AHEAD_FOR)
        joined, form = lab.within(here.session), _ahead(note)
        known = drafts.hold_any(here.session, note.user, form)
        if known is None or not known.values.get("gone"):
            values = {"gone": True} if gone else {"text": note.text}
            form_draft.keep(joined, team_id, note.user, form, values)


def as_it_is_now(lab: Lab, note: Note) -> Note | None:
    """The message with the edit that came before it; None when its deletion did."""
    with lab.begin() as session:
        # Kept before anybody knew which team the message is for.
        row = drafts.hold_any(session, note.user, _ahead(note))
        if row is None:
            return note
        session.delete(row)
        if lab.clock() - row.at > _AHEAD_FOR:
            return note
        return None if row.values.get("gone") else replace(note, text=str(row.values["text"]))


def _ahead(note: Note) -> str:
    return f"{_AHEAD}{note.channel}|{note.ts}"
