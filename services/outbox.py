"""The poster's side of the outbox: claim what is due, settle what Slack answered.

Claiming and settling are two short transactions; the call to Slack happens between them, outside
any transaction. A lease that ran out in `sending` means the result is unknown: the poster looks
in the channel's history before it sends again.
"""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from models import outbox as table
from models import people
from models import team as teams
from models.outbox import Outbox
from models.team import Team
from services import standing, unsent
from services.ports import Lab
from views import meant

LEASE = timedelta(seconds=60)
GIVE_UP_AFTER = timedelta(hours=24)
_LONGEST = timedelta(seconds=330)  # no pause after a failure is as long, nor any lease
NEW = ("post", "picture", "upload")  # what must not stand in Slack twice: looked up when uncertain
PACED = (*NEW, "ephemeral")  # what appears in a channel, one a second
_DUE = ("pending", "failed")


@dataclass(frozen=True)
class Call:
    """One call to make. uncertain: an earlier attempt may have reached Slack; age: since the row
    was written.
    """

    id: int
    key: str
    workspace: str
    team_id: int  # 0: of no team
    kind: str
    channel: str
    payload: dict[str, Any]
    nonce: str
    thread_ts: str = ""
    target_ts: str = ""
    uncertain: bool = False
    age: timedelta = timedelta()
    attempts: int = 0


@dataclass(frozen=True)
class Busy:
    """What may not be sent now: channels being paced, rows already in flight here.

    rooms: how many calls of a kind may be made; a kind that is not named has no limit.
    """

    channels: Collection[str] = ()
    ids: Collection[int] = ()
    rooms: Mapping[str, int] = field(default_factory=dict)


def claim(lab: Lab, worker: str, busy: Busy, *, limit: int = 20) -> list[Call]:
    """Take up to `limit` due rows, at most one post per channel, oldest first."""
    now = lab.clock()
    calls: list[Call] = []
    taken, rooms = set(busy.channels), dict(busy.rooms)
    with lab.look() as session:
        if not _due(session, now, busy):
            return []  # as nearly always: nobody who writes is kept waiting for that
    with lab.begin() as session:
        for row in _due(session, now, busy):
            if not isinstance(row.payload, dict):
                unsent.bury(session, row, "its stored text cannot be read", now)
                continue
            call = _ready(session, row, taken, busy) if rooms.get(row.kind, 1) > 0 else None
            if call is None:
                continue
            rooms[row.kind] = rooms.get(row.kind, limit + 1) - 1
            uncertain = row.state == "sending"
            row.state, row.claimed_by = "sending", worker
            row.lease_until = now + LEASE
            calls.append(replace(call, uncertain=uncertain, age=now - row.created_at))
            if row.kind in PACED:
                taken.add(row.channel)
            if len(calls) >= limit:
                break
    return calls


def _due(session: Session, now: datetime, busy: Busy) -> list[Outbox]:
    waiting = col(Outbox.state).in_(_DUE) & or_(
        col(Outbox.not_before).is_(None), col(Outbox.not_before) <= now
    )
    lease, far = col(Outbox.lease_until), now + _LONGEST
    lost = (col(Outbox.state) == "sending") & ((lease < now) | (lease > far))
    # Nothing waits so long after a failure: the clock was set back meanwhile.
    waiting |= (col(Outbox.state) == "failed") & (col(Outbox.not_before) > far)
    # What cannot go now is left out here: a long queue of it must not hide what can.
    spent = [kind for kind, room in busy.rooms.items() if room < 1]
    paced = col(Outbox.kind).in_(PACED) & col(Outbox.channel).in_(busy.channels)
    due = or_(waiting, _tried_again(now), lost)
    wanted = select(Outbox).where(due, col(Outbox.kind).not_in(spent), ~paced)
    wanted = wanted.order_by(col(Outbox.id)).limit(500)
    return list(session.exec(wanted.with_for_update(skip_locked=True, key_share=True)))


def _tried_again(now: datetime) -> ColumnElement[bool]:
    return (col(Outbox.state) == "held") & (col(Outbox.not_before) <= now)


def _ready(session: Session, row: Outbox, taken: set[str], busy: Busy) -> Call | None:
    if row.pk in busy.ids or (row.kind in PACED and row.channel in taken):
        return None
    call = Call(
        id=row.pk,
        key=row.key,
        workspace=row.workspace,
        team_id=row.team_id or 0,
        kind=row.kind,
        channel=row.channel,
        payload=dict(row.payload),
        nonce=f"{row.pk}-{row.created_at.timestamp():.3f}",
        attempts=row.attempts,
    )
    linked = _linked(session, row, call)
    if linked is None:
        return None
    return _placed(session, row, linked)


def _linked(session: Session, row: Outbox, call: Call) -> Call | None:
    """The call with the place of the post it links to; None until that is sent."""
    wanted = call.payload.get("link_to")
    if not wanted:
        return call
    other = table.find(session, wanted)
    if other is not None and other.state == "held":
        table.wait_for(row, wanted)
        return None
    if other is not None and other.state not in {"sent", "dead"}:
        return None
    place = [other.slack_channel, other.slack_ts] if other and other.state == "sent" else []
    return replace(call, payload=call.payload | {"link_to": place})


def _placed(session: Session, row: Outbox, call: Call) -> Call | None:
    """The call with the thread or the message it belongs to; None until that is sent."""
    named = row.thread_of or row.target
    if not named:
        return _signed(session, call, row.channel)
    other = table.find(session, named)
    if other is None or other.state == "dead":
        unsent.end(session, row, f"{named} was never sent")
        return None
    if other.state == "held":
        table.wait_for(row, named)
        return None
    if other.state != "sent":
        return None
    if row.thread_of:
        # Slack's threads have one level: below a reply one answers in the thread it stands in.
        over = table.find(session, other.thread_of) if other.thread_of else None
        ts = over.slack_ts if over and over.slack_ts else other.slack_ts
        return replace(call, channel=other.slack_channel, thread_ts=ts)
    over = table.find(session, other.thread_of) if other.thread_of else None
    placed = replace(
        call,
        channel=other.slack_channel,
        target_ts=other.slack_ts,
        thread_ts=over.slack_ts if over else "",
    )
    return _signed(session, placed, other.channel)


def _signed(session: Session, call: Call, to: str) -> Call:
    """The call with the name of the team that speaks, to somebody who is in several. to: a user's
    id for their DM.
    """
    if not call.team_id or to[:1] not in ("U", "W") or call.kind not in ("post", "update"):
        return call
    if len(teams.of_workspace(session, call.workspace)) < 2:
        return call
    if len(people.teams_of(session, call.workspace, to)) < 2:
        return call
    name = standing.name_of(session.get_one(Team, call.team_id))
    return replace(call, payload=call.payload | meant.signed(call.payload, name))


def settle_sent(lab: Lab, call: Call, *, channel: str = "", ts: str = "") -> None:
    """Slack took it. A row renewed while it was in flight stays pending and is sent again."""
    with lab.begin() as session:
        row = session.get(Outbox, call.id)
        if row is None or row.state == "pending":
            return
        row.state, row.error, row.lease_until = "sent", "", None
        if ts:
            row.slack_channel, row.slack_ts = channel, ts
        table.took(session, row)


def settle_failed(lab: Lab, call: Call, error: str, *, retry_after: float | None = None) -> None:
    """It was not taken, but may be later: wait 1 → 300 s with jitter, at most a day."""
    now = lab.clock()
    with lab.begin() as session:
        row = session.get(Outbox, call.id)
        if row is None or row.state == "pending":
            return
        row.attempts += retry_after is None
        pause = retry_after or min(300.0, 2.0**row.attempts) * random.uniform(0.5, 1.0)  # noqa: S311
        row.state, row.error = "failed", error
        row.not_before, row.lease_until = now + timedelta(seconds=pause), None
        if now - row.created_at > GIVE_UP_AFTER and retry_after is None:
            unsent.bury(session, row, error, now)


def settle_unknown(lab: Lab, call: Call, error: str) -> None:
    """The answer got lost: look in the history in a few seconds, then decide."""
    now = lab.clock()
    with lab.begin() as session:
        row = session.get(Outbox, call.id)
        if row is not None and row.state == "sending":
            row.attempts += 1
            pause = min(300.0, 1.5 * 2.0**row.attempts)
            row.error, row.lease_until = error, now + timedelta(seconds=pause)
            if now - row.created_at > GIVE_UP_AFTER:
                unsent.bury(session, row, error, now)


def settle_barred(lab: Lab, call: Call, error: str, *, seconds: float) -> None:
    """Slack refuses the app itself: try again in so many seconds. Nobody wants to hear tomorrow
    what was to be said today, so what has been due for a day is given up.
    """
    now = lab.clock()
    with lab.begin() as session:
        row = session.get(Outbox, call.id)
        if row is None or row.state == "pending":
            return
        row.state, row.error, row.lease_until = "failed", error, None
        row.not_before = now + timedelta(seconds=seconds)
        for old in table.due_since(session, call.workspace, now - GIVE_UP_AFTER):
            unsent.bury(session, old, error, now)
        if now - row.created_at > GIVE_UP_AFTER:
            unsent.bury(session, row, error, now)


def settle_held(lab: Lab, call: Call, error: str) -> None:
    """Slack takes nothing there until somebody opens the place."""
    with lab.begin() as session:
        row = session.get(Outbox, call.id)
        if row is not None and row.state != "pending":
            row.channel = call.channel
            unsent.hold(session, row, error, lab.clock())


def settle_dead(lab: Lab, call: Call, error: str) -> None:
    """Slack will never take it: keep it, and tell one lead once a day and channel."""
    now = lab.clock()
    with lab.begin() as session:
        row = session.get(Outbox, call.id)
        if row is None:
            return
        unsent.bury(session, row, error, now)


def look_again(lab: Lab, workspace: str, channel: str) -> None:
    """The channel was opened: what is held there is tried now."""
    with lab.begin() as session:
        table.look_again(session, workspace, channel, lab.clock())


def strip_blocks(lab: Lab, call: Call) -> None:
    """Slack refused the blocks: send the text alone."""
    with lab.begin() as session:
        row = session.get(Outbox, call.id)
        if row is not None:
            row.payload = {**row.payload, "blocks": []}
            row.state, row.error = "pending", "invalid_blocks: sent as text"


def waiting(lab: Lab) -> tuple[int, datetime | None]:
    """How many rows are to be sent, and when the first that waits may go (None: now, or never).

    What is held until a place is opened is not counted before it is tried again.
    """
    with lab.begin() as session:
        unsent = col(Outbox.state).in_((*_DUE, "sending"))
        wanted = select(Outbox).where(unsent | _tried_again(lab.clock()))
        rows = session.exec(wanted).all()
        times = [row.lease_until if row.state == "sending" else row.not_before for row in rows]
        return len(rows), min((t for t in times if t is not None), default=None)
