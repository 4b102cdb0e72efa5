"""The digest's draft in both databases, and two people or processes at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from bot.writer import PlainWriter
from core.errors import Refused
from core.llm.endpoint import LlmAnswer, LlmQuestion
from models.digest import draft as table
from models.digest.digest import Digest
from models.digest.draft import Edition, EditionStep
from services.desk import desk
from services.digest import draft, draft_act, draft_schedule, posting
from services.ports import Lab
from tests import seeded
from tests.conversation import TEAM
from tests.editions import FRIDAY_FOUR, FRIDAY_TWO
from tests.weeks import promoted
from tests.worded import ON


def _lab(engine, now=FRIDAY_TWO) -> Lab:
    return Lab(engine=engine, clock=lambda: now, writer=PlainWriter())


@pytest.fixture
def team_id(engine) -> int:
    """A team in Berlin with both channels and something to tell."""
    made = seeded.team(engine, zone="Europe/Berlin", digest_channel="CX", leads_channel="CL")
    seeded.tickets(engine, promoted(3, 0.883))
    return made


def _drafted(engine, team_id: int) -> None:
    assert draft_schedule.make(_lab(engine), team_id, FRIDAY_TWO) is True
    assert draft_schedule.make(_lab(engine), team_id, FRIDAY_TWO) is False


def _hold(engine, by: str) -> bool:
    return draft_act.hold(_lab(engine, FRIDAY_FOUR), TEAM, by=by)[1]


def test_a_draft_is_made_held_released_and_posted(engine, team_id):
    _drafted(engine, team_id)
    assert _hold(engine, "UBEN") is True
    assert posting.publish(_lab(engine), team_id, FRIDAY_FOUR) is False
    assert draft_act.release(_lab(engine, FRIDAY_FOUR), TEAM, by="UANA")[1] is True
    assert posting.publish(_lab(engine), team_id, FRIDAY_FOUR) is True
    assert posting.publish(_lab(engine), team_id, FRIDAY_FOUR) is False
    with Session(engine) as session:
        row = table.last(session, team_id)
        assert (row.state, row.by) == ("posted", "UANA")
        assert [one.what for one in table.steps(session, row.id)] == ["held", "released"]
        (posted,) = session.exec(select(Digest)).all()
        assert posted.sections[0]["key"] == "headline"


def test_the_draft_of_one_team_is_nobody_elses(engine, team_id):
    _drafted(engine, team_id)
    other = seeded.team(engine, "T0OTHER")
    with desk(_lab(engine), other) as here:
        with pytest.raises(Refused, match="don't find that draft"):
            draft.find(here, 1)
        with pytest.raises(Refused, match="no draft of the digest yet"):
            draft.find(here)


def test_two_leads_holding_at_once_are_one_and_a_second(postgres_engine):
    team_id = seeded.team(postgres_engine, digest_channel="CX", leads_channel="CL",
                          zone="Europe/Berlin")  # fmt: skip
    _drafted(postgres_engine, team_id)
    together = threading.Barrier(2)

    def press(by: str) -> bool:
        together.wait(timeout=10)
        return _hold(postgres_engine, by)

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(press, ["UANA", "UBEN"])) == [False, True]
    with Session(postgres_engine) as session:
        assert len(session.exec(select(EditionStep)).all()) == 1


def test_holding_while_it_is_posted_ends_in_one_of_the_two(postgres_engine):
    team_id = seeded.team(postgres_engine, digest_channel="CX", leads_channel="CL",
                          zone="Europe/Berlin")  # fmt: skip
    _drafted(postgres_engine, team_id)
    together = threading.Barrier(2)

    def post() -> bool:
        together.wait(timeout=10)
        return posting.publish(_lab(postgres_engine), team_id, FRIDAY_FOUR)

    def hold() -> bool:
        together.wait(timeout=10)
        try:
            return _hold(postgres_engine, "UBEN")
        except Refused:
            return False

    with ThreadPoolExecutor(2) as both:
        posted, held = both.submit(post), both.submit(hold)
        outcome = (posted.result(timeout=20), held.result(timeout=20))
    assert outcome in {(True, False), (False, True)}
    with Session(postgres_engine) as session:
        (row,) = session.exec(select(Edition)).all()
        assert row.state == ("posted" if outcome[0] else "held")
        assert len(session.exec(select(Digest)).all()) == int(outcome[0])


def test_two_processes_drafting_at_once_draft_one(postgres_engine):
    team_id = seeded.team(postgres_engine, digest_channel="CX", leads_channel="CL",
                          zone="Europe/Berlin")  # fmt: skip
    together = threading.Barrier(2)

    class Together:
        def write(self, asked: LlmQuestion) -> LlmAnswer:
            together.wait(timeout=10)
            raise RuntimeError("no words")

    def make(_) -> bool:
        lab = replace(_lab(postgres_engine), writer=Together(), llm=ON)
        return draft_schedule.make(lab, team_id, FRIDAY_TWO)

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(make, range(2))) == [False, True]
