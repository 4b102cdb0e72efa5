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
from core.quantity import whole
from core.standups import mood as rules
from core.standups.mood import MoodSetting
from models.standups import mood as table
from models.standups import standup as standups
from models.standups.mood import Mood, MoodMark
from models.standups.standup import Round, Standup
from services import team as teams
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.standups import setup
from views.standups import mood as view


@dataclass(frozen=True)
class MoodRequest:
    """Who looks or changes, and where."""

    user: str
    channel: str


def look(lab: Lab, workspace: str, asked: MoodRequest) -> MoodSetting:
    """How that channel's standup (or the only one) is set, with its last four weeks.

    Raises NotFound, Refused (which one is unclear).
    """
    with desk(lab, workspace, lock=False) as here:
        row = setup.meant(here, asked.channel, "mood")
        return _setting(here, row, asked.user)


def arrange(lab: Lab, workspace: str, asked: MoodRequest, on: bool, *, key: str) -> MoodSetting:
    """Ask for the mood from the next round on, or no more; said in its channel, once per key.

    Raises NotAllowed (leads), NotFound, Refused (fewer than four people).
    """
    with desk(lab, workspace, lock=False) as here:
        teams.require_lead(here.session, here.team, asked.user, "turn the mood question on or off")
        row = setup.meant(here, asked.channel, "mood")
        people = len(standups.everyone(row))
        if on and people < rules.FEWEST:
            raise Refused(
                f"{row.name} has {people} people, and a mood of fewer than {rules.FEWEST} is "
                "never shown.",
                "Add people first: `/standup setup`.",
            )
        new = row.mood != on
        row.mood = on
        here.session.flush()
        now = replace(_setting(here, row, asked.user), by=here.name(asked.user))
        if new:
            here.post(f"mood_set:{key}", now.channel, view.announced(now))
        return now


def vote(lab: Lab, workspace: str, user_id: str, chosen: tuple[int, str]) -> None:
    """Count one vote. chosen: the round and the step.

    Raises NotFound, NotAllowed (not in the round), Refused (over, or again).
    """
    round_id, step = chosen
    with desk(lab, workspace, lock=False) as here:
        row = standups.lock_round(here.session, round_id)
        standup = here.session.get(Standup, row.standup_id) if row else None
        if row is None or standup is None or standup.team_id != here.team_id:
            raise NotFound("That round is gone.", "`/standup mood` shows the current one.")
        if standups.prompt_of(here.session, round_id, user_id) is None:
            raise NotAllowed("You are not in this round.", "A lead can add you: `/standup setup`.")
        if not row.mood_key or row.state != "open" or row.closes_at <= here.now:
            raise Refused("That round is over, and its votes are counted.", "The next one asks.")
        mark = _mark(row, user_id)
        if table.has_mark(here.session, round_id, mark):
            raise Refused(
                "You have voted in this round.",
                "It cannot be changed: nobody knows which vote is yours.",
            )
        counts = table.of_round(here.session, round_id) or Mood(round_id=round_id)
        counts.counts = rules.voted(counts.counts, whole(step) or 0)
        here.session.add_all([counts, MoodMark(round_id=round_id, mark=mark)])
        here.session.flush()


def begin(standup: Standup, row: Round) -> None:
    """A round that opens asks for the mood when its standup does."""
    row.mood_key = secrets.token_hex(32) if standup.mood else ""


def finish(here: Desk, row: Round) -> str:
    """Forget who voted, and counts too few to be shown; the mood in words, "" when not asked."""
    if not row.mood_key:
        return ""
    row.mood_key = ""
    table.forget_marks(here.session, row.pk)
    counts = table.of_round(here.session, row.pk)
    found = rules.mean(counts.counts) if counts else None
    if counts is not None and found is None:
        here.session.delete(counts)
    here.session.flush()
    return rules.in_words(found)


def _mark(row: Round, user_id: str) -> str:
    key = bytes.fromhex(row.mood_key)
    return hmac.new(key, user_id.encode(), hashlib.sha256).hexdigest()


def _setting(here: Desk, row: Standup, user_id: str) -> MoodSetting:
    today = experiment.today_of(here.team, here.now)
    since = today - timedelta(weeks=rules.WEEKS)
    told = table.closed_since(here.session, [row.pk], since)
    open_ones = [r for r in standups.open_rounds(here.session, row.pk) if r.mood_key]
    may = tuple((r.pk, r.on) for r in _votable(here, open_ones, user_id))
    return MoodSetting(row.name, row.channel, row.mood, rules.weeks(told, today), may)


def _votable(here: Desk, rounds: Sequence[Round], user_id: str) -> list[Round]:
    return [
        row
        for row in rounds
        if row.closes_at > here.now
        and standups.prompt_of(here.session, row.pk, user_id) is not None
        and not table.has_mark(here.session, row.pk, _mark(row, user_id))
    ]
