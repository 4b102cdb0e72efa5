"""Profiles as plain JSON, and what makes two pushes the same."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from core.drift.compare import ColumnDrift
from core.drift.document import DocumentDrift
from core.drift.profile import ColumnProfile
from core.drift.source import Pushed


def as_json(profile: Mapping[str, ColumnProfile]) -> dict[str, Any]:
    """The profile as plain JSON values; figures that are not finite become null."""
    kept: dict[str, Any] = _finite({name: asdict(column) for name, column in profile.items()})
    return kept


def rows_as_json(verdicts: Iterable[ColumnDrift | DocumentDrift]) -> list[dict[str, Any]]:
    """Verdicts as plain JSON values, as `as_json`."""
    kept: list[dict[str, Any]] = _finite([asdict(verdict) for verdict in verdicts])
    return kept


def _finite(value: Any) -> Any:
    return json.loads(json.dumps(value), parse_constant=lambda _: None)


def from_json(plain: Mapping[str, Any]) -> dict[str, ColumnProfile]:
    """The profile that `as_json` made plain."""
    return {name: _column(kept) for name, kept in plain.items()}


def _column(kept: Mapping[str, Any]) -> ColumnProfile:
    tuples: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()}
    return ColumnProfile(**tuples)


def fingerprint(pushed: Pushed) -> str:
    """sha256 (hex) of what was pushed: role, counts, and the time of the rows."""
    at = pushed.at.isoformat() if pushed.at else ""
    plain = {"role": pushed.role, "profile": as_json(pushed.profile), "at": at}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
