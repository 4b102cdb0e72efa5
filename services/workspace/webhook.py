"""Webhooks of a team: set up by its leads, sent by `bot/courier`, switched off when they fail."""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.errors import NotFound, Refused
from core.workspace import webhook as rules
from core.workspace.webhook import Added, Known, NewWebhook
from models import occurrence
from models import team as teams
from models import webhook as table
from models.team import Team
from models.webhook import HookEvent, Webhook
from models.workspace.audit import TeamEvent
from services import announcement, team
from services.desk import Desk, desk
from services.ports import Lab
from views.workspace import webhook as view

_LEASE = timedelta(seconds=60)  # what nobody told the outcome of by then is sent again
_AT_ONCE = 20
_WHAT = "set up webhooks"


@dataclass(frozen=True)
class Parcel:
    """What is to be sent. name: the header webhook-id."""

    delivery: int
    url: str
    secret: str
    name: str
    body: bytes


def add(lab: Lab, team_id: int, wish: NewWebhook, *, by: str) -> Added:
    """A new webhook; its secret is handed out here and never again.

    Raises NotAllowed (leads only) and Refused (too many, the address is there already).
    """
    with desk(lab, team_id) as here:
        _require(here, by)
        known = table.of_team(here.session, team_id)
        if len(known) >= rules.MOST:
            raise Refused(f"There are {rules.MOST} webhooks already.", "Remove one first.")
        if any(one.url == wish.url for one in known):
            raise Refused("That address is there already.", "`/exp webhook` lists them.")
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        row = Webhook(
            team_id=team_id, number=teams.next_number(here.session, Webhook, team_id),
            url=wish.url, secret=secret, events=",".join(wish.events), created_by=by,
            created_at=here.now,
        )  # fmt: skip
        here.session.add(row)
        _note(here, row, "webhook added", by)
        return Added(row.number, rules.host_of(row.url), wish.events, secret)


def listed(lab: Lab, team_id: int, *, by: str) -> list[Known]:
    """The team's webhooks, oldest first. Raises NotAllowed (leads only)."""
    with desk(lab, team_id, lock=False) as here:
        _require(here, by)
        return [_known(row) for row in table.of_team(here.session, team_id)]


def remove(lab: Lab, team_id: int, number: int, *, by: str) -> Known:
    """It sends nothing more. Raises NotAllowed, NotFound."""
    with desk(lab, team_id) as here:
        row = _row(here, number, by)
        _note(here, row, "webhook removed", by)
        table.drop(here.session, row)
        return _known(row)


def switch_on(lab: Lab, team_id: int, number: int, *, by: str) -> Known:
    """It sends again, first what was on its way. Raises NotAllowed, NotFound."""
    with desk(lab, team_id) as here:
        row = _row(here, number, by)
        if row.off_at is not None:
            row.off_at, row.why, row.failures = None, "", 0
            _note(here, row, "webhook switched on", by)
        here.session.flush()
        return _known(row)


def try_out(lab: Lab, team_id: int, number: int, *, by: str) -> Known:
    """A test event is on its way. Raises NotAllowed, NotFound, Refused (switched off)."""
    with desk(lab, team_id) as here:
        row = _row(here, number, by)
        if row.off_at is not None:
            raise Refused("It is switched off.", f"First `/exp webhook on {number}`.")
        key = f"test:{secrets.token_hex(8)}"
        table.send(here.session, row, rules.TEST, key, {"at": here.now, "by": here.name(by)})
        return _known(row)


def due(lab: Lab, now: datetime) -> list[Parcel]:
    """What is to be sent now, held for a minute against others; with nothing due it only reads."""
    with lab.look() as session:
        if not table.due(session, now, most=1):
            return []
    with lab.begin() as session:
        found = table.due(session, now, most=_AT_ONCE)
        for row, _ in found:
            row.tries, row.next_at = row.tries + 1, now + _LEASE
        return [
            Parcel(row.pk, hook.url, hook.secret, f"msg_{row.pk}", row.body.encode())
            for row, hook in found
        ]


def arrived(lab: Lab, delivery: int) -> None:
    """It was taken."""
    with lab.begin() as session:
        row = session.get(HookEvent, delivery)
        hook = session.get(Webhook, row.webhook_id) if row else None
        if row and hook:
            row.state, hook.failures = "sent", 0


def failed(lab: Lab, delivery: int, why: str, *, now: datetime, final: bool) -> None:
    """It was not taken: tried again later, a day at most. After too many failures in a row, or a
    final one, the webhook is switched off and the leads hear of it once.
    """
    with lab.begin() as session:
        row = session.get(HookEvent, delivery)
        hook = session.get(Webhook, row.webhook_id) if row else None
        if not row or not hook:
            return
        again = rules.next_try(now, row.tries)
        row.next_at, row.state = again or now, "pending" if again else "dead"
        hook.failures += 1
        if hook.off_at is None and (final or hook.failures >= rules.FAILURES):
            hook.off_at, hook.why = now, why
            here = Desk(session, session.get_one(Team, hook.team_id), now, lab.policy)
            for place in announcement.places(here):
                key = f"webhook:{hook.pk}:off:{int(now.timestamp())}:{place}"
                here.post(key, place, view.switched_off(_known(hook)))


def prune_daily(lab: Lab, now: datetime) -> int:
    """Forget old events, once a (UTC) day; how many went."""
    with lab.begin() as session:
        if not occurrence.claim(session, "prune", "webhook", now.astimezone(UTC).date(), now=now):
            return 0
        return table.prune(session, now=now, keep_days=lab.policy.inbox_keep_days)


def _require(here: Desk, by: str) -> None:
    team.require_lead(here.session, here.team, by, _WHAT)


def _row(here: Desk, number: int, by: str) -> Webhook:
    _require(here, by)
    row = table.hold(here.session, here.team_id, number)
    if row is None:
        raise NotFound(f"There is no webhook {number}.", "`/exp webhook` lists them.")
    return row


def _note(here: Desk, row: Webhook, what: str, by: str) -> None:
    subject = f"{row.number} ({rules.host_of(row.url)})"
    told = TeamEvent(team_id=row.team_id, at=here.now, who=by, what=what, subject=subject)
    here.session.add(told)
    here.session.flush()


def _known(row: Webhook) -> Known:
    events = tuple(row.events.split(","))
    host = rules.host_of(row.url)
    return Known(row.number, host, events, row.created_by, row.failures, row.off_at, row.why)
