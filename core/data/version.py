"""The versions of a dataset, and how a ticket or an eval says which one it used: `DATA-003@v2`.

"Which dataset did we train on?" (source document, chapter 4). A version is counted from 1 in the
order they were kept; it can be named by its number or by the first characters of its hash.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.data.dataset import dataset_id, dataset_number
from core.errors import NotFound, Refused

MOST = 5  # datasets of one experiment
_NUMBER = re.compile(r"v?(\d{1,5})", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]{7,}", re.IGNORECASE)


@dataclass(frozen=True)
class DataVersion:
    """One version of a card. rows, size (bytes), files: None when nobody told.

    failed_at: when a check of what is in it failed afterwards, None while none did; failed_why:
    which, in words.
    """

    dataset: int
    number: int
    hash: str
    location: str
    rows: int | None
    quality: str
    who: str
    at: datetime
    size: int | None = None
    files: int | None = None
    failed_at: datetime | None = None
    failed_why: str = ""

    @property
    def id(self) -> str:
        """`DATA-003@v2`."""
        return f"{dataset_id(self.dataset)}@v{self.number}"


@dataclass(frozen=True)
class TrainedOn:
    """An experiment, and what it or a run says it used (`DATA-003@v2, DATA-005@v1`)."""

    number: int
    title: str
    stage: str
    trained_on: str

    def versions_of(self, card: int) -> set[int]:
        """The versions of that card it used."""
        return {v for number, v in references(self.trained_on) if number == card}


@dataclass(frozen=True)
class DataWanted:
    """A version as somebody named it. version: "" for the newest."""

    dataset: int
    version: str


def read_wanted(text: str) -> list[DataWanted]:
    """What is named in `DATA-003@v2, DATA-005@3f2a9c1`; [] for nothing. Raises Refused."""
    words = [word for word in re.split(r"[,;\s]+", text.strip()) if word]
    if len(words) > MOST:
        raise Refused(f"That names {len(words)} datasets; {MOST} at most are kept.")
    found = []
    for word in words:
        card, _, version = word.partition("@")
        try:
            number = dataset_number(card)
        except Refused:
            said = f"“{word[:40]}” names no dataset version."
            raise Refused(said, "Write it like DATA-003@v2.") from None
        found.append(DataWanted(number, version.strip()))
    return list(dict.fromkeys(found))


def chosen(known: Sequence[DataVersion], wanted: DataWanted) -> DataVersion:
    """The version that is meant, of all versions of its card. Raises Refused, NotFound."""
    its = dataset_id(wanted.dataset)
    if not known:
        raise Refused(
            f"{its} has no version yet.",
            f"It gets one when it is Ready; `assay data version push FILE.dvc --data {its}` "
            "keeps one earlier.",
        )
    newest = max(known, key=lambda one: one.number)
    if not wanted.version:
        return newest
    counted = _NUMBER.fullmatch(wanted.version)
    for one in known:
        if (counted and int(counted[1]) == one.number) or is_same(wanted.version, one.hash):
            return one
    raise NotFound(
        f"{its} has no version “{wanted.version[:40]}”.",
        f"Its newest is {newest.id}; `/data versions {its}` shows all.",
    )


def is_same(one: str, other: str) -> bool:
    """True when two hashes as written are the same, one perhaps only its first characters:
    `dvc 3f2a9c1` and `md5 3f2a9c1b…`; words without seven hex digits must be equal.
    """
    first, second = _digits(one), _digits(other)
    if first and second:
        return first.startswith(second) or second.startswith(first)
    return one.strip().casefold() == other.strip().casefold()


def _digits(text: str) -> str:
    plain = text.strip().casefold().removesuffix(".dir")
    word = re.split(r"[\s:]+", plain)[-1]
    return word if _HEX.fullmatch(word) else ""


def used(text: str, kept: Sequence[DataVersion]) -> set[int]:
    """Which of one card's versions a run's free words name (`data-003@v2`, `DATA-003@3f2a9c1`,
    `tickets md5:3f2a9c1b…`); empty when none is sure to be meant. kept: all of the card.
    """
    found = set()
    for word in re.split(r"[,;\s]+", text):
        card, at, version = word.rpartition("@")
        counted = _NUMBER.fullmatch(version) if at else None
        for one in kept:
            is_named = card.casefold() == dataset_id(one.dataset).casefold()
            by_number = is_named and counted is not None and int(counted[1]) == one.number
            if by_number or (hash_start(version) and is_same(version, one.hash)):
                found.add(one.number)
    return found


def hash_start(hash_: str) -> str:
    """The first seven hex digits of a hash as written, by which it is looked for; "" for none."""
    return _digits(hash_)[:7]


def references(text: str) -> tuple[tuple[int, int], ...]:
    """(card, version) of what a ticket keeps: `DATA-003@v2, DATA-005@v1`."""
    found = re.findall(r"DATA-(\d+)@v(\d+)", text)
    return tuple((int(card), int(version)) for card, version in found)
