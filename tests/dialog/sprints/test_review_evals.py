"""The review shows what the eval gate said in the sprint: counts, regressions, pictures."""

from datetime import UTC, datetime

import pytest

from core.sprints.review import freeze, thaw
from jobs.sprints import sprint as job
from services.sprints import review
from services.sprints.sprint import book_of
from tests.evals import pushed, results
from tests.sprints import arrange
from tests.tickets import experiment

TOML = '[[metric]]\nname = "accuracy"\nthreshold = 0.9\nmargin = 0.02\n'
REVIEW = datetime(2026, 12, 4, 13, tzinfo=UTC)


@pytest.fixture
def team(talk):
    """EXP-042 is as good as its baseline, EXP-043 far behind its own, EXP-044 has few examples."""
    arrange(talk, *(experiment((0.86,), number=n, title=f"Idea {n}", stage="evaluation")
                    for n in (42, 43, 44)))  # fmt: skip
    talk.say("/gate done toml")
    talk.submit_open({"toml": TOML})
    for number, wrong, n in ((42, 10, 500), (43, 40, 500), (44, 0, 20)):
        pushed(talk, results("baseline", n=n, wrong=min(wrong, 10)), number)
        pushed(talk, results(n=n, wrong=wrong), number, gate=True)
    return talk


def test_the_review_counts_the_gates_cards_and_names_what_fell_behind(team):
    body = str(team.say("/sprint review 6", by="UBEN").blocks)
    assert "*Eval gate*\\n1 NO-GO, 1 HOLD, 1 GO; 1 fell behind the baseline" in body
    assert "*EXP-043* *NO-GO* · worse than the baseline in accuracy" in body
    assert "*EXP-042* *GO*" in body


def test_safety_bias_and_drift_are_told_as_looked_at_or_not(team):
    said = "Safety evals: 0 of 3 · bias by slices: 0 of 3. Drift checks: none."
    assert said in str(team.say("/sprint review 6").blocks)
    safe = (
        '[[metric]]\nname = "toxicity"\ngroup = "safety"\ndirection = "lower"\nthreshold = 0.1\n'
    )
    team.say("/gate done toml")
    team.submit_open({"toml": TOML + safe})
    pushed(team, results(metric="toxicity", wrong=500), 42, gate=True)
    assert "Safety evals: 1 of 3" in str(team.say("/sprint review 6").blocks)


def test_the_thread_has_the_pictures_what_is_no_go_first(team):
    team.now = REVIEW
    team.run(job.hold)
    (row,) = team.sent("sprint-review:1:6:evals")
    assert row.thread_of == "sprint-review:1:6"
    assert [spec["title"].split(":")[0] for spec in row.payload["charts"]] == [
        "EXP-043 NO-GO", "EXP-044 HOLD", "EXP-042 GO",
    ]  # fmt: skip


def test_what_was_judged_in_another_sprint_is_not_in_it(team):
    team.later(days=20)
    assert "Nothing was judged in this sprint." in str(team.say("/sprint review 7").blocks)


def test_it_is_frozen_with_the_review_and_older_ones_are_read(team):
    with review.desk(team.lab, 1, lock=False) as here:
        book = book_of(here)
        found = review.collect(book, book.calendar.of(6))
    assert thaw(freeze(found)) == found
    old = {name: value for name, value in freeze(found).items() if name != "judged"}
    assert thaw(old).judged == ()
