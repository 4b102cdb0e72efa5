"""Who works alone: the rule, and its words."""

from datetime import date, timedelta

from core.project.working_alone import Trace, judge
from views.project import working_alone as view

START = date(2026, 11, 2)  # a Monday
LATER = date(2026, 11, 23)  # 15 working days later


def never(_day):
    return False


def quiet(**given):
    return judge([Trace(42, START, **given)], LATER, never)


def said(one):
    text, blocks = view.alone(one)
    return f"{text}\n{blocks}"


def test_fifteen_working_days_without_news_are_quiet_and_fourteen_are_not():
    one = quiet()
    assert (one.kind, one.days, one.since) == ("quiet", 15, START)
    assert judge([Trace(42, START)], LATER - timedelta(days=1), never) is None
    assert judge([Trace(42, START + timedelta(days=1))], LATER, never) is None


def test_any_news_of_any_of_their_experiments_is_news():
    for news in ("told", "others"):
        assert quiet(**{news: date(2026, 11, 3)}) is None
    both = [Trace(42, START), Trace(44, START, told=date(2026, 11, 20))]
    assert judge(both, LATER, never) is None
    assert judge([Trace(42, START), Trace(44, LATER)], LATER, never) is None


def test_own_results_that_nobody_hears_of_are_unseen():
    one = quiet(own=date(2026, 11, 20))
    assert (one.kind, one.since, one.own) == ("unseen", START, date(2026, 11, 20))
    assert quiet(own=date(2026, 11, 20), told=date(2026, 11, 12)) is None


def test_days_on_which_the_owner_is_off_do_not_count():
    off = {date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 14)}  # the last a Saturday
    assert judge([Trace(42, START)], LATER, off.__contains__) is None
    one = judge([Trace(42, START)], LATER + timedelta(days=2), off.__contains__)
    assert (one.days, one.free) == (15, 2)


def test_without_running_experiments_nobody_is_alone():
    assert judge([], LATER, never) is None


def test_the_threshold_is_the_teams():
    assert judge([Trace(42, START)], LATER, never, after=16) is None


def test_the_words_state_the_fact_the_arithmetic_and_the_advice():
    text = said(judge([Trace(44, START), Trace(42, START)], LATER, never))
    assert "EXP-042, EXP-044 () have had no news for 15 working days" in text
    assert "Last news: Mon 2 Nov, when it came into its stage." in text
    assert "ask what was tried, what was learned, what is next" in text
    assert "alone_snooze" in text
    text = said(quiet(own=date(2026, 11, 20)))
    assert "nobody else touched it and the team heard nothing about it" in text
    assert "own last result or change: Fri 20 Nov" in text


def test_a_name_is_only_a_name():
    assert "&lt;!here&gt;" in view.over("<!here>").text
