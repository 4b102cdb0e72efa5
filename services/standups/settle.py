"""A message that was asked about turns out to be an answer: it goes where it would have gone."""

from datetime import date

from services.desk import Desk, desk
from services.ports import Lab
from services.standups import answer, early, early_messages, evening, reply, unsure
from services.standups.early import EarlyAnswer
from services.standups.note import Note
from services.standups.reply import Heard


def post(lab: Lab, team_id: int, user_id: str, place: str) -> Heard:
    """Take it as the answer, late when its round is over by now.

    Raises NotFound (settled already, or what it answers is gone), NotAllowed.
    """
    with desk(lab, team_id, lock=False) as here:
        note, about = unsure.take(here, user_id, place)
        kind, _, which = about.partition(":")
        if kind == "evening":
            evening.put(here, note, int(which))
            heard = Heard("answered")
        elif kind == "early":
            heard = _ahead(here, note, which)
        else:
            heard = _in_round(here, note, int(which))
        unsure.tell(here, note, "late" if heard.late else "posted")
        return heard


def _in_round(here: Desk, note: Note, round_id: int) -> Heard:
    return reply.put(here, answer.place(here, round_id, note.user), note)


def _ahead(here: Desk, note: Note, which: str) -> Heard:
    number, _, day = which.partition(":")
    standup, on = early.meant(here, EarlyAnswer(note.user, int(number), date.fromisoformat(day)))
    opened = early.round_of(here, standup, on)
    if opened is not None:
        return _in_round(here, note, opened.pk)
    early_messages.put(here, standup, on, note)
    return Heard("answered")
