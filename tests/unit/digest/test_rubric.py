"""What a digest for leaders has to be: the template meets it in any week, and each point bites."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.digest.page import Page
from core.digest.plain_words import grade, sentences, syllables
from core.digest.rubric import failed
from core.digest.sheet import sheet
from core.forecasts.track_record import Foretold
from core.project.note import Note
from core.text import words_in
from services.llm import narrate
from tests.weeks import FORMULA, FRIDAY, any_week, experiment, killed, live, past, pushed, week

FORECAST = Foretold(
    tuple((FRIDAY + timedelta(weeks=2 * n), 5 + n, 0.4 + 0.1 * n) for n in (1, 2, 3)),
    tuple((FRIDAY + timedelta(weeks=2 * n), 0.88, 0.89, 0.91) for n in (1, 2, 3)),
    (8, 10),
)
NEED = Note("need", "Approve the budget", owner="UANA", by=FRIDAY, number=4,
            otherwise="the test starts later", amount="$3,000", author="UANA")  # fmt: skip
RISK = Note("risk", "Vendor is late", "1 sprint", "high", "Own data", owner="UANA", number=5,
            author="UANA")  # fmt: skip


def full() -> Page:
    """A week with something under every heading; it got worse, a forecast is there."""
    return narrate.plain(sheet(week(
        experiment(1, gpu_used=9.0), killed(2, "Rank 32 overfits"), live(
            3, 0.861, measurements=pushed(0.861, 4000, 0.852, 0.87)),
        earlier=[past(0.883)], formula=FORMULA,
        forecast=FORECAST, notes=[NEED, RISK], names={"UANA": "Lee"},
    )))  # fmt: skip


def _with(key: str, change: Callable[[str], str]) -> Page:
    page = full()
    sections = [replace(s, lines=tuple(change(line) for line in s.lines)) if s.key == key else s
                for s in page.sections]  # fmt: skip
    return replace(page, sections=tuple(sections))


def _points(page: Page) -> set[int]:
    return {found.point for found in failed(page)}


@pytest.mark.parametrize("seed", range(200))
def test_the_template_meets_every_point_in_any_week(seed):
    assert failed(narrate.plain(sheet(any_week(seed)))) == ()


def test_a_full_week_is_on_one_page():
    page = full()
    assert failed(page) == ()
    assert page.text.splitlines()[:4] == [
        "86.1% / 92% accuracy — at risk: 50% chance of 92% by Fri 11 Dec, 70% by Fri 8 Jan.",
        "Change: down from 88.3% to 86.1% since Fri 20 Nov.",
        "14 of 100 customers get a wrong answer, about $11,000 a week. "
        "The cost is between $9,000 and $13,000 a week.",
        "1 decision needed, by Fri 27 Nov.",
    ]


@pytest.mark.parametrize(
    ("point", "key", "old", "new"),
    [
        (1, "headline", " / ", " of "),
        (1, "headline", "at risk", "amber"),
        (2, "headline", "1 decision", "word " * 130),
        (3, "headline", "14 of 100 customers get a wrong answer, ", ""),
        (3, "headline", "and $13,000 a week", "and $13,000"),
        (4, "progress", "1 is under way", "A chance of 70% is there"),
        (6, "needs", ", by Fri 27 Nov", ""),
        (6, "needs", "asks and decides: ", ""),
        (6, "needs", " Otherwise: “the test starts later”.", ""),
        (7, "headline", "from 88.3% to 86.1% since", "to 86.1% since"),
        (8, "progress", "under way", "under way after 3 epochs"),
        (9, "learned", "“Rank 32 overfits” — EXP-002", "Nothing"),
        (10, "risks", "High likelihood", "Risk"),
        (10, "risks", "Mitigation: “Own data”. ", ""),
        (11, "next", "Thu 3 Dec", "Later"),
        (12, "progress", "under way", "under way and very promising"),
        (13, "progress", "1 is under way", "word " * 26),
        (14, "progress", "1 is under way", "1, 2, 3, 4 of 5 cases are under way"),
        (14, "progress", "1 is under way", "86.1234% are under way"),
        (15, "progress", "measured on 4,000 test cases", "measured"),
        (16, "progress", "under way", "under way <@UANA>"),
        (17, "dates", "As of", "Of"),
        (18, "headline", "Change: down from 88.3% to 86.1% since Fri 20 Nov.", "All is well."),
        (20, "progress", "under way", ":red_circle:"),
    ],
)  # fmt: skip
def test_a_text_that_misses_a_point_is_told_which(point, key, old, new):
    changed = _with(key, lambda line: line.replace(old, new))
    assert changed.text != full().text
    assert point in _points(changed)


def test_a_page_with_other_sections_or_without_its_source_is_named():
    page = full()
    assert _points(replace(page, sections=page.sections[1:])) >= {1, 19}
    assert "fact sheet " + page.sha256[:8] in page.footer
    assert "written from a template" in page.footer
    assert "wording assisted by AI" in replace(page, written_by="assistant").footer


def test_a_forecast_with_one_day_alone_is_named():
    one = Foretold(FORECAST.probabilities[:1])
    page = narrate.plain(sheet(week(live(3, 0.883), earlier=[past(0.86)], forecast=one)))
    assert 5 in _points(page)


def test_without_an_ask_the_digest_says_so_in_these_words():
    page = narrate.plain(sheet(week()))
    without = [replace(s, lines=("Nothing",)) if s.key == "needs" else s for s in page.sections]
    assert 6 in _points(replace(page, sections=tuple(without)))


def test_peoples_own_words_are_held_to_no_point_of_style():
    loud = Note("need", "Approve many very promising LoRA epochs soon", owner="UANA", by=FRIDAY)
    page = narrate.plain(sheet(week(notes=[loud])))
    assert "very promising" in page.text
    assert failed(page) == ()


def test_a_metric_of_the_trade_is_explained_once():
    f1 = live(3, 0.883, metric="F1")
    page = narrate.plain(sheet(week(f1, earlier=[past(0.86, metric="F1")])))
    assert page.text.count("F1 tells one score for missed and false answers together") == 1
    assert failed(page) == ()


@pytest.mark.parametrize(
    ("word", "many"), [("wrong", 1), ("answer", 2), ("stopped", 1), ("decision", 3), ("12%", 1)]
)
def test_syllables_are_counted(word, many):
    assert syllables(word) == many


def test_words_and_sentences_are_counted_as_people_do():
    assert words_in("88.3% / 92% — on track: • yes") == 5
    assert sentences("One is 88.3%. Two; three\n• four") == [
        "One is 88.3%.",
        "Two",
        "three",
        "four",
    ]
    assert grade("") == 0.0
    assert (
        grade("The cat sat on the mat.")
        < 2
        < 12
        < grade("Organizational prioritization necessitates comprehensive collaboration.")
    )
