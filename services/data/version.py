"""The versions of a dataset: kept when a card is Ready, and marked when a check of what is in them
fails afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.data.dataset import Dataset
from core.data.version import DataVersion, TrainedOn, is_same
from core.text import clean
from models.data import version as table
from models.data.dataset import Dataset as Row
from models.data.version import DatasetVersion
from services.desk import Desk
from views.data import version as view

_TELLING = ("hash", "location", "rows", "quality")
_TOLD = 50  # experiments read to say who was trained on what failed


@dataclass(frozen=True)
class Failing:
    """A check that failed. what: of what, so that the same can clear it; since: when what failed
    came in, None when it is about the version of now.
    """

    what: str
    why: str
    since: datetime | None = None

    @property
    def batch(self) -> str:
        """The batch of labels that failed, or ""."""
        return self.what.removeprefix("batch ") if self.what.startswith("batch ") else ""


def keep(here: Desk, row: Row, card: Dataset, by: str) -> None:
    """A Ready card with another hash, place, size or quality is another version; one that was
    pushed with this hash before becomes Ready with what is told now.
    """
    if card.stage != "ready":
        return
    fresh = DatasetVersion(
        dataset_id=row.pk, hash=card.fields["hash"], location=card.fields["location"],
        rows=int(card.fields["rows"]), quality=card.fields["quality"], who=by, at=here.now,
    )  # fmt: skip
    kept = table.versions_of(here.session, row.pk)
    newest = kept[0] if kept else None
    if newest and not newest.quality and is_same(newest.hash, fresh.hash):
        newest.location, newest.rows, newest.quality = fresh.location, fresh.rows, fresh.quality
    elif newest is None or any(getattr(newest, n) != getattr(fresh, n) for n in _TELLING):
        here.session.add(fresh)
    here.session.flush()


def fail(here: Desk, row: Row, failing: Failing) -> None:
    """Mark the versions that hold what failed, and say in public what was trained on them."""
    kept = table.versions_of(here.session, row.pk)
    hit = [one for one in kept if _holds(row, kept, one, failing) and one.failed_at is None]
    for one in hit:
        one.failed_at, one.failed_by = here.now, failing.what
        one.failed_why = clean(failing.why, limit=400)
    here.session.flush()
    values = table.values(kept, row.number)
    bad = [one for one in values if one.failed_at == here.now]
    channel = here.team.alerts_channel or here.team.team_channel
    used = _users(here, values, bad) if hit else []
    if channel and used:
        key = f"version-failed:{here.team_id}:{row.number}:{hit[0].pk}:{failing.what}"
        here.post(key, channel, view.failed(bad, used, batch=failing.batch))


def clear(here: Desk, row: Row, what: str) -> None:
    """The same check passes now: the versions it had marked stand again."""
    for one in table.versions_of(here.session, row.pk):
        if one.failed_by == what:
            one.failed_at, one.failed_by, one.failed_why = None, "", ""
    here.session.flush()


def _holds(row: Row, kept: Sequence[DatasetVersion], one: DatasetVersion, of: Failing) -> bool:
    """True when what failed is in that version: it was kept after that came in, or it is the
    version of now (Ready, or pushed and never Ready) and the check is about what is there.
    """
    came_before = of.since is not None and of.since <= one.at
    is_now = one is kept[0] and (row.stage == "ready" or not one.quality)
    return came_before or is_now


def _users(here: Desk, kept: Sequence[DataVersion], bad: Sequence[DataVersion]) -> list[TrainedOn]:
    numbers, card = {one.number for one in bad}, kept[0].dataset
    every = table.trained(here.session, here.team_id, kept, most=_TOLD)
    return [one for one in every if numbers & one.versions_of(card)]
