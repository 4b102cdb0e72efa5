"""Experiments for tests: as values, and as conversations that bring them into a stage."""

from datetime import UTC, date, datetime
from typing import Any

from core.experiments.experiment import Experiment
from core.experiments.measurement import Measurement
from tests.conversation import Conversation
from tests.remembered import remembered

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

# The ticket of the source document (chapter 2, EXP-042).
FORM = {
    "title": "Fine-tune Llama-3-8B on support corpus",
    "hypothesis": "Fine-tuning on our 50K tickets lifts accuracy from 72% to at least 85%.",
    "method": "QLoRA, rank 16, 3 epochs",
    "owner": "UANA",
    "metric": "accuracy",
    "direction": "higher",
    "baseline": "72%",
    "target": "85%",
    "gpu_budget": "24 GPU-hours",
    "time_box": "1 sprint",
    "kill_criteria": "Accuracy < 78% after full training",
    "success_primary": "at least 85% accuracy on the eval set",
    "success_secondary": "latency < 500 ms",
    "success_blocking": "No regression on safety eval",
    "link": "https://wandb.ai/lab/exp-042",
}


def a_ticket(**fields: Any) -> Experiment:
    """EXP-042 of the source document in its experiment stage, changed as asked."""
    known: dict[str, Any] = {
        "number": 42,
        "title": FORM["title"],
        "hypothesis": FORM["hypothesis"],
        "method": FORM["method"],
        "owner": "UANA",
        "metric": "accuracy",
        "direction": "higher",
        "baseline": 0.72,
        "target": 0.85,
        "success_primary": FORM["success_primary"],
        "success_secondary": FORM["success_secondary"],
        "success_blocking": FORM["success_blocking"],
        "kill_criteria": FORM["kill_criteria"],
        "gpu_budget": 24.0,
        "gpu_used": 0.0,
        "box_days": 14,
        "box_starts": date(2026, 11, 23),
        "box_ends": date(2026, 12, 6),
        "link": FORM["link"],
        "dataset_ready": True,
        "blocking_ok": False,
        "stage": "experiment",
        "stage_since": MONDAY,
        "outcome": "",
        "final_metric": None,
        "learnings": "",
        "decided_at": None,
        "decided_by": "",
        "created_at": MONDAY,
        "progress_at": MONDAY,
    }
    return Experiment(**(known | fields))


def looks(*values: float | None, at: datetime = MONDAY) -> tuple[Measurement, ...]:
    """Checkpoints with these results."""
    return tuple(Measurement(at, value, 0.0, "", "UANA") for value in values)


def write(talk: Conversation, by: str = "UANA", **fields: str) -> int:
    """Write a ticket through the form; its number."""
    talk.say("/exp new", by=by)
    reply = talk.submit_open(FORM | {"owner": by} | fields, by=by)
    assert not reply.errors, reply.errors
    return int(reply.text.split()[0].removeprefix("EXP-"))


_ROAD = (
    ("hypothesis", "/exp move {n} hypothesis"),
    ("ready", "/exp update {n} data=ready"),
    ("experiment", "/exp move {n} experiment"),
    ("result", "/exp update {n} acc=0.86 gpu=6h"),
    ("evaluation", "/exp move {n} evaluation"),
    ("safe", "/exp update {n} safety=ok"),
)


@remembered
def bring(talk: Conversation, to: str, by: str = "UANA", **fields: str) -> int:
    """Write a ticket and type what it takes to bring it that far; its number."""
    number = write(talk, by=by, **fields)
    for mark, line in _ROAD if to != "backlog" else ():
        talk.later(minutes=1)
        said = talk.say(line.format(n=number), by=by).text
        assert "moved" in said or "updated" in said, said
        if mark == to:
            break
    return number
