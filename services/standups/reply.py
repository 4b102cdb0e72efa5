"""Answers written as plain messages: understood, and followed when they are edited or deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.assay import said as meaning
from core.errors import NotFound
from core.standups import standup as reading
from core.standups import typed_reply
from core.standups.questions import Question
from core.standups.typed_reply import Doubt
from core.text import clean
from models import outbox
from models.standups import answer as answers
from models.standups import standup as table
from models.standups.answer import Answer, Said
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import answer, submission, unsure
from services.standups.answer import Place
from services.standups.note import Note, readable
from services.standups.waiting import Written, is_going_on


@dataclass(frozen=True)
class Heard:
    """What became of a message. state: answered | skipped | empty (it belongs to a standup but has
    no words) | unsure (its writer is asked whether it is an answer) | "" when it is no answer to
    anything. unread: what in it could not be read as the questions want it, and what it leaves out
    that must be answered. late: the round was over.
    """

    state: str = ""
    round_id: int = 0
    unread: Sequence[Doubt] = ()
    late: bool = False


def hear(lab: Lab, team_id: int, note: Note) -> Heard:
    """Take a message as (part of) an answer, or as a skip, when it is one."""
    with desk(lab, team_id, lock=False) as here:
        mine = _place_for(here, note, timedelta(minutes=lab.policy.undo_minutes))
        if mine is None:
            return Heard()
        if not clean(note.text):
            here.voice.react(note.channel, note.ts, "question")
            return Heard("empty")
        if reading.is_skip(note.text):
            submission.mark_skipped(here, mine)
            here.voice.react(note.channel, note.ts, "white_check_mark")
            return Heard(mine.prompt.state, mine.row.pk)
        if not _is_clear(mine, note):
            unsure.ask(lab, here, note, f"round:{mine.row.id}")
            return Heard("unsure", mine.row.pk)
        return put(here, mine, note)


def _is_clear(mine: Place, note: Note) -> bool:
    """True for what can only be an answer; what may be something else is asked about."""
    if note.thread_ts:
        return True
    asked = meaning.Said(note.text, waits=True, asked=answer.asked(mine))
    return meaning.read(asked).intent == "answer"


def put(here: Desk, mine: Place, note: Note) -> Heard:
    """Add a message to that person's answer."""
    unread = _add(here, mine, note)
    here.voice.react(note.channel, note.ts, "question" if unread else "white_check_mark")
    late = answer.is_over(here, mine.row)
    return Heard(mine.prompt.state, mine.row.pk, unread, late)


def hear_edit(lab: Lab, team_id: int, note: Note) -> Heard:
    """Follow an edit of a message that is part of an answer."""
    with desk(lab, team_id, lock=False) as here:
        found = _known(here, note)
        if found is None:
            return Heard()
        mine, row, said = found
        text = readable(here, note.text)
        if text == said.text:
            return Heard()  # a link was unfurled: Slack calls that an edit, too
        said.text = text
        row.edited_at = here.now
        here.session.flush()
        unread = _kept(here, mine, row, text)
        if not unread:
            here.voice.react(note.channel, note.ts, "white_check_mark")
        return Heard("answered", mine.row.pk, unread)


def hear_deletion(lab: Lab, team_id: int, note: Note) -> bool:
    """Follow the deletion of a message of an answer: what is left stands, or the answer is
    withdrawn. True for one.
    """
    with desk(lab, team_id, lock=False) as here:
        found = _known(here, note)
        if found is None:
            return False
        mine, row, said = found
        here.session.delete(said)
        here.session.flush()
        if row.form or answers.said_for(here.session, row.pk):
            row.edited_at = here.now
            answer.keep(here, mine, row)
        else:
            answer.withdraw(here, mine, row)
        return True


def is_theirs(lab: Lab, team_id: int, note: Note) -> bool:
    """True when that message is part of an answer of the person who says so."""
    with desk(lab, team_id, lock=False) as here:
        found = _known(here, note)
        return found is not None and found[1].user_id == note.user


def take_back(lab: Lab, team_id: int, user_id: str, round_id: int) -> None:
    """Withdraw that person's answer: nothing of it is kept, and they owe one again.

    Raises NotFound (nothing to take back), NotAllowed.
    """
    with desk(lab, team_id, lock=False) as here:
        mine = answer.place(here, round_id, user_id)
        row = answers.of_person(here.session, round_id, user_id)
        if row is None or row.withdrawn:
            raise NotFound("There is no answer of yours to take back.", "`/standup` writes one.")
        for said in answers.said_for(here.session, row.pk):
            here.session.delete(said)
        here.session.flush()
        answer.withdraw(here, mine, row)


def _add(here: Desk, mine: Place, note: Note) -> list[Doubt]:
    row = answer.standing(here, mine)
    text = readable(here, note.text)
    here.session.add(Said(answer_id=row.pk, channel=note.channel, ts=note.ts, text=text))
    here.session.flush()
    return _kept(here, mine, row, text)


def _kept(here: Desk, mine: Place, row: Answer, text: str) -> list[Doubt]:
    """Keep the answer; what of it was not in doubt before this text and is now."""
    asked = answer.asked(mine)
    before = [one for one in typed_reply.doubts(asked, row.replies) if one.text]
    answer.keep(here, mine, row)
    # Who answers question by question has not left the others out.
    whole = len(asked) == 1 or reading.read(mine.row.questions, text) is not None
    now = typed_reply.doubts(asked, row.replies)
    return [one for one in now if one not in before and (one.text or whole)]


def _known(here: Desk, note: Note) -> tuple[Place, Answer, Said] | None:
    said = answers.said(here.session, note.channel, note.ts)
    row = here.session.get(Answer, said.answer_id) if said else None
    if said is None or row is None:
        return None
    mine = answer.place(here, row.round_id, row.user_id)
    here.session.refresh(said)
    here.session.refresh(row)
    return mine, row, said


def _place_for(here: Desk, note: Note, pause: timedelta) -> Place | None:
    if note.thread_ts:
        return _of_thread(here, note)
    if not note.direct or reading.is_chatter(note.text):
        return None
    theirs = table.rounds_of_person(here.session, here.team_id, note.user, since=here.now)
    asked = [row.id for row, prompt in theirs if prompt.state == "asked"]
    said = Written(note.user, note.channel, note.text, here.now, pause)
    going_on = [row.id for row, _ in theirs if is_going_on(here.session, row.pk, said)]
    for round_id in [*asked, *going_on]:
        if round_id is not None:
            return answer.place(here, round_id, note.user)
    return None


def _of_thread(here: Desk, note: Note) -> Place | None:
    said = outbox.said_at(here.session, note.channel, note.thread_ts)
    if said is None or said.team_id != here.team_id:
        return None
    kind, number, whose = [*said.key.split(":"), "", ""][:3]
    if kind not in {"prompt", "nudge", "round"} or whose not in {"", note.user}:
        return None
    if table.prompt_of(here.session, int(number), note.user) is None:
        return None
    mine = answer.place(here, int(number), note.user)
    if kind != "round":
        return None if reading.is_chatter(note.text) else mine
    # In the channel people also talk about answers: only who owes one is heard.
    owes = mine.prompt.state in {"due", "asked", "away", "missed"}
    return mine if owes and not _is_talk(answer.asked(mine), note.text) else None


def _is_talk(asked: Sequence[Question], text: str) -> bool:
    questions = [question.text for question in asked]
    if reading.is_skip(text) or typed_reply.fits(asked, reading.combine(questions, [text])):
        return False
    return reading.is_talk(questions, text)
