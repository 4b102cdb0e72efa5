"""Extending an experiment's time box and its compute budget."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.errors import NotAllowed, Refused
from core.experiments.checkpoint import MOST_GPU_HOURS
from core.experiments.experiment import Experiment, with_box
from core.quantity import gpu_hours, time_span

MOST_EXTENSIONS = 2  # by the owner; more are a lead's to give
MOST_STRETCH = 2  # times the original box or budget; more takes a second person
_BUDGET = re.compile(
    r"^gpu\s{0,9}[=:]?\s{0,9}\+?(\d{1,20}(?:[.,]\d{1,20})?[a-z]{0,60})[\s:,–-]{0,20}(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SPAN = re.compile(r"^(?:by\s+)?\+?(\d+\s*[a-z]+)\b[\s:,–-]*(.*)$", re.IGNORECASE | re.DOTALL)


def read_budget(text: str) -> tuple[float, str] | None:
    """GPU-hours and reason in `gpu=12h more seeds`; None for anything else. Raises Refused."""
    found = _BUDGET.match(text.strip())
    return (gpu_hours(found.group(1)), found.group(2).strip()) if found else None


def with_budget(experiment: Experiment, hours: float) -> Experiment:
    """The ticket with so many GPU-hours more. Raises Refused for none."""
    if not 0 < hours <= MOST_GPU_HOURS:
        raise Refused(f"{hours:g} GPU-hours more cannot be right.", "Write it like gpu=12h.")
    return replace(experiment, gpu_budget=experiment.gpu_budget + hours)


def read(text: str) -> tuple[timedelta, str]:
    """Length and reason in `3d cluster outage` or `by 3 days: outage`. Raises Refused."""
    found = _SPAN.match(text.strip())
    if found:
        return time_span(" ".join(found.group(1).split())), found.group(2).strip()
    word, _, why = text.strip().partition(" ")
    return time_span(word), why.strip()


def extended(
    experiment: Experiment, span: timedelta, *, today: date, is_lead: bool, before: Sequence[int]
) -> Experiment:
    """The ticket with a longer box. before: the box's length (days) before each extension so far.

    A box that is over is extended from today. Raises NotAllowed when it takes a lead.
    """
    days = math.ceil(span / timedelta(days=1))
    overrun = (today - experiment.box_ends).days if experiment.box_ends else 0
    total = experiment.box_days + max(0, overrun) + days
    if not is_lead and len(before) >= MOST_EXTENSIONS:
        raise NotAllowed(
            f"{experiment.id} has been extended {len(before)} times; more takes a lead.",
            "Ask one to type it.",
        )
    longer = replace(experiment, box_days=total)
    return with_box(longer, starts=experiment.box_starts) if experiment.box_starts else longer


def is_too_long(longer: Experiment, before: Sequence[int], present: int) -> bool:
    """True for a box of more than twice the original one: that takes a second person.

    present: the box's length now; it is the original one while nothing was extended.
    """
    return longer.box_days > MOST_STRETCH * (before[0] if before else present)
