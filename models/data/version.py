"""The versions of datasets: what each holds, and whether a check of it failed afterwards."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, func, or_
from sqlmodel import Field, Session, col, select

from core.data.dataset import dataset_id
from core.data.version import DataVersion, TrainedOn, hash_start, used
from models.data.dataset import Dataset, DatasetChange
from models.experiments.experiment import Experiment
from models.row import Row
from models.tracking.run import Run

_LOOKED_FOR = 50  # versions whose hashes are looked for in what runs say


class DatasetVersion(Row, table=True):
    """One version: its hash, where it lies, how much it is, who said so. rows, size (bytes),
    files: None when nobody told. failed_at, failed_why: the check that failed since; failed_by:
    of what (`batch B-7`, `pii`, `back`), so that the same check can clear it.
    """

    dataset_id: int = Field(foreign_key="dataset.id", index=True)
    hash: str
    location: str
    rows: int | None = None
    quality: str
    who: str
    at: datetime
    size: int | None = Field(default=None, sa_type=BigInteger)
    files: int | None = None
    failed_at: datetime | None = None
    failed_why: str = Field(default="", sa_column_kwargs={"server_default": ""})
    failed_by: str = Field(default="", sa_column_kwargs={"server_default": ""})


def versions_of(session: Session, dataset_id: int) -> list[DatasetVersion]:
    """Its versions, newest first."""
    wanted = select(DatasetVersion).where(DatasetVersion.dataset_id == dataset_id)
    return list(session.exec(wanted.order_by(col(DatasetVersion.id).desc())))


def values(rows: Sequence[DatasetVersion], number: int) -> list[DataVersion]:
    """The versions of card `number` as values, in the order given: newest first."""
    return [_value(row, number, len(rows) - place) for place, row in enumerate(rows)]


def known(session: Session, team_id: int, numbers: Iterable[int]) -> dict[int, list[DataVersion]]:
    """All versions of those of the team's cards, newest first, by the card's number; a card that
    is not there has no entry.
    """
    wanted = select(Dataset.number, DatasetVersion).join(DatasetVersion, isouter=True)
    these = col(Dataset.number).in_(sorted(set(numbers)))
    wanted = wanted.where(Dataset.team_id == team_id, these)
    found: dict[int, list[DatasetVersion]] = {}
    for number, row in session.exec(wanted.order_by(col(DatasetVersion.id).desc())):
        found.setdefault(number, []).extend([row] if row is not None else [])  # type: ignore[redundant-expr]
    return {number: values(rows, number) for number, rows in found.items()}


def _value(row: DatasetVersion, number: int, place: int) -> DataVersion:
    return DataVersion(
        dataset=number, number=place, hash=row.hash, location=row.location, rows=row.rows,
        quality=row.quality, who=row.who, at=row.at, size=row.size, files=row.files,
        failed_at=row.failed_at, failed_why=row.failed_why,
    )  # fmt: skip


def trained(
    session: Session, team_id: int, kept: Sequence[DataVersion], *, most: int
) -> list[TrainedOn]:
    """The team's experiments that used a version of that card, as their tickets or their runs
    say, the newest first. kept: all of the card.
    """
    if not kept:
        return []
    card = dataset_id(kept[0].dataset)
    names = col(Experiment.trained_on).contains(f"{card}@", autoescape=True)
    about = (Experiment.number, Experiment.title, Experiment.stage)
    wanted = select(*about, Experiment.trained_on).where(Experiment.team_id == team_id, names)
    rows = session.exec(wanted.order_by(col(Experiment.number).desc()).limit(most))
    found = {row[0]: TrainedOn(*row) for row in rows}
    told = func.lower(Run.dataset)
    marks = [
        f"{card}@".lower(),
        *(mark for one in kept[:_LOOKED_FOR] if (mark := hash_start(one.hash))),
    ]
    ran = select(*about, Run.dataset).join(Run, col(Run.experiment_id) == col(Experiment.id))
    ran = ran.where(
        Experiment.team_id == team_id, col(Run.is_parent).is_(False),
        or_(*(told.contains(mark, autoescape=True) for mark in marks)),
    ).distinct()  # fmt: skip
    for number, title, stage, said in session.exec(
        ran.order_by(col(Experiment.number).desc()).limit(most)
    ):
        named = used(said, kept)
        ids = [one.id for one in kept if one.number in named]
        before = found[number].trained_on if number in found else ""
        if ids:
            all_of_it = ", ".join([*([before] if before else []), *ids])
            found[number] = TrainedOn(number, title, stage, all_of_it)
    return [found[number] for number in sorted(found, reverse=True)][:most]


def first_pushed(session: Session, dataset_id: int, batch: str) -> datetime | None:
    """When labels of that batch came in for the first time."""
    named = col(DatasetChange.action).startswith(f"labels pushed ({batch}):", autoescape=True)
    wanted = select(func.min(DatasetChange.at)).where(DatasetChange.dataset_id == dataset_id)
    return session.exec(wanted.where(named)).one()
