"""Metrics in money where rates are set, and errors against the delay of a launch."""

import pytest

from core.digest.question import read
from tests import seeded
from tests.sprints import arrange, decided
from tests.tickets import experiment

FORM = {"reach": "100%", "customers": "7000", "period": "week", "low": "1", "likely": "1",
        "high": "1", "currency": "USD"}  # fmt: skip


@pytest.fixture
def team(talk_on_both):
    """An experiment at 0.85, and one that was killed in the sprint that runs."""
    talk = talk_on_both
    killed = decided(2, talk.now.date(), people_hours=16.0)
    tested = experiment((0.85,), target=0.9, gpu_used=20.0, people_hours=10.0, stage="evaluation")
    arrange(talk, tested, killed)
    seeded.team(talk.engine, metric_name="accuracy", metric_target=0.9)
    return talk


def test_rates_are_a_leads_and_tell_hours_in_money(team):
    assert "Only a lead" in team.say("/digest money gpu=$2.50", by="UBEN").text
    assert "no amount of money" in team.say("/digest money gpu=much").text
    assert "In money" not in str(team.say("/exp show EXP-042").blocks)
    said = team.say("/digest money gpu=$2.50 hour=$80")
    assert said.text == "Priced: a GPU-hour $2.5, an hour of work $80."
    card = str(team.say("/exp show EXP-042", by="UBEN").blocks)
    assert "In money: GPU-hours $50 of $60, work $800" in card
    team.say("/exp update EXP-042 gpu=4h more")
    review = str(team.say("/sprint review 6", by="UBEN").blocks)
    assert "4 of 120 used; 4 a decision, about $10" in review
    assert "16 h, about $1,280" in review
    assert "4 GPU-hours used since the last report, about $10" in str(
        team.say("/digest preview").blocks
    )
    assert "Priced: a GPU-hour" in str(team.say("/digest money", by="UBEN").blocks)
    assert "Nothing is priced" in team.say("/digest money gpu=off hour=off").text


def test_a_launch_is_weighed_by_what_errors_and_the_delay_cost(team):
    assert "nobody confirmed" in team.say("/ask can we launch at 85%?", by="UBEN").text
    team.say("/digest money")
    assert "Confirmed" in team.submit_open(FORM).text
    said = str(team.say("/ask can we launch at 85%").blocks)
    assert "what a week without it costs nobody said" in said
    assert "`/digest money delay=` and an amount sets it" in said
    team.say("/digest money delay=$700")
    said = str(team.say("/ask can we launch at 85%?", by="UBEN").blocks)
    assert "At 85% right it is 15 of 100 answers wrong, which costs about $1,100 a week" in said
    assert "more than the delay at $700 a week" in said
    assert "Both are even at 90% right" in said
    assert "human for low-confidence answers" in said
    assert "less than the delay" in str(team.say("/ask can we ship at 95%?").blocks)
    assert "At 85% right" in str(team.say("/ask should we launch now?").blocks)


@pytest.mark.parametrize(
    ("typed", "kind", "thing"),
    [
        ("can we launch at 85%?", "launch", "85%"),
        ("Should we ship it at 92.5 percent accuracy", "launch", "92.5%"),
        ("can we go live now", "launch", ""),
        ("can we launch at 850%", "launch", ""),
        ("when can we launch", "when", ""),
        ("when will it be launched", "when", ""),
        ("can we launch the party at noon", "", ""),
    ],
)
def test_a_launch_at_a_share_is_no_question_of_when(typed, kind, thing):
    found = read(typed)
    assert (found.kind, found.thing) == (kind, thing)
