"""What somebody expects of an experiment before its first result, and how it came out.

The range is an 80 % interval of the final result; the chance is that of success, which means
promoted: the one outcome that is decided on record, and that base rates count as well. Whether a
result matched is said by people, once per result.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from core.errors import Refused
from core.experiments import metric
from core.experiments.experiment import CLOSED, Experiment
from core.experiments.measurement import Measurement
from core.faults import Faults

SHARE = 0.8  # of the final results that should lie within the ranges
FIELDS = ("predicted_low", "predicted_high", "predicted_chance")
KEYS = {
    "predict": "predicted",
    "predicted": "predicted",
    "prediction": "predicted",
    "p": "predicted_chance",
    "psuccess": "predicted_chance",
    "chance": "predicted_chance",
}
_BETWEEN = re.compile(r"\s{0,9}(?:\.{2,3}|…|–|—|(?<=[\d%])-|\bto\b)\s{0,9}", re.IGNORECASE)
_CHANCE = re.compile(r"^(\d{1,3}(?:[.,]\d+)?|[.,]\d+)\s*(%?)$")
MATCHES = {
    "better": "better than predicted",
    "as": "as predicted",
    "worse": "worse than predicted",
}
SKIPPED = "skipped"


class Outcome(NamedTuple):
    """A decided ticket's prediction scored. held: None without a range or a result; loss: squared
    error of the chance, None without one. side: below | within | above its range, or "".
    """

    succeeded: bool
    held: bool | None
    loss: float | None
    side: str


def read_range(text: str, name: str, target: float | None, *, field: str = "") -> dict[str, float]:
    """`0.82..0.88` or `82%..88%` on the metric's scale, as ticket fields. Raises Refused."""
    ends = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(ends) != 2:
        raise Refused(
            f"“{text[:30]}” is no range: a prediction has a low and a high end.",
            "Write it like predict=0.82..0.88.",
            field=field,
        )
    low, high = sorted(metric.on_scale(end, name, target, field=field) for end in ends)
    if low == high:
        raise Refused(
            "A range of one single number is never right.",
            "Give the ends you would bet 4 to 1 on, like 0.82..0.88.",
            field=field,
        )
    return {"predicted_low": low, "predicted_high": high}


def read_chance(text: str, *, field: str = "") -> float:
    """A chance of success as typed: `30%`, `30` or `0.3`, as a share. Raises Refused."""
    found = _CHANCE.match(text.strip())
    amount = float(found.group(1).replace(",", ".")) if found else -1.0
    share = amount / 100 if found and (found.group(2) or amount > 1) else amount
    if not 0 <= share <= 1:
        raise Refused(
            f"“{text[:20]}” is no chance: it lies between 0% and 100%.",
            "Write it like p=30%.",
            field=field,
        )
    return round(share, 6)


def read(key: str, text: str, experiment: Experiment) -> dict[str, Any]:
    """The ticket's fields in what was typed for one of KEYS. Raises Refused."""
    if key == "predicted":
        return dict(read_range(text, experiment.metric, experiment.target))
    return {key: read_chance(text)}


def from_form(text: Mapping[str, str], target: float | None) -> dict[str, Any]:
    """The ticket's prediction fields in a form's texts; None where nothing is said."""
    said: dict[str, Any] = dict.fromkeys(FIELDS)
    ends: dict[str, float] = {}
    with Faults() as each:
        if text.get("predicted"):
            ends = each(read_range, text["predicted"], text["metric"], target, field="predicted")
        if text.get("predicted_chance"):
            typed = text["predicted_chance"]
            said["predicted_chance"] = each(read_chance, typed, field="predicted_chance")
    return said | ends


def of(ticket: Experiment) -> dict[str, Any]:
    """The ticket's prediction, by field."""
    return {name: getattr(ticket, name) for name in FIELDS}


def sealed(called: str, since: date, *, field: str = "") -> Refused:
    """What somebody hears who would change a prediction that stands."""
    return Refused(
        f"The prediction of {called} was sealed on {since.day} {since:%b %Y} by its first result.",
        "It stays as it is; leave it out.",
        field=field,
    )


def is_made(ticket: Experiment) -> bool:
    """True when anything was predicted."""
    return any(getattr(ticket, name) is not None for name in FIELDS)


def outcome(ticket: Experiment) -> Outcome | None:
    """How the prediction came out; None while it is open or when nothing was predicted."""
    if ticket.stage not in CLOSED or not is_made(ticket):
        return None
    succeeded = ticket.stage == "production"
    low, high, result = ticket.predicted_low, ticket.predicted_high, ticket.final_metric
    side = ""
    if low is not None and high is not None and result is not None:
        side = "below" if result < low else "above" if result > high else "within"
    chance = ticket.predicted_chance
    loss = None if chance is None else (chance - succeeded) ** 2
    return Outcome(succeeded, side == "within" if side else None, loss, side)


def told(ticket: Experiment) -> list[Measurement]:
    """The results of which somebody said how they matched, oldest first."""
    return [look for look in ticket.measurements if look.matched in MATCHES]
