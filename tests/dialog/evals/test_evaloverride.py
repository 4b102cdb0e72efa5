"""Nothing goes to production without a GO, unless two leads say why."""

from datetime import date

import pytest
from sqlmodel import Session

from services.digest import digest
from tests import seeded
from tests.dialog.evals.test_evalgate import TOML
from tests.evals import judged, pushed, results
from tests.scenes import row, start, three

LEARNED = "fewer epochs keep the safety numbers"
WHY = "the launch date is fixed and the gap is known"


@pytest.fixture
def lab(talk):
    """Lee and Kim lead; EXP-042 could be promoted by the rules of tickets alone."""
    three(talk)
    start(talk, stage="evaluation", values=(0.86,))
    talk.say("/exp leads add <@UKIM>", by="ULEE")
    return talk


def promote(talk, by="ULEE"):
    return talk.say(f"/exp promote EXP-042 {LEARNED}", by=by)


def define(talk):
    talk.say("/gate done toml", by="ULEE")
    assert "Saved" in talk.submit_open({"toml": TOML}, by="ULEE").text


def good(talk):
    pushed(talk, results("baseline"))
    pushed(talk, results(), gate=True)


def asked(talk, by="ULEE"):
    talk.press("gate_override_open", "42", by=by)
    return talk.submit_open({"reason": WHY}, by=by)


def test_a_team_without_definition_and_results_promotes_as_before(lab):
    assert "promoted to production" in promote(lab).text


def test_with_a_definition_of_done_promotion_takes_a_go(lab):
    define(lab)
    said = promote(lab)
    assert "EXP-042 has no gate verdict, and going to production takes a GO." in said.text
    assert "gate_override_open" in str(said.blocks)
    good(lab)
    assert "promoted to production" in promote(lab).text


def test_the_form_for_a_promotion_does_not_even_open(lab):
    define(lab)
    said = lab.press("promote_open", "42", by="ULEE")
    assert said.modal is None
    assert "takes a GO" in said.text


def test_results_alone_make_the_gate_binding(lab):
    pushed(lab, results("baseline"))
    assert "has no gate verdict" in promote(lab).text


def test_a_hold_and_a_no_go_are_refused_with_the_first_reason(lab):
    define(lab)
    pushed(lab, results(), gate=True)
    assert "EXP-042 is HOLD, and going to production takes a GO: accuracy has no baseline" in (
        promote(lab).text
    )
    pushed(lab, results("baseline"))
    pushed(lab, results(wrong=100), gate=True)
    assert "EXP-042 is NO-GO" in promote(lab).text


@pytest.mark.parametrize("change", ["candidate", "baseline", "definition"])
def test_a_go_on_anything_older_is_none(lab, change):
    define(lab)
    good(lab)
    if change == "definition":
        lab.say("/gate done accuracy", by="ULEE")
        lab.submit_open({"threshold": "0.5"}, by="ULEE")
    else:
        pushed(lab, results(change, wrong=11))
    assert "was judged GO before its results" in promote(lab).text
    judged(lab)
    assert "promoted to production" in promote(lab).text


def test_two_leads_with_reasons_let_it_pass_and_everybody_is_told(lab):
    define(lab)
    pushed(lab, results(wrong=100), gate=True)
    assert "a second lead has to confirm" in asked(lab).text
    (request,) = lab.sent("override:1:")
    assert request.channel == "CLEADS"
    assert "gate_override_second" in str(request.payload["blocks"])
    assert "EXP-042 is NO-GO" in promote(lab).text
    lab.press("gate_override_second", "1", by="UKIM")
    told = lab.submit_open({"reason": "support can absorb the difference"}, by="UKIM").text
    assert told == (
        "EXP-042 is NO-GO and may go to production on the word of <@ULEE> and <@UKIM>, with "
        "these results"
    )
    (public,) = lab.sent("overridden:1")
    assert (public.channel, public.payload["text"]) == ("CTEAM", told)
    assert WHY in str(public.payload["blocks"])
    assert "given by <@UKIM>" in lab.sent("edit:override:1")[0].payload["text"]
    assert "overridden by two leads" in lab.sent("edit:gate:1:EXP-042")[0].payload["text"]
    assert "promoted to production" in promote(lab).text
    assert row(lab).stage == "production"


def test_the_same_lead_twice_is_refused_at_the_button_and_at_the_form(lab):
    define(lab)
    pushed(lab, results(wrong=100), gate=True)
    asked(lab)
    assert "You asked for it" in lab.press("gate_override_second", "1", by="ULEE").text
    sent = lab.send("gate_override_confirm", {"reason": WHY}, by="ULEE", meta={"id": 1})
    assert "You asked for it" in str(sent)
    assert lab.sent("overridden") == []


def test_who_does_not_lead_can_neither_ask_nor_confirm(lab):
    define(lab)
    pushed(lab, results(wrong=100), gate=True)
    assert "Only a lead can ask" in lab.press("gate_override_open", "42", by="UANA").text
    asked(lab)
    assert "Only a lead can confirm" in lab.press("gate_override_second", "1", by="UBEN").text


def test_a_reason_is_needed_and_a_second_ask_says_it_stands_already(lab):
    define(lab)
    pushed(lab, results(wrong=100), gate=True)
    lab.press("gate_override_open", "42", by="ULEE")
    assert "needs a reason" in lab.submit_open({"reason": "n/a"}, by="ULEE").errors["reason"]
    asked(lab)
    assert "<@ULEE> has asked for it already" in asked(lab, by="UKIM").text
    assert len(lab.sent("override:")) == 1


def test_new_results_void_an_override(lab):
    define(lab)
    pushed(lab, results(wrong=100), gate=True)
    asked(lab)
    pushed(lab, results(wrong=120))
    assert "changed since this was asked" in lab.press("gate_override_second", "1", by="UKIM").text
    pushed(lab, results(wrong=100))
    lab.press("gate_override_second", "1", by="UKIM")
    lab.submit_open({"reason": WHY}, by="UKIM")
    assert "let through by" in lab.press("gate_override_second", "1", by="UKIM").text
    pushed(lab, results(wrong=121))
    assert "takes a GO" in promote(lab).text or "before its results" in promote(lab).text


def test_one_lead_alone_cannot_override(lab):
    lab.say("/exp leads remove <@UKIM>", by="ULEE")
    pushed(lab, results(), gate=True)
    assert "takes two leads" in lab.press("gate_override_open", "42", by="ULEE").text


def test_an_override_stands_among_the_digests_risks(lab):
    pushed(lab, results(wrong=100), gate=True)
    asked(lab)
    lab.press("gate_override_second", "1", by="UKIM")
    lab.submit_open({"reason": WHY}, by="UKIM")
    with Session(lab.engine) as session:
        theirs = seeded.team_row(session)
        week = digest.collect(
            session, theirs, date(2026, 11, 27), now=lab.now, policy=lab.lab.policy
        )
    (fact,) = week.of("override")
    assert fact.shown.startswith("Certain: EXP-042 went on without passing every check.")
    assert fact.shown.endswith("Owner: lee and UKIM, who let it through.")
    assert fact.shown in lab.say("/digest preview", by="ULEE").text + str(lab.replies[-1].blocks)
