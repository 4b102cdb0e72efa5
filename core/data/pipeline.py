"""The data pipeline at a glance (source document, chapter 4): stages with their lead times, the
cards in them, and what blocks each; for the picture and its words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.calendar import working_days_between
from core.data.clearance import open_of
from core.data.dataset import TITLES, Dataset
from core.data.readiness import FITS, NOT, TYPICAL, DataOutlook
from core.text import shorten

Spec = dict[str, Any]
MOST_CARDS = 6  # of a lane
_TITLE = 32  # characters that can fit on a card
_LEADS = {
    "collection": "collection",
    "annotation": "annotation",
    "qa": "QA",
    "ready": "versioning",
}


@dataclass(frozen=True)
class PipelineCard:
    """A card on its way. blockers: what holds it, worst first; tight: it may come too late."""

    card: Dataset
    blockers: tuple[str, ...]
    tight: bool

    @property
    def mark(self) -> str:
        """The first blocker, else "tight", else ""."""
        return self.blockers[0] if self.blockers else "tight" if self.tight else ""


@dataclass(frozen=True)
class PipelineStage:
    """A column. lead: working days it typically takes (at least, at most), None for Data Needed.

    count: how many cards are in it; cards: those on their way, the blocked first.
    """

    name: str
    lead: tuple[int, int] | None
    count: int
    cards: tuple[PipelineCard, ...]

    @property
    def blocked(self) -> int:
        """How many of its cards are held."""
        return sum(bool(one.blockers) for one in self.cards)

    @property
    def takes(self) -> str:
        """`5–20 working days`, or ""."""
        if self.lead is None:
            return ""
        low, high = self.lead
        span = str(low) if low == high else f"{low}–{high}"
        return f"{span} working day{'' if high == 1 else 's'}"


@dataclass(frozen=True)
class Pipeline:
    """All columns in their order."""

    stages: tuple[PipelineStage, ...]

    @property
    def headline(self) -> str:
        """`Data pipeline: 2 of 5 cards blocked`."""
        moving = [one for stage in self.stages for one in stage.cards]
        held = sum(bool(one.blockers) for one in moving)
        many = "" if len(moving) == 1 else "s"
        return f"Data pipeline: {held} of {len(moving)} card{many} blocked"


def pipeline(
    awaited: Sequence[DataOutlook], verdicts: Mapping[int, str], *, ready: int, today: date
) -> Pipeline:
    """The pipeline of cards that are not Ready. verdicts: of the labels pushed last, by card;
    ready: how many are.
    """
    found = [_on_its_way(one, verdicts.get(one.card.number, ""), today) for one in awaited]
    stages = []
    for name in TITLES:
        here = [one for one in found if one.card.stage == name]
        here.sort(key=lambda one: (not one.blockers, not one.tight, one.card.needed_by))
        lead = TYPICAL[_LEADS[name]] if name in _LEADS else None
        count = ready if name == "ready" else len(here)
        stages.append(PipelineStage(TITLES[name], lead, count, tuple(here)))
    return Pipeline(tuple(stages))


def _on_its_way(seen: DataOutlook, verdict: str, today: date) -> PipelineCard:
    tight = seen.verdict not in (FITS, NOT)
    return PipelineCard(seen.card, tuple(_blockers(seen, verdict, today)), tight)


def _blockers(seen: DataOutlook, verdict: str, today: date) -> list[str]:
    card = seen.card
    found = ["PII found"] if card.pii == "found" else []
    for one in open_of(card):
        days = working_days_between(one.since, today) if one.since else 0
        found.append(f"{one.title} open" + (f" {days} d" if days else ""))
    if card.stage == "annotation":
        names = {"pilot": "pilot", "first100": "first 100"}
        found += [f"{what} bad" for name, what in names.items() if getattr(card, name) == "bad"]
    if card.stage in {"annotation", "qa"} and verdict == "FAIL":
        found.append("labels FAIL")
    promised = card.day(f"{card.stage}_to")
    if promised and (late := working_days_between(promised, today)) > 0:
        found.append(f"{late} d late")
    if seen.verdict == NOT:
        hit = [fit.subject for fit in seen.hit if fit.verdict == NOT]
        found.append(f"too late for {hit[0]}" + (f" +{len(hit) - 1}" if len(hit) > 1 else ""))
    return found


def chart(found: Pipeline) -> Spec | None:
    """Lanes as the board's picture has them, with lead times; None without a card."""
    if not any(stage.count for stage in found.stages):
        return None
    longest = max(stage.lead[1] for stage in found.stages if stage.lead)
    return {
        "kind": "board",
        "title": found.headline,
        "lanes": [_lane(stage, longest) for stage in found.stages],
        "alt": alt(found),
    }


def _lane(stage: PipelineStage, longest: int) -> Spec:
    shown = stage.cards[:MOST_CARDS]
    held = f", {stage.blocked} blocked" if stage.blocked else ""
    return {
        "name": stage.name,
        "load": f"{stage.count} card{'' if stage.count == 1 else 's'}{held}",
        "full": stage.blocked > 0,
        "closed": False,
        "lead": [*stage.lead, longest, stage.takes] if stage.lead else None,
        "cards": [_card(one) for one in shown],
        "more": len(stage.cards) - len(shown),
        "empty": "nothing here" if not stage.count else "versioned, nothing to wait for",
    }


def _card(one: PipelineCard) -> Spec:
    by = one.card.needed_by
    return {
        "id": one.card.id,
        "title": shorten(one.card.title, _TITLE),
        "foot": f"by {by.day} {by:%b}",
        "mark": shorten(one.mark, _TITLE),
    }


def alt(found: Pipeline) -> str:
    """The pipeline in words, with its figures."""
    told = []
    for stage in found.stages:
        takes = f", typically {stage.takes}" if stage.takes else ""
        cards = [f"{one.card.id} {one.mark or 'on track'}" for one in stage.cards[:MOST_CARDS]]
        more = len(stage.cards) - MOST_CARDS
        cards += [f"and {more} more"] if more > 0 else []
        many = "" if stage.count == 1 else "s"
        within = f": {', '.join(cards)}" if cards else ""
        told.append(f"{stage.name}{takes}, {stage.count} card{many}{within}")
    return f"{found.headline}. {'; '.join(told)}."[:1000]
