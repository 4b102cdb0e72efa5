"""A message that was asked about turns out to be an answer: it goes where it would have gone."""

from datetime import date

from services.ports import Lab
from services.standups import answer, early, early_messages, evening, reply, unsure
from services.standups.desk import Desk, Note, Words, sit_down
from services.standups.early import Wish
from services.standups.reply import Heard


def post(lab: Lab, workspace: str, user_id: str, place: str, words: Words) -> Heard:
    """Take it as the answer, late when its round is over by now.

    Raises NotFound (settled already, or what it answers is gone), NotAllowed.
    """
    with sit_down(lab, workspace, words) as desk:
        note, about = unsure.take(desk, user_id, place)
        kind, _, which = about.partition(":")
        if kind == "evening":
            evening.put(desk, note, int(which))
            heard = Heard("answered")
        elif kind == "early":
            heard = _ahead(desk, note, which)
        else:
            heard = _in_round(desk, note, int(which))
        unsure.tell(desk, note, "late" if heard.late else "posted")
        return heard


def _in_round(desk: Desk, note: Note, round_id: int) -> Heard:
    return reply.put(desk, answer.place(desk, round_id, note.user), note)


def _ahead(desk: Desk, note: Note, which: str) -> Heard:
    number, _, day = which.partition(":")
    standup, on = early.meant(desk, Wish(note.user, int(number), date.fromisoformat(day)))
    opened = early.round_of(desk, standup, on)
    if opened is not None and opened.id is not None:
        return _in_round(desk, note, opened.id)
    early_messages.put(desk, standup, on, note)
    return Heard("answered")
