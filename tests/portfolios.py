"""Scenes with a portfolio: Support (Ana leads) and Vision (Lena leads) are read in CEXEC."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from core.experiments.experiment import FIELDS, Experiment
from jobs.digest import digest as job
from jobs.digest import need
from models import db
from models.digest.portfolio import Portfolio
from models.experiments.experiment import Experiment as Row
from models.outbox import Outbox
from models.team import Team, TeamChannel
from services import team as teams
from tests import seeded
from tests.conversation import WORKSPACE, Conversation
from tests.tickets import person_of
from tests.weeks import killed, live

FRIDAY_FOUR = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # 16:00 in Berlin
FRIDAY_TWO = FRIDAY_FOUR - timedelta(hours=2)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KEY = "portfolio:T0LAB:CEXEC:2026-W48"
SUPPORT, VISION = 1, 2


def another(engine: Engine, name: str, *values: Experiment, **given: object) -> int:
    """One more team of the workspace that is read in CEXEC, with those experiments; its id."""
    usual = {"zone": "Europe/Berlin", "digest_channel": "CEXEC"}
    with db.transaction(engine) as session:
        made = teams.begin(session, WORKSPACE, name, now=MONDAY)
        for column, value in (usual | given).items():
            setattr(made, column, value)
        for value in values:
            session.add(Row(team_id=made.id, **{f: getattr(value, f) for f in FIELDS}))
        return made.pk


def scene(talk: Conversation, **vision: object) -> Conversation:
    """Both teams, each with a week behind it."""
    seeded.team(talk.engine, name="Support", zone="Europe/Berlin", digest_channel="CEXEC",
                team_channel="CSUPPORT", created_at=MONDAY)  # fmt: skip
    seeded.tickets(talk.engine, killed(2, "Rank 32 overfits"), live(3, 0.883))
    usual: dict[str, object] = {"team_channel": "CVISION", "leads_channel": "CVLEADS"}
    another(talk.engine, "Vision", live(7, 0.71, metric="mAP", target=0.8), **usual | vision)
    with db.transaction(talk.engine) as session:
        for team, lead, name in ((SUPPORT, "UANA", "Ana"), (VISION, "ULENA", "Lena")):
            theirs = session.get_one(Team, team)
            person_of(session, theirs, lead, role="lead", name=name)
            for channel in filter(None, {theirs.team_channel, theirs.leads_channel}):
                session.add(TeamChannel(
                    workspace=WORKSPACE, channel=channel, team_id=team))  # fmt: skip
    return talk


def asked(talk: Conversation) -> None:
    """Vision asks Dana for money and for people."""
    for typed in (
        "Approve 4 more A100s owner=<@UDANA> by=2026-12-04 amount=$12k",
        "Hire annotators owner=<@UDANA> by=2026-12-09 amount=2 people",
    ):
        talk.say(f"/need add {typed}", by="ULENA", channel="CVISION")


def at(talk: Conversation, when: datetime) -> Conversation:
    """The clock's turn at that moment, and what it says is delivered."""
    talk.now = when
    talk.run(job.post_due)
    talk.run(need.carry)
    talk.deliver()
    return talk


def posted(talk: Conversation) -> Outbox:
    """The one message in CEXEC that stands by itself."""
    (row,) = [
        r
        for r in talk.sent()
        if (r.workspace, r.channel) == (WORKSPACE, "CEXEC") and not r.thread_of
    ]
    assert row.key == KEY
    return row


def now_says(talk: Conversation) -> str:
    """What it says now, with its blocks."""
    edits = talk.sent(f"edit:{KEY}")
    payload = (edits or [posted(talk)])[-1].payload
    return f"{payload['text']}\n{payload['blocks']}"


def pages(talk: Conversation) -> list[str]:
    """The keys of what stands in its thread."""
    return [row.key for row in talk.sent() if row.thread_of == KEY]


def kept(talk: Conversation) -> list[Portfolio]:
    """Every way it ever stood, oldest first."""
    with Session(talk.engine) as session:
        return list(session.exec(select(Portfolio).order_by(Portfolio.id)))  # type: ignore[arg-type]
