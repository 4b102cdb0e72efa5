"""Standups on both databases, also when several people or processes act at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.standups.setup import Arrangement, Settings
from jobs.standups import standup as job
from models import db
from models.blockers.blocker import Blocker
from models.experiments import learning as learnings
from models.outbox import Outbox
from models.outbox import find as outbox_find
from models.standups import answer as answers
from models.standups import standup as table
from models.standups.standup import Round
from models.team import Team
from services.ports import Lab
from services.standups import reply, setup, submission
from services.standups.note import Note
from services.standups.submission import Form
from tests import databases, seeded
from tests.at_once import at_once
from tests.conversation import TEAM, PlainTestWriter

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HALF_PAST_NINE = EIGHT + timedelta(minutes=90)
PEOPLE = ("UANA", "UBEN", "UCY", "UDEE")


@pytest.fixture
def lab(engine: Engine) -> Lab:
    """A standup of four whose Monday round is open."""
    return _opened(engine)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lab]:
    """The same, on a database that several connections use at once (SQLite as a file)."""
    if request.param == "postgres":
        yield _opened(request.getfixturevalue("postgres_engine"))
        return
    engine = db.open_engine(databases.file(tmp_path / "lab.db"))
    yield _opened(engine)
    engine.dispose()


def _opened(engine: Engine) -> Lab:
    seeded.team(engine)
    wish = Arrangement(0, Settings("CTEAM", people=PEOPLE))
    setup.save(_at(engine, EIGHT), TEAM, wish, by="UANA", key="K")
    now = _at(engine, HALF_PAST_NINE)
    job.run(now, HALF_PAST_NINE)
    return now


def _at(engine: Engine, now: datetime) -> Lab:
    return Lab(engine=engine, clock=lambda: now, writer=PlainTestWriter())


def _answer(lab: Lab, user: str, text: str = "lr matters") -> None:
    submission.submit(lab, TEAM, user, Form(1, [text, "next", "GPU quota"]))


def test_everything_a_round_holds_is_read_back(lab):
    _answer(lab, "UANA")
    note = Note("UBEN", "DBEN", "9.1", "a\nb\nnone", direct=True)
    assert reply.hear(lab, TEAM, note).state == "answered"
    with lab.begin() as session:
        row = table.last_round(session, 1)
        assert (row.opens_at, row.closes_at) == (
            HALF_PAST_NINE,
            HALF_PAST_NINE + timedelta(hours=4),
        )
        assert [p.state for p in table.prompts_of(session, 1)].count("answered") == 2
        assert [a.replies for a in answers.of_round(session, 1)][1] == ["a", "b", "none"]
        assert answers.said(session, "DBEN", "9.1").text == "a\nb\nnone"
        assert table.dates_done(session, [1], date(2026, 11, 1)) == {1: {date(2026, 11, 23)}}
        team = session.exec(select(Team)).one()
        heard = [("UANA", "lr matters"), ("UBEN", "a")]
        said = learnings.between(session, team.pk, EIGHT, EIGHT + timedelta(days=1))
        assert [(one.user_id, one.text) for one in said] == heard


def test_the_round_is_wrapped_up_and_its_facts_are_frozen(lab):
    _answer(lab, "UANA")
    later = _at(lab.engine, HALF_PAST_NINE + timedelta(hours=4))
    job.run(later, later.clock())
    with lab.begin() as session:
        row = table.last_round(session, 1)
        assert row.state == "closed"
        assert row.wrap_up["answered"] == ["UANA"]
        assert row.wrap_up["blockers"] == {"compute": ["UANA, BLK-001"]}


def test_four_answers_at_once_are_all_counted(shared):
    assert at_once([lambda user=user: _answer(shared, user) for user in PEOPLE]) == []
    with shared.begin() as session:
        assert len(answers.of_round(session, 1)) == 4
        text = outbox_find(session, "edit:round:1").payload["text"]
        assert text == "Standup Mon 23 Nov: 4/4 in, 0 to go"


def test_one_person_answering_twice_at_once_has_one_answer(shared):
    texts = ("first", "second")
    assert at_once([lambda text=text: _answer(shared, "UANA", text) for text in texts]) == []
    with shared.begin() as session:
        [kept] = answers.of_round(session, 1)
        assert kept.replies[0] in texts
        assert len(session.exec(select(Blocker)).all()) == 1
        posts = select(Outbox).where(Outbox.key == "answer:1:UANA")
        assert len(session.exec(posts).all()) == 1


def test_two_processes_ticking_at_once_open_one_round_and_ask_once(shared, caplog):
    tomorrow = HALF_PAST_NINE + timedelta(days=1)
    ticking = _at(shared.engine, tomorrow)
    assert at_once([lambda: job.run(ticking, tomorrow)] * 2) == []
    assert caplog.text == ""
    with Session(shared.engine) as session:
        assert [row.on.day for row in session.exec(select(Round).order_by(Round.on))] == [23, 24]
        asked = [
            row.key for row in session.exec(select(Outbox)) if row.key.startswith("prompt:2:")
        ]
        assert sorted(asked) == [f"prompt:2:{user}" for user in PEOPLE]


def test_two_leads_setting_up_the_same_channel_at_once_make_one_standup(shared):
    wish = Arrangement(0, Settings("CNEW", people=("UANA",)))
    raised = at_once([lambda: setup.save(shared, TEAM, wish, by="UANA", key="K")] * 2)
    assert ["has a standup already" in str(error) for error in raised] == [True]
    with shared.begin() as session:
        assert len(table.of_team(session, 1)) == 2


def test_missed_rounds_in_a_row_are_found_the_first_first(lab):
    for day in range(3):
        for hours in (1.5, 6.5):
            now = EIGHT + timedelta(days=day, hours=hours)
            job.run(_at(lab.engine, now), now)
    with Session(lab.engine) as session:
        last = table.round_on(session, 1, date(2026, 11, 25))
        before = [row.on.day for row in table.missed_before(session, last, "UANA")]
        assert before == [23, 24]
        table.prompt_of(session, 1, "UANA").state = "answered"
        assert [row.on.day for row in table.missed_before(session, last, "UANA")] == [24]
        assert table.missed_before(session, last, "USTRANGER") == []
