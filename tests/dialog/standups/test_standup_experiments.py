"""Experiments, results and blockers named in standup answers."""

import pytest
from sqlmodel import Session, select

from jobs.standups import standup as job
from models.blockers import blocker as blockers
from models.experiments.experiment import Change, Experiment
from models.experiments.experiment import chosen as experiments
from services.blockers import blocker
from tests import seeded
from tests.standups import open_round, ticket

ANSWER = {"q0": "The reranker hurts short queries", "q1": "Distil it", "q2": "none"}


def _team(talk, session):
    return seeded.team_row(session)


def test_experiments_named_are_progress_and_unknown_ids_are_left_out(talk):
    ticket(talk, 42)
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER | {"q0": "exp 42 beats EXP-999"})
    with Session(talk.engine) as session:
        row = experiments(session, 1)[0]
        assert row.progress_at == talk.now
        change = session.exec(select(Change)).one()
        assert (change.who, change.action) == ("UANA", "standup")
    blocks = talk.sent("answer:1:UANA")[0].payload["blocks"]
    assert "About EXP-042" in str(blocks)
    assert "EXP-999" not in str(blocks[-1])


def test_a_closed_experiment_is_named_but_not_moved(talk):
    ticket(talk, 42, stage="killed", outcome="killed")
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER | {"q0": "EXP-042 taught us a lot"})
    with Session(talk.engine) as session:
        assert experiments(session, 1)[0].progress_at < talk.now
        assert session.exec(select(Change)).all() == []
    assert "About EXP-042" in str(talk.sent("answer:1:UANA")[0].payload["blocks"])


def test_a_result_given_with_the_answer_is_recorded_once(talk):
    ticket(talk, 42)
    open_round(talk)
    view = talk.say("/standup").modal
    assert "EXP-042 Try 42" in str(view)
    talk.submit_open(ANSWER | {"experiment": "42", "result": "0.83", "gpu": "6h"})
    talk.say("/standup")
    talk.submit_open({"q2": "no"})
    with Session(talk.engine) as session:
        row = session.exec(select(Experiment)).one()
        assert (row.gpu_used, row.progress_at) == (6.0, talk.now)
        assert [c.action for c in session.exec(select(Change))] == ["reported"]
    assert "Reported EXP-042: accuracy 0.83, 6 GPU-hours more" in str(
        talk.sent("answer:")[-1].payload
    )


def test_a_result_given_with_the_answer_that_meets_the_target_is_told_to_the_team(talk):
    ticket(talk, 42)
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER | {"experiment": "42", "result": "0.86"})
    told = [row.payload["text"] for row in talk.sent("decision:EXP-042")]
    assert [text for text in told if "reached its target" in text] == told[:1] != []


@pytest.mark.parametrize(
    ("values", "field", "heard"),
    [
        ({"result": "0.83"}, "experiment", "Which experiment is this of?"),
        ({"experiment": "42", "result": "good"}, "result", "is no number"),
        ({"experiment": "42", "gpu": "some"}, "gpu", "GPU-hours"),
    ],
)
def test_a_result_that_cannot_be_read_is_refused_at_its_field_and_nothing_is_kept(
    talk, values, field, heard
):
    ticket(talk, 42)
    open_round(talk)
    talk.say("/standup")
    assert heard in talk.submit_open(ANSWER | values).errors[field]
    assert talk.sent("answer:") == []


def test_without_open_experiments_the_form_asks_for_no_result(talk):
    open_round(talk)
    blocks = talk.say("/standup").modal["blocks"]
    assert [block["block_id"] for block in blocks if block["type"] == "input"] == [
        "q0",
        "q1",
        "q2",
    ]


def test_blockers_follow_the_answer(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER | {"q2": "labels are late; GPU quota"})

    def open_kinds():
        with Session(talk.engine) as session:
            return [(b.name, b.kind) for b in blocker.open_of_team(session, _team(talk, session))]

    assert open_kinds() == [("Ana", "data"), ("Ana", "compute")]
    talk.say("/standup")
    talk.submit_open({"q2": "labels are late"})
    assert open_kinds() == [("Ana", "data")]
    talk.later(days=1)
    talk.run(job.run)
    talk.say("/standup")
    talk.submit_open(ANSWER | {"q2": "still waiting for labels"})
    with Session(talk.engine) as session:
        [row] = blockers.open_of(session, 1)
        assert row.text == "still waiting for labels"
        assert row.at.day == 23  # its age counts from Monday
    talk.later(days=1)
    talk.run(job.run)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    assert open_kinds() == []


def test_editing_an_old_answer_leaves_newer_blockers_alone(talk):
    open_round(talk)
    talk.press("standup_answer", "1")
    talk.submit_open(ANSWER)
    talk.later(days=1)
    talk.run(job.run)
    talk.press("standup_answer", "2")
    talk.submit_open(ANSWER | {"q2": "GPU quota"})
    talk.press("standup_answer", "1")
    talk.submit_open({"q2": "not stuck"})
    with Session(talk.engine) as session:
        assert [b.kind for b in blockers.open_of(session, 1)] == ["compute"]


def test_a_new_blocker_does_not_close_an_older_one_of_another_kind(talk):
    open_round(talk)
    talk.press("standup_answer", "1")
    talk.submit_open(ANSWER | {"q2": "labels are late"})
    talk.later(days=1)
    talk.run(job.run)
    talk.press("standup_answer", "2")
    talk.submit_open(ANSWER | {"q2": "GPU quota"})
    with Session(talk.engine) as session:
        assert [b.kind for b in blockers.open_of(session, 1)] == ["data", "compute"]


def test_the_prompt_lists_ones_own_open_experiments(talk):
    ticket(talk, 42)
    ticket(talk, 43, owner="UBEN")
    ticket(talk, 44, stage="killed")
    open_round(talk)
    prompt = str(talk.sent("prompt:1:UANA")[0].payload["blocks"])
    assert "EXP-042" in prompt
    assert "EXP-043" not in prompt
    assert "EXP-044" not in prompt
    assert "Skip today" in prompt
    assert "What did you learn?" in prompt
