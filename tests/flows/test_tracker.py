"""A real MLflow server, swept: what runs tell experiments, and what decisions tell runs."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.config import read
from bot.doctor_trackers import trackers
from bot.sweeper import READERS, Sweeper
from core.workspace.tracker import Wish
from ingest.remote.tracker import Calls, Trouble
from models import db
from models.blockers.blocker import Blocker
from models.experiments.experiment import Change
from models.tracking.run import Run, RunCurve
from models.tracking.tracker import Tracker
from services.decisions import kill
from services.decisions.kill import Order
from services.experiments import history
from services.ports import Lab, Policy
from services.tracking import sweep, tracker
from services.tracking.sweep import Errand
from services.tracking.tracker import Mapping
from tests import databases
from tests.conversation import TEAM, PlainTestWriter
from tests.tickets import experiment as ticket
from tests.tickets import person, stored
from tests.tracked import HOUR, NOW, Tracked

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("mlflow")]


@pytest_asyncio.fixture
async def tracked(mlflow, tmp_path, request) -> AsyncIterator[Tracked]:
    engine = db.open_engine(databases.file(tmp_path / "tracked.db"))
    stored(engine, ticket((0.74,)), leads_channel="CLEADS", team_channel="CTEAM")
    stored(engine, ticket(number=43), team_id=TEAM)
    person(engine, "UANA", name="Ana", role="lead")
    now = [NOW]
    policy = Policy(tracker_nets=("127.0.0.0/8",))
    lab = Lab(engine, lambda: now[0], PlainTestWriter(), policy)
    name = request.node.name
    tracker.connect(lab, TEAM, Wish("mlflow", mlflow.url, (name,)), by="UANA")
    yield Tracked(lab, mlflow, name, mlflow.project(name), now)
    engine.dispose()


async def test_a_run_is_one_point_its_best_and_its_hours_are_added_once(tracked):
    run = tracked.trained("EXP-042 lora", [0.81, 0.9, 0.88], gpus="2", dataset_version="v7")
    tracked.mlflow.param(run, "base_model", "llama-3-8b")
    tracked.mlflow.param(run, "api_key", "sk-abcdefghijklmnopqrstuvwx")
    assert await tracked.sweep() == 1
    assert tracked.points() == [("EXP-042 lora", 0.9, True)]
    seen = tracked.ticket()
    assert (seen.best, seen.gpu_used) == (0.9, 6.0)
    assert [look.source for look in seen.looks] == ["pulled"]  # what was typed does not count now
    kept = tracked.kept("EXP-042 lora")
    assert (kept.model, kept.dataset, kept.hours_known) == ("llama-3-8b", "v7", "measured")
    assert "api_key" not in kept.params
    assert [row.points for row in tracked.rows(RunCurve)] == [[[0, 0.81], [1, 0.9], [2, 0.88]]]
    assert len(tracked.heard("reached its target")) == 1
    assert tracked.heard("is connected: 1 run of our experiments.")
    changes = len(tracked.rows(Change))
    assert await tracked.sweep() == 1
    assert await tracked.sweep() == 1
    assert (tracked.ticket().gpu_used, len(tracked.rows(Change))) == (6.0, changes)


async def test_a_sweep_without_news_asks_little(tracked):
    for n in range(4):
        tracked.trained(f"EXP-042 s{n}", [0.7, 0.8])
    await tracked.sweep()
    hashes = [row.hash for row in tracked.rows(Run)]
    sweeper, asked = Sweeper(tracked.lab, {}, lambda: None), []
    opened = sweeper.calls
    sweeper.calls = lambda *to: asked.append(opened(*to)) or asked[-1]  # type: ignore[method-assign]
    tracked.now[0] += timedelta(minutes=16)
    await sweeper.drain()
    assert [calls.count for calls in asked] == [2]  # the project, and a page of runs
    assert [row.hash for row in tracked.rows(Run)] == hashes


async def test_where_training_stops_being_a_number_is_told_once_also_when_it_recovers(tracked):
    run = tracked.run("EXP-042 fp16", hours_ago=1)
    losses: list[Any] = [2.0 - 0.01 * step for step in range(60)]
    losses[47] = "NaN"
    tracked.mlflow.log(run, tracked.now[0], train__loss=losses, val_accuracy=[0.7, 0.8])
    await tracked.sweep()
    await tracked.sweep()
    tracked.mlflow.log(run, tracked.now[0], train__loss={60: 1.2})
    await tracked.sweep()
    assert len(tracked.heard("run EXP-042 fp16 diverged at step 47 (train/loss) and still")) == 1
    [blocker] = tracked.rows(Blocker)
    assert blocker.text == (
        "The training of EXP-042 has diverged at step 47 (train/loss) in run EXP-042 fp16."
    )
    assert tracked.ticket().training_status == "diverged"
    assert tracked.ticket().best == 0.8
    newer = tracked.run("EXP-042 bf16", hours_ago=0)
    tracked.mlflow.log(newer, tracked.now[0], train__loss=[2.0, 1.9])
    await tracked.sweep()
    assert tracked.ticket().training_status == "running"
    assert [row.state for row in tracked.rows(Blocker)] == ["resolved"]


async def test_an_infinite_value_is_never_the_best(tracked):
    tracked.trained("EXP-042 exploded", [0.8, "Infinity", "NaN", 0.6])
    await tracked.sweep()
    assert tracked.points() == [("EXP-042 exploded", 0.8, True)]
    assert tracked.kept("EXP-042 exploded").diverged_step == 1


async def test_a_late_tag_maps_a_run_that_ended_long_before(tracked):
    run = tracked.trained("amber-fox", [0.8], gpus="1")
    await tracked.sweep()
    assert tracked.points() == []
    assert [one.name for one in tracker.overview(tracked.lab, TEAM).loose] == ["amber-fox"]
    tracked.mlflow.tag(run, "exp_id", "EXP-042")
    await tracked.sweep()
    assert tracked.points() == [("amber-fox", 0.8, True)]
    assert tracked.ticket().gpu_used == 3.0
    tracked.mlflow.tag(run, "exp_id", "EXP-043")
    await tracked.sweep()
    assert (tracked.ticket(42).best, tracked.ticket(42).gpu_used) == (0.74, 0.0)
    assert (tracked.ticket(43).best, tracked.ticket(43).gpu_used) == (0.8, 3.0)


async def test_a_run_with_children_counts_nowhere_also_when_they_come_later(tracked):
    parent = tracked.trained("EXP-042 sweep", [0.99], gpus="1")
    await tracked.sweep()
    assert tracked.ticket().gpu_used == 3.0
    for n, value in enumerate((0.8, 0.9, 0.85)):
        tags = {"mlflow__parentRunId": parent, "gpus": "1", "exp_id": "EXP-042"}
        tracked.trained(f"child {n}", [value], **tags)
    await tracked.sweep()
    assert sorted(value for _, value, _ in tracked.points()) == [0.8, 0.85, 0.9]
    assert (tracked.ticket().best, tracked.ticket().gpu_used) == (0.9, 9.0)


async def test_a_killed_run_is_not_a_killed_experiment(tracked):
    run = tracked.run("EXP-042 stopped by hand")
    tracked.mlflow.log(run, tracked.now[0] - 3 * HOUR, val_accuracy=[0.8])
    tracked.mlflow.end(run, tracked.now[0], "KILLED")
    await tracked.sweep()
    assert tracked.kept("EXP-042 stopped by hand").status == "stopped"
    assert (tracked.ticket().stage, tracked.ticket().best) == ("experiment", 0.8)


async def test_a_silent_run_is_told_once_and_its_hours_end_an_hour_after_its_last_news(tracked):
    run = tracked.run("EXP-042 gone", hours_ago=10, gpus="4")
    tracked.mlflow.log(run, tracked.now[0] - 9 * HOUR, train__loss=[2.0])
    await tracked.sweep()
    await tracked.sweep(hours=3)
    kept = tracked.kept("EXP-042 gone")
    assert (kept.gpu_hours, kept.hours_known) == (8.0, "estimated")  # 1 h until its news, and 1 h
    assert tracked.ticket().gpu_used == 8.0
    assert len(tracked.heard("was not heard of since")) == 1


async def test_what_was_deleted_is_told_and_what_it_gave_stays(tracked):
    run = tracked.trained("EXP-042 tidy", [0.8], gpus="1")
    await tracked.sweep()
    tracked.mlflow.delete(run)
    await tracked.sweep()
    await tracked.sweep()
    assert len(tracked.heard("was deleted in its tracker")) == 1
    assert (tracked.ticket().best, tracked.ticket().gpu_used) == (0.8, 3.0)


async def test_a_run_that_names_two_experiments_is_told_and_waits_for_a_person(
    tracked,
):
    tracked.trained("EXP-042 against EXP-043", [0.8])
    tracked.trained("EXP-999", [0.8])
    await tracked.sweep()
    assert tracked.points() == []
    [told] = tracked.heard("A run belongs to one experiment")
    assert "EXP-042 against EXP-043 names EXP-042, EXP-043" in told
    assert "EXP-999 names EXP-999" in told
    key = tracked.kept("EXP-042 against EXP-043").id
    tracker.map_run(tracked.lab, TEAM, Mapping(key, 43), by="UANA")
    await tracked.sweep(seconds=1)
    assert (tracked.ticket(42).best, tracked.ticket(43).best) == (0.74, 0.8)


async def test_a_mapped_project_takes_its_unnamed_runs(tracked):
    tracked.trained("amber-fox", [0.8])
    tracked.trained("blue-owl", [0.82])
    await tracked.sweep()
    key = tracked.kept("amber-fox").id
    tracker.map_run(tracked.lab, TEAM, Mapping(key, 42, whole=True), by="UANA")
    await tracked.sweep(seconds=1)
    assert {row.mapped for row in tracked.rows(Run)} == {"project"}
    assert tracked.ticket().best == 0.82


async def test_gpu_hours_nobody_can_know_stay_unknown(tracked):
    tracked.trained("EXP-042 plain", [0.8])
    await tracked.sweep()
    kept = tracked.kept("EXP-042 plain")
    assert (kept.gpu_hours, kept.hours_known, tracked.ticket().gpu_used) == (None, "unknown", 0.0)


async def test_a_run_that_ends_between_two_sweeps_is_read_again_within_two_minutes(tracked):
    run = tracked.run("EXP-042 short", hours_ago=1)
    tracked.mlflow.log(run, tracked.now[0], val_accuracy=[0.7])
    await tracked.sweep()
    tracked.mlflow.log(run, tracked.now[0], val_accuracy={1: 0.83})
    tracked.mlflow.end(run, tracked.now[0])
    await tracked.sweep(seconds=121)
    assert tracked.kept("EXP-042 short").status == "finished"
    assert tracked.points() == [("EXP-042 short", 0.83, True)]


async def test_a_decision_stands_at_the_run_and_an_undo_takes_it_away(tracked):
    run = tracked.trained("EXP-042 lora", [0.8])
    await tracked.sweep()
    done = kill.kill(tracked.lab, TEAM, Order(42, "UANA", "Rank 32 overfits on 2,000 examples"))
    assert await tracked.sweep(seconds=1) == 1  # the run's row, and nothing is swept yet
    tags = tracked.mlflow.tags(run)
    assert (tags["decision"], tags["final_metric"], tags["learnings"]) == (
        "killed", "0.8", "Rank 32 overfits on 2,000 examples",
    )  # fmt: skip
    assert tags["decided_at"] == tracked.ticket().decided_at.isoformat()
    assert await tracked.sweep(seconds=1) == 0
    history.undo(tracked.lab, TEAM, by="UANA", change_id=done.change_id)
    assert await tracked.sweep(seconds=1) == 1
    assert not {"decision", "final_metric", "learnings", "decided_at"} & set(
        tracked.mlflow.tags(run)
    )


async def test_a_project_the_key_cannot_see_is_told_once(tracked):
    wish = Wish("mlflow", tracked.mlflow.url, (tracked.name, "vision"))
    tracker.connect(tracked.lab, TEAM, wish, by="UANA")
    await tracked.sweep()
    await tracked.sweep()
    assert len(tracked.heard("it has no experiment “vision” that I may see")) == 1
    [row] = tracked.rows(Tracker)
    assert "vision" in row.trouble


async def test_a_server_that_does_not_know_its_name_is_explained(tracked):
    """The real refusal, as the reader meets it behind a name of a container."""
    headers = {"Host": "mlflow:5000"}
    async with Calls(tracked.mlflow.url, headers, ("127.0.0.0/8",)) as calls:
        with pytest.raises(Trouble, match="--allowed-hosts") as refused:
            await READERS["mlflow"](calls).runs(_errand(tracked))
    assert "403 “Invalid Host header”" in str(refused.value)


def _errand(tracked: Tracked) -> Errand:
    tracked.now[0] += timedelta(minutes=16)
    return sweep.due(tracked.lab, tracked.now[0])[0]


async def test_the_doctor_says_what_answers_and_what_does_not(tracked, tmp_path):
    given = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "TRACKER_NETS": "127.0.0.1"}
    config = read(given | {"DATABASE_URL": f"sqlite:///{tmp_path / 'tracked.db'}"})
    wish = Wish("mlflow", "http://localhost:1", ("rag",))
    tracker.connect(tracked.lab, TEAM, wish, by="UANA")
    good, bad = await trackers(config)
    assert (good.state, bad.state) == ("ok", "wrong")
    assert tracked.name in good.what
    assert bad.remedy.startswith("it cannot be reached")
