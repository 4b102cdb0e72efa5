"""“We haven’t shipped anything in 3 sprints”: which of the source document's cases holds?

killing: afraid to kill (process). starting: experiments do not start (blocker). failing: they run
and fail (healthy). Each case holds, does not, or there is not enough data; with its evidence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.experiments.words import ENOUGH, NOTHING, Decided, kill_rate
from core.quantity import experiment_id

CASES = ("killing", "starting", "failing")
NAMES = {
    "killing": "the team is afraid to kill",
    "starting": "experiments are not starting",
    "failing": "experiments run and fail, which is healthy",
}
FIXES = {
    "killing": "A process matter. Decide what is listed in one sitting: `/kill`, or say why "
    "not and extend once. A kill needs what was learned, and that is its value.",
    "starting": "A blocker. Clear what is listed before planning more: data ready, baseline "
    "measured, GPU-hours free. Put fewer tickets in and start those.",
    "failing": "Healthy: an experiment is bought to learn something. Count what was learned "
    "(`/sprint velocity`, `/learn`) instead of what shipped, and say so in the digest.",
}
SPRINTS, MOST_SPRINTS = 3, 12
MIN_TICKETS, MIN_DAYS = 3, 14
LONG = 10  # days in Hypothesis that are long
IGNORED = 3  # days a proposal waits before it counts as ignored
SHARE = 1 / 3  # of the running experiments
_SHOWN = 5
_WORDS: Mapping[str, re.Pattern[str]] = {
    "skipping": re.compile(
        r"(?:\b(?:skip\w*|miss\w*|avoid\w*|absent\w*|not (?:come|attend|show)\w*)\b"
        r"|n['’]t (?:come|attend|show)\w*).{0,40}\bplanning"
        r"|\bplanning\b.{0,40}\b(?:skipp\w+|bureaucra\w+|useless)",
        re.I,
    ),
    "planning": re.compile(
        r"\bplanning\b.{0,40}\b(?:hours?|long\w*|forever|takes|days?|slow\w*)"
        r"|\b(?:hours?|long\w*|slow\w*|whole day)\b.{0,40}\bplanning",
        re.I,
    ),
    "velocity": re.compile(
        r"\b(?:velocity|throughput|points)\b.{0,40}\b(?:inconsisten\w*|jump\w*|errat\w*|wild\w*"
        r"|unpredictab\w*|all over|swing\w*|varies|vary\w*|unstable|up and down)"
        r"|\b(?:inconsisten\w*|errat\w*|unpredictab\w*|unstable)\b.{0,40}\b(?:velocity|throughput)",
        re.I,
    ),
    "phase": re.compile(r"\b(explor\w*|phase\w*|polish\w*|perfection\w*|almost done)\b", re.I),
    "killing": re.compile(r"\b(kill\w*|afraid|zombie\w*|drag\w*|forever|never ends?)\b", re.I),
    "starting": re.compile(r"\b(start\w*|wait\w*|block\w*|idle|queue\w*|backlog)\b", re.I),
    "failing": re.compile(r"\b(fail\w*|nothing works|negative|no results?|worse)\b", re.I),
    "ship": re.compile(
        r"\b(shipp?\w*|releas\w*|launch\w*|promot\w*|deliver\w*|production|live|stuck|slow\w*"
        r"|progress\w*|velocity|nothing (?:comes|came|gets) out)\b",
        re.I,
    ),
}
_ORDER = ("skipping", "planning", "velocity", "ship", "killing", "starting", "failing", "phase")
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "a": 1}
_SPAN = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_COUNTS)})\s+(sprint|iteration|week|month)", re.I)
_SPRINTS_OF = {"sprint": 1.0, "iteration": 1.0, "week": 0.5, "month": 2.0}


@dataclass(frozen=True)
class Complaint:
    """What was asked. about: ship | one of CASES | one of core.project.diagnosis_of_team.CASES |
    phase | general | unknown; sprints back.
    """

    about: str
    sprints: int = SPRINTS


@dataclass(frozen=True)
class Sign:
    """An experiment that goes on although something speaks against it, or waits, and why."""

    number: int
    why: str

    @property
    def line(self) -> str:
        """`EXP-042: over its box by 6 days`."""
        return f"{experiment_id(self.number)}: {self.why}"


@dataclass(frozen=True)
class PhaseEvidence:
    """What the data show since a day. tickets, age: all experiments ever, days since the first.

    killed, promoted: numbers finished since then; running: in their box now; started: boxes that
    began since then; waiting: in backlog or hypothesis, with what each lacks; blockers: in words;
    dragged: signs of not killing; learned: learnings written; gate: everything decided since then;
    silent: decided without any.
    """

    sprints: int
    since: date
    tickets: int
    age: int
    killed: tuple[int, ...]
    promoted: tuple[int, ...]
    running: tuple[int, ...]
    started: tuple[int, ...]
    waiting: tuple[Sign, ...]
    blockers: tuple[str, ...]
    dragged: tuple[Sign, ...]
    learned: int
    gate: Decided = NOTHING
    silent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A case. holds: None when there is not enough data; evidence: ids and numbers, in lines."""

    case: str
    holds: bool | None
    why: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """The cases, the one that matters first. enough: False when there is nothing to see yet."""

    complaint: Complaint
    seen: PhaseEvidence
    findings: tuple[Finding, ...]
    enough: bool

    @property
    def main(self) -> Finding | None:
        """The case that holds and matters most, or None."""
        return next((one for one in self.findings if one.holds), None)


def read(text: str) -> Complaint:
    """What somebody complains about; nothing typed is the general question."""
    if not text.strip():
        return Complaint("general")
    found = _SPAN.search(text)
    back = SPRINTS
    if found:
        count = _COUNTS.get(found[1].lower()) or int(found[1])
        back = max(1, min(MOST_SPRINTS, round(count * _SPRINTS_OF[found[2].lower()])))
    about = next((kind for kind in _ORDER if _WORDS[kind].search(text)), "unknown")
    return Complaint(about, back)


def diagnose(complaint: Complaint, seen: PhaseEvidence) -> Diagnosis:
    """Which case holds. What was asked about comes first, then process, blocker, healthy."""
    enough = seen.tickets >= MIN_TICKETS and seen.age >= MIN_DAYS
    found = [_killing(seen), _starting(seen), _failing(seen)]
    found.sort(key=lambda one: (not one.holds, one.case != complaint.about))
    return Diagnosis(complaint, seen, tuple(found) if enough else (), enough)


def _killing(seen: PhaseEvidence) -> Finding:
    dragged = {one.number for one in seen.dragged}
    of = len(seen.running)
    if not of:
        return Finding("killing", None if not dragged else False, "nothing is running")
    why = f"{len(dragged)} of {of} running experiments go on although something speaks against it"
    holds = len(dragged) >= 2 and len(dragged) / of >= SHARE
    return Finding("killing", holds, why, _few([one.line for one in seen.dragged]))


def _starting(seen: PhaseEvidence) -> Finding:
    began, waiting = len(seen.started), len(seen.waiting)
    why = f"{began} started in {seen.sprints} sprints, {waiting} wait, {len(seen.running)} run"
    holds = began < seen.sprints and waiting >= 2
    lines = [one.line for one in seen.waiting if one.why] + list(seen.blockers)
    return Finding("starting", holds, why, _few(lines))


def _failing(seen: PhaseEvidence) -> Finding:
    gate, rate = seen.gate, kill_rate(seen.gate)
    why = f"{gate.finished} finished: {gate.killed} killed, {gate.promoted} promoted; "
    why += f"{gate.iterated} sent back to be refined; " if gate.iterated else ""
    why += f"{seen.learned} learnings written"
    if rate.n < ENOUGH:
        return Finding("failing", None, f"{why}; it takes {ENOUGH} decisions")
    ids = ", ".join(experiment_id(one) for one in seen.killed[:8])
    lines = [f"kill rate over {_over(seen)}: {rate.told}"]
    lines += [f"killed: {ids}"] if ids else []
    if seen.silent:
        quiet = ", ".join(experiment_id(one) for one in seen.silent[:8])
        lines.append(f"decided without a learning: {quiet}")
    silence = len(seen.silent) * 4 > gate.finished
    outside = None if not rate.is_clear else False  # chance may explain it: nothing is said
    healthy = False if silence else rate.side == "within" or outside
    return Finding("failing", healthy, why, tuple(lines))


def _over(seen: PhaseEvidence) -> str:
    return f"{seen.sprints} sprints" if seen.sprints > 1 else "this sprint"


def _few(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - _SHOWN
    return (*lines[:_SHOWN], *([f"and {more} more"] if more > 0 else []))
