"""Which team an answer is of, where it could have been another's."""

from collections.abc import Sequence

from core.teams.name import NAMELESS
from core.text import shorten
from views import kit, meant

SWITCH = "assay_say_team"  # with a team's id: says the same to that team; value: the words
MOST = 4


def line(
    name: str, others: Sequence[Sequence[object]], said: str, waiting: int = 0
) -> list[kit.Block]:
    """The team that was meant, and buttons for the others (id, name), a menu for those after the
    fourth. said: what was typed; waiting: number of the input that goes on from the menu.
    """
    buttons = [
        kit.button(f"{shorten(str(other), 50) or NAMELESS} instead", f"{SWITCH}{team_id}", said)
        for team_id, other in others[:MOST]
    ]
    rest = [(int(str(team_id)), str(other)) for team_id, other in others[MOST:]]
    menu = [meant.menu(waiting, rest, "Another team instead")] if rest else []
    shown = kit.escape(name, 80) or NAMELESS
    return [kit.context(f"This is about team {shown}."), kit.actions(*buttons, *menu)]
