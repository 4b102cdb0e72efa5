"""The evening check: what people say they learned today, kept as a learning."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.errors import NotAllowed, NotFound, Refused
from core.quantity import experiments_in
from core.standups import direct
from core.standups import evening as rules
from core.standups import standup as reading
from core.standups.questions import Question
from core.text import clean, says_nothing
from models import outbox
from models.experiments import experiment as tickets
from models.experiments import learning as learnings
from models.experiments.learning import Learning
from models.standups import evening as table
from models.standups.evening import EveningAsk
from models.standups.standup import Standup
from services import form_draft
from services.experiments import experiment
from services.ports import Lab
from services.standups import unsure
from services.standups.desk import Desk, Note, Words, sit_down
from services.standups.reply import is_skip

_QUESTIONS = (Question("What did you learn today?"),)
_OWED_FOR = timedelta(hours=14)  # a plain message until the next morning still belongs to it


def offer(
    lab: Lab, workspace: str, user_id: str, ask_id: int, words: Words
) -> tuple[rules.Evening, str]:
    """That evening for its form, and what was typed and not sent. Raises NotFound, NotAllowed."""
    with sit_down(lab, workspace, words) as desk:
        row = _own(desk, user_id, ask_id)
        kept = form_draft.offer(desk.session, workspace, user_id, draft_name(ask_id))
        return value(desk, row), str(kept.get("text") or "")


def keep(
    lab: Lab, workspace: str, whose: tuple[str, int], given: tuple[str, str], words: Words
) -> rules.Evening:
    """Keep what was learned. whose: who says it, of which evening. given: the words, and the
    number of an experiment or "".

    Raises NotFound, NotAllowed, and Refused under the field (no words).
    """
    text, (user_id, ask_id) = clean(given[0]), whose
    if not text:
        raise Refused("What did you learn?", "“nothing” is an answer.", field="text")
    with sit_down(lab, workspace, words) as desk:
        row = _own(desk, user_id, ask_id)
        form_draft.forget(desk.session, workspace, user_id, draft_name(ask_id))
        row.channel = row.ts = ""
        return _take(desk, row, text, [int(given[1])] if given[1] else [])


def withdraw(lab: Lab, workspace: str, user_id: str, ask_id: int, words: Words) -> rules.Evening:
    """Take it back: the learning goes. Raises NotFound, NotAllowed."""
    with sit_down(lab, workspace, words) as desk:
        return _forget(desk, _own(desk, user_id, ask_id))


def hear(lab: Lab, workspace: str, note: Note, words: Words) -> bool:
    """Take a direct message as what was learned, when it is below the question or follows it."""
    if not note.direct or reading.is_chatter(note.text) or not clean(note.text):
        return False
    note = replace(note, text="nothing") if is_skip(note.text) else note
    with sit_down(lab, workspace, words) as desk:
        row = _meant(desk, note)
        if row is None:
            return False
        if note.thread_ts or direct.is_clear(_QUESTIONS, note.text):
            _put(desk, row, note)
        else:
            unsure.ask(lab, desk, note, f"evening:{row.id}")
        return True


def put(desk: Desk, note: Note, ask_id: int) -> None:
    """Take a message as what was learned that evening. Raises NotFound, NotAllowed."""
    _put(desk, _own(desk, note.user, ask_id), note)


def _put(desk: Desk, row: EveningAsk, note: Note) -> None:
    text = desk.readable(note.text)
    again = row.state == "answered"
    row.channel, row.ts = ("", "") if again else (note.channel, note.ts)
    desk.voice.react(note.channel, note.ts, "white_check_mark")
    _take(desk, row, f"{row.text}\n{text}" if again else text, row.about)


def hear_change(lab: Lab, workspace: str, note: Note, words: Words, *, gone: bool) -> bool:
    """Follow an edit or the deletion of the message it was told in: True for one."""
    with sit_down(lab, workspace, words) as desk:
        row = table.said_at(desk.session, note.channel, note.ts)
        if row is None or row.user_id != note.user:
            return False
        text = desk.readable(note.text)
        if gone or not text:
            _forget(desk, row)
        elif text != row.text:
            _take(desk, row, text, [])
        return True


def draft_name(ask_id: int) -> str:
    """Under which name a half-typed evening is kept."""
    return f"evening:{ask_id}"


def value(desk: Desk, row: EveningAsk) -> rules.Evening:
    """One person's evening as a value."""
    assert row.id is not None
    theirs = experiment.mine(desk.session, desk.team, row.user_id)
    return rules.Evening(
        id=row.id,
        on=row.on,
        text=row.text,
        learned=not says_nothing(row.text),
        about=tuple(row.about),
        experiments=tuple(f"{ticket.id} {ticket.title}" for ticket in theirs),
        answered=row.state == "answered",
    )


def _own(desk: Desk, user_id: str, ask_id: int) -> EveningAsk:
    row = table.hold(desk.session, ask_id)
    standup = desk.session.get(Standup, row.standup_id) if row else None
    if row is None or standup is None or standup.team_id != desk.team.id:
        raise NotFound("That evening is gone.", "`/learn add` keeps what you learned.")
    if row.user_id != user_id:
        raise NotAllowed("That is somebody else's.", "`/learn add` keeps what you learned.")
    return row


def _meant(desk: Desk, note: Note) -> EveningAsk | None:
    if not note.thread_ts:
        return table.waiting(desk.session, note.user, desk.now - _OWED_FOR)
    said = outbox.said_at(desk.session, note.channel, note.thread_ts)
    if said is None or said.workspace != desk.team.workspace or said.key[:8] != "evening:":
        return None
    row = table.hold(desk.session, int(said.key.removeprefix("evening:")))
    return row if row is not None and row.user_id == note.user else None


def _take(desk: Desk, row: EveningAsk, text: str, about: Sequence[int]) -> rules.Evening:
    known = {ticket.number for ticket in tickets.all_of(desk.session, desk.team.id or 0)}
    named = dict.fromkeys([*about, *experiments_in(text)])
    row.text, row.about = clean(text), [number for number in named if number in known]
    row.state, row.answered_at = "answered", desk.now
    desk.session.add(row)
    desk.session.flush()
    _follow(desk, row)
    return _show(desk, row)


def _forget(desk: Desk, row: EveningAsk) -> rules.Evening:
    row.text, row.about, row.state, row.answered_at = "", [], "asked", None
    row.channel = row.ts = ""
    desk.session.add(row)
    desk.session.flush()
    _follow(desk, row)
    return _show(desk, row)


def _follow(desk: Desk, row: EveningAsk) -> None:
    origin = f"evening:{row.id}"
    if says_nothing(row.text):
        learnings.drop(desk.session, desk.team.id or 0, origin)
        return
    learning = Learning(
        team_id=desk.team.id or 0,
        source="evening",
        origin=origin,
        user_id=row.user_id,
        text=row.text,
        about=learnings.about(row.about),
        at=row.answered_at or desk.now,
    )
    learnings.put(desk.session, learning)


def _show(desk: Desk, row: EveningAsk) -> rules.Evening:
    now = value(desk, row)
    desk.voice.edit(f"evening:{row.id}", desk.words.evening(now))
    return now
