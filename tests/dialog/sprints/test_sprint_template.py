"""The GenAI two weeks: shown, switched, reminded of in the morning, silent on days off."""

from datetime import UTC, date, datetime, timedelta

from jobs.sprints import sprint as job
from tests.sprints import arrange, done, idea

NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # Tuesday 9:00 in Berlin, day 2 of sprint 6


def _posts(talk):
    return [row.payload["text"] for row in talk.sent("sprint-template:1:2")]


def _at(talk, when):
    talk.now = when
    talk.run(job.remind)


def _on(talk, **more):
    arrange(talk, idea(7), **more)
    talk.say("/sprint template genai")
    return talk.press("sprint_template", "genai")


def test_it_is_shown_day_by_day_and_turned_on_by_a_lead(talk):
    arrange(talk, idea(7))
    talk.say("/standup off 2026-11-26 fair")
    shown = talk.say("/sprint template genai", by="UBEN")
    body = str(shown.blocks)
    assert shown.text == "GenAI template over sprint 6: off"
    assert "*Fri 27 Nov* eval freeze" in body
    assert "*Thu 26 Nov* iterate · _nothing is posted: fair_" in body
    assert "Turn on" not in body
    assert "Only a lead" in talk.press("sprint_template", "genai", "UBEN").text
    assert talk.press("sprint_template", "genai").replace
    assert "is on: a reminder each morning" in talk.sent("sprint-template:test")[0].payload["text"]
    assert "on already" in talk.press("sprint_template", "genai").text


def test_a_reminder_every_templated_morning_once_and_none_on_days_off(talk):
    _on(talk)
    talk.say("/standup off 2026-11-26 fair")
    for day in range(13):
        _at(talk, NINE + timedelta(days=day, seconds=-1))
        _at(talk, NINE + timedelta(days=day))
        _at(talk, NINE + timedelta(days=day, hours=2))
    assert _posts(talk) == [
        "Sprint 6, day 2: iterate",
        "Sprint 6, day 3: iterate",
        "Sprint 6, day 5: eval freeze",
        "Sprint 6, day 8: test with real traffic",
        "Sprint 6, day 9: test with real traffic",
        "Sprint 6, day 10: test with real traffic",
        "Sprint 6, day 11: decide",
        "Sprint 6, day 12: show and learn",
    ]
    missed = [row for row in done(talk, "sprint-template") if row.state == "missed"]
    assert [(row.local_date, row.reason) for row in missed] == [(date(2026, 11, 26), "fair")]


def test_over_the_clock_change_it_stays_at_nine(talk):
    talk.now = datetime(2026, 10, 12, 6, tzinfo=UTC)
    _on(talk, start=date(2026, 10, 19))
    for day, hour in ((date(2026, 10, 23), 7), (date(2026, 10, 26), 8)):
        due = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        before = len(_posts(talk))
        _at(talk, due - timedelta(seconds=1))
        assert len(_posts(talk)) == before
        _at(talk, due)
        assert len(_posts(talk)) == before + 1


def test_a_reminder_nobody_can_use_any_more_is_not_posted(talk):
    _on(talk)
    _at(talk, NINE + timedelta(hours=9))  # 18:00
    assert _posts(talk) == []


def test_off_ends_it(talk):
    _on(talk)
    assert talk.say("/sprint template off").text == "GenAI template over sprint 6: off"
    _at(talk, NINE)
    assert _posts(talk) == []
    assert "No sprint template is on" in talk.say("/sprint template off").text


def test_sprints_of_another_shape_are_refused_and_make_it_rest(talk):
    arrange(talk, idea(7), start=date(2026, 11, 18))
    shown = talk.say("/sprint template genai")
    assert "It does not fit: it starts on a Monday, and sprint 1 starts on Wednesday" in (
        str(shown.blocks)
    )
    assert "does not fit" in talk.press("sprint_template", "genai").text
    assert "no template “scrum”" in talk.say("/sprint template scrum").text


def test_another_length_makes_it_rest_and_says_so(talk):
    _on(talk)
    said = talk.say("/sprint setup weeks=3")
    assert "The GenAI template rests" in str(said.blocks)
    _at(talk, datetime(2026, 12, 8, 8, tzinfo=UTC))
    assert _posts(talk) == []
