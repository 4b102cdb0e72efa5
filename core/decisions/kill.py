"""Killing an experiment, with what was learned; and taking it back."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.decisions.kill_criteria import Unjudged
from core.decisions.policy import Verdict
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.text import clean, says_nothing, straighten

SHORTEST_LEARNING = 15
MOST_AT_ONCE = 20
_ID = re.compile(r"[\"'`*]?(?:exp[\s_-]{0,20})?0{0,9}([1-9]\d{0,5})\b[\"'`*]?", re.IGNORECASE)
_NEXT_ID = re.compile(
    r"\s{0,9}(?:,|;|&|\band\b)?\s{0,9}exp[\s_-]{0,20}0{0,9}([1-9]\d{0,5})\b", re.IGNORECASE
)
_ANY_ID = re.compile(r"(?:exp[\s_-]{0,20})?0{0,9}([1-9]\d{0,5})\b", re.IGNORECASE)
_ONLY_IDS = re.compile(
    r"(?:[\"'`*]?(?:exp[\s_-]*)?0*[1-9]\d{0,5}\b[\"'`*.]?(?:\s*(?:,|;|&|\band\b)\s*|\s+|$))+",
    re.IGNORECASE,
)
CALLS = {"good": "good call", "late": "too late"}


@dataclass(frozen=True)
class Evidence:
    """What speaks for the decision. today: the day on the team's calendar. rule_set: whose rules
    spoke, "honest" or "document".
    """

    ticket: Experiment
    today: date
    verdicts: tuple[Verdict, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    rule_set: str = "honest"


@dataclass(frozen=True)
class Killed:
    """A kill as it was done. change_id: its audit row. already: somebody was first.

    in_channel: False when no channel is set, so that only the person themself was told. runs: what
    became of the trainings that ran, "" while nothing is known of any.
    """

    ticket: Experiment
    evidence: Evidence
    change_id: int
    by: str
    at: datetime
    call: str = ""
    already: bool = False
    in_channel: bool = True
    runs: str = ""


@dataclass(frozen=True)
class Undone:
    """A kill taken back. ticket: as it is again. already: it had been taken back before."""

    ticket: Experiment
    by: str
    at: datetime
    already: bool = False


def checked_learnings(text: str | None) -> str:
    """What was learned, cleaned. Raises Refused (field learnings) when it says nothing."""
    learned = clean(text)
    if says_nothing(learned):
        raise Refused(
            "Every kill teaches something, even “the data were too noisy to tell”.",
            "One sentence is enough.",
            field="learnings",
        )
    if not is_learning(learned):
        raise Refused(
            f"“{learned}” is a start; nobody will understand it in a month.",
            f"Make it one sentence ({SHORTEST_LEARNING} characters or more).",
            field="learnings",
        )
    return learned


def is_learning(text: str) -> bool:
    """True when checked_learnings would take it."""
    return not says_nothing(text) and len("".join(text.split())) >= SHORTEST_LEARNING


def killed(before: Experiment, *, by: str, at: datetime, learnings: str) -> Experiment:
    """The ticket killed. Raises Refused when it is in production."""
    if before.stage == "production":
        raise Refused(
            f"{before.id} is in production; what runs there is not killed here.",
            f"Take it back first: `/exp reopen {before.id} reason`.",
        )
    return replace(
        before,
        stage="killed",
        stage_since=at,
        outcome="killed",
        final_metric=before.best,
        learnings=learnings,
        decided_at=at,
        decided_by=by,
    )


def released(ticket: Experiment) -> float:
    """GPU-hours of its budget that nobody needs any more."""
    return max(0.0, ticket.gpu_budget - ticket.gpu_used)


def may_undo_until(at: datetime, minutes: int) -> datetime:
    """The last instant at which a decision is taken back by its button."""
    return at + timedelta(minutes=minutes)


def read_order(text: str) -> tuple[list[int], str]:
    """Ids and learnings in `EXP-7, EXP-9 what we learned`.

    Only words written with EXP count as further ids, or all of them when there is nothing else:
    in `42 3 seeds overfit` the 3 is part of the sentence. Raises Refused without an id.
    """
    plain = straighten(text).strip()
    first = _ID.match(plain)
    if not first:
        word = plain.split(None, 1)[0] if plain else ""
        raise Refused(
            f"“{word[:40]}” is no experiment id.",
            "Write `/kill EXP-042 what we learned`; `/kill` alone lists candidates.",
        )
    if _ONLY_IDS.fullmatch(plain):
        return _few([int(number) for number in _ANY_ID.findall(plain)]), ""
    numbers, rest = [int(first.group(1))], plain[first.end() :]
    while more := _NEXT_ID.match(rest):
        numbers.append(int(more.group(1)))
        rest = rest[more.end() :]
    return _few(numbers), rest.lstrip(" ,;:.-–—").strip().strip('"').strip()


def _few(numbers: list[int]) -> list[int]:
    once = list(dict.fromkeys(numbers))
    if len(once) > MOST_AT_ONCE:
        raise Refused(f"{len(once)} at once are too many.", f"Name at most {MOST_AT_ONCE}.")
    return once
