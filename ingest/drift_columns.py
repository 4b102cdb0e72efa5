"""From the columns of a data set to a `drift/1` profile, and from that to what is judged."""

from collections.abc import Mapping
from datetime import datetime

from core.drift.profile import ColumnProfile, profile, profile_like
from ingest.columns import Columns
from ingest.drift import DriftProfile, Feature, Window

_MAX_LEVEL = 200  # longer ones are texts, not levels: they are counted together as new


def profile_of(
    columns: Columns,
    *,
    reference: DriftProfile | None = None,
    model: str = "",
    window: tuple[datetime, datetime] | None = None,
) -> DriftProfile:
    """The rows as counts: in buckets of their own, or in those of the reference."""
    found = (
        profile_like(columns_of(reference), columns.arrays)
        if reference
        else profile(columns.arrays)
    )
    return DriftProfile(
        schema="drift/1",
        model=model,
        window=Window.model_validate({"from": window[0], "to": window[1]}) if window else None,
        rows=columns.rows,
        features=tuple(_feature(column) for column in found.values()),
    )


def columns_of(given: DriftProfile) -> dict[str, ColumnProfile]:
    """The features as they are judged (core.drift.compare.compare, services.drift.drift.push)."""
    return {feature.name: _column(feature) for feature in given.features}


def wire_of(columns: Mapping[str, ColumnProfile], rows: int) -> DriftProfile:
    """Judged columns as a profile again: what a client counts its current rows like."""
    features = tuple(_feature(column) for column in columns.values())
    return DriftProfile(schema="drift/1", rows=rows, features=features)


def _feature(column: ColumnProfile) -> Feature:
    if column.kind == "deciles":
        return Feature(
            name=column.name,
            type="numeric",
            edges=column.edges,
            counts=column.counts,
            fine_edges=column.fine_edges or None,
            fine_counts=column.fine_counts or None,
            nulls=column.missing,
        )
    levels = [level if isinstance(level, str) else repr(level) for level in column.levels]
    kept = [
        (level, count)
        for level, count in zip(levels, column.counts, strict=True)
        if len(level) <= _MAX_LEVEL
    ]
    other = column.new + sum(column.counts) - sum(count for _, count in kept)
    return Feature(
        name=column.name,
        type="numeric" if column.is_numeric else "categorical",
        levels=tuple(level for level, _ in kept),
        counts=(*(count for _, count in kept), other),
        nulls=column.missing,
    )


def _column(feature: Feature) -> ColumnProfile:
    missing = feature.nulls + feature.non_finite
    if feature.edges is not None:
        return ColumnProfile(
            feature.name,
            "deciles",
            feature.counts,
            edges=feature.edges,
            missing=missing,
            fine_edges=feature.fine_edges or (),
            fine_counts=feature.fine_counts or (),
        )
    levels = feature.levels or ()
    known: tuple[str | float, ...] = levels
    if feature.type == "numeric":
        known = tuple(float(level) for level in levels)
    return ColumnProfile(
        feature.name,
        "values" if feature.type == "numeric" else "categorical",
        feature.counts[: len(levels)],
        levels=known,
        new=sum(feature.counts[len(levels) :]),
        missing=missing,
    )
