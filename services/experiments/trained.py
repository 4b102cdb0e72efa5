"""Which version of which dataset an experiment was trained on, and how that version stands."""

from sqlmodel import Session

from core.data.dataset import dataset_id
from core.data.version import DataVersion, chosen, read_wanted, references
from core.errors import NotFound, UserError
from core.experiments.experiment import Experiment
from models.data import version as table
from models.team import Team
from services.desk import desk
from services.ports import Lab


def named(session: Session, team: Team, text: str, *, field: str = "") -> str:
    """`DATA-003@v2, DATA-005@v1` for what somebody typed; "" for nothing.

    Raises Refused and NotFound, under the form's field if given.
    """
    try:
        wanted = read_wanted(text)
        kept = table.known(session, team.pk, [one.dataset for one in wanted]) if wanted else {}
        for one in wanted:
            if one.dataset not in kept:
                its = dataset_id(one.dataset)
                raise NotFound(f"There is no {its}.", "`/data` shows the board.")
        found = [chosen(kept[one.dataset], one) for one in wanted]
    except UserError as refusal:
        refusal.field = field
        raise
    return ", ".join(dict.fromkeys(one.id for one in found))


def standing(session: Session, team: Team, trained_on: str) -> list[tuple[DataVersion, int]]:
    """Each version it names that the team has, with the number of its card's newest one."""
    wanted = references(trained_on)
    kept = table.known(session, team.pk, [card for card, _ in wanted]) if wanted else {}
    return [
        (one, kept[card][0].number)
        for card, number in wanted
        for one in kept.get(card, ())
        if one.number == number
    ]


def seen(lab: Lab, team_id: int, ticket: Experiment) -> list[tuple[DataVersion, int]]:
    """The same in a transaction of its own; nothing is read for a ticket that names none."""
    if not ticket.trained_on:
        return []
    with desk(lab, team_id, lock=False) as here:
        return standing(here.session, here.team, ticket.trained_on)
