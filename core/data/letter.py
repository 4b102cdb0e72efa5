"""A letter to a vendor about a batch of labels that did not pass: to be sent by a person."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from core.data.dataset import Dataset
from core.data.label_batch import JudgedBatch
from core.errors import Refused
from core.text import clean, shorten

_ADDRESS = re.compile(r"[^\s@<>|,;]{1,64}@[^\s@<>|,;]{1,190}\.[^\s@<>|,;.]{2,24}")
_LONGEST = 1900  # characters of a link that mail programs surely take


@dataclass(frozen=True)
class Letter:
    """What to write to whom. to: "" while nobody said where the vendor is written to."""

    vendor: str
    to: str
    subject: str
    body: str

    @property
    def link(self) -> str:
        """It as a `mailto:` link, its end cut where the link would be too long; "" without to."""
        if not self.to:
            return ""
        head = f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject, safe='')}&body="
        text = self.body
        while len(made := head + quote(text, safe="")) > _LONGEST:
            text = text[: max(0, len(text) - 60)].rstrip() + " …"
        return made


def read_address(text: str) -> str:
    """An e-mail address as typed or as Slack makes a link of it; "" for `none`. Raises Refused."""
    typed = clean(text).strip("<>").removeprefix("mailto:").split("|", 1)[0].strip()
    if typed.casefold() == "none":
        return ""
    if not _ADDRESS.fullmatch(typed):
        raise Refused(
            f"“{typed[:60]}” is no e-mail address.",
            "Write `/data vendor Acme labels@acme.example`.",
        )
    return typed


def letter(card: Dataset, batch: JudgedBatch, *, to: str, by: str, answer_by: date) -> Letter:
    """What did not pass, with its figures, and what is asked for. by: who writes, by name."""
    vendor = batch.vendor or card.fields.get("vendor", "") or "vendor"
    lines = [
        f"Hello {vendor},",
        "",
        f"the labels of batch {batch.batch} for {card.id} ({shorten(card.title, 100)}) did not "
        f"pass our check: {batch.verdict}.",
        "",
        f"- {batch.statistic}: {batch.reason}",
        f"- {batch.labels:,} labels on {batch.items:,} items by {batch.annotators} annotators, "
        f"{batch.double:,} items labelled twice, {batch.empty:,} labels left empty.",
        *[f"- Out of balance: {issue}." for issue in batch.issues[:5]],
        *_promise(card),
        "",
        "Please go through the guideline with your annotators where their labels differ"
        f"{_guideline(card)}, label the batch again, and tell us by {_day(answer_by)} when we "
        "can have it. We check the first 100 labels before the whole batch.",
        "",
        "Kind regards",
        by,
    ]
    subject = f"{card.id}, batch {batch.batch}: the labels did not pass our check"
    return Letter(vendor, to, shorten(subject, 150), "\n".join(lines))


def _promise(card: Dataset) -> list[str]:
    first, last = card.day("annotation_from"), card.day("annotation_to")
    if first is None or last is None:
        return []
    return [f"- Promised for {_day(first)} to {_day(last)}; we need the data by "
            f"{_day(card.needed_by)}."]  # fmt: skip


def _guideline(card: Dataset) -> str:
    link = card.fields.get("guidelines", "")
    return f" ({link})" if link else ""


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b} {on.year}"
