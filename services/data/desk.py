"""What changes of a data card share: announcement, warning, experiments that wait for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.data.dataset import Dataset
from core.data.form import experiments_of
from models import audited as table
from models.audited import Change
from models.data.dataset import Dataset as Row
from services import announcement
from services.audited import ChangeRequest
from services.data import dataset, readiness
from services.data.dataset import WrittenCard
from services.desk import Desk
from services.experiments import ticket
from views.kit import Message


def require_known(here: Desk, typed: Mapping[str, Any]) -> None:
    """Pass when the team has the experiments named in a form. Raises NotFound, Refused."""
    numbers = experiments_of(str(typed.get("experiments") or ""))
    ticket.known(here.session, here.team, numbers, field="experiments")


def post(here: Desk, card: Dataset, made: Change, what: Message, act: ChangeRequest) -> None:
    """One public line, in the team's channel or where the person is."""
    channel = announcement.place(here.team, act.channel)
    if channel:
        here.post(f"dataset:{here.team_id}:{card.id}:{made.id}", channel, what)


def written(here: Desk, row: Row, said: str) -> WrittenCard:
    """The card as it is now; when it does not fit its deadlines that is said in public too."""
    shown = dataset.look(here.session, here.team, row.number, here.now)
    readiness.warn(here, shown.outlook)
    return WrittenCard(shown, said)


def settle(here: Desk, row: Row, act: ChangeRequest) -> tuple[list[str], list[str]]:
    """Set "dataset ready" on the linked experiments when all their cards are Ready, and take it
    back from those that have not started when one no longer is; their ids (ready, unready).
    """
    cards = [one.snapshot() for one in table.all_of(here.session, Row, here.team_id)]
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
