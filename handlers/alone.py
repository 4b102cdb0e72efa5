"""The Snooze button under "works alone"."""

from handlers.ask import Ask, Reply, Routes
from services import alone_watch
from services.ports import Lab
from views import alone as view


def snooze(lab: Lab, ask: Ask) -> Reply:
    """Nothing about that person for two weeks; the button's value is the episode."""
    one = alone_watch.snooze(lab, ask.workspace, ask.value, view.show, by=ask.user)
    text, blocks = view.snoozed(one)
    return Reply(text=text, blocks=blocks)


ROUTES = Routes(actions={"alone_snooze": snooze})
