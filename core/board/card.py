"""What a card says on the board: the card fields of its column (source document, chapter 11)."""

from dataclasses import dataclass
from datetime import date

from core import figures
from core.blockers.blocker import CAUSE_NAMES, Blocker
from core.board.workflow import missing
from core.experiments.experiment import Experiment, budget_share
from core.experiments.rollout import is_served
from core.experiments.words import box_day, days_late, is_overspent, is_running
from core.text import shorten

Details = tuple[tuple[str, str], ...]
Safety = tuple[str, tuple[str, ...]]  # what the gate answers, by which metrics
PROSE = 90  # characters of a hypothesis or a learning on a card


@dataclass(frozen=True)
class About:
    """What is known of a ticket beside its row. gate: GO | HOLD | NO-GO | "" of the eval gate;
    kill_reason: the rules that spoke for its kill; blockers: those that hold it; waits: ids of
    the data cards and engineering tickets it waits for; safety: as the gate judged it.
    """

    stale: bool = False
    gate: str = ""
    kill_reason: str = ""
    blockers: tuple[Blocker, ...] = ()
    waits: tuple[str, ...] = ()
    safety: Safety | None = None


def details(e: Experiment, about: About) -> Details:
    """(label, words) of the fields its column shows; () for one that has no column."""
    fields = _OF.get(e.stage)
    return fields(e, about) if fields else ()


def marks(e: Experiment, about: About, today: date) -> tuple[str, ...]:
    """What asks for attention: blocked, over its box, over budget, stale; in words."""
    found = [f"blocked: {_cause(one)} ({one.called})" for one in about.blockers]
    found += [f"waits for {', '.join(about.waits[:3])}"] if about.waits else []
    if late := days_late(e, today):
        found.append(f"{late} day{'' if late == 1 else 's'} over its box")
    if is_overspent(e):
        found.append(f"over its GPU budget ({budget_share(e):.0%})")
    found += ["stale"] if about.stale else []
    return tuple(found)


def gate(e: Experiment, words: str) -> str:
    """The exit gate of its column, with what still lacks for it."""
    onward = {"hypothesis": "experiment", "experiment": "evaluation", "iteration": "evaluation"}
    lacks = []
    if e.stage in onward:
        lacks = [criterion.told(e) for criterion in missing(e, onward[e.stage])]
    if e.stage == "production" and not is_served(e):
        lacks = [f"not told yet: type `/exp update {e.id} deploy=live monitoring=on`"]
    return f"{words}. Missing: {'; '.join(lacks)}" if lacks else words


def box(e: Experiment, today: date) -> str:
    """`box 6/14`, or "" where no box runs."""
    day = box_day(e, today)
    return f"box {day}/{e.box_days}" if day and is_running(e) else ""


def _cause(one: Blocker) -> str:
    if one.cause:
        return CAUSE_NAMES[one.cause]
    return "something" if one.kind == "other" else one.kind


def _hypothesis(e: Experiment, _: About) -> Details:
    return (
        ("hypothesis", shorten(e.hypothesis, PROSE) or "not written"),
        ("success", goal(e)),
        ("compute budget", f"{figures.number(e.gpu_budget, 1)} GPU-h"),
    )


def _experiment(e: Experiment, _: About) -> Details:
    now = "no result yet"
    if e.values:
        now = f"{e.metric[:40]} {figures.number(e.values[-1], 3)}, {needs(e)}"
    used = f"{figures.spent(e.gpu_used, e.gpu_budget)} GPU-h"
    return (
        ("training", e.training_status or "not told"),
        ("now", now),
        ("compute used", used),
    )


def _evaluation(e: Experiment, about: About) -> Details:
    best = goal(e)
    if e.best is not None:
        best = f"{e.metric[:40]} {figures.number(e.best, 3)}, {needs(e)}"
    return (
        ("eval", best),
        ("regression check", f"gate {about.gate}" if about.gate else "never judged"),
        ("safety check", safety_words(e, about.safety)),
    )


def safety_words(e: Experiment, judged: Safety | None) -> str:
    """What the gate says of safety counts; what was typed against it stands beside it."""
    if judged is None:
        typed = "confirmed" if e.blocking_ok else "not confirmed"
        return typed if e.success_blocking else "none asked for"
    verdict, names = judged
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    said = {"PASS": "passed by the gate", "FAIL": "failed at the gate"}.get(
        verdict, "not shown yet"
    )
    against = ", though safety=ok was typed" if e.blocking_ok and verdict != "PASS" else ""
    return f"{shown} {said}{against}"


def _production(e: Experiment, _: About) -> Details:
    return (
        ("deploy", e.deploy_status or "not told"),
        ("monitoring", e.monitoring_status or "not told"),
        ("rollback", e.rollback_tested or "not tested"),
    )


def _killed(e: Experiment, about: About) -> Details:
    final = "none" if e.final_metric is None else figures.number(e.final_metric, 3)
    return (
        ("final metric", f"{e.metric[:40]} {final}" if e.final_metric is not None else final),
        ("kill reason", about.kill_reason or "a judgement, no rule had fired"),
        ("learned", shorten(e.learnings, PROSE)),
    )


def goal(e: Experiment) -> str:
    """`accuracy at least 0.85`."""
    return f"{e.metric[:40]} {needs(e)}".replace("needs ", "")


def needs(e: Experiment) -> str:
    """`needs at least 0.85`."""
    if e.target is None:
        return "no target"
    sign = "at least" if e.direction == "higher" else "at most"
    return f"needs {sign} {figures.number(e.target, 3)}"


_OF = {
    "hypothesis": _hypothesis,
    "experiment": _experiment,
    "iteration": _experiment,
    "evaluation": _evaluation,
    "production": _production,
    "killed": _killed,
}
