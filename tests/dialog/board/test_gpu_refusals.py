"""/gpu: what is refused, and to whom."""

import pytest

from tests.gpus import one_gpu


@pytest.fixture
def lab(talk):
    """EXP-044 (Cem) waits for the one GPU."""
    one_gpu(talk).say("/exp move 44 experiment", by="UCEM")
    return talk


@pytest.mark.parametrize(
    "line",
    ["/gpu 4", "/gpu 1", "/gpu off", "/gpu quota 200h", "/gpu short 1 until Friday why",
     "/gpu short off", "/gpu up 44", "/gpu run 44"],
)  # fmt: skip
def test_only_leads_change_compute_and_order(lab, line):
    assert lab.say(line, by="UBEN").text.startswith("Only a lead can")


def test_only_leads_press_the_buttons_that_change_the_order(lab):
    for button in ("gpu_up", "gpu_run"):
        assert lab.press(button, "44", by="UBEN").text.startswith("Only a lead can")


def test_only_the_owner_or_a_lead_gives_up_a_place_or_a_gpu(lab):
    for line in ("/gpu leave 44", "/gpu done 42"):
        assert lab.say(line, by="UBEN").text.startswith("Only the owner")
    for button, number in (("gpu_leave", "44"), ("gpu_resume", "42")):
        assert lab.press(button, number, by="UBEN").text.startswith("Only the owner")
    assert lab.say("/gpu").text == "GPUs: 1 of 1 in training, 1 waits"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/gpu many", "“many” is no number of GPUs. Write `/gpu 4`, or `/gpu help`."),
        ("/gpu 0", "“0” is no number of GPUs."),
        ("/gpu 1", "1 GPUs are set already."),
        ("/gpu short", "How many may run at a time?"),
        ("/gpu short 0", "Until when, and why?"),
        ("/gpu short 0 until Friday", "Why are GPUs short?"),
        ("/gpu short 0 sometime", "says no days I understand"),
        ("/gpu short 1 until Friday why", "1 is no shortage: the team has 1."),
        ("/gpu quota lots", "is no number of GPU-hours"),
        ("/gpu done", "Which experiment?"),
        ("/gpu done 43", "EXP-043 holds no GPU: it is in hypothesis."),
        ("/gpu done 99", "There is no EXP-099."),
        ("/gpu leave 43", "EXP-043 does not wait for a GPU."),
        ("/gpu up 43", "EXP-043 does not wait for a GPU."),
    ],
)
def test_wrong_input_is_one_sentence_with_what_to_type(lab, line, said):
    assert said in lab.say(line, by="ULEE").text
