"""The data board as people look at it: cards, versions, history, vendors, the rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from core import calendar
from core.audited import Entry
from core.data import readiness_rate as rates
from core.data import vendor
from core.data.dataset import STAGES, Dataset, read_stage
from core.data.label_batch import JudgedBatch, restored
from core.data.readiness import DataOutlook, outlook
from core.data.readiness_rate import Linked, Promise, Rate
from core.data.vendor import Delivered, Vendor
from core.data.version import DataVersion, TrainedOn
from core.experiments.experiment import Experiment
from models import audited as rows
from models.data import dataset as table
from models.data import label_batch as batches
from models.data import version as versions
from models.data.dataset import Dataset as Row
from models.experiments import experiment as tickets
from models.team import Team
from services import audited
from services.audited import WrittenTicket
from services.data import label_batch
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab

MOST_TRAINED = 200  # experiments read of those trained on a card


@dataclass(frozen=True)
class CardPage:
    """A card with all that stands beside it; batches, versions and the experiments that were
    trained on it newest first.
    """

    card: Dataset
    outlook: DataOutlook
    batches: Sequence[JudgedBatch]
    versions: Sequence[DataVersion]
    trained: Sequence[TrainedOn] = ()


WrittenCard = WrittenTicket[CardPage]


@dataclass(frozen=True)
class Board:
    """Cards with their outlooks, in column order, most urgent first. wanted: "" or a column."""

    cards: Sequence[DataOutlook]
    rate: Rate
    wanted: str = ""


def board(lab: Lab, team_id: int, wanted: str = "") -> Board:
    """The board, or one column of it. Raises Refused for a column that does not exist."""
    column = read_stage(wanted) if wanted.strip() and wanted.strip() != "all" else ""
    with desk(lab, team_id, lock=False) as here:
        cards = [
            o for o in outlooks(here.session, here.team, here.now) if column in {"", o.card.stage}
        ]
        cards.sort(key=lambda o: (STAGES.index(o.card.stage), o.card.needed_by, o.card.number))
        return Board(cards, rate(here.session, here.team, here.now), column)


def shown(lab: Lab, team_id: int, number: int) -> CardPage:
    """One card. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        return look(here.session, here.team, number, here.now)


def look(session: Session, team: Team, number: int, now: datetime) -> CardPage:
    """The same in the caller's transaction. Raises NotFound."""
    row = label_batch.row(session, team, number)
    card = row.snapshot()
    every = _tickets(session, team, [card])
    seen = _outlook(team, card, every, today=experiment.today_of(team, now))
    kept = versions.values(versions.versions_of(session, row.pk), number)
    return CardPage(
        card,
        seen,
        label_batch.of_card(session, row.pk),
        kept,
        versions.trained(session, team.pk, kept, most=MOST_TRAINED),
    )


def outlooks(session: Session, team: Team, now: datetime) -> list[DataOutlook]:
    """Every card of the team against its deadlines, by number."""
    return _outlooks(session, team, rows.all_of(session, Row, team.pk), now)


def awaited(session: Session, team: Team, now: datetime) -> list[DataOutlook]:
    """The same for the cards that are not ready: no other can come too late."""
    return _outlooks(session, team, table.awaited(session, team.pk), now)


def _outlooks(
    session: Session, team: Team, found: Sequence[Row], now: datetime
) -> list[DataOutlook]:
    today = experiment.today_of(team, now)
    cards = [row.snapshot() for row in found]
    every = _tickets(session, team, cards) if cards else []
    return [_outlook(team, card, every, today=today) for card in cards]


def _outlook(
    team: Team, card: Dataset, every: Sequence[Experiment], *, today: date
) -> DataOutlook:
    linked = [one for one in every if one.number in card.experiments]
    return outlook(card, linked, today=today, gpus=gpus_of(team))


def _tickets(session: Session, team: Team, cards: Sequence[Dataset]) -> list[Experiment]:
    """The cards' tickets without their measurements: dates and budgets count here."""
    which = tickets.numbered(number for card in cards for number in card.experiments)
    return [row.snapshot() for row in tickets.chosen(session, team.pk, which)]


def gpus_of(team: Team) -> float:
    """How many GPUs the team trains on side by side; 1 until somebody says otherwise."""
    return team.chosen.gpus


def rate(session: Session, team: Team, now: datetime) -> Rate:
    """The team's Data Readiness Rate; `.text` is its line for the board and the digest."""
    cards = [Promise(*one) for one in table.promises(session, team.pk)]
    numbers = [number for card in cards for number in card.experiments]
    every = [Linked(*one) for one in tickets.standings(session, team.pk, numbers)]
    return rates.rate(cards, every, now=now, where=calendar.zone(team.zone))


def history(lab: Lab, team_id: int, number: int) -> tuple[Dataset, list[Entry]]:
    """The card and who changed what on it, newest first. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        row = label_batch.row(here.session, here.team, number)
        return row.snapshot(), audited.entries(here.session, row)


def vendors(lab: Lab, team_id: int) -> tuple[list[Vendor], date]:
    """Every vendor's history, and the team's day to count lateness to."""
    with desk(lab, team_id, lock=False) as here:
        sent = [
            Delivered(
                one.vendor, card.snapshot().id, one.sent_on,
                one.promised_from, one.promised_to, one.delivered_on,
            )
            for one, card in table.deliveries_of_team(here.session, here.team_id)
        ]  # fmt: skip
        judged = [restored(kept.judged) for kept in batches.of_team(here.session, here.team_id)]
        return vendor.histories(sent, judged), experiment.today_of(here.team, here.now)
