"""The peers' table, rows 18-23: what comes of the answers, counted and in words.

docs/peers.md names these tests by row.
"""

import pytest

from tests import seeded
from tests.fridays import Friday
from tests.standups import led_round, next_day, ticket
from tests.weeks import killed

ANSWER = {"q0": "EXP-042 overfits", "q1": "Distil it", "q2": "none"}


@pytest.fixture
def monday(talk):
    """Ana answered, Ben skipped, Cy did not; it is Tuesday."""
    led_round(talk)
    ticket(talk, 42)
    talk.press("standup_answer", "1", by="UANA")
    talk.submit_open(ANSWER)
    talk.press("standup_skip", "1", by="UBEN")
    next_day(talk)
    return talk


def test_row_18_participation_leaves_out_who_skipped_or_was_away(monday):
    shown = monday.say("/standup trend", by="ULEE")
    assert "1 of 2 answered (50%)" in shown.text
    assert "Cy             ░░░░░░░░░░   0% 0/1" in str(shown.blocks)


def test_row_19_the_answers_come_as_a_csv_file(monday):
    monday.say("/standup report yesterday csv", by="ULEE")
    [row] = monday.sent("csv:")
    assert row.payload["name"].endswith(".csv")
    assert "EXP-042 overfits" in row.payload["content"]


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("2026-11-20..2026-11-24", "1 of 2 answered (50%)"),
        ("<@UANA> last 2w", "Ana Wed 11 Nov to Tue 24 Nov: 1 of 1 answered"),
        ("EXP-042", "1 answer"),
    ],
)
def test_row_20_a_report_is_about_any_days_one_person_or_one_experiment(monday, asked, heard):
    assert heard in monday.say(f"/standup report {asked}", by="ULEE").text


def _preview(talk):
    seeded.tickets(talk.engine, killed(2, "Rank 32 overfits"))
    talk.say("/exp leads add <@UANA>")
    talk.now = talk.now.replace(day=27, hour=15)
    return talk.say("/digest preview", by="UANA")


def test_row_21_the_week_is_summed_up_without_a_model_and_a_model_is_a_leads_choice(talk):
    heard = _preview(talk)
    assert "“Rank 32 overfits” — EXP-002" in heard.text
    assert "Language model: " in talk.say("/exp llm").text
    assert "Only a lead can" in talk.say("/exp llm redacted", by="UBEN").text


def test_row_22_a_figure_that_a_model_invents_is_not_posted(sqlite_engine, llmock):
    friday = Friday(sqlite_engine, llmock.base_url("openai"))
    invented = [{"text": "All 12 are done, accuracy rose to 99.7%", "refs": []}]
    llmock.reply(friday.good(progress=invented), times=2)
    said = friday.publish()
    assert "99.7" not in said
    assert "from a template" in said


def test_row_23_no_model_asks_people_but_a_decision_is_asked_about_by_rule(monday):
    monday.say("/exp update EXP-042 acc=0.83", by="UANA")
    heard = monday.say("/kill EXP-042 a larger rank does not help", by="ULEE")
    assert "predict" in str(heard.blocks).casefold()
