"""The evening check: what people say they learned today, kept as a learning."""

from collections.abc import Sequence
from dataclasses import replace

from core.errors import NotAllowed, NotFound, Refused
from core.quantity import experiments_in
from core.standups import direct
from core.standups import evening as rules
from core.standups import standup as reading
from core.standups.questions import Question
from core.text import clean, says_nothing
from models import form_draft, outbox
from models.experiments import experiment as tickets
from models.experiments import learning as learnings
from models.experiments.learning import Learning
from models.standups import evening as table
from models.standups.evening import EveningAsk
from models.standups.standup import Standup
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.standups import unsure
from services.standups.note import Note, readable
from services.standups.waiting import EVENING_FOR
from views.standups import evening as view

_QUESTIONS = (Question("What did you learn today?"),)


def offer(lab: Lab, team_id: int, user_id: str, ask_id: int) -> tuple[rules.Evening, str]:
    """That evening for its form, and what was typed and not sent. Raises NotFound, NotAllowed."""
    with desk(lab, team_id, lock=False) as here:
        row = _own(here, user_id, ask_id)
        kept = form_draft.offer(here.session, team_id, user_id, draft_name(ask_id))
        return value(here, row), str(kept.get("text") or "")


def keep(lab: Lab, team_id: int, whose: tuple[str, int], given: tuple[str, str]) -> rules.Evening:
    """Keep what was learned. whose: who says it, of which evening. given: the words, and the
    number of an experiment or "".

    Raises NotFound, NotAllowed, and Refused under the field (no words).
    """
    text, (user_id, ask_id) = clean(given[0]), whose
    if not text:
        raise Refused("What did you learn?", "“nothing” is an answer.", field="text")
    with desk(lab, team_id, lock=False) as here:
        row = _own(here, user_id, ask_id)
        form_draft.forget(here.session, team_id, user_id, draft_name(ask_id))
        row.channel = row.ts = ""
        return _take(here, row, text, [int(given[1])] if given[1] else [])


def withdraw(lab: Lab, team_id: int, user_id: str, ask_id: int) -> rules.Evening:
    """Take it back: the learning goes. Raises NotFound, NotAllowed."""
    with desk(lab, team_id, lock=False) as here:
        return _forget(here, _own(here, user_id, ask_id))


def hear(lab: Lab, team_id: int, note: Note) -> bool:
    """Take a direct message as what was learned, when it is below the question or follows it."""
    if not note.direct or reading.is_chatter(note.text) or not clean(note.text):
        return False
    note = replace(note, text="nothing") if reading.is_skip(note.text) else note
    with desk(lab, team_id, lock=False) as here:
        row = _meant(here, note)
        if row is None:
            return False
        if note.thread_ts or direct.is_clear(_QUESTIONS, note.text):
            _put(here, row, note)
        else:
            unsure.ask(lab, here, note, f"evening:{row.id}")
        return True


def put(here: Desk, note: Note, ask_id: int) -> None:
    """Take a message as what was learned that evening. Raises NotFound, NotAllowed."""
    _put(here, _own(here, note.user, ask_id), note)


def _put(here: Desk, row: EveningAsk, note: Note) -> None:
    text = readable(here, note.text)
    again = row.state == "answered"
    row.channel, row.ts = ("", "") if again else (note.channel, note.ts)
    here.voice.react(note.channel, note.ts, "white_check_mark")
    _take(here, row, f"{row.text}\n{text}" if again else text, row.about)


def hear_change(lab: Lab, team_id: int, note: Note, *, gone: bool) -> bool:
    """Follow an edit or the deletion of the message it was told in: True for one."""
    with desk(lab, team_id, lock=False) as here:
        row = table.said_at(here.session, note.channel, note.ts)
        if row is None or row.user_id != note.user:
            return False
        text = readable(here, note.text)
        if gone or not text:
            _forget(here, row)
        elif text != row.text:
            _take(here, row, text, [])
        return True


def draft_name(ask_id: int) -> str:
    """Under which name a half-typed evening is kept."""
    return f"evening:{ask_id}"


def value(here: Desk, row: EveningAsk) -> rules.Evening:
    """One person's evening as a value."""
    theirs = experiment.mine(here.session, here.team, row.user_id)
    return rules.Evening(
        id=row.pk,
        on=row.on,
        text=row.text,
        learned=not says_nothing(row.text),
        about=tuple(row.about),
        experiments=tuple(f"{ticket.id} {ticket.title}" for ticket in theirs),
        answered=row.state == "answered",
    )


def _own(here: Desk, user_id: str, ask_id: int) -> EveningAsk:
    row = table.hold(here.session, ask_id)
    standup = here.session.get(Standup, row.standup_id) if row else None
    if row is None or standup is None or standup.team_id != here.team_id:
        raise NotFound("That evening is gone.", "`/learn add` keeps what you learned.")
    if row.user_id != user_id:
        raise NotAllowed("That is somebody else's.", "`/learn add` keeps what you learned.")
    return row


def _meant(here: Desk, note: Note) -> EveningAsk | None:
    if not note.thread_ts:
        return table.waiting(here.session, here.team_id, note.user, here.now - EVENING_FOR)
    said = outbox.said_at(here.session, note.channel, note.thread_ts)
    if said is None or said.team_id != here.team_id or said.key[:8] != "evening:":
        return None
    row = table.hold(here.session, int(said.key.removeprefix("evening:")))
    return row if row is not None and row.user_id == note.user else None


def _take(here: Desk, row: EveningAsk, text: str, about: Sequence[int]) -> rules.Evening:
    named = dict.fromkeys([*about, *experiments_in(text)])
    known = tickets.known(here.session, here.team_id, named)
    row.text, row.about = clean(text), [number for number in named if number in known]
    row.state, row.answered_at = "answered", here.now
    here.session.add(row)
    here.session.flush()
    _follow(here, row)
    return _show(here, row)


def _forget(here: Desk, row: EveningAsk) -> rules.Evening:
    row.text, row.about, row.state, row.answered_at = "", [], "asked", None
    row.channel = row.ts = ""
    here.session.add(row)
    here.session.flush()
    _follow(here, row)
    return _show(here, row)


def _follow(here: Desk, row: EveningAsk) -> None:
    origin = f"evening:{row.id}"
    if says_nothing(row.text):
        learnings.drop(here.session, here.team_id, origin)
        return
    learning = Learning(
        team_id=here.team_id,
        source="evening",
        origin=origin,
        user_id=row.user_id,
        text=row.text,
        about=learnings.about(row.about),
        at=row.answered_at or here.now,
    )
    learnings.put(here.session, learning)


def _show(here: Desk, row: EveningAsk) -> rules.Evening:
    now = value(here, row)
    here.voice.edit(f"evening:{row.id}", view.evening(now))
    return now
