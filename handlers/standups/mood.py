"""/standup mood: on or off, the last weeks, and the anonymous vote."""

from core.errors import Refused
from core.standups import mood as rules
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from services.ports import Lab
from services.standups import mood
from services.standups.mood import MoodRequest
from views.standups import mood as view


def setting(lab: Lab, ask: Ask) -> Reply:
    """`/standup mood [on|off]`."""
    on, asked = rules.read(ask.text), MoodRequest(ask.user, ask.channel)
    if on is None:
        return Reply.of(view.setting(mood.look(lab, ask.team_id, asked)))
    return Reply.of(view.setting(mood.arrange(lab, ask.team_id, asked, on, key=ask.key)))


def vote(lab: Lab, ask: Ask) -> Reply:
    """The menu; its value is the round and the step."""
    round_id, _, step = ask.value.partition("|")
    if not round_id:
        raise Refused("Nothing was chosen.", "Choose one of the five.")
    number = number_in(round_id, "The next round asks again.")
    mood.vote(lab, ask.team_id, ask.user, (number, step))
    return Reply.of(view.counted())


ROUTES = Routes(
    verbs=(Verb("/standup", "mood", "on|off", "The anonymous mood: vote, or see it", setting),),
    actions={"standup_mood": vote},
)
