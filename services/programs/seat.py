"""Where a program sits that reads: the teams its token sees, in a transaction that only reads."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from core.errors import NotFound, Refused
from core.experiments.experiment import Experiment as Ticket
from core.teams import name as names
from core.workspace.token import Pusher
from models import people
from models import team as table
from models.experiments import measurement as measurements
from models.experiments.experiment import Experiment
from models.team import Team
from services import standing, which
from services.desk import Desk
from services.experiments import ticket
from services.ports import Lab, Policy


@dataclass(frozen=True)
class Seat:
    """One look at the teams a program may read, by their ids, at one instant.

    lab: joins this transaction.
    """

    session: Session
    teams: Mapping[int, Team]
    now: datetime
    policy: Policy
    lab: Lab = field(repr=False)

    @property
    def one(self) -> Team:
        """The team that is meant. Raises Refused when it could be several."""
        if len(self.teams) > 1:
            some = ", ".join(standing.name_of(team) for team in list(self.teams.values())[:5])
            raise Refused("Which team is this about?", f"Add `team=` and one of: {some}.")
        return next(iter(self.teams.values()))

    def desk(self, team: Team) -> Desk:
        """A desk of one of the teams."""
        return Desk(self.session, team, self.now, self.policy)

    def ticket(self, number: int) -> tuple[Team, Experiment]:
        """The experiment and whose it is. Raises NotFound, in the same words whether another
        team has it or nobody.
        """
        owner = which.owner(self.session, ("EXP", number), self.teams)
        team = self.teams[owner] if owner else next(iter(self.teams.values()))
        return team, ticket.row(self.session, team, number)

    def name(self, team_id: int, user_id: str) -> str:
        """Display name, or the id while the profile is unknown."""
        return people.people(self.session, team_id).name(user_id)

    def called(self, team_id: int) -> str:
        """What the team is called."""
        return standing.name_of(self.teams[team_id])

    def values(self, rows: list[Experiment]) -> list[tuple[Team, Ticket]]:
        """Experiments as values with their results, and whose each is."""
        looks = measurements.of_each(self.session, [row.pk for row in rows])
        return [(self.teams[r.team_id], r.snapshot(looks.get(r.pk, []))) for r in rows]


@contextmanager
def seated(lab: Lab, who: Pusher, name: str = "") -> Iterator[Seat]:
    """A look at what that token sees. name: only the team of that name. Raises NotFound."""
    with lab.look() as session:
        home = session.get_one(Team, who.team_id)
        teams = {home.pk: home}
        if who.wide:
            may = standing.readable(session, home.workspace, who.owner)
            known = table.ever_of(session, home.workspace)
            teams = {one.pk: one for one in known if one.pk in may}
        if name.strip():
            meant = names.found(name, {pk: one.name for pk, one in teams.items()})
            teams = {pk: one for pk, one in teams.items() if pk == meant}
        if not teams:
            raise NotFound("There is no team of that name.", "`GET /v1/me` names yours.")
        yield Seat(session, teams, lab.clock(), lab.policy, lab.within(session))
