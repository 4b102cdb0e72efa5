"""What stands in the way of collecting data (source document, chapter 4): legal approval, API rate
limits, privacy review. Each is not needed, open or cleared, since when, with who looks after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.data.dataset import Dataset
from core.errors import Refused
from core.text import clean

FIELDS = {"legal": "legal_approval", "limits": "rate_limits", "privacy": "privacy_review"}
NAMES = {"legal": "legal approval", "limits": "API rate limits", "privacy": "privacy review"}
STATES = {"pending": "open", "approved": "cleared", "unneeded": "not needed"}
_SPOKEN = {
    "pending": "open pending waiting blocked",
    "approved": "cleared clear approved ok done solved",
    "unneeded": "unneeded not needed none",
}


@dataclass(frozen=True)
class Clearance:
    """One of NAMES. state: one of STATES, "" while nobody said. owner: who looks after it; by:
    who said so last; "" when nobody.
    """

    name: str
    state: str
    since: date | None
    owner: str
    by: str

    @property
    def title(self) -> str:
        """`legal approval`."""
        return NAMES[self.name]

    @property
    def is_open(self) -> bool:
        """It is in the way."""
        return self.state == "pending"


def of(card: Dataset) -> tuple[Clearance, ...]:
    """All three of a card."""
    return tuple(_of(card, name) for name in FIELDS)


def _of(card: Dataset, name: str) -> Clearance:
    field = FIELDS[name]
    known = {part: card.fields.get(f"{field}_{part}", "") for part in ("owner", "by")}
    return Clearance(name, card.fields.get(field, ""), card.day(f"{field}_since"), **known)


def open_of(card: Dataset) -> tuple[Clearance, ...]:
    """Those that are in the way; none of a card that is Ready."""
    return () if card.stage == "ready" else tuple(one for one in of(card) if one.is_open)


def read_name(text: str) -> str:
    """`legal`, `limits` or `privacy` as typed. Raises Refused naming them."""
    word = clean(text).casefold().strip(".,;:")
    for name, title in NAMES.items():
        if word and (word == name or word in title.casefold().split()):
            return name
    raise Refused("What is it about: legal, limits or privacy?", _HOW)


def read_state(text: str) -> str:
    """A state as typed (`open`, `cleared`, `not needed`). Raises Refused naming them."""
    word = " ".join(clean(text).casefold().replace("-", " ").split())
    for state, spoken in _SPOKEN.items():
        if word == STATES[state] or word in spoken.split():
            return state
    raise Refused(f"“{clean(text)[:30]}” is no state of a review.", _HOW)


_HOW = "Write `/data clear DATA-003 privacy open @name`, `… cleared` or `… not needed`."


def marked(card: Dataset, new: Clearance) -> dict[str, str]:
    """The card's fields with that state; another owner only where one is named, another day and
    person only where the state is another.
    """
    field, old = FIELDS[new.name], _of(card, new.name)
    told = {field: new.state, f"{field}_owner": new.owner or old.owner}
    if new.state != old.state:
        on = new.since.isoformat() if new.since else ""
        told |= {f"{field}_since": on, f"{field}_by": new.by}
    return {**card.fields, **{part: text for part, text in told.items() if text}}


def stamped(card: Dataset, fields: Mapping[str, str], *, by: str, on: date) -> dict[str, str]:
    """The fields of a form, with since when and by whom for every state that is another now."""
    new = dict(fields)
    for field in FIELDS.values():
        if new.get(field) and new[field] != card.fields.get(field, ""):
            new |= {f"{field}_since": on.isoformat(), f"{field}_by": by}
    return new
