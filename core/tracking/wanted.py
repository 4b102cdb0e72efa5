"""Which of an experiment's runs somebody wants to see: `model=llama dataset=v7 since=1.11.`"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import Refused
from core.text import shorten, straighten
from core.tracking.kept import Kept

_KEYS = ("model", "dataset", "since")
_PAIR = re.compile(
    r"([a-z_]{1,30})\s{0,3}=\s{0,3}(?:\"([^\"]{0,200})\"|(\S{0,200}))", re.IGNORECASE
)
_AGO = re.compile(r"(\d{1,3})\s?(d|days?|w|weeks?)", re.IGNORECASE)
_HINT = "Write e.g. `/track EXP-042 model=llama dataset=v7 since=2026-11-01`."


@dataclass(frozen=True)
class RunFilter:
    """model, dataset: a part of the name, any case, "" for all. since: the first day, or None."""

    model: str = ""
    dataset: str = ""
    since: date | None = None

    @property
    def is_open(self) -> bool:
        """True when it lets every run through."""
        return self == RunFilter()

    @property
    def words(self) -> str:
        """`model llama, data v7, since 2026-11-01`; "" when it is open."""
        told = (("model", self.model), ("data", self.dataset), ("since", self.since))
        return ", ".join(f"{name} {value}" for name, value in told if value)

    def takes(self, run: Kept, began: date | None) -> bool:
        """True for a run that is wanted. began: the day of its start for the team."""
        if self.model.casefold() not in run.model.casefold():
            return False
        if self.dataset.casefold() not in run.dataset.casefold():
            return False
        return self.since is None or (began is not None and began >= self.since)


def wanted(text: str, today: date) -> RunFilter:
    """The filter as typed after the id. Raises Refused for another key, value or word."""
    typed = straighten(text)
    given: dict[str, str] = {}
    for key, quoted, word in _PAIR.findall(typed):
        name = {"data": "dataset"}.get(key.lower(), key.lower())
        if name not in _KEYS:
            raise Refused(f"Runs are not filtered by “{key}”.", f"There are model, dataset and "
                          f"since. {_HINT}")  # fmt: skip
        given[name] = (quoted or word).strip()
    if rest := " ".join(_PAIR.sub(" ", typed).split()):
        raise Refused(f"I don't understand “{shorten(rest, 40)}” after the experiment.", _HINT)
    if empty := [name for name, value in given.items() if not value]:
        raise Refused(f"Nothing stands after {empty[0]}=.", _HINT)
    since = _since(given["since"], today) if "since" in given else None
    return RunFilter(given.get("model", ""), given.get("dataset", ""), since)


def _since(text: str, today: date) -> date:
    try:
        if found := _AGO.fullmatch(text):
            weeks = found[2].lower().startswith("w")
            return today - timedelta(days=int(found[1]) * (7 if weeks else 1))
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        no = f"“{shorten(text, 20)}” is no day."
        raise Refused(no, "Write since=2026-11-01 or since=2w.") from None
