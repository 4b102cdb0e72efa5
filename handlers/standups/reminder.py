"""/standup nudges: whether one is reminded of an answer one owes."""

from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.standups import reminder
from views.standups import standup as view


def nudges(lab: Lab, ask: Ask) -> Reply:
    """`/standup nudges [on|off]`."""
    return _chosen(lab, ask, ask.switched("Write `/standup nudges off` or `on`."))


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
