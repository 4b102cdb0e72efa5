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
from services.ports import Lab
from services.standups import early, unsure
from services.standups.desk import Desk, Note, Words, sit_down
from services.standups.early import Wish


def hear(lab: Lab, workspace: str, note: Note, words: Words, *, rest: str) -> rules.Early:
    """`report tomorrow`, and what was written behind it; raises as `offer` does."""
    with sit_down(lab, workspace, words) as desk:
        standup, on = early.coming(desk, Wish(note.user))
        row = table.find(desk.session, standup.id or 0, note.user, on)
        row = row or early.begun(desk, standup, note.user, on)
        if rest:
            return _add(desk, standup, row, replace(note, text=rest))
        row.at = desk.now  # messages that follow belong to it
        return early.keep(desk, standup, row)


def hear_on(lab: Lab, workspace: str, note: Note, words: Words) -> rules.Early | None:
    """A direct message that goes on with an early answer just begun; None when it is none."""
    recent = lab.clock() - timedelta(minutes=lab.policy.undo_minutes)
    with sit_down(lab, workspace, words) as desk:
        for row in table.of_person(desk.session, note.user):
            standup = standups.lock(desk.session, row.standup_id)
            if standup is None or standup.team_id != desk.team.id or row.at < recent:
                continue
            now = early.value(standup, row.on, row)
            if "" in now.replies and clean(note.text) and not reading.is_chatter(note.text):
                if direct.is_clear(now.questions, note.text):
                    return _add(desk, standup, row, note)
                unsure.ask(lab, desk, note, f"early:{standup.id}:{row.on}")
                return now
        return None


def put(desk: Desk, standup: Standup, on: date, note: Note) -> rules.Early:
    """Add a message to that person's answer to the round of that day."""
    row = table.find(desk.session, standup.id or 0, note.user, on)
    return _add(desk, standup, row or early.begun(desk, standup, note.user, on), note)


def hear_reply(lab: Lab, workspace: str, note: Note, words: Words) -> rules.Early | None:
    """A reply below the message about an early answer; None when it is no part of one.

    Raises Refused when the round is open by now.
    """
    with sit_down(lab, workspace, words) as desk:
        said = outbox.said_at(desk.session, note.channel, note.thread_ts)
        if said is None or said.workspace != workspace or not said.key.startswith("early:"):
            return None
        _, number, day, user = said.key.split(":")
        if user != note.user or not clean(note.text) or reading.is_chatter(note.text):
            return None
        standup, on = early.meant(desk, Wish(note.user, int(number), date.fromisoformat(day)))
        opened = early.round_of(desk, standup, on)
        if opened is not None:
            raise Refused(
                f"{standup.name} of that day is open by now.", "`/standup` changes your answer."
            )
        return put(desk, standup, on, note)


def hear_change(lab: Lab, workspace: str, note: Note, words: Words, *, gone: bool) -> bool:
    """Follow an edit or the deletion of a message of an early answer: True for one."""
    with sit_down(lab, workspace, words) as desk:
        for row in table.of_person(desk.session, note.user):
            standup = standups.lock(desk.session, row.standup_id)
            there = [one["ts"] for one in row.said if one["channel"] == note.channel]
            if standup is None or standup.team_id != desk.team.id or note.ts not in there:
                continue
            text = "" if gone else desk.readable(note.text)
            row.said = [one | ({"text": text} if one["ts"] == note.ts else {}) for one in row.said]
            row.said = [one for one in row.said if one["text"]]
            if any(row.form) or row.said:
                early.keep(desk, standup, row)
            else:
                early.withdraw(desk, standup, row.on, row)
            return True
        return False


def _add(desk: Desk, standup: Standup, row: Early, note: Note) -> rules.Early:
    one = {"channel": note.channel, "ts": note.ts, "text": desk.readable(note.text)}
    row.said = [*row.said, one]
    desk.voice.react(note.channel, note.ts, "white_check_mark")
    return early.keep(desk, standup, row)
