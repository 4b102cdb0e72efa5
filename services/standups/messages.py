"""A round as a value, and its messages: the one in the channel, and everybody's prompt."""

from collections.abc import Sequence
from datetime import date

from core import calendar
from core.standups.round import Round as Facts
from core.standups.round import Seat, WrapUp
from models import outbox
from models.standups import answer as answers
from models.standups import standup as table
from models.standups.standup import Round, Standup
from services import team as teams
from services.desk import Desk
from services.experiments import experiment
from views.kit import Message
from views.standups import standup as view


def facts(here: Desk, standup: Standup, row: Round) -> Facts:
    """The round as a value, with everybody on its roster who is still here."""
    return facts_of(here, [(standup, row)])[0]


def facts_of(here: Desk, rounds: Sequence[tuple[Standup, Round]]) -> list[Facts]:
    """The same of several rounds, read at once."""
    seats: dict[int, list[Seat]] = {row.pk: [] for _, row in rounds}
    for one in answers.roster(here.session, list(seats)):
        name = here.name(one.user_id)
        seat = Seat(one.user_id, name, one.state, one.due_at, one.late, one.optional)
        seats[one.round_id].append(seat)
    for theirs in seats.values():
        theirs.sort(key=lambda seat: (seat.name.casefold(), seat.user))
    return [_facts(standup, row, seats[row.pk]) for standup, row in rounds]


def _facts(standup: Standup, row: Round, seats: Sequence[Seat]) -> Facts:
    wrap_up = WrapUp(**row.wrap_up) if row.wrap_up is not None else None
    return Facts(
        id=row.pk,
        name=standup.name,
        on=row.on,
        closes_at=row.closes_at,
        questions=tuple(row.questions),
        seats=tuple(seats),
        wrap_up=wrap_up,
        shapes=row.shapes or {},
        mood=bool(row.mood_key),
    )


def seat_of(round_facts: Facts, user_id: str) -> Seat | None:
    """That person's seat, or None."""
    return next((seat for seat in round_facts.seats if seat.user == user_id), None)


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
            say = here.voice.edit if view.is_of_use(stands, seat) else here.voice.delete
            say(key, view.nudge(stands, seat))


def show_missed(here: Desk, standup: Standup, row: Round, user_id: str) -> None:
    """A round that is over was not answered: its prompt becomes one line for all those in a row,
    and those of the earlier ones are deleted.
    """
    if outbox.find(here.session, prompt_key(row, user_id)) is not None:
        for one in table.missed_before(here.session, row, user_id):
            key = prompt_key(one, user_id)
            if outbox.find(here.session, key) is not None:
                here.voice.delete(key, view.sentence("Told below."))
    show_prompt(here, standup, row, user_id)


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
    over = row.wrap_up is not None and seat.state == "asked"
    missed = table.missed_before(here.session, row, user_id) if over else []
    days = [*(one.on for one in missed), row.on]
    return view.prompt(stands, seat, theirs, _today(here, user_id), missed=days)


def _today(here: Desk, user_id: str) -> date:
    zone = teams.zone_of(here.session, here.team, user_id)
    return calendar.local(here.now, calendar.zone(zone)).date()
