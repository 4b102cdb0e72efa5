"""Where a need stands in public: its own message, or the portfolio that carries it."""

from core.digest.need import Need
from models import outbox
from models.digest.digest import Note as Row
from services.desk import Desk, desk
from services.digest import need, portfolio
from services.ports import Lab
from views.digest import need as view


def refresh(here: Desk, row: Row) -> Need:
    """Bring what is shown of it up to date, where anything is."""
    here.session.flush()
    found = need.value(here, row)
    if outbox.find(here.session, need.key_of(row)):
        here.edit(need.key_of(row), view.card(found))
    portfolio.show_again(here, row.pk)
    return found


def touch(lab: Lab, team_id: int, number: int) -> None:
    """Bring what is shown of it up to date. Raises NotFound."""
    with desk(lab, team_id) as here:
        refresh(here, need.find(here, number))


def thread_of(here: Desk, row: Row) -> str:
    """The key of the message it is talked about below, "" while it stands nowhere."""
    key = need.key_of(row)
    return key if outbox.find(here.session, key) else portfolio.carrier(here, row.pk)
