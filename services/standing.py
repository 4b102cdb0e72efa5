"""What somebody is in a team, and how who is new comes into it."""

from sqlmodel import Session

from core.errors import NotAllowed
from core.teams.name import shown
from models import people
from models import team as table
from models.team import Team
from services import team as teams
from services.ports import Lab

GUEST, OUTSIDE = "guest", "outside"  # not of the team: reads an open one; nothing of a private one


def of(lab: Lab, team_id: int, user_id: str) -> str:
    """admin | lead | member | observer, or what somebody else is there: guest | outside."""
    with lab.begin() as session:
        known = people.people(session, team_id)
        role = known.get(user_id).role
        if role == "admin" or user_id in known.by_id:
            return role
        return GUEST if session.get_one(Team, team_id).visibility == "open" else OUTSIDE


def readable(session: Session, workspace: str, user_id: str) -> frozenset[int]:
    """The ids of the teams whose rows that person may see, archived ones too: open ones and their
    own, all of them for an admin. What belongs to any other team is for that person not there.
    """
    teams = table.ever_of(session, workspace)
    closed = [team.pk for team in teams if team.visibility != "open"]
    if closed:
        who = people.profile(session, workspace, user_id) if user_id else None
        own = people.teams_of(session, workspace, user_id, ever=True) if user_id else {}
        closed = [] if who and who.admin else [pk for pk in closed if pk not in own]
    return frozenset(team.pk for team in teams) - frozenset(closed)


def in_no_team() -> NotAllowed:
    """What somebody hears for whom there is no team: not whether there are any."""
    hint = "Ask an admin or a lead to add you, or start one in its channel: `/team new NAME`."
    start = ("Start a team", "team_new", "")
    return NotAllowed("You are in no team here yet.", hint, offer=start)


def join(lab: Lab, team_id: int, user_id: str) -> None:
    """Who acts and is in no team yet becomes a member. Raises NotAllowed for who is in another."""
    now = lab.clock()
    with lab.begin() as session:
        team = session.get_one(Team, team_id)
        if people.teams_of(session, team.workspace, user_id):
            raise NotAllowed(
                f"You are not in {name_of(team)}: you can read everything and change nothing.",
                "Join it, or ask a lead there.",
                offer=(f"Join {name_of(team)}"[:75], "team_join", str(team_id)),
            )
        teams.member(session, team, user_id, now=now)


def is_somewhere(lab: Lab, workspace: str, user_id: str) -> bool:
    """True for who is in a team of that workspace."""
    with lab.begin() as session:
        return bool(people.teams_of(session, workspace, user_id))


def names(session: Session, workspace: str, user_id: str) -> list[str]:
    """What that person's teams are called when they are in several, else nothing."""
    theirs = people.teams_of(session, workspace, user_id)
    if len(theirs) < 2:
        return []
    return [name_of(session.get_one(Team, team_id)) for team_id in theirs]


def name_of(team: Team) -> str:
    """The team's name, or what stands for one that has none yet."""
    return shown(team.name)


def called(team: Team) -> str:
    """The same where a line begins with it."""
    name = name_of(team)
    return name[:1].upper() + name[1:]
