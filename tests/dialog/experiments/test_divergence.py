"""Blockers of the Experiment column: a cause from the words, and a training that diverges."""

import pytest

from tests.experiments import bring
from tests.standups import led_round, stuck

LEARNED = "Rank 64 is unstable above 1e-4."


@pytest.fixture
def diverged(talk):
    """EXP-001 has diverged."""
    bring(talk, "result")
    talk.later(minutes=1)
    talk.say("/exp update 1 training=nan")
    return talk


def _list(talk, which="all"):
    return str(talk.say(f"/blocker list {which}").blocks)


def test_a_training_that_diverges_is_a_blocker_of_its_owner(diverged):
    heard = diverged.say("/blocker BLK-001").text
    assert heard == "BLK-001 open: UANA is stuck on training divergence"
    diverged.say("/exp update 1 training=diverged")
    assert diverged.say("/blocker list").text.startswith("1 blocker")


def test_it_is_over_when_the_training_runs_again_and_back_when_it_diverges_again(diverged):
    diverged.say("/exp update 1 training=running")
    assert diverged.say("/blocker BLK-001").text.startswith("BLK-001 resolved by UANA")
    assert "training is running" in str(diverged.say("/blocker BLK-001").blocks)
    diverged.say("/exp update 1 training=diverged")
    assert diverged.say("/blocker BLK-001").text.startswith("BLK-001 open")


def test_undoing_the_mark_withdraws_the_blocker(diverged):
    diverged.say("/exp undo")
    assert "Nobody is stuck" in diverged.say("/blocker list").text
    assert "BLK-001" not in _list(diverged)


def test_a_kill_closes_it_and_its_undo_opens_it_again(diverged):
    diverged.say(f"/kill 1 {LEARNED}")
    assert "EXP-001 was killed" in str(diverged.say("/blocker BLK-001").blocks)
    diverged.say("/exp undo")
    assert diverged.say("/blocker BLK-001").text.startswith("BLK-001 open")
    assert "blocked: training divergence" in str(diverged.say("/board").blocks)


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ("GPU quota is gone", "GPU shortage"),
        ("labels are noisy", "data quality"),
        ("the loss of EXP-1 went to NaN", "training divergence"),
        ("waiting for the data of the vendor", ""),
    ],
)
def test_the_words_of_a_standup_answer_name_the_cause(talk, told, cause):
    led_round(talk)
    stuck(talk, told)
    shown = str(talk.say("/blocker BLK-001"))
    assert (cause in shown) if cause else ("cause:" not in shown)


def test_not_stuck_in_a_standup_leaves_the_blocker_of_a_ticket_open(talk):
    led_round(talk)
    bring(talk, "result")
    talk.say("/exp update 1 training=diverged")
    stuck(talk, "not stuck")
    assert talk.say("/blocker BLK-001").text.startswith("BLK-001 open")


def test_a_cause_is_corrected_and_taken_away(talk):
    led_round(talk)
    stuck(talk, "waiting for the data of the vendor")
    assert talk.say("/blocker cause BLK-001 data").text == "BLK-001: cause data quality."
    assert "cause: data quality" in str(talk.say("/blocker BLK-001").blocks)
    assert talk.say("/blocker cause BLK-001 none").text == "BLK-001: no cause."


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("BLK-001", "No cause is named: there are data_quality, gpu_shortage"),
        ("BLK-001 weather", "“weather” is no cause"),
        ("BLK-009 gpu", "There is no BLK-009."),
    ],
)
def test_a_cause_that_is_none_is_refused(diverged, said, heard):
    assert heard in diverged.say(f"/blocker cause {said}").text


@pytest.mark.parametrize("said", ["loss=nan", "train_loss=-inf", "training=exploded"])
def test_a_loss_that_is_no_number_is_a_divergence_and_no_result(talk, said):
    bring(talk, "result")
    assert "training not told → diverged" in talk.say(f"/exp update 1 {said}").text
    assert "BLK-001 open" in talk.say("/blocker BLK-001").text
