"""The anonymous mood: what is counted and what is shown."""

from datetime import date

import pytest

from core.errors import Refused
from core.standups import mood

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([0, 0, 0, 0, 0], "fewer than 4 votes, so it is not shown"),
        ([0, 0, 1, 2, 0], "fewer than 4 votes, so it is not shown"),
        ([1, 0, 0, 2, 1], "3.5 of 5 (4 votes)"),
        ([0, 0, 0, 0, 5], "5.0 of 5 (5 votes)"),
    ],
)
def test_a_mean_is_said_from_four_votes_on(counts, words):
    assert mood.in_words(mood.mean(counts)) == words


def test_thin_rounds_are_not_added_up_to_a_mean():
    thin = [(date(2026, 11, 23), [0, 0, 0, 0, 2]), (date(2026, 11, 24), [0, 0, 0, 0, 3])]
    assert [week.mean for week in mood.weeks(thin, TODAY)] == [None] * 4


def test_four_weeks_of_means_the_oldest_first():
    rounds = [
        (date(2026, 10, 30), [4, 0, 0, 0, 0]),  # five weeks ago
        (date(2026, 11, 3), [0, 4, 0, 0, 0]),
        (date(2026, 11, 23), [0, 0, 4, 0, 0]),
        (date(2026, 11, 24), [0, 0, 0, 0, 4]),
    ]
    found = mood.weeks(rounds, TODAY)
    assert [week.monday.day for week in found] == [2, 9, 16, 23]
    assert [week.mean and week.mean.value for week in found] == [2.0, None, None, 4.0]


def test_a_vote_is_one_more_of_its_step():
    assert mood.voted([], 5) == [0, 0, 0, 0, 1]
    assert mood.voted([1, 0, 0, 0, 1], 1) == [2, 0, 0, 0, 1]
    with pytest.raises(Refused, match="none of the five"):
        mood.voted([], 6)


def test_a_vote_is_never_typed():
    assert (mood.read("on"), mood.read("OFF"), mood.read(" ")) == (True, False, None)
    with pytest.raises(Refused, match="A vote is not typed"):
        mood.read("4")
