"""The digest's own fact sheet before the free-text verifier."""

import pytest

from core import facts
from core.digest.sheet import sheet
from core.facts import Book, Sheet
from core.grounding.verifier import findings
from services.llm import narrate
from tests.weeks import FORMULA, any_week, experiment, killed, live, past, promoted, pushed, week


def _sheet(book: Book) -> Sheet:
    return Sheet("2026-W48", "2026-11-27", "2026-11-27T15:00:00+00:00", {}, tuple(book.facts))


def _accuracy() -> Sheet:
    book = Book()
    said = {"kind": "metric", "label": "accuracy", "value": 88.3, "unit": "%", "baseline": 86.1,
            "target": 92.0, "better": "higher"}  # fmt: skip
    book.note("headline", 0.883, "88.3% / 92% accuracy", unit="share", other=0.92, says=(said,))
    book.note("learning", "“Rank 32 overfits”", "“Rank 32 overfits” — EXP-002", unit=facts.TEXT)
    return _sheet(book)


def test_a_sentence_with_the_sheets_figures_passes_and_one_with_another_does_not():
    assert findings("Accuracy rose from 86.1% to 88.3%.", _accuracy()) == ()
    (found,) = findings("Accuracy rose from 86.1% to 89.3%.", _accuracy())
    assert found.sentence == "Accuracy rose from 86.1% to 89.3%."
    assert found.reasons


def test_somebodys_words_pass_only_as_they_stand_on_the_sheet():
    assert findings("• “Rank 32 overfits” — EXP-002", _accuracy()) == ()
    assert findings("• “Rank 64 overfits” — EXP-007", _accuracy())


def test_a_sheet_of_an_earlier_version_is_still_read():
    plain, _ = facts.freeze(_accuracy())
    for fact in plain["facts"]:
        for later in ("label", "parents", "says"):
            del fact[later]
    assert [f.shown for f in facts.thaw(plain).facts] == [f.shown for f in _accuracy().facts]


@pytest.mark.parametrize("seed", range(200))
def test_the_digests_own_words_pass_in_any_week(seed):
    made = sheet(any_week(seed))
    assert findings(narrate.plain(made).text, made) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from 86.1%", "from 85.1%"),
        ("up from", "down from"),
        ("on track", "off track"),
        ("Fri 20 Nov", "Fri 13 Nov"),
        ("12 of 100", "13 of 100"),
        ("$9,400 a week", "$9,400 a month"),
        ("$9,400", "€9,400"),
        ("1 stopped", "3 stopped"),
        ("9 of 24 GPU-hours", "9 of 20 GPU-hours"),
        ("500 test cases", "800 test cases"),
        ("Thu 3 Dec", "Thu 10 Dec"),
        ("EXP-001", "EXP-009"),
    ],
)
def test_a_change_of_any_fact_is_found(old, new):
    made = sheet(week(experiment(1, gpu_used=9.0), killed(2, "Too slow"), live(
                      3, 0.883, measurements=pushed(0.883, 500)),
                      earlier=[past(0.861)], formula=FORMULA))  # fmt: skip
    text = narrate.plain(made).text
    assert old in text
    assert findings(text, made) == ()
    assert findings(text.replace(old, new), made), new


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("2 experiments were promoted.", True),
        ("1 experiment went live.", True),
        ("2 experiments went live.", False),
        ("Two shipped.", False),
        ("2 experiments were deployed.", False),
    ],
)
def test_live_is_more_than_promoted_where_the_sheet_tells_both(claim, stands):
    made = sheet(week(promoted(3, 0.883), live(4, 0.88)))
    assert (findings(claim, made) == ()) is stands


@pytest.mark.parametrize("claim", ["1 experiment went live.", "One launched."])
def test_what_was_promoted_did_not_go_live_for_that(claim):
    made = sheet(week(promoted(3, 0.883)))
    assert findings("1 experiment was promoted and none went live.", made) == ()
    assert findings(claim, made)
