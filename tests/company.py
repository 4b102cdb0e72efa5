"""A workspace with several teams, written straight into the tables: people, a standup, tickets."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from models import db
from models.experiments.experiment import Experiment
from models.people import Member, Profile
from models.standups.standup import Standup
from models.team import Team, TeamChannel, Workspace
from tests.conversation import START, WORKSPACE
from tests.tickets import PLAIN

ZONE = "Europe/Berlin"
_QUIET: dict[str, Any] = {
    "box_ends": date(2027, 2, 1), "box_days": 80, "progress_at": START, "created_at": START,
}  # fmt: skip


def found(
    engine: Engine, teams: int, *, people: int = 20, tickets: int = 8, at: str = "09:30"
) -> None:
    """So many teams as of START, whose standups ask everybody at that hour in Berlin."""
    with db.transaction(engine) as session:
        session.add(Workspace(slack_id=WORKSPACE, created_at=START, zone=ZONE))
        session.flush()
        for n in range(1, teams + 1):
            _team(session, n, [f"U{n}P{k:02}" for k in range(people)], at)
            for k in range(tickets):
                given = PLAIN | _QUIET | {"number": n * 100 + k, "owner": f"U{n}P{k:02}"}
                session.add(Experiment(team_id=n, **given))


def _team(session: Session, n: int, people: list[str], at: str) -> None:
    place = f"C{n}TEAM"
    began = START - timedelta(days=60)
    row = Team(id=n, workspace=WORKSPACE, name=f"Team {n}", zone=ZONE, created_at=began)
    row.team_channel = row.alerts_channel = place
    row.leads_channel = f"C{n}LEADS"
    session.add(row)
    session.flush()
    session.add(TeamChannel(workspace=WORKSPACE, channel=place, team_id=n))
    for k, user in enumerate(people):
        session.add(Profile(workspace=WORKSPACE, user_id=user, name=user.lower(), zone=ZONE))
        session.add(Member(team_id=n, user_id=user, role="member" if k else "lead"))
    session.add(
        Standup(
            team_id=n, channel=place, people=people, at=at, days=[0, 1, 2, 3, 4],
            starts_on=START.date(), set_at=began, created_by=people[0], created_at=began,
        )
    )  # fmt: skip
