"""/standup setup, list, pause, resume: arranging standups."""

from core.faults import Faults
from core.standups.setup import Arrangement, Settings, questions_of
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.ports import Lab
from services.standups import setup as arrangement
from services.standups.absence import Note
from views.standups import forms as view


def setup(lab: Lab, ask: Ask) -> Reply:
    """`/standup setup`: the form, filled with what that channel's standup is set to."""
    now = arrangement.look(lab, ask.team_id, ask.user, ask.channel)
    kept = form_draft.offer(lab, ask.team_id, ask.user, _draft(ask.channel))
    return Reply(modal=view.setup_form(now, kept, opened_in=ask.channel))


def save(lab: Lab, ask: Ask) -> Reply:
    """The setup form was sent."""
    with Faults() as each:
        settings = _settings(each, ask)
        each(arrangement.require_whole, settings)
    wish = Arrangement(ask.carried("standup", 0), settings)
    now, changed = arrangement.save(lab, ask.team_id, wish, by=ask.user, key=ask.key)
    form = _draft(ask.told("channel"))
    form_draft.forget(lab, ask.team_id, ask.user, form)
    return Reply.of(view.arranged(now, changed))


def close(lab: Lab, ask: Ask) -> Reply:
    """The setup form was closed: what was typed is offered next time."""
    form = _draft(ask.told("channel"))
    form_draft.keep(lab, ask.team_id, ask.user, form, ask.values)
    return Reply()


def pause(lab: Lab, ask: Ask) -> Reply:
    """`/standup pause [until 2 Jan]`: no new rounds in this channel's standup."""
    if ask.text.strip():
        said = Note(ask.user, ask.text, ask.user)
        now = arrangement.pause_until(lab, ask.team_id, said, channel=ask.channel, key=ask.key)
    else:
        now = arrangement.pause(lab, ask.team_id, ask.channel, by=ask.user, key=ask.key)
    return Reply.of(view.turned(now))


def resume(lab: Lab, ask: Ask) -> Reply:
    """`/standup resume`: rounds again, from the next one on."""
    now = arrangement.resume(lab, ask.team_id, ask.channel, by=ask.user, key=ask.key)
    return Reply.of(view.turned(now))


def every(lab: Lab, ask: Ask) -> Reply:
    """`/standup list`: all standups with their next round."""
    return Reply.of(view.listed(arrangement.every(lab, ask.team_id)))


def _settings(each: Faults, ask: Ask) -> Settings:
    given = ask.values
    people = tuple(given.get("people") or ())
    return Settings(
        channel=ask.written("channel"),
        name=clean(ask.written("name"), limit=80),
        people=people,
        optional=tuple(user for user in given.get("optional") or () if user not in people),
        weeks=ask.picked("weeks", 1),
        days=tuple(sorted(ask.picked_all("days"))),
        at=str(given.get("at") or "09:30"),
        close_after=ask.picked("close", 4) * 60,
        questions=each(questions_of, ask.written("questions"), field="questions"),
    )


def _draft(channel: str) -> str:
    return f"standup_setup:{channel}"


SETUP = Routes(
    verbs=(
        Verb("/standup", "list", "", "All standups and their next round", every),
        Verb(
            "/standup", "setup", "", "Set up or change this channel's standup", setup, leads=True
        ),
        Verb("/standup", "pause", "[until 2 Jan]", "Stop asking here", pause, leads=True),
        Verb("/standup", "resume", "", "Start asking again", resume, leads=True),
    ),
    forms={"standup_setup": save},
    closed={"standup_setup": close},
)
