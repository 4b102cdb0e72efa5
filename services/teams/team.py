"""The teams of a workspace as one may see them, and which of them a name means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from core.errors import NotFound
from core.teams import name as names
from core.teams.team import Mine, TeamCard
from core.text import shorten
from models import people
from models import team as table
from models.experiments import experiment
from models.people import Person
from models.team import Team
from models.workspace.audit import TeamEvent
from services import standing
from services.desk import Desk
from services.ports import Lab


@dataclass(frozen=True)
class Reader:
    """Who asks in which workspace."""

    workspace: str
    user: str


def listed(lab: Lab, reader: Reader) -> list[TeamCard]:
    """The teams that person may see, archived ones last. Admins see all."""
    with lab.begin() as session:
        return _cards(session, reader, visible(session, reader))


def mine(lab: Lab, reader: Reader, channel: str) -> Mine:
    """The teams that person is in, and the channel's if they may see it."""
    with lab.begin() as session:
        cards = _cards(session, reader, visible(session, reader))
        owner = table.owner_of(session, reader.workspace, channel)
    here = next((card for card in cards if card.id == owner), None)
    own = [card for card in cards if card.role and not card.archived]
    return Mine(own, here, channel[:1] in {"C", "G"})


def visible(session: Session, reader: Reader) -> list[Team]:
    """The teams whose tickets that person may see, archived ones too, oldest first."""
    seen = standing.readable(session, reader.workspace, reader.user)
    return [one for one in table.ever_of(session, reader.workspace) if one.pk in seen]


def named(session: Session, reader: Reader, typed: str, *, archived: bool = False) -> Team:
    """The team, at work or archived, that is called so and that person may see. Raises NotFound,
    in the same words for one that is hidden and one that does not exist.
    """
    seen = [one for one in visible(session, reader) if bool(one.archived_at) == archived]
    known = {one.pk: one.name for one in seen}
    found = names.found(typed, known)
    if found is None:
        near = names.near(typed, known)
        guess = f"Did you mean {near}? " if near else ""
        kind = "an archived team" if archived else "a team"
        raise NotFound(
            f"I don't see {kind} called “{shorten(typed, 40)}”.",
            f"{guess}`/team list` shows those you may see; into a private team an admin or its "
            "lead brings you.",
        )
    return next(one for one in seen if one.pk == found)


def called(lab: Lab, reader: Reader, typed: str) -> Team:
    """As named, in a transaction of its own."""
    with lab.begin() as session:
        return named(session, reader, typed)


def first_named(lab: Lab, reader: Reader, text: str) -> tuple[Team, str]:
    """The team at work that a text begins with (the longest name that fits), and what follows.

    Raises NotFound as `named`.
    """
    with lab.begin() as session:
        words = text.split()
        for most in range(len(words), 1, -1):
            known = {one.pk: one.name for one in visible(session, reader) if not one.archived_at}
            if names.found(" ".join(words[:most]), known) is not None:
                return named(session, reader, " ".join(words[:most])), " ".join(words[most:])
        return named(session, reader, words[0] if words else ""), " ".join(words[1:])


def taken(session: Session, workspace: str, *, but: int = 0) -> dict[int, str]:
    """The names in use there by id, except of one team, read anew."""
    found = session.exec(select(Team.id, Team.name).where(Team.workspace == workspace))
    return {number: name for number, name in found if number and number != but}


def record(here: Desk, by: str, what: str, **said: str) -> None:
    """An audit row of the team."""
    row = TeamEvent(team_id=here.team_id, at=here.now, who=by, what=what)
    for name, value in said.items():
        setattr(row, name, value)
    here.session.add(row)
    here.session.flush()


def card_of(session: Session, reader: Reader, team: Team) -> TeamCard:
    """That team as that person sees it."""
    return _cards(session, reader, [team])[0]


def _cards(session: Session, reader: Reader, teams: Sequence[Team]) -> list[TeamCard]:
    members = people.by_team(session, reader.workspace)
    channels = table.channels_of(session, reader.workspace)
    opened = experiment.open_by_team(session, [team.pk for team in teams])
    cards = [
        TeamCard(
            id=team.pk,
            name=names.shown(team.name),
            role=_role(members.get(team.pk, {}), reader.user),
            private=team.visibility == "private",
            archived=team.archived_at is not None,
            channels=channels.get(team.pk, ()),
            leads=_leads(team, members.get(team.pk, {})),
            people=len(members.get(team.pk, ())),
            open=opened.get(team.pk, 0),
        )
        for team in teams
    ]
    return sorted(cards, key=lambda card: card.archived)


def _role(members: Mapping[str, Person], user: str) -> str:
    return members[user].role if user in members else ""


def _leads(team: Team, members: Mapping[str, Person]) -> list[str]:
    group = set(team.group_members)
    led = [one for one in members.values() if one.role == "lead" or one.user_id in group]
    return sorted((one.name or one.user_id for one in led), key=str.casefold)
