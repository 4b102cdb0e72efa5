"""Tickets of experiments in Jira, Linear or GitHub: connected, linked, set right again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.errors import NotFound, Refused
from core.experiments.experiment import CLOSED
from core.tracking.issue import Desk as Place
from core.tracking.issue import Linked, desk_of
from core.workspace.issue import MOST_DESKS, Wish
from models import team as teams
from models.experiments import experiment as tickets
from models.team import Team
from models.tracking import issue as table
from models.tracking.issue import IssueDesk, IssueLink, IssueStep
from models.workspace.audit import TeamEvent
from services import standing, team
from services.desk import Desk, desk
from services.experiments import experiment, ticket
from services.ports import Lab

_MOST_SHOWN, _SHOWN_FOR = 20, timedelta(days=30)  # after a decision


@dataclass(frozen=True)
class Overview:
    """Where the team has tickets, and those its experiments have: what needs somebody first."""

    desks: Sequence[Place]
    links: Sequence[Linked]


def connect(lab: Lab, team_id: int, wish: Wish, *, by: str) -> Place:
    """It is looked at in a moment, and decisions go there from now on; the same project again
    takes its settings anew. Raises NotAllowed (admins only) and Refused (too many).
    """
    with desk(lab, team_id) as here:
        team.require_admin(here.session, here.team, by, "connect a ticket tracker")
        known = table.desks(here.session, team_id)
        same = (wish.kind, wish.url, wish.project)
        row = next((one for one in known if (one.kind, one.url, one.project) == same), None)
        if row is None and len(known) >= MOST_DESKS:
            raise Refused(f"There are {MOST_DESKS} connected already.", "Disconnect one first.")
        if row is None:
            number = teams.next_number(here.session, IssueDesk, team_id)
            row = IssueDesk(
                team_id=team_id, number=number, kind=wish.kind, url=wish.url,
                project=wish.project, connected_by=by, connected_at=here.now,
            )  # fmt: skip
        row.board, row.statuses, row.connected_by = wish.board, wish.statuses, by
        here.session.add(row)
        here.session.flush()
        here.session.add(IssueStep(desk_id=row.pk, kind="check", mark=secrets.token_hex(4),
                                   at=here.now, next_at=here.now))  # fmt: skip
        _note(here, row, "ticket tracker connected", by)
        return row.as_value()


def disconnect(lab: Lab, team_id: int, number: int, *, by: str) -> Place:
    """Nothing goes there any more; what stands there stays. Raises NotAllowed (admins only),
    NotFound.
    """
    with desk(lab, team_id) as here:
        team.require_admin(here.session, here.team, by, "disconnect a ticket tracker")
        known = {one.number: one for one in table.desks(here.session, team_id)}
        row = known.get(number)
        if row is None:
            raise NotFound(f"There is no ticket tracker {number}.", "`/ticket` lists them.")
        row.ended_at = here.now
        _note(here, row, "ticket tracker disconnected", by)
        return row.as_value()


def overview(lab: Lab, team_id: int) -> Overview:
    """What is connected and linked, and what differs there."""
    with desk(lab, team_id, lock=False) as here:
        rows = table.desks(here.session, team_id)
        if not rows:
            return Overview([], [])
        places = {row.pk: row.as_value() for row in rows}
        since = here.now - _SHOWN_FOR
        links = table.values(
            here.session, table.watched(here.session, list(places), since), places
        )
        urgent = sorted(links, key=lambda one: (not one.dead, not one.differs, -one.number))
        return Overview(list(places.values()), urgent[:_MOST_SHOWN])


def every(lab: Lab) -> list[tuple[str, Place]]:
    """What any team has connected, with what the team is called."""
    with lab.look() as session:
        found = table.connected(session)
        owners = {one.team_id: session.get_one(Team, one.team_id) for one in found}
        return [(standing.name_of(owners[one.team_id]), one.as_value()) for one in found]


def link(lab: Lab, team_id: int, number: int, typed: str, *, by: str) -> tuple[Linked, bool]:
    """That ticket is the experiment's; True when it was not yet. It gets a link back at once.

    Raises NotFound, NotAllowed (its owner or a lead), Refused.
    """
    with desk(lab, team_id) as here:
        found = ticket.row(here.session, here.team, number)
        experiment.require_change(here.session, here.team, found.snapshot(), by, "link a ticket")
        rows = table.desks(here.session, team_id)
        place, key = desk_of(typed, [row.as_value() for row in rows])
        at = next(row for row in rows if row.number == place.number)
        known = table.link(here.session, at.pk, key, found.pk)
        new = known is None or known.ended_at is not None
        if known is None:
            known = IssueLink(desk_id=at.pk, experiment_id=found.pk, key=key, linked_by=by,
                              token=secrets.token_hex(4), linked_at=here.now)  # fmt: skip
            here.session.add(known)
            here.session.flush()
        if new:
            known.ended_at = None
            told = {"url": _door(here), "title": f"{found.snapshot().id} {found.title}"[:200]}
            mark = f"{known.token}-{secrets.token_hex(4)}"
            table.put(here.session, known.step("attach", told, mark=mark, at=here.now))
        [value] = table.values(here.session, [known], {at.pk: place})
        return value, new


def _door(here: Desk) -> str:
    """Where people find the experiment: the team's channel in Slack."""
    place = f"&channel={here.team.team_channel}" if here.team.team_channel else ""
    return f"https://slack.com/app_redirect?team={here.team.workspace}{place}"


def unlink(lab: Lab, team_id: int, number: int, typed: str, *, by: str) -> list[Linked]:
    """That ticket (or all it has, when none is named) is not the experiment's any more. Raises
    NotFound, NotAllowed (its owner or a lead).
    """
    with desk(lab, team_id) as here:
        found = ticket.row(here.session, here.team, number)
        experiment.require_change(here.session, here.team, found.snapshot(), by, "unlink a ticket")
        pairs = table.links_of(here.session, found.pk)
        gone = [(one, at) for one, at in pairs if not typed or at.as_value().key(typed) == one.key]
        if not gone:
            raise NotFound(f"{found.snapshot().id} has no such ticket.", "`/ticket` lists them.")
        for one, _ in gone:
            one.ended_at = here.now
            for step in table.unsent(here.session, [one.pk]):
                step.state = "replaced"
        places = {at.pk: at.as_value() for _, at in gone}
        return table.values(here.session, [one for one, _ in gone], places)


def send_ours(lab: Lab, team_id: int, key: int, *, by: str) -> Linked:
    """It gets our status again. Raises as `again`."""
    with desk(lab, team_id) as here:
        row, value = _link(here, key, by)
        if value.differs:
            status = value.desk.status(value.stage)
            mark = f"{row.token}-{secrets.token_hex(4)}"
            told = {"status": status, "stage": value.stage}
            table.put(here.session, row.step("status", told, mark=mark, at=here.now))
            row.theirs = ""
        return value


def take_theirs(lab: Lab, team_id: int, key: int, *, by: str) -> Linked:
    """Its status there is right as it is. Raises as `again`, and Refused for one that is a
    decision here: that is made here, by its rules.
    """
    with desk(lab, team_id) as here:
        row, value = _link(here, key, by)
        stage = value.desk.stage(value.theirs)
        if value.differs and value.stage in CLOSED and stage and stage != value.stage:
            id_ = tickets.find(here.session, team_id, value.number)
            assert id_ is not None
            name = id_.snapshot().id
            raise Refused(
                f"“{value.theirs}” there would mean that {name} is open again.",
                f"`/exp reopen {name} why` does that; or send ours.",
            )
        row.ours = row.theirs
        return value


def again(lab: Lab, team_id: int, key: int, *, by: str) -> Linked:
    """What was given up there is tried again. Raises NotFound, NotAllowed (owner or lead)."""
    with desk(lab, team_id) as here:
        row, value = _link(here, key, by)
        for step in table.unsent(here.session, [row.pk]):
            if step.state == "dead":
                step.state, step.tries, step.next_at = "pending", 0, here.now
                step.rounds += 1
        return value


def _link(here: Desk, key: int, by: str) -> tuple[IssueLink, Linked]:
    places = {row.pk: row.as_value() for row in table.desks(here.session, here.team_id)}
    row = here.session.get(IssueLink, key)
    if row is None or row.desk_id not in places or row.ended_at is not None:
        raise NotFound("That ticket is not linked any more.", "`/ticket` lists those that are.")
    [value] = table.values(here.session, [row], places)
    found = ticket.row(here.session, here.team, value.number)
    experiment.require_change(
        here.session, here.team, found.snapshot(), by, "set its ticket right"
    )
    return row, value


def _note(here: Desk, row: IssueDesk, what: str, by: str) -> None:
    subject = f"{row.number} ({row.as_value().called})"[:200]
    told = TeamEvent(team_id=here.team_id, at=here.now, who=by, what=what, subject=subject)
    here.session.add(told)
    here.session.flush()
