"""Predicting a result before it is there, and how predictions come out."""

import pytest
from sqlmodel import Session, select

from models.experiments.experiment import Experiment
from tests.experiments import FORM, bring, write
from tests.tickets import MONDAY, experiment, person, stored

SAID = "predict=0.82..0.88 p=30%"


def context(reply):
    return str([block for block in reply.blocks if block["type"] == "context"])


def test_a_prediction_written_in_the_form_stands_on_the_card(talk_on_both):
    talk = talk_on_both
    talk.say("/exp new")
    talk.submit_open(FORM | {"predicted": "82%..88%", "predicted_chance": "30"})
    card = context(talk.say("/exp 1"))
    assert "Predicted: 0.82 to 0.88, promoted with 30% (open until the first result)" in card


def test_a_ticket_without_one_is_asked_for_it_kindly(talk):
    talk.say("/exp new")
    reply = talk.submit_open(FORM)
    assert "What do you expect? `/exp update EXP-001 predict=0.82..0.88 p=30%`" in context(reply)


@pytest.mark.parametrize(
    ("field", "typed", "heard"),
    [
        ("predicted", "0.85", "a low and a high end"),
        ("predicted", "82..88", "more than accuracy can be"),
        ("predicted_chance", "perhaps", "between 0% and 100%"),
    ],
)
def test_a_wrong_prediction_is_said_under_its_field(talk, field, typed, heard):
    talk.say("/exp new")
    assert heard in talk.submit_open(FORM | {field: typed}).errors[field]


def test_it_is_written_and_changed_by_update_until_the_first_result(talk):
    bring(talk, "experiment")
    said = talk.say(f"/exp update 1 {SAID}").text
    assert "predicted 0.82 to 0.88, promoted with 30%" in said
    assert "promoted with 40%" in talk.say("/exp update 1 p=40%").text
    talk.say("/exp update 1 acc=0.86")
    heard = talk.say("/exp update 1 p=90%").text
    assert heard.startswith("The prediction of EXP-001 was sealed on 23 Nov 2026")
    assert "sealed on Mon 23 Nov" in context(talk.say("/exp 1"))


def test_undoing_the_first_result_does_not_open_it_again(talk):
    bring(talk, "experiment")
    talk.say("/exp update 1 acc=0.86")
    talk.say("/exp undo")
    assert "was sealed" in talk.say(f"/exp update 1 {SAID}").text


def test_a_result_and_a_prediction_in_one_line_are_refused(talk):
    bring(talk, "experiment")
    assert "in one line are no prediction" in talk.say(f"/exp update 1 acc=0.86 {SAID}").text


def test_only_owner_and_leads_predict(talk):
    person(talk.engine, "ULEE", role="lead")
    bring(talk, "experiment")
    heard = talk.say(f"/exp update 1 {SAID}", by="UBEN").text
    assert "can predict for EXP-001" in heard
    assert "predicted" in talk.say(f"/exp update 1 {SAID}", by="ULEE").text


def test_the_edit_form_shows_no_prediction_once_it_is_sealed_and_keeps_it(talk):
    number = bring(talk, "experiment")
    talk.say(f"/exp update {number} {SAID}")
    form = talk.say(f"/exp edit {number}").modal
    assert "0.82..0.88" in str(form["blocks"])
    talk.say(f"/exp update {number} acc=0.86")
    form = talk.say(f"/exp edit {number}").modal
    assert "The prediction was sealed on 23 Nov 2026" in str(form["blocks"])
    assert "0.82..0.88" not in str(form["blocks"])
    talk.submit_open({"title": "Another title"})
    with Session(talk.engine) as session:
        assert session.exec(select(Experiment)).one().predicted_chance == 0.3


def test_a_form_opened_before_the_result_changes_no_sealed_prediction(talk):
    number = bring(talk, "experiment")
    talk.say(f"/exp update {number} {SAID}")
    talk.say(f"/exp edit {number}")
    opened = talk.replies[-1]
    talk.say(f"/exp update {number} acc=0.86")
    talk.replies.append(opened)
    talk.submit_open({"predicted": "0.85..0.87"})
    reply = talk.submit_open({}) if talk.replies[-1].update else talk.replies[-1]
    assert "was sealed" in str(reply.errors)


def test_a_killed_ticket_says_how_its_prediction_came_out(talk):
    number = bring(talk, "experiment")
    talk.say(f"/exp update {number} {SAID}")
    talk.say(f"/exp update {number} acc=0.79")
    talk.say(f"/kill {number} it stays below the baseline of the vendor")
    card = context(talk.say(f"/exp {number}"))
    assert "the result 0.79 is below it · not promoted: squared error 0.09" in card


def _decided(talk, count, *, owner="UANA"):
    for number in range(1, count + 1):
        promoted = number % 4 == 0
        stored(
            talk.engine,
            experiment(
                number=number, title=f"t{number}", owner=owner,
                stage="production" if promoted else "killed",
                final_metric=0.85 if promoted else 0.8, decided_at=MONDAY, decided_by="ULEE",
                predicted_low=0.78, predicted_high=0.84, predicted_chance=0.8 if promoted else 0.2,
            ),
        )  # fmt: skip


def test_below_ten_scored_nothing_is_said_yet(talk):
    _decided(talk, 3)
    reply = talk.say("/exp quality")
    assert reply.text == "Predictions of the team: not yet: 3 of 10 scored."


def test_nothing_decided_is_nothing_scored(talk):
    assert "not yet: 0 of 10 scored." in talk.say("/exp quality").text


def test_quality_sets_the_base_rate_beside_the_chances(talk_on_both):
    talk = talk_on_both
    _decided(talk, 12)
    reply = talk.say("/exp quality")
    assert reply.text == (
        "Predictions of the team: chances are better than the base rate, 9 of 12 ranges held."
    )
    told = str(reply.blocks)
    assert "Brier score 0.040; always saying the base rate (25%) would have 0.188" in told
    assert "9 of 12 held (75%, 95% interval 47 to 91%); 80% should. That fits." in told
    assert "Sprint " in told


def test_one_persons_record_is_theirs_and_the_leads_to_see(talk):
    for user_id, role in (("UANA", "member"), ("UBEN", "member"), ("ULEE", "lead")):
        person(talk.engine, user_id, role=role)
    _decided(talk, 2)
    assert "theirs and the leads' to see" in talk.say("/exp quality <@UANA>", by="UBEN").text
    for by in ("UANA", "ULEE"):
        assert "Predictions of ana: not yet: 2" in talk.say("/exp quality <@UANA>", by=by).text
    assert "Whose predictions?" in talk.say("/exp quality ben", by="ULEE").text


def test_a_new_ticket_hears_its_base_rate_and_what_was_tried(talk):
    _decided(talk, 8)
    stored(talk.engine, experiment(number=30, title="Late chunking", hypothesis="Embed first",
                                   stage="killed", learnings="no gain on short documents",
                                   decided_at=MONDAY))  # fmt: skip
    form = talk.say("/exp new Late chunking for manuals").modal
    told = str(form["blocks"])
    assert "Your last 9: 2 promoted, median 7 days, 0 GPU-hours." in told
    assert "*EXP-030* Late chunking, killed: no gain on short documents" in told
    reply = talk.submit_open(FORM | {"title": "Late chunking for manuals"})
    assert "Your last 9" in str(reply.blocks)
    button = reply.blocks[-1]["elements"][0]
    assert (button["text"]["text"], button["action_id"]) == ("Show EXP-030", "similar_show_0")
    assert talk.press(button["action_id"], button["value"]).text.startswith("EXP-030 · killed")


def test_the_forms_button_looks_with_what_is_typed_so_far(talk):
    stored(talk.engine, experiment(number=30, title="Late chunking", stage="killed"))
    talk.close("new_experiment", {"method": "opens the details"})
    form = talk.say("/exp new").modal
    typed = {"title": "", "hypothesis": "Chunking late keeps context", "method": "my method"}
    shown = {"values": typed, "view_type": "modal", "view_id": "V1"}
    reply = talk.press("similar_look", meta={"details": 1}, **shown)
    told = str(reply.update["blocks"])
    assert "*EXP-030* Late chunking" in told
    assert "my method" in told
    assert [b.get("block_id") for b in form["blocks"] if b["type"] == "input"] == [
        b.get("block_id") for b in reply.update["blocks"] if b["type"] == "input"
    ]
    shown = talk.press("similar_show_0", "30", view_type="modal", view_id="V1")
    assert shown.modal["title"]["text"] == "EXP-030"
    nothing = talk.press("similar_look", values={"title": "Voice output"}, view_type="modal")
    assert "Nothing among the past experiments looks like it." in str(nothing.update["blocks"])


def test_a_similar_one_never_blocks(talk):
    stored(talk.engine, experiment(number=30, title="Late chunking", stage="killed"))
    assert write(talk, title="Late chunking") == 31
