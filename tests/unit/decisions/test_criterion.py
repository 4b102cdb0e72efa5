"""A ticket judged by its own kill lines."""

from datetime import date, timedelta

import pytest

from core.decisions.kill_criteria import unjudged, verdicts
from tests.tickets import experiment

TODAY = date(2026, 11, 23)  # a week after the box began
SOURCE = (
    "- Accuracy < 78% after full training = KILL\n"
    "- Training loss doesn't decrease after epoch 1 = KILL (data issue)"
)


def fires(line: str, values: tuple[float, ...] = (0.74,), **fields) -> bool:
    return bool(verdicts(experiment(values, kill_criteria=line, **fields), TODAY))


def test_the_source_documents_ticket_is_judged_and_its_second_line_is_for_a_person():
    ticket = experiment((0.7, 0.74), kill_criteria=SOURCE, gpu_used=24)
    (verdict,) = verdicts(ticket, TODAY)
    assert verdict.text == (
        "its kill criterion is met: accuracy 0.74 < 0.78, 24 of 24 GPU-h used, stage experiment "
        "(“Accuracy < 78% after full training = KILL”)"
    )
    (left,) = unjudged(ticket)
    assert left.text.startswith("Training loss doesn't decrease")


@pytest.mark.parametrize(
    ("line", "fields", "expected"),
    [
        ("acc < 78% after full training", {"gpu_used": 23}, False),
        ("acc < 78% after full training", {"gpu_used": 24}, True),
        ("acc < 78% after full training", {"stage": "evaluation"}, True),
        ("acc < 0.7 after full training", {"stage": "evaluation"}, False),
        ("acc < 0.78 after 2 checkpoints", {}, False),
        ("acc < 0.78 after 2 checkpoints", {"values": (0.7, 0.74)}, True),
        ("acc < 0.78 after 2 checkpoints", {"values": (0.79, 0.74)}, False),  # best counts
        ("acc < 0.78", {"values": (0.79, 0.74)}, True),  # without a moment the latest counts
        ("acc < 0.78", {"values": ()}, False),
        ("acc < 0.78 after 12 hours", {"gpu_used": 11}, False),
        ("acc < 0.78 after 12 hours", {"gpu_used": 12}, True),
        ("acc < 0.78 after 7 days", {}, True),
        ("acc < 0.78 after 8 days", {}, False),
        ("acc < 0.78 after 8 days", {"box_starts": None, "box_ends": None}, False),
        ("acc < 0.78 after 50% of budget", {"gpu_used": 11}, False),
        ("acc < 0.78 after 50% of budget", {"gpu_used": 12}, True),
        ("acc < baseline after full training", {"gpu_used": 24}, False),
        ("acc <= baseline", {"values": (0.72,)}, True),
        ("acc below target by day 7", {}, True),
        ("acc < 78", {}, True),  # beside a target of 0.85 that means 78 %
        ("gpu hours > 20", {"gpu_used": 21}, True),
        ("gpu > 50%", {"gpu_used": 11}, False),
        ("gpu > 50%", {"gpu_used": 13}, True),
    ],
)
def test_a_line_is_taken_literally(line, fields, expected):
    values = fields.pop("values", (0.74,))
    assert fires(line, values, **fields) is expected


def test_percent_is_points_when_the_target_is_in_points():
    fields = {"target": 85.0, "baseline": 72.0}
    assert fires("acc < 78%", (74.0,), **fields)
    assert not fires("acc < 78%", (79.0,), **fields)


def test_lower_is_better_keeps_the_lines_own_sign():
    fields = {"metric": "loss", "direction": "lower", "target": 1.2, "baseline": None}
    assert fires("loss > 2.0", (2.4,), **fields)
    assert not fires("loss > 2.0", (1.9,), **fields)


@pytest.mark.parametrize(
    ("line", "fields", "why"),
    [
        ("latency_ms > 500", {}, "not reported here, accuracy is"),
        ("acc < baseline", {"baseline": None}, "has no baseline"),
        ("acc < 0.7 after full training", {"gpu_budget": 0.0}, "no GPU budget"),
        ("acc < 0.9", {}, "beyond the target 0.85"),
        ("it feels wrong", {}, "cannot read"),
    ],
)
def test_what_no_figure_can_decide_is_shown_with_the_reason(line, fields, why):
    ticket = experiment((0.74,), kill_criteria=line, **fields)
    assert verdicts(ticket, TODAY + timedelta(days=1)) == ()
    (left,) = unjudged(ticket)
    assert why in left.why
