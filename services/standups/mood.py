"""The anonymous mood of a round: asked when a lead wants it, counted without names.

What is kept is how often each step was chosen. That somebody has voted is known only as an HMAC of
their id under a key of the round; key and marks are deleted when the round closes, and so are
counts of fewer than four votes. A vote cannot be changed: nobody knows which one it was.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.errors import NotAllowed, NotFound, Refused
from core.standups import mood as rules
from core.standups.mood import Setting
from models.standups import mood as table
from models.standups import standup as standups
from models.standups.mood import Mood, MoodMark
from models.standups.standup import Round, Standup
from services import team as teams
from services.experiments import experiment
from services.ports import Lab
from services.standups import setup
from services.standups.desk import Desk, Words, sit_down


@dataclass(frozen=True)
class Asked:
    """Who looks or changes, and where."""

    user: str
    channel: str


def look(lab: Lab, workspace: str, asked: Asked, words: Words) -> Setting:
    """How that channel's standup (or the only one) is set, with its last four weeks.

    Raises NotFound, Refused (which one is unclear).
    """
    with sit_down(lab, workspace, words) as desk:
        row = setup.meant(desk, asked.channel, "mood")
        return _setting(desk, row, asked.user)


def arrange(
    lab: Lab, workspace: str, asked: Asked, on: bool, words: Words
) -> tuple[Setting, bool]:
    """Ask for the mood from the next round on, or no more; and whether that is new.

    Raises NotAllowed (leads), NotFound, Refused (fewer than four people).
    """
    with sit_down(lab, workspace, words) as desk:
        teams.require_lead(desk.session, desk.team, asked.user, "turn the mood question on or off")
        row = setup.meant(desk, asked.channel, "mood")
        people = len(standups.everyone(row))
        if on and people < rules.FEWEST:
            raise Refused(
                f"{row.name} has {people} people, and a mood of fewer than {rules.FEWEST} is "
                "never shown.",
                "Add people first: `/standup setup`.",
            )
        new = row.mood != on
        row.mood = on
        desk.session.flush()
        return replace(_setting(desk, row, asked.user), by=desk.name(asked.user)), new


def vote(lab: Lab, workspace: str, user_id: str, chosen: tuple[int, str], words: Words) -> None:
    """Count one vote. chosen: the round and the step.

    Raises NotFound, NotAllowed (not in the round), Refused (over, or again).
    """
    round_id, step = chosen
    with sit_down(lab, workspace, words) as desk:
        row = standups.lock_round(desk.session, round_id)
        standup = desk.session.get(Standup, row.standup_id) if row else None
        if row is None or standup is None or standup.team_id != desk.team.id:
            raise NotFound("That round is gone.", "`/standup mood` shows the current one.")
        if standups.prompt_of(desk.session, round_id, user_id) is None:
            raise NotAllowed("You are not in this round.", "A lead can add you: `/standup setup`.")
        if not row.mood_key or row.state != "open" or row.closes_at <= desk.now:
            raise Refused("That round is over, and its votes are counted.", "The next one asks.")
        mark = _mark(row, user_id)
        if table.has_mark(desk.session, round_id, mark):
            raise Refused(
                "You have voted in this round.",
                "It cannot be changed: nobody knows which vote is yours.",
            )
        counts = table.of_round(desk.session, round_id) or Mood(round_id=round_id)
        counts.counts = rules.voted(counts.counts, int(step) if step.isdigit() else 0)
        desk.session.add_all([counts, MoodMark(round_id=round_id, mark=mark)])
        desk.session.flush()


def begin(standup: Standup, row: Round) -> None:
    """A round that opens asks for the mood when its standup does."""
    row.mood_key = secrets.token_hex(32) if standup.mood else ""


def finish(desk: Desk, row: Round) -> str:
    """Forget who voted, and counts too few to be shown; the mood in words, "" when not asked."""
    if not row.mood_key:
        return ""
    row.mood_key = ""
    table.forget_marks(desk.session, row.id or 0)
    counts = table.of_round(desk.session, row.id or 0)
    found = rules.mean(counts.counts) if counts else None
    if counts is not None and found is None:
        desk.session.delete(counts)
    desk.session.flush()
    return rules.in_words(found)


def _mark(row: Round, user_id: str) -> str:
    key = bytes.fromhex(row.mood_key)
    return hmac.new(key, user_id.encode(), hashlib.sha256).hexdigest()


def _setting(desk: Desk, row: Standup, user_id: str) -> Setting:
    today = experiment.today_of(desk.team, desk.now)
    since = today - timedelta(weeks=rules.WEEKS)
    told = table.closed_since(desk.session, [row.id or 0], since)
    open_ones = [r for r in standups.open_rounds(desk.session, row.id or 0) if r.mood_key]
    may = tuple((r.id or 0, r.on) for r in _votable(desk, open_ones, user_id))
    return Setting(row.name, row.channel, row.mood, rules.weeks(told, today), may)


def _votable(desk: Desk, rounds: Sequence[Round], user_id: str) -> list[Round]:
    return [
        row
        for row in rounds
        if row.closes_at > desk.now
        and standups.prompt_of(desk.session, row.id or 0, user_id) is not None
        and not table.has_mark(desk.session, row.id or 0, _mark(row, user_id))
    ]
