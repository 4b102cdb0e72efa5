"""The Home tab of the app."""

from handlers.ask import Ask, Reply, Routes
from services import home
from services.ports import Lab
from views import home as view


def opened(lab: Lab, ask: Ask) -> Reply:
    """app_home_opened: the Home tab is published as it is now; other tabs need nothing."""
    if ask.event.get("tab", "home") != "home":
        return Reply()
    return Reply(home=home.opened(lab, ask.workspace, ask.user, view.home))


ROUTES = Routes(events={"app_home_opened": (opened,)})
