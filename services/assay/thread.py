"""What the message says that somebody writes below."""

from core.assay.about import Id, ids
from core.assay.spelling import plain
from models import outbox
from services.ports import Lab

STANDUP = frozenset({"prompt", "nudge", "round", "early", "evening", "trial"})


def above(lab: Lab, channel: str, thread_ts: str) -> tuple[str, Id | None]:
    """The kind of our post at the head of the thread ("" for none of ours), and the id it names
    when it names one.
    """
    if not thread_ts:
        return "", None
    with lab.begin() as session:
        said = outbox.said_at(session, channel, thread_ts)
        if said is None:
            return "", None
        named = ids(plain(str(said.payload.get("text", ""))))
        one = named[0] if len(named) == 1 else None
        return said.key.partition(":")[0], one
