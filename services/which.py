"""Which team an input is meant for: decided here, before anything answers it, and handed down."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from core.errors import too_old
from models import outbox, people
from models import team as table
from models.blockers.blocker import Blocker
from models.board.engineering import Engineering
from models.data.dataset import Dataset
from models.experiments.experiment import Experiment
from models.people import Profile
from models.standups import message
from models.team import Team
from services import standing, talk
from services.ports import Lab
from services.standups import waiting as waiters
from services.standups.waiting import Written
from services.team import begin

# By the letters of an id: the table whose rows have that number.
NOUNS: Mapping[str, Any] = {
    "EXP": Experiment,
    "DATA": Dataset,
    "ENG": Engineering,
    "BLK": Blocker,
}


@dataclass(frozen=True)
class Spot:
    """What an input says of the team it is for.

    named: the ids in it, as (letters, number). marked: the team that its form, button or answer
    carries, 0 for none. said_at: the messages it belongs to (its thread, the one with its button).
    changed: the message of theirs that was edited or deleted. said: what was written in the DM.
    own: it is about that person, the same in all their teams. in_passing: ids in a sentence, which
    tell the team where nobody waits for it. thread: that it stands in. now: of what goes on in a
    conversation, which stays with its team. quoted: those in a message that is reported, when
    the ticket is of a team of that person.
    """

    workspace: str
    user: str
    channel: str = ""
    is_direct: bool = False
    named: Sequence[tuple[str, int]] = ()
    marked: int = 0
    said_at: Sequence[str] = ()
    changed: str = ""
    said: Written | None = None
    own: bool = False
    in_passing: Sequence[tuple[str, int]] = ()
    thread: str = ""
    now: datetime | None = None
    quoted: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Meant:
    """The team that is meant, 0 while that is open; choices: those it can be.

    new: there is no team in the workspace yet. guessed: only the person said so (their one team,
    what they chose last, the only one there is), not what was typed, pressed or the place.
    archived: it is at work no more, and still read. others: that person's other teams, by id and
    name, where it is only the likeliest.
    """

    team_id: int = 0
    choices: Sequence[Team] = ()
    new: bool = False
    guessed: bool = False
    archived: bool = False
    others: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True)
class Known:
    """What is known where it was said. teams: those whose rows the person may see by id, archived
    ones too, and no other is there for them; roles: theirs in those at work.
    """

    session: Session
    spot: Spot
    teams: Mapping[int, Team]
    roles: Mapping[int, str]
    who: Profile | None = field(default=None)

    @property
    def at_work(self) -> Mapping[int, Team]:
        """Those of the teams that are not archived."""
        return {team_id: team for team_id, team in self.teams.items() if not team.archived_at}


# The team; several when it can be only one of these; None when this case does not tell.
Case = Callable[[Known], int | Sequence[int] | None]


def owner(session: Session, named: tuple[str, int], among: Collection[int]) -> int | None:
    """The team, of these, that has the ticket with that id, or None."""
    noun, number = NOUNS[named[0]], named[1]
    wanted = select(noun.team_id).where(noun.number == number, noun.team_id.in_(list(among)))
    return session.exec(wanted).first()


def by_id(known: Known) -> int | None:
    """The first id named belongs to one team; another's private ticket is not there at all."""
    found = (owner(known.session, one, known.teams) for one in known.spot.named)
    return next(filter(None, found), None)


def by_quote(known: Known) -> int | None:
    """A message that is reported names a ticket of one of the person's own teams."""
    found = (owner(known.session, one, known.roles) for one in known.spot.quoted)
    return next(filter(None, found), None)


def by_mark(known: Known) -> int | None:
    """The form, the button or the answer it came with says whose it is; what was merged into
    another team is that one's.
    """
    found = known.teams.get(known.spot.marked)
    while found is not None and found.chosen.merged_into:
        found = known.teams.get(found.chosen.merged_into)
    return found.pk if found else None


def by_message(known: Known) -> int | None:
    """The thread it stands in, or the message with the button, was said for a team."""
    for ts in filter(None, known.spot.said_at):
        said = outbox.said_at(known.session, known.spot.channel, ts)
        if said is not None and said.team_id in known.teams:
            return said.team_id
    return None


def out_of_date(known: Known) -> int | None:
    """It carries a team that is not there for that person. Raises Refused: no other is meant."""
    if known.spot.marked:
        raise too_old("Type the command once more.", "form or button")
    return None


def by_channel(known: Known) -> int | None:
    """The channel is a team's."""
    channel = known.spot.channel
    if known.spot.is_direct or channel[:1] not in {"C", "G"}:
        return None
    found = table.owner_of(known.session, known.spot.workspace, channel)
    return found if found in known.teams else None


def by_taker(known: Known) -> int | None:
    """A message of the DM that was edited or deleted is of the team that has taken it, also when
    its author may not see that team any more: their words stay theirs.
    """
    spot = known.spot
    if not (spot.is_direct and spot.changed):
        return None
    found = message.taken_by(known.session, spot.user, spot.channel, spot.changed)
    every = table.ever_of(known.session, spot.workspace)
    return found if found in {team.pk for team in every} else None


def waiting(known: Known) -> Sequence[int] | None:
    """What was written in the DM is for who waits for it. Nobody does, or it is about the person
    themselves (`ooo`): then it is the same in all their teams.
    """
    said, spot = known.spot.said, known.spot
    wait = waiters.teams(known.session, known.at_work, said) if said else []
    goes_on = _goes_on_with(known) if len(wait) != 1 else 0
    if wait:
        return [goes_on] if goes_on in wait else wait
    passing = (owner(known.session, one, known.teams) for one in spot.in_passing)
    if (named := next(filter(None, passing), None)) is not None:
        return [named]
    if not (spot.is_direct or spot.own or spot.now):
        return None
    last = goes_on or (known.who.team_id if known.who else None)
    return [last] if last and last in known.roles else list(known.roles or known.at_work)[:1]


def _goes_on_with(known: Known) -> int:
    """The team that the conversation is with, 0 for none."""
    spot = known.spot
    if spot.now is None:
        return 0
    place = (spot.channel, spot.thread)
    return talk.team(known.session, (spot.workspace, spot.user), place, spot.now)


def only_own(known: Known) -> int | None:
    """The person is in one team."""
    return next(iter(known.roles)) if len(known.roles) == 1 else None


def chosen_last(known: Known) -> int | None:
    """What that person chose last where no channel said it."""
    chosen = known.at_work.get(known.who.team_id or 0) if known.who else None
    return chosen.pk if chosen else None


# Where there are several. In this order; the first that knows decides, and nothing is guessed.
CASES: Sequence[Case] = (
    by_id,
    by_quote,
    by_mark,
    by_message,
    by_taker,
    out_of_date,
    by_channel,
    waiting,
    only_own,
    chosen_last,
)
# Of these, what only the person says, whatever they typed and wherever.
_BY_PERSON = frozenset({only_own, chosen_last})


def team_of(session: Session, spot: Spot) -> Meant:
    """The team that is meant, or those to choose from. Raises Refused for a form or button of a
    team that is not there (any more) for that person.
    """
    every = table.ever_of(session, spot.workspace)
    if len(every) == 1 and every[0].visibility == "open":
        return Meant(every[0].pk, guessed=True)
    known = known_of(session, spot, every)
    teams = known.teams
    for case in CASES:
        found = case(known)
        some = [found] if isinstance(found, int) else found or []
        if len(some) == 1:
            archived = any(team.archived_at for team in every if team.pk == some[0])
            others = _others(known, some[0]) if case in (waiting, chosen_last) else ()
            guessed = case in _BY_PERSON
            return Meant(some[0], guessed=guessed, archived=archived, others=others)
        if some:
            return Meant(0, [teams[team_id] for team_id in some])
    own = [team for team in known.at_work.values() if team.pk in known.roles]
    choices = own or list(known.at_work.values())
    if len(choices) == 1:
        return Meant(choices[0].pk, guessed=True)
    return Meant(0, choices, new=not every)


def _others(known: Known, team_id: int) -> list[tuple[int, str]]:
    own = (team for team in known.at_work.values() if team.pk in known.roles)
    return [(team.pk, standing.name_of(team)) for team in own if team.pk != team_id]


def known_of(session: Session, spot: Spot, every: Sequence[Team]) -> Known:
    """What is known there. every: the workspace's teams, of which those that the person reads
    are there.
    """
    reads = standing.readable(session, spot.workspace, spot.user)
    teams = {team.pk: team for team in every if team.pk in reads}
    roles = people.teams_of(session, spot.workspace, spot.user) if spot.user else {}
    who = people.profile(session, spot.workspace, spot.user) if spot.user else None
    return Known(session, spot, teams, roles, who)


def name_of(lab: Lab, team_id: int) -> str:
    """What that team is called."""
    with lab.begin() as session:
        return standing.name_of(session.get_one(Team, team_id))


def first(lab: Lab, workspace: str) -> int:
    """The id of a workspace's first team, begun with the first input that comes from there."""
    with lab.begin() as session:
        return begin(session, workspace, now=lab.clock()).pk
