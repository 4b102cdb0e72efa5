"""Two teams made one."""

from sqlmodel import Session

from core.errors import NotAllowed, Refused
from core.teams import name as names
from core.teams.team import MergePlan
from models import people
from models import team as table
from models.team import Team
from models.teams import merge as rows
from services import team as teams
from services.desk import desk
from services.evals import loosening
from services.ports import Lab
from services.teams import team as directory
from services.teams.team import Reader
from views.teams import merge as view

_RANK = ("observer", "member", "lead")


def plan(lab: Lab, reader: Reader, typed: str) -> MergePlan:
    """What `A into B` would do; nothing is changed. Raises NotFound, NotAllowed (admins), Refused
    (one and the same).
    """
    with lab.begin() as session:
        _require_admin(session, reader)
        first, second = names.pair(typed)
        one = directory.named(session, reader, first)
        other = directory.named(session, reader, second)
        return _plan(session, one, other, reader.user)


def merge(lab: Lab, reader: Reader, one_id: int, into_id: int) -> MergePlan:
    """Do it, once: A is archived, and what is said to it is B's. Raises as `plan`."""
    with lab.begin() as session:
        _require_admin(session, reader)
        one, other = _held(session, reader, one_id, into_id)
        done = _plan(session, one, other, reader.user)
        _bring_people(lab, session, one, other)
        _bring_channels(session, one, other)
        one.archived_at = lab.clock()
        one.choose(merged_into=into_id)
        with desk(lab.within(session), into_id, lock=False) as here:
            loosening.carry(here, one, by=reader.user)
        rows.move(session, one_id, into_id)
        _tell(lab.within(session), done, one, reader.user)
        return done


def _held(session: Session, reader: Reader, *ids: int) -> list[Team]:
    """Those two, both at work, held; teams before the workspace, as whoever changes one does."""
    known = {team.pk for team in table.of_workspace(session, reader.workspace)}
    for team_id in sorted(known.intersection(ids)):
        table.hold(session, team_id)
    table.hold_workspace(session, reader.workspace)
    at_work = {team.pk: team for team in table.of_workspace(session, reader.workspace)}
    if not at_work.keys() >= set(ids):
        raise Refused("One of these teams is not here any more.", "`/team list` shows all.")
    return [at_work[team_id] for team_id in ids]


def _require_admin(session: Session, reader: Reader) -> None:
    admins = people.admins(session, reader.workspace)
    if admins and reader.user not in admins:
        raise NotAllowed("Only an admin can merge teams.", "`/exp roles` shows who is.")


def _plan(session: Session, one: Team, other: Team, by: str) -> MergePlan:
    if one.pk == other.pk:
        raise Refused("That is one and the same team.", "Write `/team merge Audio into Speech`.")
    if not people.admins(session, one.workspace):
        for team in (one, other):
            teams.require_lead(session, team, by, "merge teams")
    theirs, others = (people.people(session, team.pk).by_id for team in (one, other))
    return MergePlan(
        one=(one.pk, names.shown(one.name)),
        into=(other.pk, names.shown(other.name)),
        counts=rows.counts(session, one.pk),
        people=len(set(theirs) - set(others)),
        channels=table.channels_of(session, one.workspace).get(one.pk, ()),
        private=other.visibility == "private" and one.visibility == "open",
    )


def _bring_people(lab: Lab, session: Session, one: Team, other: Team) -> None:
    """Everybody of the one, with the higher of their two roles."""
    for user, role in people.roles_in(session, one.pk).items():
        role = "lead" if user in one.group_members and role != "observer" else role
        known = people.member(session, other.pk, user)
        row = known or teams.member(session, other, user, now=lab.clock())
        row.role = max(role, row.role, key=_RANK.index) if known else role


def _bring_channels(session: Session, one: Team, other: Team) -> None:
    """They stay claimed, whatever the other's settings name."""
    brought = table.channels_of(session, one.workspace).get(one.pk, [])
    kept = [*other.chosen.also_in, *one.chosen.also_in, *brought]
    other.choose(also_in=list(dict.fromkeys(kept)))


def _tell(lab: Lab, done: MergePlan, one: Team, by: str) -> None:
    with desk(lab, done.into[0], lock=False) as here:
        said = {"subject": "team", "before": done.one[1], "after": done.into[1]}
        directory.record(here, by, "team merged", **said)
        message = view.merged_here(done, by)
        places = dict.fromkeys(filter(None, (here.team.team_channel, one.team_channel)))
        for place in places:
            here.post(f"team:{done.one[0]}:merged:{place}", place, message)
