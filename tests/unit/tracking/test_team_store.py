"""The message of a team's experiments, kept and edited by several at once."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.outbox import Outbox
from services.ports import Lab
from services.tracking import team
from tests.at_once import at_once
from tests.conversation import START, PlainTestWriter
from tests.tickets import experiment, stored


@pytest.fixture
def lab(engine: Engine) -> Lab:
    stored(engine, experiment((0.8,)), team_channel="CTEAM")
    return Lab(engine=engine, clock=lambda: START, writer=PlainTestWriter())


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_four_who_keep_it_at_once_keep_one(lab: Lab):
    assert at_once([lambda: team.keep(lab, 1, channel="CTEAM")] * 4) == []
    with Session(lab.engine) as session:
        rows = list(session.exec(select(Outbox)))
    assert [row.kind for row in rows if row.key.startswith("track:team:")] == ["post"]
