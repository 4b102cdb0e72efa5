"""A card of the data readiness board (source document, chapter 4): stages, fields, gates, and its
move from one column to another.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.data.label_agreement import AgreementLimits
from core.errors import Refused
from core.quantity import times
from core.text import clean

STAGES = ("needed", "collection", "annotation", "qa", "ready")
TITLES = {
    "needed": "Data Needed",
    "collection": "Collection",
    "annotation": "Annotation",
    "qa": "QA",
    "ready": "Ready",
}
_ID = re.compile(r"^(?:data(?:set)?[\s_-]*)?0*(\d{1,6})$", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,15}(?:[.,]\d{3})*(?:\.\d{1,15})?)\s{0,9}([km]?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Dataset:
    """A card. experiments: numbers of those it blocks. fields: what its columns asked for.

    needed_by: the day the data must be there. pii: "" (not checked) | clean | found.
    pilot, first100: "" (not checked) | ok | bad. late_from: the first promise that was missed.
    """

    number: int
    title: str
    kind: str
    volume: str
    needed_by: date
    needs_labels: bool
    experiments: tuple[int, ...]
    stage: str
    since: datetime
    fields: Mapping[str, str]
    pii: str = ""
    pii_why: str = ""
    pilot: str = ""
    first100: str = ""
    created_by: str = ""
    created_at: datetime | None = None
    ready_at: datetime | None = None

    @property
    def id(self) -> str:
        """`DATA-003`."""
        return dataset_id(self.number)

    @property
    def pilot_size(self) -> int | None:
        """Ten per cent of the volume, at least one; None when the volume names no number."""
        amount = count_of(self.fields.get("annotation_volume") or self.volume)
        return max(1, round(amount / 10)) if amount else None

    @property
    def gate(self) -> float:
        """The agreement its labels must show: its own quality gate, else the team's 0.8."""
        return float(self.fields.get("quality_gate") or AgreementLimits().needed)

    def day(self, field: str) -> date | None:
        """A date among the fields, or None."""
        text = self.fields.get(field, "")
        return date.fromisoformat(text) if text else None


def dataset_id(number: int) -> str:
    """`DATA-003` for 3."""
    return f"DATA-{number:03d}"


def dataset_number(text: str) -> int:
    """3 for `DATA-003`, `data3`, `dataset 3`, `3`. Raises Refused when it is no id."""
    found = _ID.match(text.strip().strip("\"'`*,.;:"))
    if not found or int(found.group(1)) == 0:
        raise Refused(f"“{text[:40]}” is no dataset id.", "Write it like DATA-003 or 3.")
    return int(found.group(1))


def is_dataset_id(text: str) -> bool:
    """True when the word can be read as a dataset id."""
    found = _ID.match(text.strip().strip("\"'`*,.;:"))
    return bool(found and int(found.group(1)))


def read_stage(text: str) -> str:
    """A stage as typed (`data needed`, `Annotation`, `QA`). Raises Refused naming all five."""
    word = clean(text).casefold().replace("data needed", "needed").strip(".,;:")
    if word in STAGES:
        return word
    hint = f"Write one of {', '.join(STAGES)}."
    raise Refused(f"“{clean(text)[:40]}” is no column of the data board.", hint, field="stage")


def count_of(text: str) -> int | None:
    """The first number in a volume as typed: 5000 for `5,000 tickets` or `5k`; None without."""
    found = _COUNT.search(text)
    if not found:
        return None
    amount = float(re.sub(r"[.,](?=\d{3}(?:\D|$))", "", found.group(1)).replace(",", "."))
    return round(amount * times(found.group(2))) or None


def guideline_labels(card: Dataset) -> tuple[str, ...]:
    """The labels that the guideline allows, as written into the card."""
    words = re.split(r"[,;\n]", card.fields.get("labels", ""))
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


@dataclass(frozen=True)
class Moved:
    """A card went to another column. accepted: why a lead took labels that show no agreement.

    ready: ids of the experiments whose data are complete by this. unready: those that lost it.
    """

    before: Dataset
    after: Dataset
    by: str
    why: str = ""
    accepted: str = ""
    ready: tuple[str, ...] = ()
    unready: tuple[str, ...] = ()
