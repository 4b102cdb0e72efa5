"""Numbers in sentences: the one place where a figure becomes text.

One style: `1,200`, `0.83`, `88.3%`. A per cent sign stands at its number, so that a figure in a
text is one word and can be found again (core/grounding reads them).
"""

import math
from collections.abc import Sequence

NONE = "–"  # what stands for a figure nobody knows


def number(value: float | None, digits: int = 3) -> str:
    """As short as it is honest: `0.83`, `1,200`; tiny values keep two digits; – for None."""
    if value is None:
        return NONE
    if value and abs(value) < 0.001:
        digits = min(12, max(digits, 1 - math.floor(math.log10(abs(value)))))
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: float | None, digits: int = 0) -> str:
    """`79%` for the share 0.79, at most `digits` decimals; – for None."""
    return NONE if share is None else f"{number(share * 100, digits)}%"


def metric(value: float, *, percent: bool, more_digits: int = 0) -> str:
    """A metric value: `88.3%` or `0.412`."""
    if percent:
        return f"{number(value * 100, 1 + more_digits)}%"
    return number(value, 3 + more_digits)


def hours(amount: float) -> str:
    """GPU-hours: `19`, `1,200.5`."""
    return number(amount, 1)


def spent(used: float, budget: float) -> str:
    """GPU-hours of a budget, `19 of 24`; with more digits where these tell them not apart."""
    told = hours(used), hours(budget)
    if told[0] == told[1] and used != budget:
        told = pair(used, budget, percent=False)
    return f"{told[0]} of {told[1]}"


def pair(one: float, two: float, *, percent: bool) -> tuple[str, str]:
    """Two values of a metric, with as many digits as it takes to tell them apart."""
    first, second = apart((one, two), percent=percent)
    return first, second


def apart(values: Sequence[float], *, percent: bool) -> list[str]:
    """Values of a metric, all with as many digits as it takes to tell each two apart."""
    shown: list[str] = []
    for more in range(10):
        shown = [metric(v, percent=percent, more_digits=more) for v in values]
        if len(set(shown)) == len(set(values)):
            break
    return shown
