"""Answering the next round today: kept, changed, taken back, and filed when the round opens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.errors import NotFound, Refused
from core.standups import early as rules
from core.standups.questions import all_of
from core.text import clean
from models import form_draft
from models.standups import early as table
from models.standups import standup as standups
from models.standups.answer import Answer, Said
from models.standups.early import Early
from models.standups.standup import Round, Standup
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import agenda, answer, submission
from services.standups.submission import Form
from views.standups import early as view


@dataclass(frozen=True)
class EarlyAnswer:
    """Somebody's answer to a coming round. standup_id 0: the one that asks them next."""

    user: str
    standup_id: int = 0
    on: date | None = None
    channel: str = ""
    replies: Sequence[str] = ()


def offer(lab: Lab, workspace: str, wish: EarlyAnswer) -> tuple[rules.Early, dict[str, Any]]:
    """The coming round for its form, with what was answered, and what was typed and not sent.

    Raises NotFound (in no standup, none coming), Refused (the answer owed now comes first).
    """
    with desk(lab, workspace, lock=False) as here:
        standup, on = coming(here, wish)
        row = table.find(here.session, standup.pk, wish.user, on)
        kept = form_draft.offer(here.session, workspace, wish.user, draft_name(standup.pk))
        return value(standup, on, row), kept


def submit(lab: Lab, workspace: str, wish: EarlyAnswer) -> rules.Early:
    """Keep what was sent with the form; with nothing in it, what was there is taken back.

    When the round has opened in the meantime it is an answer in it. Raises NotFound, and Refused
    under the field that is wrong.
    """
    given = [clean(reply) for reply in wish.replies]
    with desk(lab, workspace, lock=False) as here:
        standup, on = meant(here, wish)
        opened = round_of(here, standup, on)
        if opened is not None:
            form = Form(opened.pk, given)
            submission.submit(lab.within(here.session), workspace, wish.user, form)
            filed = replace(value(standup, on, None), state="filed", replies=tuple(given))
            return replace(filed, round_id=opened.pk)
        form_draft.forget(here.session, workspace, wish.user, draft_name(standup.pk))
        row = table.find(here.session, standup.pk, wish.user, on)
        if not any(given):
            return withdraw(here, standup, on, row)
        submission.require_readable(all_of(standup.questions, standup.shapes), given)
        row = row or begun(here, standup, wish.user, on)
        row.form, row.said, row.questions = given, [], list(standup.questions)
        return keep(here, standup, row)


def take_back(lab: Lab, workspace: str, wish: EarlyAnswer) -> rules.Early:
    """Take an early answer back. Raises NotFound (there is none, or it is in its round)."""
    with desk(lab, workspace, lock=False) as here:
        standup, on = meant(here, wish)
        row = table.find(here.session, standup.pk, wish.user, on)
        return withdraw(here, standup, on, row)


def file(here: Desk, standup: Standup, row: Round) -> None:
    """Put what was answered ahead into the round that has just opened."""
    for given in table.waiting(here.session, standup.pk, row.on):
        now = value(standup, given.on, given)
        there = standups.prompt_of(here.session, row.pk, given.user_id)
        if there is not None and now.stands:
            _file(here, row, given, now)
            now = replace(now, state="filed", on=row.on, round_id=row.pk)
        elif now.stands:
            now = replace(now, state="left")
        else:
            now = replace(now, state="over")
        _show(here, given.on, given.user_id, now)
        here.session.delete(given)
    here.session.flush()


def _file(here: Desk, row: Round, given: Early, now: rules.Early) -> None:
    mine = answer.place(here, row.pk, given.user_id)
    made = answer.standing(here, mine)
    made.late, made.at, made.edited_at = False, given.at, None
    if given.questions == row.questions:  # edits of the messages are followed from here on
        made.form = list(given.form)
        _hand_over(here, made, given)
    else:
        made.form = rules.onto(row.questions, given.questions, now.replies)
    answer.keep(here, mine, made)


def _hand_over(here: Desk, made: Answer, given: Early) -> None:
    for one in given.said:
        here.session.add(Said(answer_id=made.pk, **one))
    here.session.flush()


def draft_name(standup_id: int) -> str:
    """Under which name a half-typed early answer is kept."""
    return f"early:{standup_id}"


def coming(here: Desk, wish: EarlyAnswer) -> tuple[Standup, date]:
    """The standup that asks that person next, held, and for which date.

    Raises NotFound (none, none coming), Refused (the answer owed now comes first).
    """
    mine = [
        standup
        for standup in standups.of_team(here.session, here.team_id)
        if wish.user in standups.everyone(standup) and wish.standup_id in {0, standup.id}
    ]
    if not mine:
        raise NotFound("You are in no standup here.", "A lead can add you: `/standup setup`.")
    coming = agenda.next_for(here, [s for s in mine if s.active], wish.user)
    found = [(s.channel != wish.channel, t.due_at[wish.user], s, t.on) for s, t in coming]
    if not found:
        raise NotFound("No standup is coming up for you.", "`/standup list` shows all.")
    _, _, standup, on = min(found, key=lambda one: one[:2])
    _require_answered(here, standup, wish.user)
    standups.lock(here.session, standup.pk)
    return standup, on


def _require_answered(here: Desk, standup: Standup, user: str) -> None:
    theirs = standups.rounds_of_person(here.session, here.team_id, user, since=here.now)
    for row, prompt in theirs:
        if row.standup_id == standup.id and prompt.state in {"due", "asked"}:
            raise Refused(
                f"{standup.name} is open and waits for your answer; the next one comes after it.",
                "`/standup` answers it, `/standup skip` skips it.",
            )


def meant(here: Desk, wish: EarlyAnswer) -> tuple[Standup, date]:
    """The standup the wish names, held, and the date. Raises NotFound."""
    standup = standups.lock(here.session, wish.standup_id)
    if standup is None or standup.team_id != here.team_id or wish.on is None:
        raise NotFound("That standup is gone.", "`/standup list` shows all.")
    return standup, wish.on


def round_of(here: Desk, standup: Standup, on: date) -> Round | None:
    """The round of that date once it has opened, or None."""
    return standups.round_on(here.session, standup.pk, on)


def begun(here: Desk, standup: Standup, user: str, on: date) -> Early:
    """A new early answer with nothing in it yet."""
    row = Early(standup_id=standup.pk, user_id=user, on=on, at=here.now)
    row.questions = list(standup.questions)
    here.session.add(row)
    here.session.flush()
    return row


def keep(here: Desk, standup: Standup, row: Early) -> rules.Early:
    """Keep what is in the row, and bring the message about it up to date."""
    row.at = here.now
    here.session.add(row)
    here.session.flush()
    return _show(here, row.on, row.user_id, value(standup, row.on, row))


def withdraw(here: Desk, standup: Standup, on: date, row: Early | None) -> rules.Early:
    """Take the row back, and say so. Raises NotFound."""
    if row is None:
        raise NotFound("There is no early answer to take back.", "`/standup answer tomorrow`.")
    here.session.delete(row)
    here.session.flush()
    now = replace(value(standup, on, row), state="withdrawn")
    return _show(here, on, row.user_id, now)


def _show(here: Desk, on: date, user: str, now: rules.Early) -> rules.Early:
    key = f"early:{now.standup_id}:{on}:{user}"
    message = view.early(now)
    if here.voice.post(key, user, message):
        return replace(now, new=True)
    here.voice.edit(key, message)
    return now


def value(standup: Standup, on: date, row: Early | None) -> rules.Early:
    """The early answer as a value; without a row, one with nothing in it."""
    texts = list(row.questions) if row is not None else list(standup.questions)
    asked = all_of(texts, standup.shapes)
    said = [one["text"] for one in row.said] if row is not None else []
    given = rules.replies(asked, row.form if row is not None else [], said)
    state = "kept" if any(given) else "open"
    return rules.Early(standup.pk, standup.name, on, asked, tuple(given), state)
