"""What leads do to a draft: hold, release, post it; the first of several wins."""

from core import edition as rules
from core import facts
from core.errors import Refused
from models import edition as table
from models.edition import Edition
from services import edition
from services.desk import Desk


def find(here: Desk, number: int = 0) -> Edition:
    """The draft with that number, else the one that waits, else the newest. Raises Refused."""
    if number:
        row = here.session.get(Edition, number, populate_existing=True)
        if row is None or row.team_id != here.team_id:
            raise Refused("I don't find that draft any more.", "`/digest draft` shows the newest.")
        return row
    waiting = table.live(here.session, here.team_id)
    row = waiting[-1] if waiting else table.last(here.session, here.team_id)
    if row is None:
        raise Refused("There is no draft of the digest yet.", edition.NONE_YET)
    return row


def require_live(row: Edition) -> None:
    """Pass while it can still be changed. Raises Refused."""
    if row.state == rules.POSTED:
        raise Refused(
            f"The digest of {facts.day(row.on)} was already posted.",
            "`/digest correct` corrects it in place.",
        )
    if row.state == rules.MISSED:
        raise Refused(
            f"The digest of {facts.day(row.on)} was never posted: {row.reason}.", edition.NONE_YET
        )


def hold(here: Desk, row: Edition, *, by: str) -> bool:
    """Keep it from being posted until it is released; False when it was held. Raises Refused."""
    require_live(row)
    if row.state == rules.HELD:
        return False
    edition.step(here, row, "held", by)
    edition.move(here, row, rules.HELD, by=by)
    return True


def release(here: Desk, row: Edition, *, by: str) -> bool:
    """Let it be posted when it is due, now if that is past; False when it was not held.

    Raises Refused (posted, missed).
    """
    require_live(row)
    if row.state != rules.HELD:
        return False
    edition.step(here, row, "released", by)
    late = here.now >= row.due_at
    edition.move(here, row, rules.POSTING if late else rules.OPEN, by=by)
    return True


def post_now(here: Desk, row: Edition, *, by: str) -> bool:
    """Have it posted at the next tick; False when it was asked for. Raises Refused."""
    require_live(row)
    if not here.team.digest_channel:
        raise Refused("No channel is set up for the digest.", "`/exp setup` sets one.")
    if row.state == rules.POSTING:
        return False
    edition.step(here, row, "posted", by)
    edition.move(here, row, rules.POSTING, by=by)
    return True
