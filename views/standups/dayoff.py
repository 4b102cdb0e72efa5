"""The team's days off, in Slack."""

from collections.abc import Sequence

from core.standups.absence import Off
from views import kit
from views.kit import Message
from views.standups.absence import days
from views.standups.standup import sentence


def added(off: Off) -> Message:
    """For the team: days on which nobody is asked."""
    return sentence(f"The team is off {_named(off)}: no standup. Set by {off.by}.")


def removed(off: Off) -> Message:
    """For the team: no day off after all."""
    return sentence(f"The team is not off {_named(off)} after all. Changed by {off.by}.")


def listed(found: Sequence[Off]) -> Message:
    """All days off that are still to come."""
    how = "A lead sets one: `/standup off 2026-12-24 company party`."
    if not found:
        return sentence(f"No company day off is coming. {how}")
    lines = [f"• {_named(off)}" for off in found[:30]]
    text = f"{len(found)} company {'day' if len(found) == 1 else 'spans of days'} off"
    body = "\n".join([f"*{text}*", *(kit.escape(line, 300) for line in lines)])
    return Message(text, [kit.section(body), kit.context(how)])


def _named(off: Off) -> str:
    return days(off.span) + (f" ({off.name})" if off.name else "")
