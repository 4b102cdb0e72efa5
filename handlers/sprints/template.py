"""/sprint template: the GenAI two weeks as a calendar of reminders."""

from core.errors import Refused
from handlers.ask import Ask, Reply, Routes, Verb
from services.announcement import Place
from services.ports import Lab
from services.sprints import template as sprint_template
from views.sprints import template as view


def template(lab: Lab, ask: Ask) -> Reply:
    """`/sprint template [genai|off]`."""
    word = ask.text.strip().casefold()
    if word not in {"", "genai", "off", "on"}:
        raise Refused(f"I know no template “{word[:20]}”.", "Write `/sprint template genai`.")
    if word == "off":
        return _switch(lab, ask, on=False)
    return Reply.of(view.calendar(sprint_template.look(lab, ask.team_id, by=ask.user)))


def press(lab: Lab, ask: Ask) -> Reply:
    """The button under the calendar."""
    return _switch(lab, ask, on=ask.value == "genai")


def _switch(lab: Lab, ask: Ask, *, on: bool) -> Reply:
    place = Place(ask.key, ask.channel)
    shown = sprint_template.switch(lab, ask.team_id, place, on=on, by=ask.user)
    return Reply.of(view.calendar(shown, switched=True), replace=ask.kind == "action")


ROUTES = Routes(
    verbs=(Verb("/sprint", "template", "genai|off", "The GenAI two weeks, day by day", template),),
    actions={"sprint_template": press},
)
