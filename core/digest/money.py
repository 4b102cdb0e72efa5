"""What wrong answers cost: the formula that a lead confirms once, and what follows from it."""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from core.errors import Refused
from core.experiments.headline import Headline
from core.experiments.metric import Metric, same_name
from core.faults import Faults
from core.figures import number
from core.quantity import times
from core.text import clean

CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£"}
PERIODS = ("week", "month")
MOST = 1e10
DIGITS = 2  # a cost is shown with two digits that count: it is no better known
_NUMBER = re.compile(
    r"^[$€£]?\s{0,9}(\d[\d,  ']{0,20}(?:\.\d{1,20})?|\.\d{1,20})\s{0,9}(k|m)?\s{0,9}[$€£%]?$",
    re.IGNORECASE,
)
EXAMPLES = {"reach": "100%", "customers": "7000", "low": "9.50", "likely": "11", "high": "14"}
_CALLED = {
    "reach": "share of wrong answers that reach a customer", "customers": "number of customers",
    "low": "lowest cost", "likely": "most likely cost", "high": "highest cost",
}  # fmt: skip


@dataclass(frozen=True)
class Formula:
    """reach: share of wrong answers that reach a customer (0–1). customers: how many get an
    answer in a period. low/likely/high: cost of one wrong answer, in the currency.
    """

    metric: str
    reach: float
    customers: float
    low: float
    likely: float
    high: float
    currency: str = "USD"
    period: str = "week"


@dataclass(frozen=True)
class Kept:
    """The formula in force. head: the headline metric now; fits: the formula is for it."""

    formula: Formula
    by: str
    at: datetime
    head: Headline

    @property
    def fits(self) -> bool:
        """True when the digest's headline metric is the one that the formula is for."""
        return same_name(self.formula.metric, self.head.metric.name)


@dataclass(frozen=True)
class Cost:
    """Wrong answers: of how many customers in 100 (unrounded), and their cost in a period."""

    wrong: float
    low: float
    likely: float
    high: float


def read(values: Mapping[str, Any], metric: str) -> Formula:
    """The formula typed into the form, by block id. Raises Refused with the field."""
    with Faults() as each:
        given = {name: each(_number, name, clean(values.get(name))) for name in EXAMPLES}
        reach = each(_reach, given["reach"], _is_percent(values))
        each(_require_customers, given["customers"])
        each(_require_order, given["low"], given["likely"], given["high"])
    currency, period = str(values.get("currency")), str(values.get("period"))
    return Formula(
        metric, reach, given["customers"], given["low"], given["likely"], given["high"],
        currency if currency in CURRENCIES else "USD", period if period in PERIODS else "week",
    )  # fmt: skip


def _reach(typed: float, is_percent: bool) -> float:
    reach = typed / 100 if typed > 1 or is_percent else typed
    if not 0 < reach <= 1:
        raise Refused("That share is not between 0 and 100%.", "Write it like 100%.",
                      field="reach")  # fmt: skip
    return reach


def _require_customers(customers: float) -> None:
    if customers < 1:
        raise Refused("There must be at least one customer.", "Write it like 7000.",
                      field="customers")  # fmt: skip


def _require_order(low: float, likely: float, high: float) -> None:
    if likely <= 0:
        raise Refused("A wrong answer that costs nothing needs no formula.",
                      "Write the cost of one, like 11.", field="likely")  # fmt: skip
    if not low <= likely <= high:
        raise Refused(
            f"The costs are out of order: {number(low, 2)}, {number(likely, 2)}, "
            f"{number(high, 2)}.",
            "The lowest comes first, the highest last.",
            field="low" if low > likely else "high",
        )


def require_share(name: str, direction: str, values: tuple[float | None, ...]) -> None:
    """Pass when the metric can be a share of right or wrong answers. Raises Refused."""
    known = [v for v in values if v is not None]
    if not name:
        raise Refused("There is no headline metric to put a price on.", "`/exp setup` sets it.")
    if any(not 0 <= v <= 1 for v in known):
        raise Refused(
            f"{name[:60]} is no share between 0 and 100%, so it does not say how many answers "
            f"are {'right' if direction == 'higher' else 'wrong'}.",
            "`/exp setup` can choose another headline metric, e.g. accuracy.",
        )


def as_settings(formula: Formula) -> dict[str, Any]:
    """The formula as plain JSON."""
    return asdict(formula)


def from_settings(kept: Mapping[str, Any] | None) -> Formula | None:
    """The formula that was kept so, or None."""
    if not kept:
        return None
    names = Formula.__dataclass_fields__
    return Formula(**{name: value for name, value in kept.items() if name in names})


def counts_wrong(metric: str, confirmed: Collection[str], formula: Formula | None) -> bool:
    """True when a lead confirmed that what this metric leaves are wrong answers, or what one
    costs. confirmed: names of metrics. A name alone says nothing: an "accuracy gain" is none.
    """
    known = [*confirmed, *([formula.metric] if formula else [])]
    return any(same_name(metric, name) for name in known)


def wrong_share(
    head: Headline, formula: Formula | None, confirmed: Collection[str] = ()
) -> float | None:
    """The share of wrong answers (0–1) of what is in production; None while nothing is, and
    where no lead confirmed that it is told.
    """
    return share_of(head.live.value if head.live else None, head.metric, formula, confirmed)


def share_of(
    value: float | None, metric: Metric, formula: Formula | None, confirmed: Collection[str] = ()
) -> float | None:
    """The share of wrong answers (0–1) where that metric has that value, or None."""
    if value is None or not 0 <= value <= 1:
        return None
    if not counts_wrong(metric.name, confirmed, formula):
        return None
    return 1 - value if metric.direction == "higher" else value


def cost(formula: Formula, wrong: float) -> Cost:
    """What that share of wrong answers costs in the formula's period."""
    customers = wrong * formula.reach * formula.customers
    return Cost(wrong * formula.reach * 100, customers * formula.low, customers * formula.likely,
                customers * formula.high)  # fmt: skip


def rounded(amounts: tuple[float, float, float]) -> tuple[float, float, float]:
    """Lowest, likely and highest cost, all to the step at which the likely one has two digits
    that count: 7,781, 9,418, 11,220 → 7,800, 9,400, 11,200.
    """
    low, likely, high = amounts
    if likely <= 0:
        return 0.0, 0.0, 0.0
    digits = DIGITS - 1 - math.floor(math.log10(likely))
    return round(low, digits), round(likely, digits), round(high, digits)


def sentence(formula: Formula, wrong: float) -> str:
    """What the digest says of that share of wrong answers, in one line."""
    found = cost(formula, wrong)
    costs = rounded((found.low, found.likely, found.high))
    low, likely, high = (shown(amount, formula.currency) for amount in costs)
    range_ = f" ({low} to {high})" if low != high else ""
    many, whole = per(wrong * formula.reach)
    return (
        f"{many} of {number(whole)} {'customers gets' if many == 1 else 'customers get'} a wrong "
        f"answer, about {likely} a {formula.period}{range_}."
    )


def per(share: float) -> tuple[int, int]:
    """A share as so many of 100, or of 1,000 where that would be none."""
    whole = 100 if share == 0 or share >= 0.005 else 1000
    return round(share * whole), whole


def shown(amount: float, currency: str) -> str:
    """`$9,400`."""
    return f"{CURRENCIES.get(currency, currency + ' ')}{number(amount, 2)}"


def _is_percent(values: Mapping[str, Any]) -> bool:
    return clean(values.get("reach")).endswith("%")


def _number(name: str, typed: str) -> float:
    found = _NUMBER.match(typed.strip())
    what, example = _CALLED[name], EXAMPLES[name]
    if not typed:
        raise Refused(f"The {what} is missing.", f"Write it like {example}.", field=name)
    if not found or ("%" in typed and name != "reach"):
        raise Refused(f"“{typed[:20]}” is no {what}.", f"Write it like {example}.", field=name)
    plain = re.sub(r"[^\d.]", "", found.group(1))
    value = float(plain) * times(found.group(2))
    if value > MOST:
        raise Refused(f"“{typed[:20]}” cannot be right.", f"Write it like {example}.", field=name)
    return value
