"""Every way of answering on both databases, also twice at once."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.errors import Refused
from handlers.routes import table
from jobs.standups import evening as evening_job
from jobs.standups import standup as job
from models import db
from models.experiments.learning import Learning
from models.experiments.measurement import Measurement
from models.standups.answer import Answer
from models.standups.early import Early
from models.standups.mood import Mood, MoodMark
from services.experiments import prediction
from services.standups import early, evening, mood
from services.standups.early import EarlyAnswer
from tests import databases
from tests.conversation import TEAM, Conversation
from tests.standups import PEOPLE, arrange, parent, said, ticket

FOUR = PEOPLE | {"UDEE": ("Dee", "UTC")}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Conversation]:
    """A standup of four with mood, evening check and EXP-042, on a database that several
    connections use at once (SQLite as a file); its Monday round is open.
    """
    if request.param == "postgres":
        yield _opened(request.getfixturevalue("postgres_engine"))
        return
    engine = db.open_engine(databases.file(tmp_path / "lab.db"))
    yield _opened(engine)
    engine.dispose()


def _opened(engine: Engine) -> Conversation:
    talk = Conversation(engine=engine, table=table())
    arrange(talk, FOUR)
    ticket(talk, 42)
    talk.say("/standup mood on")
    talk.say("/standup evening 17:30")
    _add_a_number(talk)
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()
    return talk


def _add_a_number(talk: Conversation) -> None:
    blocks = talk.say("/standup questions").blocks
    value = next(b["elements"][0]["value"] for b in blocks if b.get("block_id") == "add")
    talk.press("standup_question_add", value)
    talk.submit_open({"text": "How many runs?", "kind": "number"})


def _rows(talk, table):
    with Session(talk.engine) as session:
        return list(session.exec(select(table)))


def _at_once(*acts: Callable[[], object]) -> list[Exception]:
    raised: list[Exception] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_a_number_is_kept_read_and_counted(shared):
    shared.write("a\nb\nnone\n~7", "UBEN", channel="DBEN")
    shared.press("standup_answer", "1")
    shared.submit_open({"q0": "a", "q3": "12"})
    assert said(shared, "answer:1:UBEN") == "Ben: a · b · none · ~7"
    shared.later(hours=4)
    shared.run(job.run)
    assert "How many runs? median 9.5 (7 to 12)" in parent(shared)


def test_an_early_answer_is_filed_once_although_two_processes_open_the_round(shared):
    shared.press("standup_answer", "1")
    shared.submit_open({"q0": "a"})
    shared.say("/standup answer tomorrow")
    shared.submit_open({"q0": "ahead", "q3": "3"})
    shared.deliver()
    shared.later(days=1)
    assert _at_once(*[lambda: shared.run(job.run)] * 2) == []
    assert _rows(shared, Early) == []
    assert [row.replies[0] for row in _rows(shared, Answer)] == ["a", "ahead"]
    assert said(shared, "answer:2:UANA") == "Ana: ahead · 3"


def test_two_forms_at_once_are_one_early_answer(shared):
    shared.press("standup_answer", "1")
    shared.submit_open({"q0": "a"})
    meta = json.loads(shared.say("/standup answer tomorrow").modal["private_metadata"])
    on = shared.now.date() + timedelta(days=1)
    assert meta == {"standup": 1, "on": on.isoformat(), "team": TEAM}

    def send() -> None:
        early.submit(shared.lab, TEAM, EarlyAnswer("UANA", 1, on, replies=["x", "", "", ""]))

    assert _at_once(send, send) == []
    assert len(_rows(shared, Early)) == 1


def test_of_two_votes_of_one_person_at_once_one_counts(shared):
    def vote() -> None:
        mood.vote(shared.lab, TEAM, "UANA", (1, "5"))

    assert [type(error) for error in _at_once(vote, vote)] == [Refused]
    assert [row.counts for row in _rows(shared, Mood)] == [[0, 0, 0, 0, 1]]


def test_votes_of_several_at_once_are_all_counted_and_forgotten_as_marks(shared):
    votes = [lambda user=user: mood.vote(shared.lab, TEAM, user, (1, "3")) for user in FOUR]
    assert _at_once(*votes) == []
    assert [row.counts for row in _rows(shared, Mood)] == [[0, 0, 4, 0, 0]]
    shared.later(hours=4)
    shared.run(job.run)
    assert _rows(shared, MoodMark) == []
    assert "Mood: 3.0 of 5 (4 votes)" in parent(shared)


def test_the_evening_asks_once_although_two_processes_do(shared):
    shared.later(hours=8)
    assert _at_once(*[lambda: shared.run(evening_job.run)] * 2) == []
    assert [row.key for row in shared.sent("evening:")] == ["evening:1"]
    given = ("Dropout hurts", "42")
    evening.keep(shared.lab, TEAM, ("UANA", 1), given)
    assert [(row.text, row.about) for row in _rows(shared, Learning)] == [
        ("Dropout hurts", ",42,")
    ]


def test_a_result_is_compared_once_although_two_answer_at_once(shared):
    shared.say("/exp update EXP-042 0.79")
    shared.say("/exp leads add <@UBEN>")

    def say(by: str, matched: str) -> None:
        prediction.say(shared.lab, TEAM, 1, matched, by=by)

    raised = _at_once(lambda: say("UANA", "worse"), lambda: say("UBEN", "better"))
    assert [type(error) for error in raised] == [Refused]
    assert next(row.matched for row in _rows(shared, Measurement)) in {"worse", "better"}
    assert str(shared.say("/exp history EXP-042").blocks).count("*compared*") == 1
