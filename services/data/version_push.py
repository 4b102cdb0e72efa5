"""Versions of a dataset that were pushed: DVC's fingerprint of what was tracked."""

from dataclasses import dataclass, replace

from core.data.version import DataVersion, is_same
from core.errors import Refused
from core.text import clean
from models.data import version as table
from models.data.dataset import Dataset as Row
from models.data.version import DatasetVersion
from services import audited
from services.audited import ChangeRequest
from services.data import label_batch
from services.desk import Desk, desk
from services.ports import Lab
from views.data import version as view


@dataclass(frozen=True)
class VersionPush:
    """A version on its way in, by its fingerprint. size: bytes; rows, files, size: None when
    nobody told. by: the name of the token that pushed.
    """

    dataset: int
    hash: str
    location: str
    by: str
    size: int | None = None
    files: int | None = None
    rows: int | None = None


def push(lab: Lab, team_id: int, pushed: VersionPush) -> tuple[DataVersion, bool]:
    """Keep that version of a card, and write its hash and place into the card; False when it is
    the newest already, and nothing was kept.

    Raises NotFound (no such card) and Refused (an older version has this hash).
    """
    with desk(lab, team_id) as here:
        row = label_batch.row(here.session, here.team, pushed.dataset)
        kept = table.versions_of(here.session, row.pk)
        known = table.values(kept, row.number)
        old = next((one for one in known if is_same(one.hash, pushed.hash)), None)
        if old and old.number == len(known):
            return old, False
        if old:
            raise Refused(
                f"{old.id} has this hash already, and {known[0].id} is newer.",
                "Is the right file checked out? A version is pushed once.",
            )
        fresh = DatasetVersion(
            dataset_id=row.pk, hash=clean(pushed.hash, limit=200),
            location=clean(pushed.location, limit=500), rows=pushed.rows, quality="",
            who=clean(pushed.by, limit=80), at=here.now, size=pushed.size, files=pushed.files,
        )  # fmt: skip
        here.session.add(fresh)
        here.session.flush()
        made = table.values([fresh, *kept], row.number)[0]
        _write_down(here, row, fresh, made)
        return made, True


def _write_down(here: Desk, row: Row, fresh: DatasetVersion, made: DataVersion) -> None:
    """The card's fields say the same, its history who pushed it, the channel that it is there."""
    card = row.snapshot()
    told = {"hash": fresh.hash, "location": fresh.location}
    told |= {"rows": str(fresh.rows)} if fresh.rows is not None else {}
    act = ChangeRequest(row.number, fresh.who)
    new = replace(card, fields={**card.fields, **told})
    audited.change(here, row, new, act, f"version pushed ({made.id})")
    channel = here.team.alerts_channel or here.team.team_channel
    if channel:
        here.post(f"data-version:{here.team_id}:{made.id}", channel, view.pushed(card, made))
