"""Blockers on both databases: numbers, and people acting at once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import Refused
from models.blockers import blocker as table
from models.blockers.blocker import Blocker
from models.outbox import Outbox
from models.outbox import find as outbox_find
from models.team import Team
from services.blockers import actions
from services.blockers.actions import BlockerRequest
from services.ports import Lab
from tests.at_once import at_once
from tests.conversation import PlainTestWriter

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def _new(kind: str = "data", **more: object) -> Blocker:
    given = {"user_id": "UANA", "text": "labels", "channel": "C1", "thread": "round:1"} | more
    return Blocker(team_id=1, number=0, kind=kind, at=NOW, moved_at=NOW, **given)


@pytest.fixture
def lab(engine: Engine) -> Lab:
    with Session(engine) as session:
        session.add(Team(workspace="T1", created_at=NOW))
        session.add(Outbox(key="round:1", workspace="T1", channel="C1", created_at=NOW))
        session.commit()
    return Lab(engine=engine, clock=lambda: NOW, writer=PlainTestWriter())


def _add(lab: Lab, kind: str = "data", **more: object) -> None:
    with lab.begin() as session:
        table.add(session, _new(kind, **more))


def test_numbers_go_on_also_past_withdrawn_ones(lab):
    _add(lab, state="withdrawn")
    _add(lab, "compute")
    with lab.begin() as session:
        [row] = table.of_team(session, 1)
        assert (row.number, row.kind) == (2, "compute")
        assert table.hold(session, 1, 9) is None


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_four_new_blockers_at_once_get_four_numbers(lab):
    assert at_once([lambda: _add(lab)] * 4) == []
    with lab.begin() as session:
        assert sorted(row.number for row in table.of_team(session, 1)) == [1, 2, 3, 4]


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_two_people_resolving_at_once_resolve_it_once(lab):
    _add(lab)
    acts = [BlockerRequest(1, 1, who, f"{who} fixed it") for who in ("UANA", "UBEN")]
    raised = at_once([lambda act=act: actions.resolve(lab, act) for act in acts])
    assert [type(error) for error in raised] == [Refused]
    with lab.begin() as session:
        row = table.hold(session, 1, 1)
        assert row.resolution == f"{row.closed_by} fixed it"
        assert len(row.trail) == 1
        assert outbox_find(session, "blocker:1:step:1") is not None
