"""Data cards and labels for tests."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from core.data.dataset import Dataset
from ingest.labels import Label
from models import db
from models.data.dataset import Dataset as Row
from tests.tickets import team_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLAIN: dict[str, Any] = {
    "number": 3,
    "title": "Support tickets with intent labels",
    "kind": "text",
    "volume": "5,000 tickets",
    "needed_by": date(2026, 12, 4),
    "needs_labels": True,
    "experiments": (),
    "stage": "annotation",
    "since": MONDAY,
    "fields": {"vendor": "Acme"},
    "pii": "clean",
    "created_by": "UANA",
    "created_at": MONDAY,
}


def card(**fields: Any) -> Dataset:
    """DATA-003 in annotation, changed as asked."""
    return Dataset(**PLAIN | fields)


def stored_card(engine: Engine, value: Dataset | None = None, **team: Any) -> int:
    """Put the card into the database, with its team when that is new; the row's id."""
    value = value or card()
    with db.transaction(engine) as session:
        theirs = team_of(session, "T0LAB", team)
        kept = Row(
            team_id=theirs.id, number=value.number, title="", kind="", volume="",
            needed_by=value.needed_by, since=value.since, created_at=MONDAY,
        )  # fmt: skip
        kept.apply(value)
        session.add(kept)
        session.flush()
        return kept.id or 0


def labels(both_yes: int, both_no: int, *, apart: int = 0) -> list[Label]:
    """Double labels by ann and bob: so many yes/yes, no/no, and in turn yes/no and no/yes."""
    said = [("yes", "yes")] * both_yes + [("no", "no")] * both_no
    said += [("yes", "no") if i % 2 else ("no", "yes") for i in range(apart)]
    return [
        Label(f"i{i}", who, label)
        for i, pair in enumerate(said)
        for who, label in zip(("ann", "bob"), pair, strict=True)
    ]
