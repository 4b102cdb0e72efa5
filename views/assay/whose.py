"""Which team an answer is of, where it could have been another's."""

from collections.abc import Sequence

from core.teams.name import NAMELESS
from core.text import shorten
from views import kit

SWITCH = "assay_say_team"  # with a team's id: says the same to that team; value: the words
MOST = 4


def line(name: str, others: Sequence[Sequence[object]], said: str) -> list[kit.Block]:
    """The team that was meant, and buttons for the others (id, name); said: what was typed."""
    buttons = [
        kit.button(f"{shorten(str(other), 50) or NAMELESS} instead", f"{SWITCH}{team_id}", said)
        for team_id, other in others[:MOST]
    ]
    shown = kit.escape(name, 80) or NAMELESS
    return [kit.context(f"This is about team {shown}."), kit.actions(*buttons)]
