"""What W&B tells of a run becomes a run like any tracker's."""

import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.tracking import run as rules
from core.tracking.run import Hours, Latest
from ingest.remote.tracker import Trouble
from ingest.remote.wandb_run import number, run_of

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
DATA = Path(__file__).parents[2] / "data" / "wandb"
NODE = {"name": "abc1", "state": "finished", "createdAt": "2026-12-01T07:00:00Z",
        "heartbeatAt": "2026-12-01T10:00:00"}  # fmt: skip


def told(**more):
    texts = {key: json.dumps(one) if isinstance(one, dict) else one for key, one in more.items()}
    return run_of(NODE | texts, "lab/support", AT)


def _machine(**seen):
    return {"_wandb": {"value": {"e": {"writer": seen, "other": {"cpu_count": 2}}}}}


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("running", "running"), ("pending", "running"), ("preempting", "running"),
        ("finished", "finished"), ("failed", "failed"), ("crashed", "failed"),
        ("killed", "stopped"), ("preempted", "stopped"), ("levitating", "running"),
        (None, "running"),
    ],
)  # fmt: skip
def test_a_state_is_one_of_ours(state, status):
    run = told(state=state)
    assert run.status == status
    assert run.ended == (None if status == "running" else AT - timedelta(hours=2))


def test_a_run_that_waits_for_a_machine_is_neither_stale_nor_costs_hours():
    run = told(state="pending", tags=["gpus:4"])
    assert not rules.is_stale(run, AT)
    assert rules.hours(run, AT + timedelta(hours=5)) == Hours(None, "unknown")


def test_what_wandbs_logger_writes_is_understood():
    """Of a real `wandb sync` (0.31.0): bare NaN and Infinity, nested metrics, its own notes."""
    synced = json.loads((DATA / "synced.json").read_text())
    run = run_of(NODE | synced, "lab/support", AT)
    assert run.params == {"lr": "0.1", "data.v": "7"}
    assert {name: one.value for name, one in run.latest.items()} == {
        "train/loss": None, "val.acc": 0.9,
    }  # fmt: skip
    assert run.latest["val.acc"].step == 2
    assert run.latest["val.acc"].at.date() == AT.date()
    assert (rules.named(run), rules.gpus(run), run.seconds) == ((42,), (2, "measured"), 0.0)


def test_a_run_that_was_synced_later_began_when_it_was_started():
    run = told(config=_machine(startedAt="2026-11-29T08:00:00.779972Z"))
    assert run.started == datetime(2026, 11, 29, 8, 0, 0, 779972, tzinfo=UTC)
    assert told(config=_machine(startedAt="2026-12-09T08:00:00Z")).started == AT - timedelta(
        hours=5
    )


def test_a_run_that_gives_no_sign_for_an_hour_is_stale():
    assert rules.is_stale(told(state="running"), AT)
    assert not rules.is_stale(told(state="running", heartbeatAt="2026-12-01T11:30:00Z"), AT)


@pytest.mark.parametrize(
    ("tags", "config", "numbers"),
    [
        (["EXP-042", "baseline"], {}, (42,)),
        (["exp_id:EXP-042"], {}, (42,)),
        (["exp_id=42", "EXP-043"], {}, (43,)),
        (["EXP-042", "EXP-043"], {}, (42, 43)),
        (["lora"], {"exp_id": {"value": "EXP-042"}}, (42,)),
        (["EXP-043"], {"exp_id": {"value": "EXP-042"}}, (43,)),
        (None, {}, ()),
    ],
)
def test_a_run_names_its_experiment_in_a_tag_or_else_a_parameter(tags, config, numbers):
    assert rules.named(told(tags=tags, config=config)) == numbers


def test_hours_are_those_it_ran_also_over_pauses_with_its_gpus():
    resumed = {"_wandb": {"runtime": 3600}, "_runtime": 3599.2}
    assert rules.hours(told(summaryMetrics=resumed, tags=["gpus:2"]), AT) == Hours(2.0, "measured")
    assert rules.hours(told(config={"gpus": {"value": 2}}), AT) == Hours(6.0, "measured")
    assert rules.hours(told(config=_machine(gpu_count=8)), AT) == Hours(24.0, "estimated")
    tagged = told(config=_machine(gpu_count=8), tags=["gpus=2"])
    assert rules.hours(tagged, AT) == Hours(6.0, "measured")
    seen = dict.fromkeys(["system.gpu.0.gpu", "system.gpu.1.gpu", "gpu.1.memory", "system.cpu"], 9)
    assert rules.hours(told(systemMetrics=seen), AT) == Hours(6.0, "estimated")
    assert rules.hours(told(), AT) == Hours(None, "unknown")


def test_a_summarys_numbers_are_its_newest_values_and_nothing_else_of_it_is():
    summary = {
        "loss": "NaN", "grad": "-Infinity", "acc": 0.9, "best": {"acc": {"max": 0.95}},
        "val": {"acc": {"last": 0.8, "max": 0.85}}, "done": True, "note": "ok", "none": None,
        "hist": {"_type": "histogram", "bins": [1]}, "_step": 9, "_timestamp": AT.timestamp(),
        "decision": "killed", "final_metric": 0.7,
    }  # fmt: skip
    assert told(summaryMetrics=summary).latest == {
        "loss": Latest(None, 9, AT), "grad": Latest(None, 9, AT), "acc": Latest(0.9, 9, AT),
        "best.acc": Latest(0.95, 9, AT), "val.acc": Latest(0.8, 9, AT),
    }  # fmt: skip


def test_a_config_is_parameters_with_what_is_nested_by_dots():
    config = {
        "lr": {"value": 0.1, "desc": None},
        "data": {"value": {"name": "t", "on": True}},
        "layers": {"value": [1, 2]},
        "_wandb": {"value": {"v": 1}},
        "empty": {"value": None},
    }
    assert told(config=config, commit="abcdef1").params == {
        "lr": "0.1", "data.name": "t", "data.on": "true", "layers": "[1, 2]",
    }  # fmt: skip
    assert rules.commit(told(commit="abcdef1")) == "abcdef1"


@pytest.mark.parametrize("name", ["config", "summaryMetrics", "systemMetrics"])
@pytest.mark.parametrize(
    "text", [None, "", "[]", "7", '"x"', "{}", '{"a": NaN}', '{"_wandb": {"value": {"e": 7}}}']
)
def test_what_is_missing_or_odd_leaves_a_run(name, text):
    assert run_of(NODE | {name: text, "tags": None}, "lab/support", AT).source_id == (
        "lab/support/abc1"
    )


def test_what_is_no_json_is_told():
    with pytest.raises(Trouble):
        run_of(NODE | {"config": "{"}, "lab/support", AT)


def test_a_number_may_be_none():
    assert number(10**400) == math.inf
    assert [number(one) for one in ("0.5", "nan", True, None, [], {})] == [None] * 6
