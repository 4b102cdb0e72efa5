"""A results file dropped into a channel or thread about an experiment."""

from handlers.ask import Ask, Reply, Routes
from services.evals import upload
from services.evals.upload import Drop
from services.ports import Lab

_SUBTYPES = {None, "", "file_share", "thread_broadcast"}


def hear(lab: Lab, ask: Ask) -> Reply:
    """A message with files; most have none, or are about nothing of ours, and pass by."""
    files = ask.event.get("files") or []
    direct = ask.event.get("channel_type") == "im"  # there, a message answers the standup
    if files and not direct and ask.event.get("subtype") in _SUBTYPES:
        thread = ask.thread_ts if ask.thread_ts != ask.message_ts else ""
        upload.hear(
            lab,
            ask.workspace,
            Drop(ask.user, ask.channel, ask.message_ts, ask.text, files, thread),
        )
    return Reply()


ROUTES = Routes(events={"message": (hear,)})
