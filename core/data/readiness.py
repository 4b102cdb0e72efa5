"""Will the data be there in time? "The math doesn't work", said while it can still be changed.

Steps still to do (delivery dates where a vendor gave them, the source document's lead times where
nobody did) + QA 2–5 days + versioning 1 day + training, in working days, against the working days
left. Training runs day and night; a day of it is counted as a working day, which is careful.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.calendar import working_days_between
from core.data.clearance import Clearance, open_of
from core.data.dataset import Dataset
from core.experiments.experiment import Experiment

FITS, TIGHT, NOT = "fits", "tight", "doesn't fit"
# Working days, from the document's table of lead times (chapter 4).
TYPICAL = {"collection": (5, 20), "annotation": (5, 15), "QA": (2, 5), "versioning": (1, 1)}


@dataclass(frozen=True)
class ReadinessStep:
    """Something still to be done: at least `low` and at most `high` working days from now."""

    name: str
    low: int
    high: int
    note: str = ""

    @property
    def text(self) -> str:
        """`annotation 7–10`."""
        span = str(self.low) if self.low == self.high else f"{self.low}–{self.high}"
        return f"{self.name} {span}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True)
class Fit:
    """One deadline against what is still to do, in working days.

    subject: the experiment's id, or the card's own. verdict: fits | tight | doesn't fit.
    """

    subject: str
    verdict: str
    low: int
    high: int
    left: int
    deadline: date
    arithmetic: str


@dataclass(frozen=True)
class Fix:
    """A row of the document's table of problems."""

    problem: str
    emergency: str
    systemic: str


@dataclass(frozen=True)
class DataOutlook:
    """A card that is not ready against every deadline it has. fix: for what is wrong."""

    card: Dataset
    fits: tuple[Fit, ...]
    fix: Fix

    @property
    def verdict(self) -> str:
        """The worst of its fits; fits when there is no deadline left."""
        said = {fit.verdict for fit in self.fits}
        return next((verdict for verdict in (NOT, TIGHT) if verdict in said), FITS)

    @property
    def hit(self) -> tuple[Fit, ...]:
        """The deadlines that do not surely hold, those that cannot hold first."""
        bad = [fit for fit in self.fits if fit.verdict != FITS]
        return tuple(sorted(bad, key=lambda fit: fit.verdict == TIGHT))


def steps(card: Dataset, today: date) -> tuple[ReadinessStep, ...]:
    """What is still to be done before the card is Ready; () when it is."""
    if card.stage == "ready":
        return ()
    ahead = ["collection", *(["annotation"] if card.needs_labels else [])]
    if card.stage in ahead:
        ahead = ahead[ahead.index(card.stage) :]
    elif card.stage == "qa":
        ahead = []
    found = [_delivery(card, name, today) for name in ahead]
    if reviews := open_of(card):
        found = _reviewed(card, found, reviews, today)
    spent = working_days_between(card.since.date(), today) if card.stage == "qa" else 0
    low, high = (max(0, days - spent) for days in TYPICAL["QA"])
    return (
        *found,
        ReadinessStep("QA", low, high),
        ReadinessStep("versioning", *TYPICAL["versioning"]),
    )


def _reviewed(
    card: Dataset, ahead: list[ReadinessStep], reviews: Sequence[Clearance], today: date
) -> list[ReadinessStep]:
    """With what is open in it: nobody knows when it is cleared, so the document's longest lead
    time counts from the day it was opened, as a part of the collection or as a step of its own.
    """
    opened = min(one.since or card.since.date() for one in reviews)
    longest = TYPICAL["collection"][1] - working_days_between(opened, today)
    note = ", ".join(f"{one.title} open" for one in reviews)
    if ahead and ahead[0].name == "collection":
        first = ahead[0]
        known = f"{first.note}, {note}" if first.note else note
        high = max(first.high, longest, 1)
        return [ReadinessStep(first.name, max(first.low, 1), high, known), *ahead[1:]]
    return [ReadinessStep("review", 1, max(longest, 1), note), *ahead]


def _delivery(card: Dataset, name: str, today: date) -> ReadinessStep:
    first, last = card.day(f"{name}_from"), card.day(f"{name}_to")
    if card.stage != name or first is None or last is None:
        return ReadinessStep(name, *TYPICAL[name], "typical")
    late = working_days_between(last, today)
    note = f"{late} working day{'' if late == 1 else 's'} late" if late else ""
    return ReadinessStep(
        name, working_days_between(today, first), working_days_between(today, last), note
    )


def outlook(
    card: Dataset, linked: Sequence[Experiment], *, today: date, gpus: float = 1
) -> DataOutlook:
    """The card against the box of each linked open experiment, or the day it is needed by.

    The needed-by day leaves room for training already, so training counts against boxes only.
    gpus: how many run side by side.
    """
    todo = steps(card, today)
    waiting = [one for one in linked if one.is_open] if todo else []
    fits = [_fit_of(card, todo, one, today, gpus) for one in waiting]
    if todo and not fits:
        fits = [_fit(card.id, todo, card.needed_by, f"needed by {_day(card.needed_by)}", today)]
    return DataOutlook(card, tuple(fits), fix_for(card, today))


def _fit_of(
    card: Dataset, todo: Sequence[ReadinessStep], one: Experiment, today: date, gpus: float
) -> Fit:
    hours = max(0.0, one.gpu_budget - one.gpu_used)
    days = math.ceil(hours / max(gpus, 1e-9) / 24)
    note = f"{hours:g} GPU-h on {gpus:g} GPU{'' if gpus == 1 else 's'}"
    training = ReadinessStep("training", days, days, note)
    if one.box_ends is not None:
        what = f"box ends {_day(one.box_ends)}"
        return _fit(one.id, [*todo, training], one.box_ends, what, today)
    what = f"needed by {_day(card.needed_by)}, then {training.text}"
    return _fit(one.id, todo, card.needed_by, what, today)


def _fit(
    subject: str, todo: Sequence[ReadinessStep], deadline: date, what: str, today: date
) -> Fit:
    low, high = sum(step.low for step in todo), sum(step.high for step in todo)
    left = working_days_between(today, deadline)
    verdict = FITS if high <= left else TIGHT if low <= left else NOT
    if deadline < today:
        verdict = NOT
    span = str(low) if low == high else f"{low}–{high}"
    total = f"{' + '.join(step.text for step in todo)} = {span} working days"
    return Fit(subject, verdict, low, high, left, deadline, f"{total}; {left} left ({what})")


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


_VENDOR = Fix(
    "vendor missed the delivery date",
    "use the partial batch, reduce the experiment's scope",
    "send a 10% pilot batch first, validate quality and timeline",
)
_PII = Fix(
    "data has PII",
    "apply a PII scrubbing pipeline, annotate again",
    "the PII check is a gate before annotation starts",
)
_REVIEW = Fix(
    "a review is open",
    "ask who looks after it for a day, use the part that is cleared",
    "start legal, rate limits and privacy two sprints before experiments need the data",
)
_QUALITY = Fix(
    "labels did not pass the check",
    "re-label a subset with your own team",
    "detailed guidelines with examples, calibration sessions",
)
_PLANNING = Fix(
    "collection starts too late",
    "reduce the experiment's scope, or move it to a later sprint",
    "start collection two sprints before experiments need it",
)
_ANNOTATION = Fix(
    "annotation takes longer than the time left",
    "use a partial batch, reduce the experiment's scope",
    "write annotation guides before sending to vendors; send a 10% pilot batch first",
)
_CHECKING = Fix(
    "validation ends too late",
    "use the part that is checked, reduce the experiment's scope",
    "spot-check the first 100 labels before approving the full batch",
)


def fix_for(card: Dataset, today: date) -> Fix:
    """The row of the document's table that fits what is wrong with the card now."""
    if card.pii == "found":
        return _PII
    if open_of(card):
        return _REVIEW
    if "bad" in (card.pilot, card.first100):
        return _QUALITY
    promised = card.day("annotation_to")
    if card.stage == "annotation" and promised and promised < today:
        return _VENDOR
    return {"annotation": _ANNOTATION, "qa": _CHECKING}.get(card.stage, _PLANNING)
