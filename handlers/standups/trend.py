"""/standup trend: participation, blockers and learnings week by week; shared without names."""

from core.standups import trend as rules
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from services.ports import Lab
from services.standups import trend
from views.standups import trend as view


def show(lab: Lab, ask: Ask) -> Reply:
    """`/standup trend [4w]`."""
    weeks = rules.read(ask.text)
    found = trend.look(lab, ask.workspace, weeks, by=ask.user, channel=ask.channel)
    drawn = trend.send(lab, ask.workspace, found, to=ask.user, key=ask.key)
    once = ask.short_key if found.counted else ""
    return Reply.of(view.trend(found, once=once, picture=drawn))


def share(lab: Lab, ask: Ask) -> Reply:
    """The Share button; its value names the trend and says over how many weeks."""
    once, _, weeks = ask.value.partition("|")
    count = rules.read(str(number_in(weeks, "Write `/standup trend`.")))
    found = trend.look(lab, ask.workspace, count, by=ask.user, channel=ask.channel)
    shown = found.without_people()
    message = view.trend(shown, shared_by=ask.user)
    told = (message, shown)
    place, new = trend.share(lab, ask.workspace, once, told, channel=ask.channel)
    return Reply.of(view.shared(place, new=new), replace=True)


ROUTES = Routes(
    verbs=(Verb("/standup", "trend", "4w", "Participation week by week", show),),
    actions={"standup_trend_share": share},
)
