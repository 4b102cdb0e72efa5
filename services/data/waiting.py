"""Which data cards and engineering tickets an experiment waits for, and hearing of the last."""

from collections.abc import Sequence

from sqlmodel import Session

from core.board.engineering import engineering_id
from core.data.dataset import dataset_id
from models import audited
from models.board.engineering import Engineering, is_open
from models.data import dataset as cards
from models.experiments import experiment as experiments
from models.team import Team
from services import announcement
from services.desk import Desk, desk
from services.ports import Lab
from views.data import waiting as view


def of_team(session: Session, team: Team) -> dict[int, list[str]]:
    """Ids (`DATA-003`, `ENG-002`) that each experiment waits for, by its number."""
    found: dict[int, list[str]] = {}
    for card in cards.awaited(session, team.pk):
        for number in card.experiments:
            found.setdefault(number, []).append(dataset_id(card.number))
    for ticket in audited.all_of(session, Engineering, team.pk, is_open()):
        for number in ticket.experiments:
            found.setdefault(number, []).append(engineering_id(ticket.number))
    return found


def of(session: Session, team: Team, number: int) -> list[str]:
    """The ids that experiment waits for."""
    return of_team(session, team).get(number, [])


def seen(lab: Lab, team_id: int, number: int) -> list[str]:
    """The same in a transaction of its own."""
    with desk(lab, team_id, lock=False) as here:
        return of(here.session, here.team, number)


def tell_free(here: Desk, numbers: Sequence[int], closed: str, change_id: int) -> list[str]:
    """Tell the owners of those experiments that wait for nothing any more, once per change.

    Their ids. closed: the id of what was the last in the way.
    """
    waits = of_team(here.session, here.team)
    free = []
    for number in numbers:
        row = experiments.find(here.session, here.team_id, number)
        if row is None or waits.get(number) or not row.snapshot().is_open:
            continue
        it = row.snapshot()
        here.post(_key(here, it.id, closed, change_id), it.owner, view.freed(it, closed))
        free.append(it.id)
    return free


def take_back(here: Desk, numbers: Sequence[int], closed: str, change_id: int) -> None:
    """Say in the place of each such message that the experiment waits again."""
    waits = of_team(here.session, here.team)
    for number in numbers:
        row = experiments.find(here.session, here.team_id, number)
        if row is None:
            continue
        it = row.snapshot()
        key = _key(here, it.id, closed, change_id)
        if announcement.told(here.session, key):
            here.edit(key, view.blocked(it, waits.get(number, ())))


def _key(here: Desk, experiment: str, closed: str, change_id: int) -> str:
    return f"freed:{here.team_id}:{experiment}:{closed}:{change_id}"
