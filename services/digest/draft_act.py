"""What leads do to a draft: hold, release, post it; the first of several wins."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.digest import draft as rules
from core.digest.draft import Draft
from core.errors import Refused
from models import outbox
from models.digest.draft import Edition
from services import team as teams
from services.desk import Desk, desk
from services.digest import digest, draft, draft_schedule, rhythm
from services.digest.digest import Last
from services.ports import Lab

Done = tuple[Draft, bool]  # the draft as it is now, and False when it was so already


def hold(lab: Lab, team_id: int, number: int = 0, *, by: str) -> Done:
    """Keep it from being posted until it is released; without a draft one is made.

    number: 0 for the one that waits. Raises NotAllowed, Refused (posted, missed).
    """
    with _led(lab, team_id, by, "hold the digest") as here:
        row = draft.find(here, number) if number else draft_schedule.current(here)
        return _done(here, row, _hold(here, row, by=by))


def release(lab: Lab, team_id: int, number: int = 0, *, by: str) -> Done:
    """Let it be posted when it is due, now if that is past.

    Raises NotAllowed, Refused (none, posted, missed).
    """
    with _led(lab, team_id, by, "release the digest") as here:
        row = draft.find(here, number)
        return _done(here, row, _release(here, row, by=by))


def post_now(lab: Lab, team_id: int, number: int = 0, *, by: str) -> Done | Last:
    """Have it posted at the next tick; without a draft that waits, the newest digest is tried
    again where its channel does not take it.

    Raises NotAllowed, Refused (none, no channel, posted).
    """
    with _led(lab, team_id, by, "post the digest") as here:
        waits = number or draft.waiting(here.session, here.team)
        last = None if waits else digest.newest(here)
        if last is not None and last.closed[1]:
            outbox.try_again(here.session, draft.post_key(here.team_id, last.on), here.now)
            return last
        row = draft.find(here, number)
        return _done(here, row, _post(here, row, by=by))


@contextmanager
def _led(lab: Lab, team_id: int, by: str, what: str) -> Iterator[Desk]:
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, what)
        yield here


def _done(here: Desk, row: Edition, new: bool) -> Done:
    return draft.draft_of(here, row), new


def _hold(here: Desk, row: Edition, *, by: str) -> bool:
    """Keep it from being posted until it is released; False when it was held. Raises Refused."""
    draft.require_live(row)
    if row.state == rules.HELD:
        return False
    draft.step(here, row, "held", by)
    draft.move(here, row, rules.HELD, by=by)
    return True


def _release(here: Desk, row: Edition, *, by: str) -> bool:
    """Let it be posted when it is due, now if that is past; False when it was not held.

    Raises Refused (posted, missed).
    """
    draft.require_live(row)
    if row.state != rules.HELD:
        return False
    draft.step(here, row, "released", by)
    late = here.now >= row.due_at
    draft.move(here, row, rules.POSTING if late else rules.OPEN, by=by)
    return True


def _post(here: Desk, row: Edition, *, by: str) -> bool:
    """Have it posted at the next tick, or tried again while Slack does not take it in its channel;
    False when it was asked for. Raises Refused.
    """
    if draft.draft_of(here, row).unsaid:
        outbox.try_again(here.session, draft.post_key(row.team_id, row.on), here.now)
        return True
    draft.require_live(row)
    if not here.team.digest_channel:
        raise Refused("No channel is set up for the digest.", "`/exp setup` sets one.")
    if row.state == rules.POSTING:
        return False
    _require_alone(here, row)
    draft.step(here, row, "posted", by)
    draft.move(here, row, rules.POSTING, by=by)
    return True


def _require_alone(here: Desk, row: Edition) -> None:
    """Pass where nobody else is read, or the common hour is past. Raises Refused."""
    others = rhythm.sharing(here.session, here.team)
    if not others or here.now >= row.due_at:
        return
    names = ", ".join(other.name or "another team" for other in others[:3])
    raise Refused(
        f"This digest is one message with that of {names}, which is not due yet.",
        "It posts by itself with theirs; `/digest hold` keeps it back.",
    )
