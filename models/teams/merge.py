"""What becomes another team's when two are made one, in a handful of bulk updates.

Every table with a team in it is named here (tests/unit/teams/test_merge_store.py sees to it).
"""

from collections.abc import Mapping

from sqlalchemy import Table, UniqueConstraint, func, select, update
from sqlmodel import Session, SQLModel

from models import db

# What people work on and what they said: it goes along, unless the other team has the same.
MOVES = (
    "approval", "blocker", "change", "dataset", "draft", "driftsource", "engineering",
    "evalpush", "experiment", "gateattempt", "gateoverride", "gputurn", "handover",
    "hookevent", "issueimport", "killrequest", "learning", "llmcall", "note", "outbox", "proposal",
    "pushed", "quoted", "standup", "teamchannel", "teamevent", "trial", "turn", "usagerecord",
    "vendorcontact",
)  # fmt: skip
# The same, numbered in its team: it gets numbers behind those that are there.
RENUMBERED = ("issuedesk", "retroaction", "token", "tracker", "webhook")
# How a team was steered and what it told in its own weeks: the other's stands.
STAYS = (
    "canvas", "day_off", "digest", "donedefinition", "edition", "forecast", "loosening", "member",
    "onboarding",
    "phasedecision", "profile", "retroidea", "retrovote", "sprint", "symptomseen",
)  # fmt: skip


def counts(session: Session, team_id: int) -> Mapping[str, int]:
    """How many rows of each table would go along, by its name."""
    found = {}
    for name in (*MOVES, *RENUMBERED):
        table = _table(name)
        wanted = select(func.count()).select_from(table).where(table.c.team_id == team_id)
        found[name] = int(session.execute(wanted).scalar_one())
    return found


def move(session: Session, team_id: int, into: int) -> None:
    """Everything that goes along is the other team's from now on."""
    session.flush()
    for name in MOVES:
        _move(session, _table(name), team_id, into)
    for name in RENUMBERED:
        table = _table(name)
        top = select(func.coalesce(func.max(table.c.number), 0)).where(table.c.team_id == into)
        behind = table.c.number + int(session.execute(top).scalar_one())
        theirs = update(table).where(table.c.team_id == team_id)
        session.execute(theirs.values(team_id=into, number=behind))
    chosen = update(_table("profile")).where(_table("profile").c.team_id == team_id)
    session.execute(chosen.values(team_id=into))
    db.forget(session)


def _move(session: Session, table: Table, team_id: int, into: int) -> None:
    theirs = update(table).where(table.c.team_id == team_id).values(team_id=into)
    other = table.alias("other")
    for same in _one_a_team(table):
        twin = select(other.c.team_id).where(other.c.team_id == into)
        twin = twin.where(*(other.c[name] == table.c[name] for name in same))
        theirs = theirs.where(~twin.exists())
    session.execute(theirs)


def _one_a_team(table: Table) -> list[list[str]]:
    """What may stand once a team: columns of its keys beside the team's."""
    keys = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    named = [[column.name for column in key.columns] for key in [*keys, table.primary_key]]
    return [[name for name in key if name != "team_id"] for key in named if "team_id" in key]


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]
