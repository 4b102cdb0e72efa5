"""/standup nudges: whether one is reminded of an answer one owes."""

from core.errors import Refused
from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.standups import reminder
from views.standups import standup as view

_WORDS = {"": None, "on": True, "off": False}


def nudges(lab: Lab, ask: Ask) -> Reply:
    """`/standup nudges [on|off]`."""
    word = ask.text.strip().casefold()
    if word not in _WORDS:
        raise Refused("I did not understand that.", "Write `/standup nudges off` or `on`.")
    return _chosen(lab, ask, _WORDS[word])


def stop(lab: Lab, ask: Ask) -> Reply:
    """The button Stop nudging me."""
    return _chosen(lab, ask, False)


def start(lab: Lab, ask: Ask) -> Reply:
    """The button Start reminders."""
    return _chosen(lab, ask, True)


def _chosen(lab: Lab, ask: Ask, wanted: bool | None) -> Reply:
    stands, where = reminder.choose(lab, ask.team_id, ask.user, wanted=wanted)
    return Reply.of(view.nudges(stands, where))


ROUTES = Routes(
    verbs=(Verb("/standup", "nudges", "off", "No reminders (`on`: again)", nudges),),
    actions={"standup_nudges_off": stop, "standup_nudges_on": start},
)
