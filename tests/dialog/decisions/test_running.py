"""Runs of our runner whose experiment is over: who is asked, what the runner hears."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.sweeper import Sweeper
from core.errors import NotFound
from core.tracking.beat import Beat
from core.tracking.run import Latest, Run
from core.workspace.token import Pusher
from models.experiments.experiment import Experiment
from models.tracking import run as table
from models.tracking.tracker import Tracker
from services.decisions import running
from services.desk import desk
from services.tracking import beat, keep
from tests.conversation import TEAM
from tests.tickets import MONDAY, experiment, person, stored

CI = Pusher(TEAM, "CI for Ana", owner="UANA")
BEAT = Beat(42, "20261123-run", 1, "train.py", "gpu-7", "running", began=3600.0, seconds=3600.0,
            gpus=2, stops=True, metrics={"val_accuracy": [(1, 0.8, 60.0)]})  # fmt: skip
LEARNED = "The curve bends at rank 32, more data will not help."


@pytest.fixture
def led(talk):
    stored(talk.engine, experiment(box_ends=None), team_channel="CTEAM")
    person(talk.engine, "UANA", name="Ana", role="lead")
    person(talk.engine, "UBEN", name="Ben")
    return talk


def heard(talk, seq, **more):
    return running.hear(talk.lab, CI, replace(BEAT, seq=seq, **more))


def used(talk):
    with Session(talk.engine) as session:
        return session.exec(select(Experiment)).one().gpu_used


def last_line(talk):
    return talk.sent("edit:decision:EXP-042")[-1].payload["text"]


def test_the_owner_is_asked_once_and_one_press_stops_the_run(led):
    assert heard(led, 1).order == ""
    led.say(f"/kill EXP-042 {LEARNED}")
    assert [heard(led, seq).order for seq in (2, 3)] == ["", ""]
    (asked,) = led.sent("run:")
    assert asked.channel == "UANA"
    assert asked.payload["text"] == (
        "EXP-042 was killed by Ana, and run train.py goes on on gpu-7 (2 GPU-hours)."
    )
    assert last_line(led).endswith("run train.py still running on gpu-7")
    run = asked.payload["blocks"][1]["elements"][0]["value"]
    assert led.press("run_stop", run, by="UBEN").text.startswith("Only the owner (Ana) or a lead")
    assert led.press("run_stop", run).text.startswith("Run train.py hears it")
    told = heard(led, 4)
    assert (told.order, told.why) == ("stop", "EXP-042 was killed by Ana")
    led.later(seconds=41)
    heard(led, 5, state="stopped", ended=0.0, seconds=3641.0, exit_code=143)
    assert last_line(led).endswith("run train.py stopped after 41 s, 22 GPU-hours saved")
    assert led.press("run_stop", run).text == "Run train.py has ended already."


def test_a_run_that_may_not_be_stopped_is_only_told_of(led):
    assert led.say("/track runs stop").text.startswith("When an experiment is killed, paused")
    heard(led, 1, stops=False)
    led.say(f"/kill EXP-042 {LEARNED}")
    assert heard(led, 2, stops=False).order == ""
    (asked,) = led.sent("run:")
    assert "without `--stop-on-kill`" in asked.payload["text"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("/exp update EXP-042 training=paused", "EXP-042 is paused"),
        ("/exp update EXP-042 gpu=24", "all 24 GPU-hours of EXP-042 are used"),
    ],
)
def test_a_pause_and_a_spent_budget_reach_it_too(led, said, why):
    led.say("/track runs stop")
    heard(led, 1)
    led.say(said)
    told = heard(led, 2)
    assert (told.order, told.why) == ("stop", why)
    assert "I am stopping run train.py on gpu-7 now" in led.sent("run:")[0].payload["text"]


def test_an_undone_kill_takes_the_order_back(led):
    led.say("/track runs stop")
    heard(led, 1)
    led.say(f"/kill EXP-042 {LEARNED}")
    assert heard(led, 2).order == "stop"
    led.press("kill_undo", led.sent("decision:EXP-042:")[0].key.rsplit(":", 1)[1])
    assert heard(led, 3).order == ""


def test_hours_are_totals_in_whatever_order_beats_come(led):
    for seq, seconds in ((1, 3600.0), (3, 7200.0), (2, 5400.0), (3, 7200.0)):
        heard(led, seq, seconds=seconds)
    assert used(led) == 4.0
    heard(led, 4, seconds=9000.0, state="finished", ended=0.0)
    heard(led, 5, seconds=99999.0)  # what comes after the end is a stray
    assert used(led) == 5.0


def test_a_run_of_an_experiment_that_the_team_has_not_is_refused(led):
    with pytest.raises(NotFound):
        heard(led, 1, experiment=99)


def test_a_training_that_mlflow_knows_too_is_one_result_and_counts_its_hours_once(led):
    heard(led, 1)
    at = MONDAY - timedelta(minutes=5)
    seen = Run("ml-1", "support", "lora", "running", at - timedelta(hours=1), None,
               {"exp_id": "EXP-042", "gpus": "2", "assay_run": BEAT.run},
               latest={"val_accuracy": Latest(0.8, 1, at)})  # fmt: skip
    with desk(led.lab, TEAM) as here:
        theirs = Tracker(team_id=TEAM, number=9, kind="mlflow", connected_by="UANA",
                         connected_at=MONDAY)  # fmt: skip
        here.session.add(theirs)
        here.session.flush()
        keep.take(here, theirs, [seen], {}, frozenset())
    heard(led, 2, seconds=7200.0)
    assert used(led) == 4.0
    with Session(led.engine) as session:
        first, second = table.of_experiment(session, session.exec(select(Experiment)).one().pk)
    assert {one.measurement_id for one in (first, second)} == {None}


def silent(talk, **later):
    talk.later(**later)
    return beat.find_silent(talk.lab, talk.now)


def test_a_run_of_which_nothing_is_heard_for_an_hour_is_stale_until_it_is_heard_again(led):
    heard(led, 1)
    assert silent(led, minutes=60) == 0
    assert silent(led, minutes=1) == 1
    (told,) = led.sent("run:")
    assert told.channel == "UANA"
    assert "run train.py says it is running, and was not heard of since" in told.payload["text"]
    assert told.payload["text"].endswith("I stop counting its hours (2 GPU-hours).")
    assert silent(led, hours=5) == 0  # once
    assert used(led) == 2.0
    assert "stale" in led.say("/track EXP-042").text + str(led.replies[-1].blocks)
    heard(led, 2, seconds=7200.0)
    assert "stale" not in str(led.say("/track EXP-042").blocks)
    assert used(led) == 4.0
    assert silent(led, minutes=59) == 0
    assert silent(led, minutes=2) == 1
    assert len(led.sent("run:")) == 2


def test_a_run_that_ended_is_not_stale(led):
    heard(led, 1, state="finished", ended=0.0)
    assert silent(led, hours=9) == 0


async def test_whoever_reads_trackers_looks_for_it(led):
    heard(led, 1)
    led.later(minutes=61)
    woken = []
    sweeper = Sweeper(led.lab, {}, lambda: woken.append(1))
    for _ in range(2):
        await sweeper.drain()
    assert (len(led.sent("run:")), woken) == (1, [1])
