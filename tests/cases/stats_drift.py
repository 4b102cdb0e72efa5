"""Adapters of the area drift."""

from typing import Any

import numpy as np

from core.drift.distance import Ks, distances, ks_sorted, psi_without_drift, wasserstein_in_sd
from core.drift.profile import ColumnProfile, current_column, numbers, reference_column
from core.stats.sample import NotComputable
from tests.cases.plain import numbers as read
from tests.cases.plain import undefined

Case = dict[str, Any]


def bucket_counts(case: Case) -> Case:
    found = distances(case["reference"], case["current"])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "psi_smoothed": found.psi,
        "psi_unsmoothed": found.raw_psi,
        "js_distance_bits": found.js_bits,
        "psi_null_mean": found.null_mean,
        "psi_null_p95": found.null_p95,
        "chi2": found.chi2,
        "df": found.df,
        "p": found.p,
    }


def buckets(
    reference: ColumnProfile, current: ColumnProfile
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]]:
    """Counts of both sides with `<new>` and `<missing>` where a side has any, and those names."""
    ref, cur = list(reference.counts), list(current.counts)
    names: list[str] = []
    for name, one, two in (
        ("<new>", reference.new, current.new),
        ("<missing>", reference.missing, current.missing),
    ):
        if one or two:
            ref, cur, names = [*ref, one], [*cur, two], [*names, name]
    return tuple(ref), tuple(cur), tuple(names)


def numeric_feature(case: Case) -> Case:
    values = [read(case[side]) for side in ("reference", "current")]
    reference = reference_column("x", values[0])
    current = current_column(reference, values[1])
    ref, cur, extra = buckets(reference, current)
    found = distances(ref, cur)
    sides = [_sorted(side) for side in values]
    ks, moved = ks_sorted(*sides), wasserstein_in_sd(*sides)
    ends = reference.edges if reference.kind == "deciles" else reference.levels
    return {
        "kind": reference.kind,
        "ref_counts": list(ref),
        "cur_counts": list(cur),
        "edges_or_values": [*ends, *extra],
        "psi_smoothed": None if isinstance(found, NotComputable) else found.psi,
        "ks_D": ks.distance if isinstance(ks, Ks) else None,
        "ks_p_asymp": ks.p if isinstance(ks, Ks) else None,
        "w1_over_ref_sd": moved if isinstance(moved, float) else None,
        "missing_share_ref": _missing(reference),
        "missing_share_cur": _missing(current),
    }


def psi_no_drift_level(case: Case) -> Case:
    mean, p95 = psi_without_drift(case["n_reference"], case["n_current"], case["buckets"])
    return {"mean": mean, "p95": p95, "fixed_0_2_is_meaningful": p95 < 0.2}


def _sorted(values: list[float | None]) -> Any:
    known = numbers(values)
    return np.sort(known[0]) if known else np.empty(0)


def _missing(column: ColumnProfile) -> float | None:
    return column.missing / column.rows if column.rows else None


ADAPTERS = {
    ("drift", "bucket_counts"): bucket_counts,
    ("drift", "numeric_feature"): numeric_feature,
    ("drift", "psi_no_drift_level"): psi_no_drift_level,
}
