"""What every change of a data card shares: audit row, announcement, warning, experiments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.data.dataset import Dataset
from core.errors import Refused
from models.data import dataset as table
from models.data.dataset import Dataset as Row
from models.data.dataset import DatasetChange
from models.experiments import experiment as tickets
from services import announcement
from services.data import dataset, readiness
from services.data.dataset import CardPage
from services.desk import Desk
from services.experiments import ticket
from views.kit import Message


@dataclass(frozen=True)
class CardRequest:
    """Who does what to which card. why: the reason. channel: where they are. accept: why labels
    without agreement are taken. seen: the card's version when the form was opened, or None.
    typed: the form's fields.
    """

    number: int
    by: str
    why: str = ""
    channel: str = ""
    accept: str = ""
    seen: int | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WrittenCard:
    """A card after a change; said: what was done, as a sentence."""

    shown: CardPage
    said: str


def change(here: Desk, row: Row, new: Dataset, act: CardRequest, action: str) -> DatasetChange:
    """Take over the new value and keep who, what, from → to and why."""
    old = row.snapshot()
    row.apply(new)
    names = [n for n in Dataset.__dataclass_fields__ if getattr(old, n) != getattr(new, n)]
    made = DatasetChange(
        dataset_id=row.pk,
        at=here.now,
        who=act.by,
        action=action,
        before={name: plain(getattr(old, name)) for name in names},
        after={name: plain(getattr(new, name)) for name in names},
        why=act.why,
    )
    here.session.add(made)
    here.session.flush()
    return made


def plain(value: Any) -> Any:
    """A column value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if hasattr(value, "items") else value


def require_seen(here: Desk, row: Row, act: CardRequest) -> None:
    """Pass when nobody changed the card since the form was opened. Raises Refused naming them."""
    if act.seen is None or act.seen == row.version:
        return
    last = table.changes_of(here.session, row.pk)[0]
    who = here.name(last.who)
    card = row.snapshot()
    raise Refused(
        f"{card.id} was changed by {who} meanwhile ({last.action}).",
        "Close this form and open it again: what you typed is kept.",
    )


def post(here: Desk, card: Dataset, made: DatasetChange, what: Message, act: CardRequest) -> None:
    """One public line, in the team's channel or where the person is."""
    channel = announcement.place(here.team, act.channel)
    if channel:
        here.post(f"dataset:{here.team_id}:{card.id}:{made.id}", channel, what)


def written(here: Desk, row: Row, said: str) -> WrittenCard:
    """The card as it is now; when it does not fit its deadlines that is said in public too."""
    shown = dataset.look(here.session, here.team, row.number, here.now)
    readiness.warn(here, shown.outlook)
    return WrittenCard(shown, said)


def settle(here: Desk, row: Row, act: CardRequest) -> tuple[list[str], list[str]]:
    """Set "dataset ready" on the linked experiments when all their cards are Ready, and take it
    back from those that have not started when one no longer is; their ids (ready, unready).
    """
    cards = [one.snapshot() for one in table.all_of(here.session, here.team_id)]
    ready: list[str] = []
    unready: list[str] = []
    for number in row.experiments:
        complete = _complete(cards, number)
        found = ticket.row(here.session, here.team, number)
        value = ticket.value(here.session, found)
        early = value.stage in {"backlog", "hypothesis"}
        if not value.is_open or value.dataset_ready == complete or not (complete or early):
            continue
        why = f"{row.snapshot().id} is {'ready' if complete else 'not ready any more'}"
        made = ticket.audit(act.by, "updated", at=here.now, why=why)
        ticket.change(here.session, found, replace(value, dataset_ready=complete), made)
        (ready if complete else unready).append(value.id)
    return ready, unready


def _complete(cards: Sequence[Dataset], number: int) -> bool:
    return all(card.stage == "ready" for card in cards if number in card.experiments)


def known(here: Desk, numbers: Sequence[int]) -> list[int]:
    """The numbers without repeats. Raises NotFound when there is no such experiment."""
    for number in numbers:
        if tickets.find(here.session, here.team_id, number) is None:
            ticket.row(here.session, here.team, number)
    return list(dict.fromkeys(numbers))
