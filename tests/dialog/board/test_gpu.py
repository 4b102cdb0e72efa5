"""/gpu: who trains, who waits, whose turn it is."""

from datetime import timedelta

import pytest
from sqlmodel import select

from core.board.gpu import Capacity, stored
from jobs.board import gpu as job
from models import db
from models.experiments.experiment import Experiment
from tests import seeded
from tests.conversation import START
from tests.gpus import one_gpu, ready


def blocks(reply):
    return str(reply.blocks)


@pytest.fixture
def lab(talk):
    """One GPU, held by EXP-042; EXP-043 (Ben) and EXP-044 (Cem) are ready; ULEE leads."""
    return one_gpu(talk)


def queue_both(lab):
    lab.say("/exp move 43 experiment", by="UBEN")
    lab.later(minutes=1)
    return lab.say("/exp move 44 experiment", by="UCEM")


def test_without_a_limit_nothing_waits_and_the_page_says_how_to_set_one(talk):
    seeded.tickets(talk.engine, ready(43))
    reply = talk.say("/gpu")
    assert reply.text == "GPUs: 0 in training, no limit is set, 0 wait"
    assert "A lead sets a limit with `/gpu 4`" in blocks(reply)
    assert "moved" in talk.say("/exp move 43 experiment").text


def test_who_is_ready_beyond_the_gpus_is_queued_with_a_place(lab):
    first = lab.say("/exp move 43 experiment", by="UBEN")
    assert first.text == "EXP-043 is queued for a GPU, place 1; it stays in hypothesis"
    assert "1 of 1 places are taken: EXP-042" in blocks(first)
    second = lab.say("/exp move 44 experiment", by="UCEM")
    assert second.text == "EXP-044 is queued for a GPU, place 2; it stays in hypothesis"
    assert lab.say("/exp move 43 experiment", by="UBEN").text == first.text
    page = lab.say("/gpu queue")
    assert page.text == "GPUs: 1 of 1 in training, 2 wait"
    assert "Move up" not in blocks(page)
    assert "hypothesis" in blocks(lab.say("/exp EXP-043"))


def test_when_a_run_ends_the_next_owner_is_told_once_and_starts_with_a_button(lab):
    queue_both(lab)
    lab.run(job.call_next)
    assert lab.sent("gpu:1:EXP") == []
    lab.say("/exp update 42 acc=0.86")
    lab.say("/exp update 42 training=complete")
    lab.say("/exp move 42 evaluation")
    lab.run(job.call_next)
    lab.run(job.call_next)
    told = lab.sent("gpu:1:EXP")
    assert [(row.channel, row.payload["text"]) for row in told] == [
        ("UBEN", "EXP-043: your turn, a GPU is free for it")
    ]
    start = told[0].payload["blocks"][1]["elements"][0]
    done = lab.press(start["action_id"], start["value"], by="UBEN")
    assert "moved" in done.text
    assert "in experiment already" in lab.press(start["action_id"], start["value"], by="UBEN").text
    assert lab.say("/gpu").text == "GPUs: 1 of 1 in training, 1 waits"


def test_a_gpu_is_released_before_the_stage_ends_and_taken_back(lab):
    queue_both(lab)
    reply = lab.say("/gpu done EXP-042")
    assert reply.text == "EXP-042 has released its GPU and stays in experiment."
    assert [row.channel for row in lab.sent("gpu:1:EXP")] == ["UBEN"]
    assert "released its GPU already" in lab.say("/gpu done EXP-042").text
    assert "GPU released" in blocks(lab.say("/gpu"))
    assert lab.press("gpu_resume", "42").text == "EXP-042 holds its GPU again."
    assert "has not released" in lab.press("gpu_resume", "42").text


def test_a_complete_training_frees_its_gpu_by_itself(lab):
    queue_both(lab)
    lab.say("/exp update 42 acc=0.86 training=complete")
    lab.run(job.call_next)
    assert [row.channel for row in lab.sent("gpu:1:EXP")] == ["UBEN"]
    assert "released its GPU already" in lab.say("/gpu done 42").text
    assert "is complete" in lab.press("gpu_resume", "42").text


def test_a_turn_nobody_takes_within_a_working_day_goes_to_the_next(lab):
    queue_both(lab)
    lab.say("/gpu done EXP-042")
    lab.later(hours=23)
    lab.run(job.call_next)
    assert len(lab.sent("gpu:1:EXP")) == 1
    lab.later(hours=1, minutes=1)
    lab.run(job.call_next)
    assert [row.channel for row in lab.sent("gpu:1:EXP") if row.kind == "post"] == ["UBEN", "UCEM"]
    passed = lab.sent("edit:gpu:1:EXP-043")[0].payload["text"]
    assert passed == "EXP-043: its turn on a GPU has passed, it waits at place 1"
    assert "let its turn pass" in blocks(lab.say("/gpu"))


def test_a_turn_over_a_weekend_holds_until_monday(lab):
    lab.now = START + timedelta(days=4)  # Friday
    queue_both(lab)
    lab.say("/gpu done EXP-042")
    lab.later(days=2)
    lab.run(job.call_next)
    assert len(lab.sent("gpu:1:EXP")) == 1


def test_not_now_passes_the_turn_on_at_once(lab):
    queue_both(lab)
    lab.say("/gpu done EXP-042")
    assert "left the GPU queue" in lab.press("gpu_leave", "43", by="UBEN").text
    assert lab.sent("edit:gpu:1:EXP-043")[0].payload["text"] == (
        "EXP-043: its turn on a GPU has passed, it left the queue"
    )
    assert [row.channel for row in lab.sent("gpu:1:EXP") if row.kind == "post"] == ["UBEN", "UCEM"]
    assert "does not wait for a GPU" in lab.say("/gpu leave 43", by="UBEN").text


def test_leads_change_the_order_and_let_one_run(lab):
    queue_both(lab)
    page = lab.say("/gpu", by="ULEE")
    assert blocks(page).index("EXP-043") < blocks(page).index("EXP-044")
    moved = lab.press("gpu_up", "44", by="ULEE")
    assert moved.text == "EXP-044 is at place 1 now."
    assert blocks(moved).rindex("EXP-044") < blocks(moved).rindex("EXP-043")
    assert "is first already" in lab.press("gpu_up", "44", by="ULEE").text
    let = lab.press("gpu_run", "43", by="ULEE")
    assert let.text == "EXP-043 may run now; its owner is told."
    assert "has its turn already" in lab.press("gpu_run", "43", by="ULEE").text
    assert lab.sent("gpu:1:EXP-043:1:let")[0].channel == "CTEAM"
    assert "moved" in lab.say("/exp move 43 experiment", by="UBEN").text


def test_the_queue_follows_planning_when_every_worth_is_known(lab):
    seeded.tickets(lab.engine, ready(45, worth=2), ready(46, worth=9))
    for number in (45, 46):
        lab.say(f"/exp move {number} experiment")
        lab.later(minutes=1)
    page = lab.say("/gpu")
    assert "worth × bits learned" in blocks(page)
    assert blocks(page).index("EXP-046") < blocks(page).index("EXP-045")
    lab.say("/exp move 43 experiment", by="UBEN")
    page = lab.say("/gpu")
    assert "first come" in blocks(page)
    assert blocks(page).index("EXP-045") < blocks(page).index("EXP-046")


def test_more_gpus_call_who_waits_and_no_limit_calls_all(lab):
    queue_both(lab)
    lab.say("/gpu 2", by="ULEE")
    assert [row.channel for row in lab.sent("gpu:1:EXP")] == ["UBEN"]
    assert lab.say("/gpu off", by="ULEE").text.startswith("No number of GPUs is set any more")
    assert [row.channel for row in lab.sent("gpu:1:EXP")] == ["UBEN", "UCEM"]
    assert "moved" in lab.say("/exp move 44 experiment", by="UCEM").text


def test_what_is_missing_is_said_before_anything_is_queued(lab):
    seeded.tickets(lab.engine, ready(45, dataset_ready=False))
    assert "the dataset is not ready" in lab.say("/exp move 45 experiment").text
    assert "Only the owner" in lab.say("/exp move 43 experiment", by="UCEM").text
    assert lab.say("/gpu").text == "GPUs: 1 of 1 in training, 0 wait"


def test_the_form_queues_too(lab):
    lab.say("/exp move 43", by="UBEN")
    queued = lab.submit_open({"stage": "experiment"}, by="UBEN")
    assert queued.text.startswith("EXP-043 is queued for a GPU, place 1")


def test_two_who_start_at_once_only_one_gets_the_gpu(talk_on_both):
    talk = talk_on_both
    seeded.team(talk.engine, settings={"gpu": stored(Capacity(places=1))})
    seeded.tickets(talk.engine, ready(43), ready(44))
    assert "moved" in talk.say("/exp move 43 experiment").text
    assert "place 1" in talk.say("/exp move 44 experiment").text
    talk.run(job.call_next)
    assert talk.sent("gpu:1:EXP") == []
    talk.say("/gpu done 43")
    talk.run(job.call_next)
    assert len(talk.sent("gpu:1:EXP")) == 1


def test_a_long_queue_fits_into_a_message(lab):
    lots = [ready(n, title="<!channel> & " + "x" * 140) for n in range(50, 75)]
    seeded.tickets(lab.engine, *lots)
    for one in lots:
        lab.say(f"/exp move {one.number} experiment")
    page = lab.say("/gpu", by="ULEE")
    assert "15 more wait" in blocks(page)
    assert "<!channel" not in blocks(page)


def test_nobody_takes_the_gpu_of_who_waits_between_two_ticks(lab):
    lab.say("/exp move 43 experiment", by="UBEN")
    lab.say("/exp update 42 acc=0.86 training=complete")
    assert "is queued for a GPU" in lab.say("/exp move 44 experiment", by="UCEM").text
    assert [row.channel for row in lab.sent("gpu:1:EXP")] == ["UBEN"]


def test_with_nobody_behind_it_a_turn_stays(lab):
    lab.say("/exp move 43 experiment", by="UBEN")
    lab.say("/gpu done 42")
    lab.later(days=3)
    lab.run(job.call_next)
    assert [row.kind for row in lab.sent("gpu:1:EXP")] == ["post"]
    assert "moved" in lab.say("/exp move 43 experiment", by="UBEN").text


def test_a_run_that_comes_back_holds_its_gpu_again(lab):
    lab.say("/gpu done 42")
    lab.later(minutes=1)
    with db.transaction(lab.engine) as session:  # as a reopening leaves it
        session.exec(select(Experiment).where(Experiment.number == 42)).one().stage_since = lab.now
    assert lab.say("/gpu").text == "GPUs: 1 of 1 in training, 0 wait"
