"""Loosening at the same moment: asked once, done once, and nobody of another team does it."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.errors import NotFound
from core.evals.definition_of_done import Requirement, as_records
from models import db
from models.evals.gate import DoneDefinition
from models.evals.loosening import Loosening
from models.team import Team
from services.evals import definition_of_done, loosening
from services.team import begin
from tests.at_once import at_once
from tests.conversation import START, WORKSPACE
from tests.numbers import lab
from tests.tickets import person_of

TOXIC = Requirement("toxicity", "safety", "lower", threshold=0.001)
LOOSER = replace(TOXIC, threshold=0.1)


@pytest.fixture
def founded(postgres_engine: Engine) -> Engine:
    engine = postgres_engine
    with db.transaction(engine) as session:
        for name, leads in (("NLP", ("ULEE", "UKIM")), ("Vision", ("UNOOR",))):
            team = begin(session, WORKSPACE, name, now=START)
            for lead in leads:
                person_of(session, team, lead, role="lead", name=lead)
            records = as_records([TOXIC])
            session.add(DoneDefinition(team_id=team.pk, requirements=records, by="U", at=START))
    return engine


def _teams(engine: Engine) -> list[int]:
    with Session(engine) as session:
        return [pk for pk in session.exec(select(Team.id).order_by(Team.id)) if pk]


def _kept(engine: Engine) -> tuple[int, int]:
    with Session(engine) as session:
        asked, written = (session.exec(select(t)).all() for t in (Loosening, DoneDefinition))
        return len(asked), len(written)


@pytest.mark.postgres
def test_asked_and_confirmed_by_two_at_once_it_is_one(founded):
    team, _ = _teams(founded)
    raised = at_once([lambda: definition_of_done.put(lab(founded), team, LOOSER, by="ULEE")] * 2)
    assert raised == []
    assert _kept(founded) == (1, 2)
    assert at_once([lambda: loosening.confirm(lab(founded), team, 1, by="UKIM")] * 2) == []
    assert _kept(founded) == (1, 3)


@pytest.mark.postgres
def test_another_team_finds_no_such_request(founded):
    team, other = _teams(founded)
    asked = definition_of_done.put(lab(founded), team, LOOSER, by="ULEE").waits
    assert asked
    for act in (loosening.confirm, loosening.decline):
        with pytest.raises(NotFound):
            act(lab(founded), other, asked.id, by="UNOOR")
