"""/digest money: a lead says once what a wrong answer costs."""

import pytest

from sandbox.blocks.rules import message_errors, view_errors
from tests import seeded
from tests.conversation import prefilled
from tests.weeks import killed, live, promoted

TYPED = {"reach": "100%", "customers": "7000", "low": "9.5", "likely": "11.5", "high": "13.7",
         "currency": "USD", "period": "week"}  # fmt: skip


@pytest.fixture
def led(talk):
    """A team led by Ana with a result of 88.3 %."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    seeded.tickets(talk.engine, killed(2, "Rank 32 overfits"), live(3, 0.883))
    return talk


def _set(talk, **changed: str):
    talk.say("/digest money")
    return talk.submit_open(TYPED | changed)


def test_a_lead_confirms_it_and_the_digest_says_it(led):
    view = led.say("/digest money").modal
    assert view_errors(view, kind="modal") == []
    heard = led.submit_open(TYPED)
    assert heard.text == (
        "Confirmed. The digest will say: 12 of 100 customers get a wrong answer, "
        "about $9,400 a week ($7,800 to $11,200)."
    )
    assert message_errors(heard.blocks) == []
    said = led.say("/digest preview").text
    assert "12 of 100 customers get a wrong answer, about $9,400 a week." in said
    assert "The cost is between $7,800 and $11,200 a week." in said


def test_while_nothing_is_live_it_says_that_no_cost_is_shown_and_names_the_candidate(led):
    led.say("/exp update 3 deploy=rolled-back")
    seeded.tickets(led.engine, promoted(4, 0.9))
    assert _set(led).text == (
        "Confirmed. The digest shows no cost: nothing is in production yet; the best candidate is "
        "EXP-004 with 90% accuracy."
    )
    assert "$" not in led.say("/digest preview").text
    led.say("/exp update 4 deploy=live")
    assert "10 of 100 customers get a wrong answer" in led.say("/digest money").text


def test_everybody_can_look_at_it_with_who_and_when(led):
    _set(led)
    heard = led.say("/digest money", by="UBEN")
    assert heard.modal is None
    assert "accuracy: 100% of wrong answers reach one of 7,000 customers a week" in str(
        heard.blocks
    )
    assert "Confirmed by <@UANA>" in str(heard.blocks)
    assert message_errors(heard.blocks) == []


def test_without_one_others_hear_that_there_is_none(led):
    heard = led.say("/digest money", by="UBEN")
    assert heard.text.startswith("No formula is set")
    assert heard.modal is None


@pytest.mark.parametrize("said", ["/digest money change", "/digest money off"])
def test_only_leads_change_it(led, said):
    _set(led)
    assert led.say(said, by="UBEN").text.startswith("Only a lead can")
    meta = {"metric": "accuracy"}
    assert "Only a lead" in led.send("money", TYPED, by="UBEN", meta=meta).text
    assert "$9,400" in led.say("/digest preview").text


def test_off_takes_it_out_and_says_when_there_was_none(led):
    _set(led)
    assert led.say("/digest money off").text.startswith("The digest says no more")
    assert "$" not in led.say("/digest preview").text
    assert "no formula is set" in led.say("/digest money off").text


def test_what_is_set_is_there_when_it_is_changed(led):
    _set(led)
    view = led.say("/digest money change").modal
    assert prefilled(view) == TYPED
    led.submit_open({"likely": "12", "currency": "EUR", "period": "month"})
    assert "about €9,800 a month" in led.say("/digest preview").text


def test_a_wrong_field_is_named_and_nothing_is_lost(led):
    heard = _set(led, low="50")
    assert "out of order" in heard.errors["low"]
    assert led.say("/digest money", by="UBEN").text.startswith("No formula is set")
    led.close("money", TYPED | {"customers": "800"})
    assert prefilled(led.say("/digest money").modal)["customers"] == "800"


def test_a_metric_that_is_no_share_is_refused(led):
    seeded.team(led.engine, metric_name="perplexity", metric_target=12.0)
    heard = led.say("/digest money")
    assert heard.text.startswith("perplexity is no share between 0 and 100%")
    assert heard.modal is None


def test_a_team_without_a_metric_hears_where_to_set_it(talk):
    talk.say("/exp leads add <@UANA>", by="UANA")
    assert talk.say("/digest money").text.startswith("There is no headline metric")


def test_a_form_for_a_metric_that_was_changed_meanwhile_is_refused(led):
    led.say("/digest money")
    view = led.replies[-1].modal
    seeded.team(led.engine, metric_name="exact match", metric_target=0.9)
    heard = led.send("money", TYPED, meta={"metric": "accuracy"})
    assert view is not None
    assert heard.text.startswith("The headline metric is exact match by now, not accuracy.")


def test_another_word_is_refused_with_what_to_type(led):
    assert "Write `/digest money`" in led.say("/digest money 5000").text


def test_wrong_answers_are_counted_once_a_lead_confirmed_what_the_metric_means(led):
    assert "wrong" not in led.say("/digest preview").text.split("\n")[1]
    assert led.say("/digest money confirm", by="UBEN").text.startswith("Only a lead can ")
    heard = led.say("/digest money confirm")
    assert heard.text == (
        "Confirmed: what accuracy leaves are wrong answers. The digest and `/ask` count them."
    )
    assert "12 of 100 answers are wrong." in led.say("/digest preview").text
    heard = led.say("/digest money unconfirm")
    assert heard.text == "What accuracy leaves is counted as wrong answers no more."
    assert "answers are wrong" not in led.say("/digest preview").text


def test_another_metric_is_not_confirmed_with_the_first(led):
    led.say("/digest money confirm")
    seeded.tickets(led.engine, *(promoted(n, 0.02, metric="accuracy gain") for n in range(5, 12)))
    said = led.say("/digest preview").text
    assert "accuracy gain" in said.split("\n")[0]
    assert "answers are wrong" not in said
