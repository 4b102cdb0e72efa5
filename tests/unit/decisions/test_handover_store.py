"""Handovers at the same moment: one is done, and nobody waits for each other for ever."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import db
from models.experiments.experiment import Change
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.decisions import handover
from services.decisions.handover import Wish
from services.team import begin
from tests.at_once import at_once
from tests.conversation import START, WORKSPACE
from tests.numbers import lab
from tests.tickets import experiment, person_of, stored


@pytest.fixture
def engine(postgres_engine: Engine) -> Engine:
    with db.transaction(postgres_engine) as session:
        for name, lead in (("NLP", "ULEE"), ("Vision", "UNOOR")):
            team = begin(session, WORKSPACE, name, now=START)
            person_of(session, team, lead, role="lead", name=lead)
    one, other = _teams(postgres_engine)
    stored(postgres_engine, experiment((0.8,)), team_id=one)
    stored(postgres_engine, experiment((0.8,), number=43), team_id=other)
    return postgres_engine


def _teams(engine: Engine) -> tuple[int, int]:
    with Session(engine) as session:
        one, other = session.exec(select(Team.id).order_by(Team.id))
        return one, other


def _whose(engine: Engine) -> dict[int, int]:
    with Session(engine) as session:
        return dict(session.exec(select(Row.number, Row.team_id)).all())


@pytest.mark.postgres
def test_two_presses_at_once_take_it_once(engine):
    one, other = _teams(engine)
    asked = handover.ask(lab(engine), Wish(one, 42, other, "ULEE", "it fits there"))

    def take() -> None:
        handover.accept(lab(engine), other, asked.id, by="UNOOR")

    assert at_once([take] * 3) == []
    assert _whose(engine) == {42: other, 43: other}
    with Session(engine) as session:
        made = session.exec(select(Change).where(Change.action == "handed over")).all()
        assert len(made) == 1


@pytest.mark.postgres
def test_two_teams_take_from_each_other_at_once(engine):
    one, other = _teams(engine)
    there = handover.ask(lab(engine), Wish(one, 42, other, "ULEE", "it fits there"))
    back = handover.ask(lab(engine), Wish(other, 43, one, "UNOOR", "it fits there"))
    acts = [
        lambda: handover.accept(lab(engine), other, there.id, by="UNOOR"),
        lambda: handover.accept(lab(engine), one, back.id, by="ULEE"),
    ]
    raised = at_once(acts)
    assert raised == []
    assert _whose(engine) == {42: other, 43: one}


@pytest.mark.postgres
def test_two_offers_at_once_ask_once(engine):
    one, other = _teams(engine)
    wish = Wish(one, 42, other, "ULEE", "it fits there")
    raised = at_once([lambda: handover.ask(lab(engine), wish)] * 3)
    assert [str(error)[:25] for error in raised] == ["EXP-042 was offered alrea"] * 2
