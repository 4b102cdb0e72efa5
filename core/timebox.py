"""Extending an experiment's time box."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.errors import NotAllowed
from core.experiment import Experiment, with_box
from core.quantity import time_span

MOST_EXTENSIONS = 2  # by the owner; more are a lead's to give
MOST_STRETCH = 2  # times the original box
_SPAN = re.compile(r"^(?:by\s+)?\+?(\d+\s*[a-z]+)\b[\s:,–-]*(.*)$", re.IGNORECASE | re.DOTALL)


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
    original = before[0] if before else experiment.box_days
    if not is_lead and len(before) >= MOST_EXTENSIONS:
        raise NotAllowed(
            f"{experiment.id} has been extended {len(before)} times; more takes a lead.",
            "Ask one to type it.",
        )
    if not is_lead and total > MOST_STRETCH * original:
        raise NotAllowed(
            f"{total} days is more than twice the original box of {original} days; that takes "
            "a lead.",
            "Ask one to type it, or ask for less.",
        )
    longer = replace(experiment, box_days=total)
    return with_box(longer, starts=experiment.box_starts) if experiment.box_starts else longer
