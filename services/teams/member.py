"""Who is in a team: joining, leaving, being added and removed, handing over the lead."""

from core.errors import NotFound, Refused
from core.teams import name as names
from core.teams.team import Placed, TeamCard
from core.workspace.roles import ROLES as ALL
from models import people
from models.standups import standup as standups
from models.team import Team
from services import pending, which
from services import team as teams
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.teams import team as directory
from services.teams.team import Reader
from services.which import Spot
from views.teams import member as view

ROLES = tuple(role for role in ALL if role != "admin")  # admins are of the whole workspace


def join(lab: Lab, reader: Reader, typed: str) -> TeamCard:
    """Become a member of the team that is called so. Raises NotFound, Refused (in it already)."""
    with lab.begin() as session:
        team = directory.named(session, reader, typed)
        return _joined(lab.within(session), reader, team)


def join_by_id(lab: Lab, reader: Reader, team_id: int) -> TeamCard:
    """The same by a button. Raises NotFound, Refused."""
    with lab.begin() as session:
        seen = {one.pk: one for one in directory.visible(session, reader)}
        team = seen.get(team_id)
        if team is None or team.archived_at:
            raise NotFound("That team is not here any more.", "`/team list` shows all.")
        return _joined(lab.within(session), reader, team)


def _joined(lab: Lab, reader: Reader, team: Team) -> TeamCard:
    with desk(lab, team.pk) as here:
        if people.member(here.session, team.pk, reader.user):
            raise Refused(f"You are in {names.shown(team.name)} already.", "`/team` shows yours.")
        teams.member(here.session, team, reader.user, now=here.now)
        _record(here, reader.user, reader.user, "", "member")
        return directory.card_of(here.session, reader, team)


def leave(lab: Lab, team_id: int, *, by: str) -> Placed:
    """Be in the team no more. Raises NotFound (not in it), Refused (as `remove`; the last admin
    leaving the last of their teams).
    """
    with desk(lab, team_id) as here:
        placed = _gone(here, by, by)
        admins = people.admins(here.session, here.team.workspace)
        if admins == [by] and not people.teams_of(here.session, here.team.workspace, by):
            raise Refused(
                "You are the last admin, and would be in no team.",
                "Name another one first: `/exp role @name admin`.",
            )
        return placed


def remove(lab: Lab, team_id: int, user: str, *, by: str) -> Placed:
    """Take somebody out of the team. Raises NotAllowed (leads and admins), NotFound (not in it),
    Refused (the last lead, a lead by the user group, who owns open tickets).
    """
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "remove people")
        placed = _gone(here, user, by)
        if user != by:
            _tell(here, user, by, "")
        return placed


def add(lab: Lab, team_id: int, user: str, role: str, *, by: str) -> Placed:
    """Bring somebody into the team, or give them another role there.

    Raises NotAllowed (leads and admins), Refused (no such role; the last lead; an observer-to-be
    who owns open tickets).
    """
    if role not in ROLES:
        raise Refused(
            f"“{role[:20]}” is no role in a team.",
            f"There are {', '.join(ROLES)}; `/exp role @name admin` makes an admin.",
        )
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "add people")
        row = people.member(here.session, here.team_id, user)
        before = row.role if row else ""
        if before == role:
            return Placed(names.shown(here.team.name), user, before, role)
        if before == "lead":
            _require_another_lead(here, user)
        if role == "observer":
            _require_owns_nothing(here, user)
        teams.member(here.session, here.team, user, now=here.now).role = role
        _record(here, by, user, before, role)
        if user != by:
            _tell(here, user, by, role)
        return Placed(names.shown(here.team.name), user, before, role)


def hand(lab: Lab, team_id: int, user: str, *, by: str) -> Placed:
    """Hand over the lead: that person leads, who hands over is a member from then on.

    Raises NotAllowed (leads and admins), Refused (to oneself).
    """
    if user == by:
        raise Refused("You cannot hand the lead to yourself.", "Name somebody else.")
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "hand over the lead")
    placed = add(lab, team_id, user, "lead", by=by)
    with desk(lab, team_id) as here:
        own = people.member(here.session, team_id, by)
        if own is not None and own.role == "lead":
            own.role = "member"
            _record(here, by, by, "lead", "member")
    return placed


def use(lab: Lab, reader: Reader, typed: str) -> TeamCard:
    """Where no channel says which team is meant, that person means this one from now on.

    Raises NotFound, and Refused where something else decides it all the same.
    """
    with lab.begin() as session:
        team = directory.named(session, reader, typed)
        pending.choose(lab.within(session), reader.workspace, reader.user, team.pk)
        session.flush()
        meant = which.team_of(session, Spot(reader.workspace, reader.user))
        if meant.team_id != team.pk:
            other = session.get_one(Team, meant.team_id)
            raise Refused(
                f"{names.shown(other.name)} is your only team, so here I always mean it.",
                f"Type in a channel of {team.name}, or `/team join {team.name}` first.",
            )
        return directory.card_of(session, reader, team)


def _gone(here: Desk, user: str, by: str) -> Placed:
    row = people.member(here.session, here.team_id, user)
    shown = names.shown(here.team.name)
    if row is None:
        who = "You are" if user == by else f"{here.name(user)} is"
        raise NotFound(f"{who} not in {shown}.", "`/team list` shows all teams.")
    if user in here.team.group_members:
        raise Refused(
            "They lead through the leads' user group.", "Take them out of the group in Slack."
        )
    if row.role == "lead":
        _require_another_lead(here, user)
    _require_owns_nothing(here, user)
    _leave_standups(here, user)
    before = row.role
    here.session.delete(row)
    here.session.flush()
    _record(here, by, user, before, "")
    return Placed(shown, user, before, "")


def _require_another_lead(here: Desk, user: str) -> None:
    if people.leads(here.session, here.team) == [user]:
        raise Refused(
            f"{here.name(user)} is the last lead; somebody has to be able to decide.",
            "Hand over the lead first: `/team hand @name`.",
        )


def _require_owns_nothing(here: Desk, user: str) -> None:
    mine = experiment.mine(here.session, here.team, user)
    if mine:
        ids = ", ".join(one.id for one in mine[:5])
        raise Refused(
            f"{here.name(user)} owns {ids}.",
            f"Give them another owner first: `/exp edit {mine[0].id}`.",
        )


def _leave_standups(here: Desk, user: str) -> None:
    for row in standups.of_team(here.session, here.team_id):
        row.people = [one for one in row.people if one != user]
        row.optional = [one for one in row.optional if one != user]
        row.active = row.active and bool(standups.everyone(row))


def _record(here: Desk, by: str, user: str, before: str, after: str) -> None:
    directory.record(here, by, "role", user_id=user, before=before, after=after)


def _tell(here: Desk, user: str, by: str, role: str) -> None:
    key = f"team:{here.team_id}:{user}:{here.now:%Y%m%d%H%M%S}:{role}"
    here.post(key, user, view.told(names.shown(here.team.name), by, role))
