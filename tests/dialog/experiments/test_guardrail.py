"""Ship with guardrails: recorded on the ticket, tested, and shown before promotion."""

import pytest

from core.experiments.guardrail import Guardrail, read
from tests import seeded
from tests.tickets import experiment, person

UNTESTED = "Below 0.6 confidence a human answers (owner: Sarah)"
TESTED = "Below 0.6 confidence a human answers (owner: Sarah, tested: 20 prompts, none through)"


@pytest.fixture
def team(talk_on_both):
    """EXP-042 meets its target; Ana leads and owns it."""
    person(talk_on_both.engine, "UANA", role="lead", name="Ana")
    person(talk_on_both.engine, "UBEN", name="Ben")
    seeded.tickets(
        talk_on_both.engine,
        experiment((0.9,), stage="evaluation", kill_criteria="accuracy below 70%"),
    )
    return talk_on_both


def write(talk, text):
    talk.say("/exp edit EXP-042")
    return talk.submit_open({"guardrails": text})


def test_a_guardrail_is_recorded_shown_tested_and_only_then_promoted_with(team):
    assert "EXP-042 saved: guardrails." in write(team, UNTESTED).text
    card = str(team.say("/exp show EXP-042", by="UBEN").blocks)
    assert "• Below 0.6 confidence a human answers · Sarah · not tested" in card
    refused = team.say("/exp promote EXP-042 answers with sources are trusted").text
    assert "has a guardrail nobody has tested: “Below 0.6 confidence a human answers”" in refused
    assert "`/exp edit EXP-042`" in refused
    assert "nobody has tested" in team.say("/exp promote EXP-042").text
    write(team, TESTED)
    form = str(team.say("/exp promote EXP-042").modal)
    assert (
        "Below 0.6 confidence a human answers · Sarah · tested: 20 prompts, none through" in form
    )
    assert "to production" in team.submit_open({"learnings": "Sources make trust"}).text
    assert "Below 0.6 confidence" in str([row.payload for row in team.sent("decision:")])
    assert "guardrails" in str(team.say("/exp history EXP-042").blocks)


def test_promotion_says_when_none_is_recorded(team):
    form = str(team.say("/exp promote EXP-042").modal)
    assert "No guardrail or fallback is recorded: `/exp edit EXP-042`." in form


@pytest.mark.parametrize(
    ("typed", "why"), [("x" * 301, "has 301 characters"), ("a line\n" * 9, "9 guardrails are too")]
)
def test_what_is_too_much_is_refused_under_its_field(team, typed, why):
    assert why in write(team, typed).errors["guardrails"]


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("Rate limit of 10 a minute", Guardrail("Rate limit of 10 a minute")),
        ("- Llama Guard (tested: not yet)", Guardrail("Llama Guard")),
        ("Fallback to FAQ (by: Ben; it is fast)", Guardrail("Fallback to FAQ", "Ben; it is fast")),
        ("Stop words (English only)", Guardrail("Stop words (English only)")),
        ("Human (tested: yes)", Guardrail("Human", tested="yes")),
    ],
)
def test_a_line_is_read_as_people_write_it(line, read_as):
    assert read(line) == (read_as,)


def test_where_and_by_whom_is_measured_stands_on_the_ticket_and_moving_it_is_told(team):
    team.say("/exp edit EXP-042")
    team.submit_open({"eval_set": "500-question eval set", "measured_by": "nightly CI"})
    card = str(team.say("/exp show EXP-042").blocks)
    assert "accuracy, higher is better, on 500-question eval set, by nightly CI" in card
    told = [row.payload["text"] for row in team.sent("decision:")]
    assert "goalposts moved by <@UANA>: eval set “” → “500-question eval set”" in told[0]
