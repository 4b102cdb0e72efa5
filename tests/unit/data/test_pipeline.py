"""The data pipeline: what blocks each card, and the picture's values and words."""

from datetime import date

import pytest

from core.data.pipeline import chart, pipeline
from core.data.readiness import outlook
from tests.datasets import card
from views.charts import draw

TODAY = date(2026, 11, 30)
LATER = {"needed_by": date(2027, 3, 1)}


def seen(**fields):
    return outlook(card(**LATER | fields), [], today=TODAY)


def marks(verdict="", **fields):
    found = pipeline([seen(**fields)], {3: verdict}, ready=0, today=TODAY)
    (one,) = [one for stage in found.stages for one in stage.cards]
    return list(one.blockers)


@pytest.mark.parametrize(
    ("fields", "verdict", "blockers"),
    [
        ({}, "", []),
        ({"stage": "qa"}, "PASS", []),
        ({"stage": "qa"}, "FAIL", ["labels FAIL"]),
        ({"stage": "collection", "pii": "found"}, "FAIL", ["PII found"]),
        ({"pilot": "bad", "first100": "bad"}, "", ["pilot bad", "first 100 bad"]),
        ({"fields": {"annotation_from": "2026-11-20", "annotation_to": "2026-11-25"}}, "",
         ["3 d late"]),
        ({"stage": "collection", "fields": {"legal_approval": "pending",
          "legal_approval_since": "2026-11-20", "privacy_review": "pending"}}, "",
         ["legal approval open 6 d", "privacy review open"]),
        ({"needed_by": date(2026, 12, 1)}, "", ["too late for DATA-003"]),
    ],
)  # fmt: skip
def test_what_blocks_a_card(fields, verdict, blockers):
    assert marks(verdict, **fields) == blockers


def test_the_picture_has_every_stage_with_its_lead_time_and_says_so_in_words():
    cards = [seen(number=1, stage="needed"), seen(number=2, stage="collection", pii="found")]
    found = pipeline(cards, {}, ready=7, today=TODAY)
    spec = chart(found)
    assert spec["alt"] == (
        "Data pipeline: 1 of 2 cards blocked. Data Needed, 1 card: DATA-001 on track; Collection, "
        "typically 5–20 working days, 1 card: DATA-002 PII found; Annotation, typically 5–15 "
        "working days, 0 cards; QA, typically 2–5 working days, 0 cards; Ready, typically 1 "
        "working day, 7 cards."
    )
    assert [lane["full"] for lane in spec["lanes"]] == [False, True, False, False, False]
    assert spec["lanes"][4]["empty"] == "versioned, nothing to wait for"
    assert draw(spec)[:4] == b"\x89PNG"


def test_the_blocked_come_first_and_what_does_not_fit_is_counted():
    cards = [seen(number=n, stage="qa", pii="found" if n == 9 else "") for n in range(1, 10)]
    lane = chart(pipeline(cards, {}, ready=0, today=TODAY))["lanes"][3]
    assert [one["id"] for one in lane["cards"]][:2] == ["DATA-009", "DATA-001"]
    assert lane["more"] == 3


def test_no_card_is_no_picture():
    assert chart(pipeline([], {}, ready=0, today=TODAY)) is None
