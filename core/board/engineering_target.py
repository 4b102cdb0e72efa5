"""Upper limits as people write them (`p95 < 200 ms`, `$2 per request`), and what meets them."""

import re
from dataclasses import dataclass

from core.errors import Refused
from core.quantity import times

_SECONDS = {
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "\u03bcs": 1e-6, "ms": 1e-3,
    "msec": 1e-3, "milliseconds": 1e-3,
    "s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0, "min": 60.0, "minutes": 60.0,
    "h": 3600.0, "hours": 3600.0,
}  # fmt: skip
_PERCENTILE = re.compile(r"\bp\d{2}(?:\.\d+)?\b", re.IGNORECASE)
_LATENCY = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-zµ\u03bc]+)?", re.IGNORECASE)
_TIMED = re.compile(
    rf"(\d{{1,20}}(?:[.,]\d{{1,20}})?)\s{{0,9}}({'|'.join(sorted(_SECONDS, key=len)[::-1])})\b",
    re.I,
)
_CURRENCY = re.compile(r"[$€£¥]|\b(?:usd|eur|gbp|chf|ct|cents?)\b", re.IGNORECASE)
_COST = re.compile(
    r"(0,\d+|\d+,(?:\d{1,2}|\d{4,})(?!\d)|\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)\s*([km](?![a-z]))?", re.I
)
_PER = re.compile(r"(?:\bper\b|/|\ba\b|\bfor\b)\s*(.+)$", re.IGNORECASE)
_LOWER = re.compile(r">|≥|\bat least\b|\bmore than\b|\babove\b", re.IGNORECASE)
_SAME = {"usd": "$", "eur": "€", "gbp": "£", "cents": "ct", "cent": "ct"}


@dataclass(frozen=True)
class Amount:
    """A figure with what it is a figure of. unit: "s", a currency, or ""; per: "request", …"""

    value: float
    unit: str = ""
    per: str = ""


def read_target(kind: str, text: str) -> str:
    """The target as typed; "" stays "". kind: latency | cost.

    Raises Refused (under `latency_target` or `cost_target`) without a figure or as a lower limit.
    """
    field = f"{kind}_target"
    example = "p95 < 200 ms" if kind == "latency" else "$0.002 per request"
    if not text:
        return ""
    if _LOWER.search(text):
        said = f"A {kind} target is an upper limit, “{text[:40]}” is a lower one."
        raise Refused(said, f"Write it like `{example}`.", field=field)
    if amount(kind, text) is None:
        said = f"“{text[:40]}” names no {kind} to measure against."
        raise Refused(said, f"Write it like `{example}`.", field=field)
    return text


def amount(kind: str, text: str) -> Amount | None:
    """The figure in a target or a measurement, None without one. kind: latency | cost."""
    return _latency(text) if kind == "latency" else _cost(text)


def _latency(text: str) -> Amount | None:
    plain = _PERCENTILE.sub(" ", text)
    found = _TIMED.search(plain)
    if found:
        scale = _SECONDS[found[2].lower()]
        return Amount(round(float(found[1].replace(",", ".")) * scale, 12), "s")
    bare = _LATENCY.search(plain)
    return Amount(float(bare[1].replace(",", "."))) if bare else None


def _cost(text: str) -> Amount | None:
    found = _COST.search(text)
    if found is None:
        return None
    per = _PER.search(text, found.end())
    head = text[: per.start()] if per else text
    thousands = re.search(r"[1-9]\d{0,20},\d{3}(?!\d)", found[1])
    plain = found[1].replace(",", "" if thousands else ".")
    sign = _CURRENCY.search(head)
    unit = sign[0].lower() if sign else ""
    of = " ".join(per[1].lower().split()).rstrip(".s") if per else ""
    return Amount(float(plain) * times(found[2]), _SAME.get(unit, unit), of)


def lack(kind: str, target: str, measured: str) -> str:
    """Why that measurement does not show the target, "" when it does or there is no target.

    A unit left out of the measurement is the target's. What cannot be compared shows nothing.
    """
    wanted = amount(kind, target) if target else None
    if wanted is None:
        return ""
    got = amount(kind, measured) if measured else None
    if got is None:
        return f"{kind} is not measured (target {target})"
    if (got.unit and wanted.unit and got.unit != wanted.unit) or (
        got.per and got.per != wanted.per
    ):
        return f"{kind} {measured} cannot be compared with the target {target}"
    scale = 1.0
    if wanted.unit == "s" and not got.unit:
        scale = _scale_of(target)
    return "" if got.value * scale <= wanted.value else f"{kind} {measured} misses {target}"


def _scale_of(target: str) -> float:
    found = _TIMED.search(_PERCENTILE.sub(" ", target))
    return _SECONDS[found[2].lower()] if found else 1.0
