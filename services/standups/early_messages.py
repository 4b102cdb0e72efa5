"""Answering the next round today by plain messages: written, edited, deleted."""

from dataclasses import replace
from datetime import date, timedelta

from core.errors import Refused
from core.standups import direct
from core.standups import early as rules
from core.standups import standup as reading
from core.text import clean
from models import outbox
from models.standups import early as table
from models.standups import standup as standups
from models.standups.early import Early
from models.standups.standup import Standup
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import early, unsure
from services.standups.early import EarlyAnswer
from services.standups.note import Note, readable


def hear(lab: Lab, team_id: int, note: Note, *, rest: str) -> rules.Early:
    """`report tomorrow`, and what was written behind it; raises as `offer` does."""
    with desk(lab, team_id, lock=False) as here:
        standup, on = early.coming(here, EarlyAnswer(note.user))
        row = table.find(here.session, standup.pk, note.user, on)
        row = row or early.begun(here, standup, note.user, on)
        if rest:
            return _add(here, standup, row, replace(note, text=rest))
        row.at = here.now  # messages that follow belong to it
        return early.keep(here, standup, row)


def hear_on(lab: Lab, team_id: int, note: Note) -> rules.Early | None:
    """A direct message that goes on with an early answer just begun; None when it is none."""
    recent = lab.clock() - timedelta(minutes=lab.policy.undo_minutes)
    with desk(lab, team_id, lock=False) as here:
        for row in table.of_person(here.session, note.user):
            standup = standups.lock(here.session, row.standup_id)
            if standup is None or standup.team_id != here.team_id or row.at < recent:
                continue
            now = early.value(standup, row.on, row)
            if "" in now.replies and clean(note.text) and not reading.is_chatter(note.text):
                if direct.is_clear(now.questions, note.text):
                    return _add(here, standup, row, note)
                unsure.ask(lab, here, note, f"early:{standup.id}:{row.on}")
                return now
        return None


def put(here: Desk, standup: Standup, on: date, note: Note) -> rules.Early:
    """Add a message to that person's answer to the round of that day."""
    row = table.find(here.session, standup.pk, note.user, on)
    return _add(here, standup, row or early.begun(here, standup, note.user, on), note)


def hear_reply(lab: Lab, team_id: int, note: Note) -> rules.Early | None:
    """A reply below the message about an early answer; None when it is no part of one.

    Raises Refused when the round is open by now.
    """
    with desk(lab, team_id, lock=False) as here:
        said = outbox.said_at(here.session, note.channel, note.thread_ts)
        if said is None or said.team_id != team_id or not said.key.startswith("early:"):
            return None
        _, number, day, user = said.key.split(":")
        if user != note.user or not clean(note.text) or reading.is_chatter(note.text):
            return None
        standup, on = early.meant(
            here, EarlyAnswer(note.user, int(number), date.fromisoformat(day))
        )
        opened = early.round_of(here, standup, on)
        if opened is not None:
            raise Refused(
                f"{standup.name} of that day is open by now.", "`/standup` changes your answer."
            )
        return put(here, standup, on, note)


def hear_change(lab: Lab, team_id: int, note: Note, *, gone: bool) -> bool:
    """Follow an edit or the deletion of a message of an early answer: True for one."""
    with desk(lab, team_id, lock=False) as here:
        for row in table.of_person(here.session, note.user):
            standup = standups.lock(here.session, row.standup_id)
            there = [one["ts"] for one in row.said if one["channel"] == note.channel]
            if standup is None or standup.team_id != here.team_id or note.ts not in there:
                continue
            text = "" if gone else readable(here, note.text)
            row.said = [one | ({"text": text} if one["ts"] == note.ts else {}) for one in row.said]
            row.said = [one for one in row.said if one["text"]]
            if any(row.form) or row.said:
                early.keep(here, standup, row)
            else:
                early.withdraw(here, standup, row.on, row)
            return True
        return False


def _add(here: Desk, standup: Standup, row: Early, note: Note) -> rules.Early:
    one = {"channel": note.channel, "ts": note.ts, "text": readable(here, note.text)}
    row.said = [*row.said, one]
    here.voice.react(note.channel, note.ts, "white_check_mark")
    return early.keep(here, standup, row)
