"""GPU-hours as pushed: totals with names, so that nothing counts twice."""

import json

import pytest

from core.errors import Refused
from ingest.file import File
from ingest.usage import read_usage


def pushed(text):
    return read_usage(File("usage", text.encode()))


def refusal_of(text):
    with pytest.raises(Refused) as refusal:
        pushed(text)
    return refusal.value.sentence


JOB = {"schema": "usage/1", "experiment": "EXP-042", "source_id": "j1", "gpu_hours": 6.5}
SACCT = """JobID|JobName|State|ElapsedRaw|AllocTRES|Comment
7|train|COMPLETED|7200|cpu=8,gres/gpu=4,gres/gpu:a100=4|EXP-042
8|exp-43-sweep|RUNNING|1800|cpu=8,gres/gpu:a100=1,gres/gpu:h100=1|
9|exp-42|COMPLETED|60|cpu=8|
10|notebook|COMPLETED|60|gres/gpu=1|
"""


def test_json_lists_and_lines_are_the_same_records():
    other = JOB | {"source_id": "j0"}
    as_list = pushed(json.dumps([JOB, other]))
    as_lines = pushed(f"{json.dumps(JOB)}\n{json.dumps(other)}\n")
    assert as_list == as_lines
    assert [one.source_id for one in as_list.records] == ["j0", "j1"]
    assert pushed(json.dumps(JOB)).records[0].gpu_hours == 6.5


def test_csv_takes_hours_or_wall_clock_times_gpus():
    push = pushed(
        "exp_id,job_id,gpus,hours,gpu_hours,cost,currency\n42,a,4,2,,7.5,eur\n7,b,,,3,,\n"
    )
    first, second = push.records
    assert (first.experiment, first.gpu_hours, first.gpus) == ("EXP-042", 8.0, 4.0)
    assert (first.cost.amount, first.cost.currency) == (7.5, "EUR")
    assert (second.experiment, second.gpu_hours, second.quality) == ("EXP-007", 3.0, "declared")


def test_a_day_names_a_total_as_well_as_a_job_does():
    push = pushed("experiment,date,gpu_type,gpu_hours\nEXP-1,2026-11-23,a100,3\n")
    assert push.records[0].source_id == "2026-11-23 EXP-1 a100"


def test_sacct_counts_the_untyped_gpus_once_and_names_jobs_of_no_experiment():
    push = pushed(SACCT)
    found = {one.source_id: (one.experiment, one.gpu_hours, one.state) for one in push.records}
    assert found == {
        "7": ("EXP-042", 8.0, "final"),
        "8": ("EXP-043", 1.0, "running"),
        "9": ("EXP-042", 0.0, "final"),
    }
    assert push.notes == ("1 jobs name no single experiment: 10",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (json.dumps([JOB, JOB]), "record 2: j1 stands twice"),
        (json.dumps(JOB | {"gpu_hours": -1}), "record 1: gpu_hours: input should be greater"),
        (json.dumps(JOB | {"gpu_hours": float("nan")}), "record 1: gpu_hours"),
        (json.dumps(JOB | {"experiment": "chatbot"}), "“chatbot” is no experiment id"),
        (json.dumps(JOB | {"schema": "eval/1"}), "of schema eval/1, not usage/1"),
        ("exp_id,job_id,gpu_hours\nEXP-1,,2\n", "line 2: source_id"),
        ("exp_id,job_id,gpu_hours\nEXP-1,j,\n", "line 2: gpu_hours"),
        ("exp_id,job_id,gpu_hours\nEXP-1,j,2h\n", "“2h” is no number"),
        ("job_id,gpu_hours\nj,2\n", "no column for the experiment"),
        ("[]", "it holds no usage"),
        ("", "it is empty"),
    ],
)
def test_a_fault_is_named(text, said):
    assert said in refusal_of(text)


def test_a_record_that_ends_before_it_starts_is_refused():
    times = {"started_at": "2026-11-23T10:00:00Z", "ended_at": "2026-11-23T09:00:00Z"}
    assert "it ends before it starts" in refusal_of(json.dumps(JOB | times))
