"""A workspace with a team and people who start another."""

import json

from sqlmodel import Session, select

from models.people import Member
from models.team import Team
from models.workspace.audit import TeamEvent
from tests.tickets import experiment, person, stored


def arrange(talk):
    """Ada runs the app; Lee leads NLP in CNLP, Ana and Ben work there; Zoe is new."""
    roles = {"UADA": "admin", "ULEE": "lead", "UANA": "member", "UBEN": "member"}
    for user_id, role in roles.items():
        person(talk.engine, user_id, role=role)
    stored(talk.engine, experiment((0.8,)), name="NLP")
    talk.send("setup", settings(team_channel="CNLP"), by="ULEE")
    return talk


def settings(**given):
    """What the settings form sends."""
    plain = {"zone": "UTC", "metric_direction": "higher", "digest_day": "fri", "digest_hour": "16"}
    return plain | given


def vision(lab, by="UZOE"):
    """Zoe starts Vision in CVIS; it is team 2."""
    return lab.say("/team new Vision", by=by, channel="CVIS")


def roles(lab, name):
    """Who is what in that team."""
    with Session(lab.engine) as session:
        team = session.exec(select(Team).where(Team.name == name)).one()
        rows = session.exec(select(Member).where(Member.team_id == team.id))
        return {row.user_id: row.role for row in rows}


def audited(lab, what):
    """Who did that, to whom, from what to what."""
    with Session(lab.engine) as session:
        rows = session.exec(select(TeamEvent).where(TeamEvent.what == what))
        return [(row.who, row.user_id, row.before, row.after) for row in rows]


def shown(reply):
    """The blocks as text."""
    return json.dumps(reply.blocks, ensure_ascii=False)
