"""The Snooze button under "works alone"."""

from handlers.ask import Ask, Reply, Routes
from services.ports import Lab
from services.project import working_alone
from views.project import working_alone as view


def snooze(lab: Lab, ask: Ask) -> Reply:
    """Nothing about that person for two weeks; the button's value is the episode."""
    one = working_alone.snooze(lab, ask.team_id, ask.value, by=ask.user)
    return Reply.of(view.snoozed(one))


ROUTES = Routes(actions={"alone_snooze": snooze})
