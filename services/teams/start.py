"""Starting a team in a channel."""

from dataclasses import dataclass

from sqlmodel import Session

from core.errors import Refused
from core.faults import Faults
from core.teams import name as names
from core.teams.team import Started
from models import people
from models import team as table
from models.team import Team
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.teams import team as directory
from services.teams.team import Reader
from views.teams import team as view


@dataclass(frozen=True)
class Start:
    """A team that is to be: who starts it, what it is called, whose channel it gets."""

    reader: Reader
    name: str
    channel: str
    private: bool = False


def start(lab: Lab, wish: Start) -> Started:
    """A new team, led by who starts it; the channel becomes the team's and hears of it. Who starts
    the first team of a workspace without an admin is one.

    Raises Refused, with the form's field: no name or one that is taken, no channel, another
    team's channel.
    """
    by, workspace = wish.reader.user, wish.reader.workspace
    now = lab.clock()
    with lab.begin() as session:
        teams.workspace(session, workspace, now=now)
        table.hold_workspace(session, workspace)
        found = _untouched(session, workspace)
        taken = directory.taken(session, workspace, but=found.pk if found else 0)
        with Faults() as each:
            each(_require_free, session, wish)
            name = each(names.checked, wish.name, taken, field="name")
        team = found or teams.begin(session, workspace, now=now)
        team.name, team.visibility = name, "private" if wish.private else "open"
        is_first = not people.admins(session, workspace) and _is_alone(session, team)
        teams.member(session, team, by, now=now).role = "lead"
        if is_first:
            teams.profile(session, workspace, by, now=now).admin = True
        joined = lab.within(session)
        teams.configure(joined, team.pk, {"team_channel": wish.channel}, by=by)
        with desk(joined, team.pk, lock=False) as here:
            _tell(here, wish)
        return Started(directory.card_of(session, wish.reader, team), is_first)


def _is_alone(session: Session, team: Team) -> bool:
    return all(one.pk == team.pk for one in table.ever_of(session, team.workspace))


def _tell(here: Desk, wish: Start) -> None:
    directory.record(here, wish.reader.user, "team started", subject="name", after=here.team.name)
    message = view.started_here(here.team.name, wish.reader.user)
    here.post(f"team:{here.team_id}:started", wish.channel, message)


def _untouched(session: Session, workspace: str) -> Team | None:
    """The team that the first input of a workspace began, while nobody has made it theirs."""
    every = table.ever_of(session, workspace)
    if len(every) != 1 or every[0].name or every[0].team_channel:
        return None
    is_led = people.leads(session, every[0]) or table.have_channels(session, workspace)
    return None if is_led else every[0]


def _require_free(session: Session, wish: Start) -> None:
    if wish.channel[:1] not in {"C", "G"}:
        raise Refused("A team needs a channel.", "Choose one.", field="team_channel")
    owner = table.owner_of(session, wish.reader.workspace, wish.channel)
    if owner is None:
        return
    theirs = session.get_one(Team, owner)
    if not theirs.name and theirs.visibility == "open":
        raise Refused(
            f"<#{wish.channel}> has its team already, only without a name.",
            f"A lead of it writes `/team rename {wish.name or 'Vision'}` there.",
            field="team_channel",
        )
