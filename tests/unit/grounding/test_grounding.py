"""The free-text verifier: what the sheet says passes, anything else has a reason."""

from pathlib import Path

import pytest

from core.grounding.verifier import unsupported, verify
from tests.cases.registry import report, run_file

CASES = Path(__file__).parent.parent.parent / "data" / "cases"
SHEET = {
    "as_of": "2026-05-08",
    "title": "Invoice reader",
    "people": ["Noor Aziz", "Pia Holm"],
    "facts": [
        {"id": "F1", "kind": "metric", "subject": "project", "label": "field accuracy",
         "value": 81, "unit": "%", "baseline": 77, "target": 90, "better": "higher", "n": 400},
        {"id": "F2", "kind": "metric", "subject": "EXP-301", "label": "latency p95",
         "value": 900, "unit": "ms", "baseline": 1200, "target": 1000, "better": "lower"},
        {"id": "F3", "kind": "status", "subject": "EXP-301", "label": "decision",
         "value": "promoted"},
        {"id": "F4", "kind": "status", "subject": "EXP-302", "label": "decision",
         "value": "killed"},
        {"id": "F5", "kind": "metric", "subject": "EXP-302", "label": "field accuracy",
         "value": 70.5, "unit": "%", "baseline": 77, "target": 85, "better": "higher"},
        {"id": "F6", "kind": "count", "subject": "project", "label": "experiments completed",
         "value": 5, "unit": "experiments"},
        {"id": "F7", "kind": "count", "subject": "project", "label": "experiments killed",
         "value": 3, "unit": "experiments"},
        {"id": "F8", "kind": "money", "subject": "project", "label": "cost of manual fixes",
         "value": 6200, "unit": "USD", "period": "week"},
        {"id": "F9", "kind": "date", "subject": "project", "label": "sprint review",
         "value": "2026-05-15"},
        {"id": "F10", "kind": "person", "subject": "EXP-301", "label": "owner",
         "value": "Noor Aziz"},
        {"id": "F11", "kind": "probability", "subject": "project", "label": "reaches 90% accuracy",
         "value": 60, "unit": "%", "horizon": "2026-06-30"},
        {"id": "F12", "kind": "duration", "subject": "project", "label": "time to target",
         "low": 3, "value": 4, "high": 6, "unit": "weeks"},
        {"id": "F13", "kind": "test", "subject": "EXP-301", "label": "latency p95",
         "p_value": 0.004, "significant": True, "direction": "improvement"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", ["grounding", "pii", "injection"])
def test_the_public_files_pass_in_full(name):
    found = run_file(CASES / f"{name}.json")
    assert [line for line in report(found) if line.startswith("FAIL")] == []
    assert len(found) > 10


def test_the_ranges_hold_on_the_public_series_and_the_coverage_is_printed():
    lines = report(run_file(CASES / "forecast_series.json"))
    assert lines[-1] == "6 passed, 0 failed"
    assert sum("range held" in line for line in lines) == 6


@pytest.mark.parametrize(
    "text",
    [
        "Field accuracy is 81% against a goal of 90%.",
        "19 of 100 fields are still wrong.",
        "Accuracy rose four points, from 77% to 81%.",
        "We are nine points short of the target.",
        "EXP-301 was promoted: p95 latency fell from 1.2 seconds to 900 ms.",
        "EXP-301 cut latency by a quarter.",
        "EXP-301 cut p95 latency by 25%, a significant improvement (p = 0.004).",
        "EXP-302 was killed at 70.5% accuracy.",
        "Of five completed experiments, three were killed.",
        "Manual fixes cost about $6.2k a week.",
        "The sprint review is on Friday 15 May.",
        "Noor Aziz owns EXP-301.",
        "There is a 60% chance of reaching 90% by 30 June.",
        "We expect three to six weeks, most likely four.",
        "About one field in five is wrong.",
        "Two fifths of the completed experiments were not killed.",
        "EXP-301 is at 900 ms, below its 1,000 ms target.",
    ],
)
def test_what_the_sheet_says_passes(text):
    assert unsupported(text, SHEET) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Field accuracy is 90%.",
        "Accuracy fell from 81% to 77%.",
        "Accuracy dropped to 81%.",
        "81% of the fields are wrong.",
        "We are four points short of the target.",
        "EXP-302 was promoted.",
        "EXP-301 slowed p95 latency from 1,200 ms to 900 ms.",
        "EXP-301 reached 70.5% accuracy.",
        "Three experiments were completed.",
        "Manual fixes cost $6,200 a month.",
        "Manual fixes cost €62k a week.",
        "The sprint review is on Thursday 15 May.",
        "Pia Holm owns EXP-301.",
        "Jonas Weber owns EXP-301.",
        "There is a 90% chance of reaching 90% by 30 June.",
        "There is a 60% chance of reaching 90% by 15 May.",
        "We expect three to four weeks.",
        "Accuracy rose by 4%.",
        "Accuracy rose significantly to 81%.",
        "Accuracy rose to 81% thanks to better scans.",
        "The board is delighted with 81%.",
        "EXP-307 was killed.",
        "See https://evil.example for the 81%.",
        "<!here> accuracy is 81%.",
        "Accuracy is 8\u200b1%.",
        "EXP-301 missed its target.",
        "EXP-302 met its target.",
    ],
)
def test_what_the_sheet_does_not_say_has_a_reason(text):
    assert [v.reasons for v in verify(text, SHEET) if v.reasons]


def test_each_sentence_has_its_own_verdict():
    found = verify("Accuracy is 81%. EXP-302 was promoted. It reached 70.5% accuracy.", SHEET)
    assert [v.supported for v in found] == [True, False, True]


def test_list_numbers_are_no_claims_but_other_numbers_in_front_are():
    assert unsupported("1. EXP-301: promoted. 2. EXP-302: killed.", SHEET) == ()
    assert unsupported("7. EXP-301: promoted. 2. EXP-302: killed.", SHEET)
