"""Have the inputs changed? One verdict by column, honest about small samples.

p by column: the smallest of its readings (core/drift/reading), paid for once per test; then
Benjamini-Hochberg over the columns. WARN: p <= 0.05 and a reading large enough (PSI 0.1, distance
0.1, 3 points more in a tail); ALERT: p <= 0.05 and twice that. Significance alone never alarms,
nor does size alone. A column that is gone or has another type is an ALERT of its own. An alarm
says: inputs changed; check labels and evals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from core.drift.distance import Distances, Ks, distances, ks_counts, ks_sorted, wasserstein_in_sd
from core.drift.profile import (
    ColumnProfile,
    current_column,
    from_sorted,
    mergeable,
    numbers,
    reference_column,
    sorted_like,
)
from core.drift.reading import merged, p_of, readings
from core.stats.multiplicity import benjamini_hochberg
from core.stats.sample import NotComputable

Status = Literal["OK", "WARN", "ALERT", "NOT ENOUGH"]
ALPHA = 0.05
MIN_ROWS = 50  # below it a decile holds fewer than five rows and chi-square means nothing


@dataclass(frozen=True)
class ColumnDrift:
    """One column judged. p: before, p_bh: after the correction over columns.

    wasserstein_sd: only when both samples were at hand. mean_shift_sd: change of the mean in
    reference sd. reason: a sentence. Figures are None where they are not computable.
    """

    name: str
    status: Status
    reason: str
    kind: str = ""
    rows_reference: int = 0
    rows_current: int = 0
    psi: float | None = None
    null_p95: float | None = None
    js_bits: float | None = None
    ks: float | None = None
    wasserstein_sd: float | None = None
    mean_shift_sd: float | None = None
    missing_reference: float | None = None
    missing_current: float | None = None
    new_current: float | None = None
    p: float | None = None
    p_bh: float | None = None
    size: float = 0.0  # of the reading that speaks: 1 is worth a warning, 2 an alert
    words: str = ""  # what moved by it, "" for the shape


@dataclass(frozen=True)
class DriftReport:
    """All reference columns judged; added: columns that only the current data have."""

    columns: tuple[ColumnDrift, ...]
    added: tuple[str, ...] = ()

    @property
    def alerts(self) -> tuple[ColumnDrift, ...]:
        """Columns with an ALERT, the largest PSI first (schema changes before them)."""
        found = [column for column in self.columns if column.status == "ALERT"]
        return tuple(sorted(found, key=lambda c: -(c.psi if c.psi is not None else np.inf)))


@dataclass(frozen=True)
class _Shape:
    """What only the samples themselves can tell."""

    ks: Ks
    wasserstein_sd: float | None


def compare(
    reference: Mapping[str, ColumnProfile], current: Mapping[str, ColumnProfile]
) -> DriftReport:
    """Two profiles, the current one counted in the reference's buckets."""
    return _report(reference, current, {})


def compare_samples(reference: Mapping[str, Any], current: Mapping[str, Any]) -> DriftReport:
    """Two data sets side by side: exact KS and Wasserstein beside the counts."""
    profiles: tuple[dict[str, ColumnProfile], dict[str, ColumnProfile]] = ({}, {})
    shapes: dict[str, _Shape] = {}
    for name, values in reference.items():
        old = numbers(values)
        new = numbers(current[name]) if name in current else None
        if old is None or new is None:
            profiles[0][name] = reference_column(name, values)
            if name in current:
                profiles[1][name] = current_column(profiles[0][name], current[name])
            continue
        before, after = np.sort(old[0]), np.sort(new[0])
        profiles[0][name] = from_sorted(name, before, old[1])
        profiles[1][name] = sorted_like(profiles[0][name], after, new[1])
        ks, moved = ks_sorted(before, after), wasserstein_in_sd(before, after)
        if isinstance(ks, Ks):
            shapes[name] = _Shape(ks, moved if isinstance(moved, float) else None)
    for name in current.keys() - reference.keys():
        profiles[1][name] = reference_column(name, current[name])
    return _report(*profiles, shapes)


def _report(
    reference: Mapping[str, ColumnProfile],
    current: Mapping[str, ColumnProfile],
    shapes: Mapping[str, _Shape],
) -> DriftReport:
    judged = {
        name: _measured(column, current.get(name), shapes.get(name))
        for name, column in reference.items()
    }
    tested = [name for name, column in judged.items() if column.p is not None]
    adjusted = benjamini_hochberg([judged[name].p or 0.0 for name in tested], alpha=ALPHA)
    for name, p_bh in zip(tested, adjusted.p, strict=True):
        judged[name] = _decided(judged[name], p_bh)
    added = tuple(name for name in current if name not in reference)
    return DriftReport(tuple(judged.values()), added)


def _measured(
    reference: ColumnProfile, current: ColumnProfile | None, shape: _Shape | None
) -> ColumnDrift:
    """The column's figures, or its final status when there is nothing to test."""
    name = reference.name
    if current is None:
        return ColumnDrift(name, "ALERT", f"{name} is gone from the current data.")
    if reference.is_numeric != current.is_numeric and current.counts:
        kinds = ["numeric" if c.is_numeric else "categorical" for c in (reference, current)]
        return ColumnDrift(name, "ALERT", f"{name} was {kinds[0]} and is {kinds[1]} now.")
    rows = reference.rows, current.rows
    if min(rows) < MIN_ROWS:
        reason = f"{name}: {min(rows)} rows are too few, {MIN_ROWS} are needed."
        return ColumnDrift(name, "NOT ENOUGH", reason, reference.kind, *rows)
    counts = mergeable(reference, current) or merged(reference, current)
    found = counts if isinstance(counts, NotComputable) else distances(*counts)
    if isinstance(found, NotComputable) or isinstance(counts, NotComputable):
        why = found.reason if isinstance(found, NotComputable) else ""
        return ColumnDrift(name, "NOT ENOUGH", f"{name}: {why}", reference.kind, *rows)
    ks = shape.ks if shape else _ks(reference, current)
    read = readings(reference, current, found, ks=ks, buckets=counts)
    largest = max(read, key=lambda reading: reading.size)
    return replace(
        _with_figures(reference, current, found),
        ks=ks.distance if ks else None,
        wasserstein_sd=shape.wasserstein_sd if shape else None,
        p=p_of(read, reference.kind),
        size=largest.size,
        words=largest.words,
    )


def _with_figures(
    reference: ColumnProfile, current: ColumnProfile, found: Distances
) -> ColumnDrift:
    rows = reference.rows, current.rows
    shift = None
    if reference.mean is not None and current.mean is not None and reference.sd:
        shift = (current.mean - reference.mean) / reference.sd
    return ColumnDrift(
        reference.name,
        "OK",
        "",
        reference.kind,
        *rows,
        psi=found.psi,
        null_p95=found.null_p95,
        js_bits=found.js_bits,
        mean_shift_sd=shift,
        missing_reference=reference.missing / rows[0],
        missing_current=current.missing / rows[1],
        new_current=current.new / rows[1],
    )


def _ks(reference: ColumnProfile, current: ColumnProfile) -> Ks | None:
    """KS from the finest counts that both profiles have."""
    if not reference.is_numeric:
        return None
    fine = reference.fine_edges == current.fine_edges != ()
    counts = (
        (reference.fine_counts, current.fine_counts)
        if fine
        else (reference.counts, current.counts)
    )
    found = ks_counts(*counts)
    return found if isinstance(found, Ks) else None


def _decided(column: ColumnDrift, p_bh: float) -> ColumnDrift:
    status: Status = "OK"
    if p_bh <= ALPHA and column.size >= 1:
        status = "ALERT" if column.size >= 2 else "WARN"
    reason = f"{column.name}: PSI {column.psi or 0.0:.3f}"
    if column.null_p95 is not None:
        reason += f" (chance alone gives up to {column.null_p95:.3f})"
    new, gone = column.new_current or 0.0, column.missing_current or 0.0
    if status != "OK" and column.words:
        reason += f", {column.words}"
    if new:
        reason += f", {new:.1%} new values"
    if gone != column.missing_reference:
        reason += f", missing {column.missing_reference:.1%} -> {gone:.1%}"
    return replace(column, status=status, p_bh=p_bh, reason=reason + ".")
