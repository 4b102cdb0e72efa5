"""What a GPU-hour, an hour of work and a week's delay cost, as a lead says it: so that hours can
be told in money. Nothing is told of what nobody priced.
"""

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.errors import Refused
from core.figures import number
from core.quantity import times
from core.text import clean

NAMES = ("gpu", "hour", "delay")
CALLED = {"gpu": "a GPU-hour", "hour": "an hour of work", "delay": "a week without it"}
MOST = 1e9
_CODES = {"$": "USD", "€": "EUR", "£": "GBP"}
_PAIR = re.compile(r"(\w{1,20})\s{0,3}=\s{0,3}(\S{1,30})")
_AMOUNT = re.compile(r"^([$€£])?(\d{1,9}(?:[.,]\d{1,2})?)([km])?([$€£])?$", re.I)
_USAGE = "Write `/digest money gpu=$2.50 hour=$80 delay=$5k`, or `gpu=off`."


@dataclass(frozen=True)
class Rates:
    """gpu, hour: of one hour; delay: what each week costs in which the thing is not live yet.
    None when nobody said.
    """

    gpu: float | None = None
    hour: float | None = None
    delay: float | None = None
    sign: str = "$"

    @property
    def told(self) -> str:
        """`a GPU-hour $2.5, an hour of work $80`; "" when nothing is priced."""
        priced = {name: getattr(self, name) for name in NAMES}
        return ", ".join(f"{CALLED[name]} {self.shown(value, 2)}"
                         for name, value in priced.items() if value is not None)  # fmt: skip

    @property
    def currency(self) -> str:
        """`USD`."""
        return _CODES[self.sign]

    def shown(self, amount: float, digits: int | None = None) -> str:
        """`$1,280`; small amounts with cents."""
        digits = digits if digits is not None else 0 if amount >= 10 else 2
        return f"{self.sign}{number(amount, digits)}"

    def gpu_cost(self, hours: float) -> str:
        """What so many GPU-hours cost, "" when they are not priced."""
        return "" if self.gpu is None else self.shown(self.gpu * hours)

    def work_cost(self, hours: float) -> str:
        """What so many hours of work cost, "" when they are not priced."""
        return "" if self.hour is None else self.shown(self.hour * hours)


def stored(rates: Rates) -> dict[str, Any]:
    """The fields as settings keep them; {} when nothing is priced."""
    return asdict(rates) if rates.told else {}


def is_rates(text: str) -> bool:
    """True for what changes rates."""
    return "=" in text


def changed(rates: Rates, text: str) -> Rates:
    """The rates with what was typed. Raises Refused (unknown, no amount, two currencies)."""
    plain = clean(text)
    rest = _PAIR.sub("", plain).strip(" ,;")
    if rest:
        raise Refused(f"I don't know “{rest[:30]}” here.", _USAGE)
    for name, typed in _PAIR.findall(plain):
        if name.lower() not in NAMES:
            raise Refused(f"“{name[:20]}” is nothing that is priced.", _USAGE)
        rates = _priced(rates, name.lower(), typed.strip(",;"))
    return rates


def _priced(rates: Rates, name: str, typed: str) -> Rates:
    if typed.lower() == "off":
        return replace(rates, **{name: None})  # type: ignore[arg-type]
    found = _AMOUNT.match(typed)
    if not found:
        raise Refused(f"“{typed[:20]}” is no amount of money.", _USAGE)
    sign = found[1] or found[4] or rates.sign
    if sign != rates.sign and rates.told:
        raise Refused(f"The other rates are in {rates.sign}.", "Write all in one currency.")
    value = float(found[2].replace(",", ".")) * times(found[3])
    if not 0 < value <= MOST:
        raise Refused(f"“{typed[:20]}” cannot be right.", _USAGE)
    return replace(rates, sign=sign, **{name: value})
