"""What an ask of leadership amounts to: money, GPU-hours or people, read from how it was typed."""

import re
from dataclasses import dataclass

from core.digest.money import CURRENCIES, shown
from core.facts import count
from core.figures import number
from core.quantity import times
from core.text import clean

MONEY, GPU, PEOPLE, OTHER = "money", "gpu", "people", "other"
KINDS = (MONEY, GPU, PEOPLE, OTHER)
_FIGURE = r"(?P<figure>\d{1,3}(?:[,']\d{3}){1,3}|\d{1,9})(?P<rest>\.\d{1,4})?\s?(?P<times>[km])?"
_AFTER = _FIGURE.replace("P<", "P<_")
_ABOUT = r"(?:about |around |up to |~)?"
_SIGN = "|".join(re.escape(sign) for sign in CURRENCIES.values())
_MONEY = re.compile(
    rf"{_ABOUT}(?:(?P<before>{_SIGN}|usd|eur|gbp)\s?{_FIGURE}|{_AFTER}\s?"
    rf"(?P<after>{_SIGN}|usd|eur|gbp|dollars?|euros?|pounds?))",
    re.IGNORECASE,
)
_GPU = re.compile(rf"{_ABOUT}{_FIGURE}\s?gpu[- ]?(?:hours?|hrs?|h)", re.IGNORECASE)
_WHO = (
    "people|persons?|engineers?|annotators?|label?lers?|hires?|heads?|ftes?|reviewers?|experts?|"
    "contractors?|designers?|analysts?|scientists?|researchers?|interns?"
)
_PEOPLE = re.compile(
    rf"{_ABOUT}{_FIGURE}\s(?:more |new |extra )?(?:ml |data )?(?:{_WHO})", re.IGNORECASE
)
_CODES = {
    **{sign: code for code, sign in CURRENCIES.items()},
    **{"dollar": "USD", "euro": "EUR", "pound": "GBP"},
}


@dataclass(frozen=True)
class Amount:
    """kind: money | gpu | people | other. unit: the currency, GPU-hours or people; "" for other,
    whose value is 0: it is in words that no sum can be made of.
    """

    kind: str
    value: float = 0.0
    unit: str = ""

    @property
    def words(self) -> str:
        """`$3,000`, `240 GPU-hours`, `2 people`."""
        if self.kind == MONEY:
            return shown(self.value, self.unit)
        if self.kind == PEOPLE:
            return count(int(self.value), "person", "people")
        return f"{number(self.value, 1)} {self.unit}"


def read(typed: str) -> Amount:
    """The amount as typed: `$12k`, `3,000 EUR`, `240 GPU-h`, `2 annotators`. What is asked for a
    week or a month is no sum, and neither are other words.
    """
    text = " ".join(clean(typed).split())
    if found := _MONEY.fullmatch(text):
        sign = (found["before"] or found["after"]).lower()
        code = _CODES.get(sign) or _CODES.get(sign.rstrip("s")) or sign.upper()
        return Amount(MONEY, _value(found, "" if found["before"] else "_"), code)
    if found := _GPU.fullmatch(text):
        return Amount(GPU, _value(found), "GPU-hours")
    if (found := _PEOPLE.fullmatch(text)) and not found["rest"] and not found["times"]:
        return Amount(PEOPLE, _value(found), "people")
    return Amount(OTHER)


def _value(found: re.Match[str], name: str = "") -> float:
    figure = re.sub(r"[,']", "", found[f"{name}figure"])
    return float(figure + (found[f"{name}rest"] or "")) * times(found[f"{name}times"])
