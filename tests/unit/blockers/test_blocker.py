"""What counts as being stuck, and on what."""

from datetime import UTC, datetime

import pytest

from core.blockers import blocker


@pytest.mark.parametrize(
    "text",
    [
        "", "none", "No", "nope.", "n/a", "-", "—", "not stuck", "No blockers today", "All good!",
        "I’m not stuck on data, compute or clarity", "nothing blocking me", "no, all clear",
        "No issues with data", "not blocked right now, thanks",
    ],
)  # fmt: skip
def test_the_usual_ways_to_say_no_are_no_blockers(text):
    assert blocker.read(text) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("compute: GPU quota\nis used up", "GPU quota is used up"),
        ("Compute: no quota", "no quota"),
        ("data: labels are late", "data: labels are late"),
        ("compute:", "compute:"),
    ],
)
def test_its_kind_is_not_said_twice(text, told):
    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert blocker.Blocker(1, "UBEN", "Ben", "compute", text, (), at).told == told


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("waiting for labels", ["data"]),
        ("annotation vendor is late", ["data"]),
        ("no data", ["data"]),
        ("GPU quota", ["compute"]),
        ("cluster is full", ["compute"]),
        ("no GPU quota", ["compute"]),
        ("the spec is unclear", ["clarity"]),
        ("need a decision on the metric", ["clarity"]),
        ("labels and GPU quota", ["data", "compute"]),
        ("labels are late\nwaiting for a decision", ["data", "clarity"]),
        ("not blocked, but quota is low", ["compute"]),
        ("my laptop died", ["other"]),
        ("yes", ["other"]),
        ("a specific thing", ["other"]),
        ("- none\n- labels", ["data"]),
    ],
)
def test_a_blocker_has_the_kinds_its_words_name(text, kinds):
    assert list(blocker.read(text)) == kinds


def test_each_kind_keeps_the_words_that_told_it():
    found = blocker.read("labels are late; GPU quota is gone; relabel takes a week of label work")
    assert found["compute"] == "GPU quota is gone"
    assert found["data"] == "labels are late\nrelabel takes a week of label work"


def test_a_blocker_told_in_passing_is_found_by_its_sentence():
    told = ["The reranker hurts. I am stuck on GPU quota! Next is EXP-7."]
    assert blocker.mentioned(told) == {"compute": "I am stuck on GPU quota!"}
    assert blocker.mentioned(["not stuck"]) == {}
    assert blocker.mentioned(["all fine with the data"]) == {}
