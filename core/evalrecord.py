"""Metric verdicts as JSON and back, so that every judgement can be shown again as it was."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from core.evalgate import MetricVerdict
from core.evalmetric import Check
from core.sample import Interval


def as_record(verdict: MetricVerdict) -> dict[str, Any]:
    """The verdict as JSON; what is not finite is kept as null, never as NaN."""
    return {key: _plain(value) for key, value in asdict(verdict).items()}


def from_record(record: Mapping[str, Any]) -> MetricVerdict:
    """The verdict as it was."""
    checks = tuple(_check(check) for check in record.get("checks", ()))
    return MetricVerdict(
        **{**record, "interval": _interval(record.get("interval")), "checks": checks}
    )


def _check(record: Mapping[str, Any]) -> Check:
    intervals = {name: _interval(record.get(name)) for name in ("interval", "anytime")}
    return Check(**{**record, **intervals, "ids": tuple(record.get("ids", ()))})


def _interval(record: Mapping[str, Any] | None) -> Interval | None:
    if record is None or record["low"] is None or record["high"] is None:
        return None
    return Interval(record["low"], record["high"])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
