"""Columns as counts on the wire (`drift/1`), and back into what the drift watch compares."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from core.drift_profile import ColumnProfile, profile, profile_like
from core.drift_watch import column_of
from ingest.columns import Columns
from ingest.drift import DriftProfile, Feature

_LONGEST_LEVEL = 200


def profiled(
    found: Columns, *, source: str = "", like: Mapping[str, ColumnProfile] | None = None
) -> DriftProfile:
    """The columns as counts: in their own buckets, or in those of the reference `like`."""
    arrays = {name: _short(values) for name, values in found.arrays.items()}
    counted = profile(arrays) if like is None else profile_like(like, arrays)
    return on_wire(counted, source=source)


def on_wire(counted: Mapping[str, ColumnProfile], *, source: str = "") -> DriftProfile:
    """Profiles by column as the document that is pushed."""
    rows = max((column.rows for column in counted.values()), default=0)
    features = [_feature(column) for column in counted.values()]
    return DriftProfile(schema="drift/1", model=source, rows=rows, features=tuple(features))


def from_wire(document: DriftProfile) -> dict[str, ColumnProfile]:
    """The document's columns as the drift watch compares them."""
    return {one.name: _column(one) for one in document.features}


def _feature(column: ColumnProfile) -> Feature:
    if column.kind == "deciles":
        return Feature(
            name=column.name,
            type="numeric",
            edges=column.edges,
            counts=column.counts,
            nulls=column.missing,
        )
    levels = tuple(repr(one) if isinstance(one, float) else str(one) for one in column.levels)
    return Feature(
        name=column.name,
        type="numeric" if column.is_numeric else "categorical",
        levels=levels,
        counts=(*column.counts, column.new),
        nulls=column.missing,
    )


def _column(one: Feature) -> ColumnProfile:
    missing = one.nulls + one.non_finite
    if one.edges is not None:
        return column_of(one.name, edges=one.edges, counts=one.counts, missing=missing)
    levels: tuple[str | float, ...] = one.levels or ()
    if one.type == "numeric":
        levels = tuple(float(level) for level in levels)
    return column_of(one.name, levels=levels, counts=one.counts, missing=missing)


def _short(values: Any) -> Any:
    """Long texts cut, still told apart: a level on the wire has at most 200 characters."""
    if values.dtype != object:
        return values
    return np.array([_level(one) for one in values], dtype=object)


def _level(one: Any) -> Any:
    if not isinstance(one, str) or len(one) <= _LONGEST_LEVEL:
        return one
    return f"{one[:180]}…{hashlib.sha256(one.encode()).hexdigest()[:16]}"
