"""A round as a value: everybody on its roster who is still here, and where they stand."""

from core.standups.round import Round as Facts
from core.standups.round import Seat, WrapUp
from models.standups import answer as answers
from models.standups import standup as table
from models.standups.standup import Round, Standup
from services.desk import Desk


def facts(here: Desk, standup: Standup, row: Round) -> Facts:
    """The round as a value, with everybody on its roster who is still here."""
    late = {a.user_id for a in answers.of_round(here.session, row.pk) if a.late}
    seats = [
        Seat(
            p.user_id,
            here.name(p.user_id),
            p.state,
            p.due_at,
            p.user_id in late,
            p.optional,
        )
        for p in table.prompts_of(here.session, row.pk)
        if p.state != "left"
    ]
    seats.sort(key=lambda seat: (seat.name.casefold(), seat.user))
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
