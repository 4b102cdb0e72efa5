"""What the data has to do with a regression: which version changed, and which check of it failed.

Source document, "eval regression after data refresh: new labeling batch has quality issues".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.data.dataset import dataset_id
from core.data.version import DataVersion

MOST = 5


@dataclass(frozen=True)
class CameIn:
    """A batch of labels as it was judged last. at: when it was pushed last."""

    batch: str
    vendor: str
    verdict: str
    at: datetime


def told(
    then: Sequence[DataVersion],
    now: Sequence[DataVersion],
    batches: Mapping[int, Sequence[CameIn]],
) -> tuple[str, ...]:
    """Sentences, () when nothing about the data changed and nothing in it failed a check.

    then: what the compared model was trained on, [] when nobody said; batches: by card.
    """
    before = {one.dataset: one for one in then}
    return tuple(
        sentence
        for one in now[:MOST]
        if (sentence := _about(before.get(one.dataset), one, batches.get(one.dataset, ()), then))
    )


def _about(
    old: DataVersion | None,
    new: DataVersion,
    batches: Sequence[CameIn],
    then: Sequence[DataVersion],
) -> str:
    parts = []
    its = dataset_id(new.dataset)
    if old and old.number != new.number:
        parts.append(f"the data changed between: {its} v{old.number} → v{new.number}")
    elif then and old is None:
        parts.append(f"the data changed between: {its} v{new.number} is new in it")
    if new.failed_at is not None:
        parts.append(f"{new.id} failed its check: {new.failed_why.rstrip('.')}")
    if parts:
        parts += [_batch(one) for one in _between(old, new, batches)[:MOST]]
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _between(old: DataVersion | None, new: DataVersion, batches: Sequence[CameIn]) -> list[CameIn]:
    """Failed batches that came in after the old version and are not told by the failed check."""
    since = old.at if old and old.number < new.number else None
    return [
        one
        for one in batches
        if one.verdict == "FAIL"
        and (since is None or one.at > since)
        and f"batch {one.batch} " not in new.failed_why
    ]


def _batch(one: CameIn) -> str:
    by = f" by {one.vendor}" if one.vendor else ""
    return f"batch {one.batch}{by} failed its check"
