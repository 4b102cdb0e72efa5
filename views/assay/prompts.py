"""What Slack suggests to ask in the Messages tab, by role; and whether it does."""

from collections.abc import Mapping, Sequence

from views import kit
from views.kit import Message

STATUS = ("How are we doing?", "how are we doing?")
DECISIONS = ("What needs a decision?", "what needs a decision?")
BLOCKED = ("Who is blocked?", "who is blocked?")
READY = ("When will it be ready?", "when will it be ready?")
MINE = ("My experiments", "my experiments")
HELP = ("What can you do?", "help")
_BY_ROLE = {
    "executive": (STATUS, DECISIONS, READY, BLOCKED),
    "lead": (DECISIONS, BLOCKED, STATUS, MINE),
    "admin": (HELP, STATUS, BLOCKED, MINE),
}


def of(role: str, examples: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Four (title, message) for somebody of that role. examples: what usages say → one of their
    own tickets.
    """
    own = examples.get("EXP-042")
    card = (f"How is {own}?", f"{own}") if own else HELP
    return _BY_ROLE.get(role, (MINE, card, BLOCKED, STATUS))


def stands(on: bool, *, changed: bool) -> Message:
    """Whether the Messages tab suggests what to ask."""
    verb = "suggests" if on else "suggests nothing"
    text = f"My Messages tab {'now ' if changed else ''}{verb}{' what to ask, by role' * on}."
    note = (
        "It takes `assay manifest --agent`, pasted and installed again, and a paid Slack plan. "
        "Everything else works with and without it."
    )
    return Message(text, [kit.section(text), kit.context(note)])
