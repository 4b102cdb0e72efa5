"""A results file dropped into a channel or thread about an experiment."""

from handlers.ask import Ask, Reply
from services.evals import upload
from services.evals.upload import Drop
from services.ports import Lab


def files(lab: Lab, ask: Ask) -> Reply | None:
    """A message with results files; most have none, or are about nothing of ours."""
    found = ask.event.get("files") or []
    if not found or ask.is_direct:  # there, a message answers the standup
        return None
    drop = Drop(ask.user, ask.channel, ask.message_ts, ask.text, found, ask.thread_ts)
    return Reply() if upload.hear(lab, ask.team_id, drop) else None
