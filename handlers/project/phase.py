"""/phase: where the project stands, gate decisions, symptoms of the wrong phase."""

from handlers.ask import Ask, Reply, Routes, Verb
from services.announcement import Place
from services.ports import Lab
from services.project import phase, symptoms
from views.project import phase as view


def look(lab: Lab, ask: Ask) -> Reply:
    """`/phase`."""
    return Reply.of(view.page(phase.look(lab, ask.team_id, ask.user)))


def decide(lab: Lab, ask: Ask) -> Reply:
    """`/phase set convergence why`."""
    place = Place(ask.key, ask.channel)
    found, told = phase.decide(lab, ask.team_id, ask.text, place, by=ask.user)
    return Reply.of(view.decided(found, channel=told))


def start(lab: Lab, ask: Ask) -> Reply:
    """`/phase start 2026-11-02`."""
    return Reply.of(view.started(phase.start(lab, ask.team_id, ask.text, by=ask.user)))


def snooze(lab: Lab, ask: Ask) -> Reply:
    """The button Snooze 4 weeks."""
    return Reply.of(view.snoozed(symptoms.snooze(lab, ask.team_id, ask.value, by=ask.user)))


ROUTES = Routes(
    verbs=(
        Verb("/phase", "", "", "Phase, week, explore:exploit, signs of the wrong phase", look),
        Verb("/phase", "set", "convergence why", "A gate decision", decide, leads=True),
        Verb("/phase", "start", "2026-11-02", "The project's first day", start, leads=True),
    ),
    actions={"symptom_snooze": snooze},
)
