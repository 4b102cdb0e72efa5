"""Writing and editing tickets."""

import json

import pytest

from bot import show
from core.experiments import form as rules
from handlers.ask import Reply
from sandbox.blocks.rules import view_errors
from tests import seeded
from tests.conversation import prefilled
from tests.experiments import FORM, bring, write
from views.experiments import form as view


def _lead(talk, user="ULEE"):
    talk.say(f"/exp leads add <@{user}>", by=user)


def test_a_new_ticket_is_confirmed_to_its_writer_and_told_in_one_public_line(talk):
    talk.say("/exp new Fine-tune Llama")
    reply = talk.submit_open(FORM)
    assert reply.text == "EXP-001 is written and waits in the backlog."
    line, thread = talk.sent("decision:")
    assert line.payload["text"] == (
        "EXP-001 new: Fine-tune Llama-3-8B on support corpus · owner <@UANA> · target accuracy "
        "≥ 0.85 (baseline 0.72) · GPU 0/24 h · 14 days"
    )
    assert thread.thread_of == line.key


def test_the_public_line_goes_to_the_teams_channel(talk):
    with talk.lab.begin() as session:
        seeded.team_row(session).team_channel = "CLAB"
    write(talk)
    assert {row.channel for row in talk.sent("decision:")} == {"CLAB"}


def test_without_a_channel_the_writer_is_told_that_nobody_was(talk):
    talk._ask("shortcut", "new_experiment", "UANA", channel="")
    assert "nobody was told; a lead sets it: `/exp setup`" in talk.submit_open(FORM).text
    assert talk.sent("decision:") == []


def test_the_shortcut_opens_the_same_form_with_the_title_typed(talk):
    shortcut = talk._ask("shortcut", "new_experiment", "UANA", channel="").modal
    typed = talk.say("/exp new Distil the reranker").modal
    assert shortcut["callback_id"] == typed["callback_id"] == "new_experiment"
    assert prefilled(typed)["title"] == "Distil the reranker"
    assert talk.press("experiment_new").modal["callback_id"] == "new_experiment"


ASKED = ["title", "hypothesis", "metric", "target", "time_box", "gpu_budget", "kill_criteria"]


def _fields(view):
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def _details(talk, short, **typed):
    """Press Details with that typed."""
    held = {"view_type": "modal", "view_id": "V1", "meta": json.loads(short["private_metadata"])}
    return talk.press("experiment_details", values=prefilled(short) | typed, **held).update


def test_a_new_ticket_asks_for_what_it_cannot_do_without_and_details_for_the_rest(talk):
    short = talk.say("/exp new").modal
    assert _fields(short) == ASKED
    assert view_errors(short, kind="modal") == []
    typed = {"title": "Distil it", "target": "≤ 300", "metric": "latency_ms"}
    whole = _details(talk, short, **typed)
    assert view_errors(whole, kind="modal") == []
    assert _fields(whole)[: len(ASKED)] == ASKED
    assert set(_fields(whole)) == set(view.NAMES)
    assert "experiment_details" not in str(whole)
    kept = prefilled(whole)
    assert {name: kept[name] for name in typed} == typed | {"target": "300"}
    assert (kept["direction"], kept["owner"]) == ("lower", "UANA")


def test_the_short_form_alone_writes_a_whole_ticket(talk):
    talk.say("/exp new")
    typed = {name: FORM[name] for name in ASKED} | {"metric": "latency_ms", "target": "≤ 300"}
    assert "EXP-001 is written" in talk.submit_open(typed).text
    assert "target latency_ms ≤ 300" in talk.sent("decision:")[0].payload["text"]
    assert prefilled(talk.say("/exp edit 1").modal)["direction"] == "lower"


@pytest.mark.parametrize(
    ("typed", "way"),
    [("≤ 300", "lower"), ("<300", "lower"), ("=< 300", "lower"), (">= 300", "higher"),
     ("≥300", "higher"), ("300", "")],
)  # fmt: skip
def test_a_sign_before_the_target_says_which_way_is_better(typed, way):
    assert rules.signed(typed).get("direction", "") == way
    assert rules.signed(typed).get("target", typed) == "300"


def test_faults_of_fields_that_are_not_shown_are_all_said_under_the_first(talk):
    short = talk.say("/exp new").modal
    told = show.form_answer(Reply(errors={"link": "No link.", "worth": "No worth.",
                                          "target": "No target."}), short)  # fmt: skip
    assert told["errors"] == {"title": "No link. No worth.", "target": "No target."}


def test_what_was_typed_in_details_is_offered_with_them(talk):
    talk.say("/exp new")
    talk.close("new_experiment", {"title": "Half", "owner": "UANA"})
    assert _fields(talk.say("/exp new").modal) == ASKED
    talk.close("new_experiment", {"title": "Half", "method": "LoRA"})
    again = talk.say("/exp new").modal
    assert prefilled(again)["method"] == "LoRA"
    assert set(_fields(again)) == set(view.NAMES)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("target", "very good", "is no number"),
        ("baseline", "72", "Did you mean 72% (0.72)?"),
        ("gpu_budget", "-1", "no number of GPU-hours"),
        ("time_box", "a while", "no length of time"),
        ("link", "ftp://x", "must start with https://"),
        ("kill_criteria", "", "When do we stop?"),
    ],
)
def test_a_mistake_is_shown_under_its_field_and_nothing_is_written(talk, field, typed, said):
    talk.say("/exp new")
    reply = talk.submit_open(FORM | {field: typed})
    assert said in reply.errors[field]
    assert talk.say("/exp list all").text == "No experiments in all."


def test_the_same_title_twice_is_pointed_to_the_open_ticket(talk):
    write(talk)
    talk.say("/exp new")
    errors = talk.submit_open(FORM | {"title": FORM["title"].upper()}).errors
    assert "EXP-001 is open under this title" in errors["title"]


def test_a_closed_form_is_kept_and_offered_until_it_is_sent(talk):
    talk.say("/exp new")
    talk.close("new_experiment", {"hypothesis": "Half a thought", "direction": "higher"})
    form = talk.say("/exp new").modal
    assert "is filled in again" in str(form["blocks"][0])
    assert prefilled(form)["hypothesis"] == "Half a thought"
    talk.submit_open(FORM)
    fresh = talk.say("/exp new").modal
    assert prefilled(fresh)["hypothesis"] is None
    assert "keeps what you typed" in str(fresh["blocks"][0])


def test_a_title_opens_an_empty_form_and_closing_it_untouched_keeps_the_draft(talk):
    talk.close("new_experiment", {"hypothesis": "Half a thought"})
    form = talk.say("/exp new Another idea").modal
    assert prefilled(form)["hypothesis"] is None
    untouched = prefilled(form)
    talk.close("new_experiment", untouched, meta={"title": "Another idea"})
    assert prefilled(talk.say("/exp new").modal)["hypothesis"] == "Half a thought"


def test_drafts_are_ones_own(talk):
    talk.close("new_experiment", {"hypothesis": "Half a thought"}, by="UANA")
    assert prefilled(talk.say("/exp new", by="UBEN").modal)["hypothesis"] is None


def test_the_owner_edits_and_hears_what_changed(talk):
    write(talk)
    form = talk.say("/exp edit 1").modal
    assert prefilled(form)["target"] == "0.85"
    reply = talk.submit_open({"target": "90%", "time_box": "3w"})
    assert reply.text == "EXP-001 saved: target, time box."
    assert "target: 0.85 → 0.9" in str(talk.say("/exp history 1").blocks)


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        ("/exp edit 1", "UBEN", "Only the owner (UANA) or a lead (ULEE) can edit EXP-001."),
        ("/exp edit 7", "UANA", "There is no EXP-007."),
        ("/exp edit", "UANA", "Which experiment? Write `/exp edit EXP-042`"),
    ],
)
def test_who_may_not_edit_hears_who_may(talk, said, by, heard):
    _lead(talk)
    write(talk)
    reply = talk.say(said, by=by)
    assert heard in reply.text
    assert reply.modal is None


def test_a_lead_edits_anybodys_ticket(talk):
    _lead(talk)
    write(talk)
    talk.say("/exp edit 1", by="ULEE")
    assert talk.submit_open({"owner": "UBEN"}, by="ULEE").text == "EXP-001 saved: owner."


def test_saving_nothing_new_says_so(talk):
    write(talk)
    talk.say("/exp edit 1")
    assert "Nothing is different" in talk.submit_open({}).errors["title"]


def test_goalposts_moved_under_way_are_told_in_public(talk):
    bring(talk, "experiment")
    talk.say("/exp edit 1")
    talk.submit_open({"target": "80%"})
    told = talk.sent("decision:")[-1].payload["text"]
    assert told == "EXP-001 goalposts moved by <@UANA>: target 0.85 → 0.8"


def test_a_running_box_is_extended_not_edited(talk):
    bring(talk, "experiment")
    talk.say("/exp edit 1")
    assert "/exp extend EXP-001" in talk.submit_open({"time_box": "4w"}).errors["time_box"]


def test_two_people_editing_at_once_see_both_values_before_saving(talk):
    write(talk)
    talk.say("/exp edit 1", by="UANA")
    mine = talk.replies[-1]
    talk.say("/exp edit 1", by="UBEN")
    talk.submit_open({"target": "80%"}, by="UBEN")
    talk.replies.append(mine)
    shown = talk.submit_open({"title": "My better title"}, by="UANA").update
    assert "target: 0.85 → 0.8" in str(shown["blocks"][0])
    values = prefilled(shown)
    assert (values["target~1"], values["title~1"]) == ("0.8", "My better title")
    wrong = talk.submit_open({"target~1": "high"}, by="UANA")
    assert "is no number" in wrong.errors["target~1"]
    talk.replies.append(talk.replies[-2])
    assert talk.submit_open({}, by="UANA").text == "EXP-001 saved: title."


def test_an_edit_form_that_is_closed_keeps_only_what_differs(talk):
    write(talk)
    form = talk.say("/exp edit 1").modal
    talk.close("edit_experiment", prefilled(form), meta={"number": 1})
    assert "filled in again" not in str(talk.say("/exp edit 1").modal)
    talk.close("edit_experiment", prefilled(form) | {"method": "LoRA"}, meta={"number": 1})
    again = talk.say("/exp edit 1").modal
    assert prefilled(again)["method"] == "LoRA"
    assert "filled in again" in str(again["blocks"][0])
