"""/gpu short and quota: less compute for a while, and a week's GPU-hours."""

import pytest

from jobs.board import gpu as job
from tests.gpus import one_gpu


def blocks(reply):
    return str(reply.blocks)


@pytest.fixture
def lab(talk):
    """One GPU, held by EXP-042; EXP-043 (Ben) and EXP-044 (Cem) are ready; ULEE leads."""
    return one_gpu(talk)


def test_a_shortage_holds_until_its_day_and_is_said_in_public(lab):
    lab.say("/gpu 2", by="ULEE")
    reply = lab.say("/gpu short 1 until Wednesday spot instances are gone", by="ULEE")
    assert reply.text == "GPUs are short until 2026-11-25: 1 may train at a time."
    told = lab.sent("gpushort")[0]
    assert (told.channel, told.payload["text"]) == (
        "CTEAM", "GPUs are short until Wed 25 Nov: 1 experiment may train at a time"
    )  # fmt: skip
    assert "Short until Wed 25 Nov: 1 at a time instead of 2" in blocks(reply)
    assert "is queued" in lab.say("/exp move 43 experiment", by="UBEN").text
    lab.later(days=3)
    lab.run(job.call_next)
    assert [row.channel for row in lab.sent("gpu:1:EXP")] == ["UBEN"]


def test_a_shortage_ends_early_and_calls_who_waits(lab):
    lab.say("/gpu 2", by="ULEE")
    lab.say("/gpu short 1 until Friday quota", by="ULEE")
    lab.say("/exp move 43 experiment", by="UBEN")
    assert lab.say("/gpu short off", by="ULEE").text == "The GPU shortage is over."
    assert lab.sent("edit:gpushort")[0].payload["text"] == "The GPU shortage is over"
    assert [row.channel for row in lab.sent("gpu:1:EXP")] == ["UBEN"]
    assert "No GPU shortage holds now." in lab.say("/gpu short off", by="ULEE").text


def test_the_week_s_gpu_hours_count_down_and_when_used_all_wait_until_monday(lab):
    lab.say("/gpu 4", by="ULEE")
    lab.say("/gpu quota 20h", by="ULEE")
    lab.say("/exp update 42 acc=0.8 gpu=15h")
    assert "15 of 20 GPU-hours reported, 5 left" in blocks(lab.say("/gpu"))
    lab.say("/exp update 42 acc=0.8 gpu=21h")
    lab.later(minutes=1)
    wait = lab.say("/exp move 43 experiment", by="UBEN")
    assert "is queued for a GPU, place 1" in wait.text
    assert "the week's GPU-hours are used" in blocks(wait)
    lab.run(job.call_next)
    assert lab.sent("gpu:1:EXP") == []
    lab.later(days=7)
    lab.run(job.call_next)
    assert [row.channel for row in lab.sent("gpu:1:EXP")] == ["UBEN"]
