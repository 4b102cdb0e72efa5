"""Posting updates."""

import pytest

from models.people import member
from tests import seeded
from tests.conversation import prefilled
from tests.experiments import bring, write


def test_an_update_says_from_what_to_what_and_what_remains(talk):
    bring(talk, "experiment")
    talk.say("/exp update 1 acc=0.81 gpu=13h")
    reply = talk.say('/exp update 1 acc=0.83 gpu=6h "rank 32"', by="UBEN")
    assert reply.text == (
        "EXP-001 updated: accuracy 0.81 → 0.83 · GPU 13 → 19 of 24 h · best 0.83, "
        "target ≥ 0.85 · 5 GPU-h left · 13 days left"
    )
    assert "rank 32" in str(talk.say("/exp 1").blocks)
    assert "by <@UBEN>" in str(talk.say("/exp 1").blocks)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("acc=83", "Did you mean 83% (0.83)?"),
        ("acc=nan", "is no number"),
        ("gpu=-6h", "is no number of GPU-hours"),
        ("gpu=inf", "is no number of GPU-hours"),
        ("f1=0.8", "EXP-001 measures accuracy and latency. Write `acc=…`"),
    ],
)
def test_a_wrong_number_is_refused_and_nothing_is_recorded(talk, typed, heard):
    bring(talk, "experiment")
    assert heard in talk.say(f"/exp update 1 {typed}").text
    assert "no result yet" in str(talk.say("/exp 1").blocks)


def test_updates_stay_among_us_until_a_result_reaches_the_target(talk):
    bring(talk, "experiment")
    before = len(talk.sent("decision:"))
    talk.say("/exp update 1 acc=0.8 gpu=6h")
    assert len(talk.sent("decision:")) == before
    reply = talk.say("/exp update 1 acc=0.86 gpu=6h", by="UBEN")
    assert "`/exp move EXP-001 evaluation`" in str(reply.blocks)
    assert talk.sent("decision:")[-1].payload["text"] == (
        "EXP-001 reached its target: accuracy 0.86 (target ≥ 0.85) · GPU 12/24 h · reported by "
        "<@UBEN>"
    )
    talk.say("/exp update 1 acc=0.87")
    assert len(talk.sent("decision:")) == before + 1


def test_a_note_with_a_number_but_no_result_is_asked_about(talk):
    bring(talk, "experiment")
    reply = talk.say("/exp update 1 we are at about 0.8 now")
    assert "No result was recorded" in str(reply.blocks)
    assert "`acc=0.83`" in str(reply.blocks)


def test_hours_over_budget_and_days_over_the_box_are_said(talk):
    bring(talk, "experiment")
    talk.later(days=15)
    reply = talk.say("/exp update 1 gpu=30h")
    assert "6 GPU-h over budget · 2 days over the box" in reply.text


def test_dataset_baseline_and_link_are_reported_the_same_way(talk):
    write(talk, baseline="", link="")
    talk.say("/exp move 1 hypothesis")
    reply = talk.say("/exp update 1 data=ready baseline=72% link=<https://wandb.ai/r|r>")
    assert "baseline – → 0.72 · dataset ready · link kept" in reply.text


def test_results_wait_for_the_experiment_stage(talk):
    bring(talk, "ready")
    reply = talk.say("/exp update 1 acc=0.8")
    assert "results count once the experiment runs" in reply.text
    assert "baseline=0.8" in reply.text


def test_a_standing_baseline_is_the_owners_and_the_leads_to_change(talk):
    talk.say("/exp leads add <@ULEE>", by="ULEE")
    bring(talk, "experiment")
    reply = talk.say("/exp update 1 baseline=70%", by="UBEN")
    assert "Only the owner (UANA) or a lead (ULEE) can change the baseline" in reply.text
    assert "0.72 → 0.7" in talk.say("/exp update 1 baseline=70%", by="UANA").text


def test_an_observer_reports_nothing(talk):
    bring(talk, "experiment")
    talk.say("/exp update 1 fine", by="UOBS")
    with talk.lab.begin() as session:
        member(session, seeded.team_row(session).id, "UOBS").role = "observer"
    assert "You are an observer here" in talk.say("/exp update 1 fine", by="UOBS").text


def test_a_closed_ticket_says_who_closed_it_and_how_to_reopen(talk):
    bring(talk, "safe")
    talk.say("/exp promote 1 Deduplicate the corpus first.")
    for said in (
        "/exp update 1 baseline=0.9",
        "/exp update 1",
        "/exp move 1 evaluation",
        "/exp edit 1",
    ):
        heard = talk.say(said).text
        assert heard.startswith("EXP-001 was promoted to production on 2026-11-23 by UANA.")
        assert "/exp reopen EXP-001 why" in heard


def test_a_bare_update_asks_for_the_experiment_in_a_form(talk):
    assert "no open experiment" in talk.say("/exp update").text
    bring(talk, "experiment")
    write(talk, title="Second")
    form = talk.say("/exp update").modal
    assert form["callback_id"] == "update_experiment"
    reply = talk.submit_open({"experiment": "1", "result": "83%", "gpu": "6h", "note": "fine"})
    assert reply.text.startswith("EXP-001 updated: accuracy 0.83 · GPU 0 → 6 of 24 h")


def test_the_form_for_one_ticket_shows_what_holds_and_unticking_takes_it_back(talk):
    bring(talk, "experiment")
    form = talk.say("/exp update 1").modal
    assert prefilled(form)["ready"] == ["data"]
    assert "dataset not ready" in talk.submit_open({"ready": []}).text
    assert talk.press("update_open", "1").modal["callback_id"] == "update_experiment"


def test_an_empty_form_is_refused_and_a_wrong_number_stands_under_its_field(talk):
    bring(talk, "experiment")
    talk.say("/exp update 1")
    assert "nothing in this update" in talk.submit_open({}).text
    talk.say("/exp update 1")
    assert "Did you mean 83%" in talk.submit_open({"result": "83"}).errors["result"]


def test_an_update_form_that_is_closed_is_offered_again(talk):
    bring(talk, "experiment")
    talk.say("/exp update 1")
    meta = {"number": 1, "draft": "update_experiment:1"}
    talk.close("update_experiment", {"note": "half a note", "result": None}, meta=meta)
    form = talk.say("/exp update 1").modal
    assert prefilled(form)["note"] == "half a note"
    talk.submit_open({})
    assert prefilled(talk.say("/exp update 1").modal)["note"] is None
