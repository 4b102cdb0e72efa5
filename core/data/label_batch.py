"""A pushed batch of labels as a team reads it: one verdict, and what stands beside it.

Beside it stands the source document's kappa (chapter 4), by its name, for comparison only. Its
chance term squares annotator a's shares alone, which is neither Cohen's nor Scott's: the value
changes when the annotators swap places, leaves -1..1, and is 1.0 ("perfect") when a always says
the same and b always contradicts. Where it would return 1.0 or 0.0 out of nothing, this says so.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

import numpy as np

from core.data.label_agreement import (
    AgreementLimits,
    AgreementVerdict,
    Balance,
    agreement_verdict,
    balance,
    range_verdict,
    said,
)
from core.stats.agreement import Alpha, Kappa, cohen, krippendorff
from core.stats.sample import LENGTH_MISMATCH, NO_DATA, NotComputable

LOW, NEEDED = 0.6, 0.8
MANY_ITEMS = 20_000  # above it fewer resamples: the range is narrow anyway
_SEED = 20_261_123  # the same labels always get the same range


@dataclass(frozen=True)
class DocumentKappa:
    """The document's value, and the same with the annotators swapped.

    constant: annotator a used one label only, so the value is 1.0 by its fiat.
    """

    value: float
    swapped: float
    constant: bool

    @property
    def is_low(self) -> bool:
        """The document's alarm: below 0.6."""
        return self.value < LOW


def document_kappa(a: Sequence[Hashable], b: Sequence[Hashable]) -> DocumentKappa | NotComputable:
    """`inter_annotator_agreement` of the document's data_quality_monitor.py."""
    if len(a) != len(b):
        return NotComputable(LENGTH_MISMATCH, f"{len(a)} labels against {len(b)}.")
    if not a:
        return NotComputable(NO_DATA, "No example was labelled twice.")
    return DocumentKappa(_value(a, b), _value(b, a), len(set(a)) == 1)


def _value(a: Sequence[Hashable], b: Sequence[Hashable]) -> float:
    observed = sum(x == y for x, y in zip(a, b, strict=True)) / len(a)
    chance = sum((count / len(a)) ** 2 for count in Counter(a).values())
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


class Labelled(Protocol):
    """What one annotator said about one item; label None when it was left empty."""

    @property
    def item(self) -> str:
        """The item's id."""

    @property
    def annotator(self) -> str:
        """Who labelled it."""

    @property
    def label(self) -> str | None:
        """The label."""


@dataclass(frozen=True)
class JudgedBatch:
    """A batch judged. verdict: PASS | FAIL | INCONCLUSIVE, on the lower end of the 95 % range.

    raw: share of pairs of labels that agree. missing: double labels still needed before there
    can be a verdict. empty: labels left empty. document: the source document's kappa, in words.
    dataset, batch, vendor: where it belongs; empty until it is kept.
    """

    verdict: str
    grade: str
    reason: str
    statistic: str
    estimate: float | None
    low: float | None
    high: float | None
    raw: float | None
    labels: int
    items: int
    annotators: int
    double: int
    missing: int
    empty: int
    shares: tuple[tuple[str, float], ...]
    rare: tuple[str, ...]
    dominant: tuple[str, ...]
    absent: tuple[str, ...]
    document: str
    dataset: str = ""
    batch: str = ""
    vendor: str = ""

    @property
    def issues(self) -> tuple[str, ...]:
        """What is out of balance, one sentence each (plain text, labels as pushed)."""
        share = dict(self.shares)
        found = [f"“{x}” is {share[x]:.0%} of the labels" for x in self.dominant]
        found += [f"“{x}” is only {share[x]:.1%} of the labels" for x in self.rare]
        found += [f"“{x}” was never used" for x in self.absent]
        return tuple(found)

    def stored(self) -> dict[str, Any]:
        """Every figure as JSON keeps it."""
        return asdict(self)


def restored(kept: Mapping[str, Any]) -> JudgedBatch:
    """The batch again from what `stored` gave, after a trip through JSON."""
    lists = {name: tuple(kept[name]) for name in ("rare", "dominant", "absent")}
    shares = tuple((str(label), float(share)) for label, share in kept["shares"])
    return JudgedBatch(**{**kept, **lists, "shares": shares})


def judge(
    labels: Sequence[Labelled],
    *,
    expected: Sequence[str] = (),
    limits: AgreementLimits | None = None,
) -> JudgedBatch:
    """The verdict on a batch. expected: all labels of the guideline, to see those never used.

    Two annotators are judged by Cohen's kappa on what both labelled, three and more by
    Krippendorff's alpha (range by a seeded bootstrap).
    """
    limits = limits or AgreementLimits()
    given = [(one.item, one.annotator, one.label) for one in labels if one.label is not None]
    by_item: dict[str, dict[str, str]] = {}
    for item, annotator, label in given:
        by_item.setdefault(item, {})[annotator] = label
    raters = sorted({annotator for _, annotator, _ in given})
    doubles = [said for said in by_item.values() if len(said) > 1]
    found, statistic = _agreement(doubles, raters)
    verdict = _counted(agreement_verdict(found, limits=limits), len(doubles), limits)
    shares = _balance([label for _, _, label in given], expected)
    return JudgedBatch(
        **_told(verdict),
        **{name: getattr(shares, name) for name in ("shares", "rare", "dominant", "absent")},
        statistic=statistic,
        raw=_raw(doubles),
        labels=len(given),
        items=len(by_item),
        annotators=len(raters),
        double=len(doubles),
        empty=len(labels) - len(given),
        document=_document(doubles),
    )


def against(judged: JudgedBatch, needed: float) -> JudgedBatch:
    """The batch judged by that agreement, when it was judged by another; too few stay too few."""
    if judged.low is None or judged.high is None or judged.estimate is None or judged.missing:
        return judged
    if (verdict := range_verdict(judged.low, judged.high, needed)) == judged.verdict:
        return judged
    reason = said(verdict, (judged.estimate, judged.low, judged.high), judged.double, needed)
    return replace(judged, verdict=verdict, reason=reason)


def _told(found: AgreementVerdict) -> dict[str, Any]:
    return {
        "verdict": found.verdict,
        "grade": found.grade,
        "reason": found.reason,
        "estimate": found.estimate,
        "low": found.interval.low if found.interval else None,
        "high": found.interval.high if found.interval else None,
        "missing": found.missing_labels or 0,
    }


def _balance(given: Sequence[str], expected: Sequence[str]) -> Balance:
    found = balance(given, expected=expected)
    if isinstance(found, NotComputable):
        return Balance(0, (), (), (), tuple(expected))
    return found


def _agreement(
    doubles: Sequence[Mapping[str, str]], raters: Sequence[str]
) -> tuple[Kappa | Alpha | NotComputable, str]:
    if len(raters) <= 2:
        pairs = [tuple(said[who] for who in raters) for said in doubles]
        return cohen([p[0] for p in pairs], [p[1] for p in pairs]), "Cohen's kappa"
    table = [[said.get(who) for said in doubles] for who in raters]
    resamples = 1000 if len(doubles) <= MANY_ITEMS else 200
    rng = np.random.default_rng(_SEED)
    return krippendorff(table, rng=rng, resamples=resamples), "Krippendorff's alpha"


def _counted(verdict: AgreementVerdict, double: int, limits: AgreementLimits) -> AgreementVerdict:
    """With how many double labels are missing, also where there is no figure at all."""
    if double >= limits.min_double_labels or verdict.missing_labels:
        return verdict
    missing = limits.min_double_labels - double
    reason = f"{verdict.reason} {missing} more double labels are needed."
    return replace(verdict, reason=reason, double_labels=double, missing_labels=missing)


def _raw(doubles: Sequence[Mapping[str, str]]) -> float | None:
    """The mean share of agreeing pairs of labels per item; None without double labels."""
    if not doubles:
        return None
    return sum(_agreeing(list(said.values())) for said in doubles) / len(doubles)


def _agreeing(said: Sequence[str]) -> float:
    counts = [said.count(label) for label in set(said)]
    return sum(count * (count - 1) for count in counts) / (len(said) * (len(said) - 1))


def _document(doubles: Sequence[Mapping[str, str]]) -> str:
    """The document's kappa on the first two annotators (by name) of each double label."""
    pairs = [[said[who] for who in sorted(said)[:2]] for said in doubles]
    found = document_kappa([p[0] for p in pairs], [p[1] for p in pairs])
    if isinstance(found, NotComputable):
        return f"The document's kappa: none. {found.reason}"
    said = f"The document's kappa: {found.value:.2f} ({'LOW' if found.is_low else 'not low'}"
    said += f", below 0.6 is low), {found.swapped:.2f} with the annotators swapped."
    if found.constant:
        said += " One annotator used one label only: 1.00 is then by definition, not agreement."
    return said
