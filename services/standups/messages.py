"""A round's messages, brought up to date: the one in the channel, and everybody's prompt."""

from datetime import date

from core import calendar
from models import outbox
from models.standups.standup import Round, Standup
from services import team as teams
from services.desk import Desk
from services.experiments import experiment
from services.standups.facts import facts, seat_of
from views.kit import Message
from views.standups import standup as view


def parent_key(row: Round) -> str:
    """Outbox key of the round's message in the channel."""
    return f"round:{row.id}"


def prompt_key(row: Round, user_id: str) -> str:
    """Outbox key of somebody's prompt."""
    return f"prompt:{row.id}:{user_id}"


def nudge_key(row: Round, user_id: str, number: int) -> str:
    """Outbox key of somebody's first or second reminder."""
    return f"nudge:{row.id}:{user_id}:{number}"


def refresh(here: Desk, standup: Standup, row: Round) -> None:
    """Bring the round's message in the channel up to date."""
    here.voice.edit(parent_key(row), view.parent(facts(here, standup, row)))


def show_prompt(here: Desk, standup: Standup, row: Round, user_id: str) -> None:
    """Bring somebody's prompt and reminders up to date, as far as they were sent any."""
    key = prompt_key(row, user_id)
    if outbox.find(here.session, key) is not None:
        here.voice.edit(key, prompt(here, standup, row, user_id))
    nudges = [nudge_key(row, user_id, number) for number in (1, 2)]
    sent = [key for key in nudges if outbox.find(here.session, key) is not None]
    stands = facts(here, standup, row) if sent else None
    seat = seat_of(stands, user_id) if stands else None
    for key in sent:
        if stands is not None and seat is not None:
            here.voice.edit(key, view.nudge(stands, seat))


def was_prompted(here: Desk, row: Round, user_id: str) -> bool:
    """True when that person's prompt went out, or is about to."""
    return outbox.find(here.session, prompt_key(row, user_id)) is not None


def take_back(here: Desk, row: Round, user_id: str) -> None:
    """Drop somebody's prompt while it has not been sent."""
    found = outbox.find(here.session, prompt_key(row, user_id))
    if found is not None and found.state == "pending":
        here.session.delete(found)
        here.session.flush()


def prompt(here: Desk, standup: Standup, row: Round, user_id: str) -> Message:
    """What somebody is asked, or what became of it, as a message."""
    stands = facts(here, standup, row)
    seat = seat_of(stands, user_id)
    assert seat is not None
    theirs = experiment.mine(here.session, here.team, user_id)
    return view.prompt(stands, seat, theirs, _today(here, user_id))


def _today(here: Desk, user_id: str) -> date:
    zone = teams.zone_of(here.session, here.team, user_id)
    return calendar.local(here.now, calendar.zone(zone)).date()
