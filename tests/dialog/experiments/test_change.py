"""History and undo."""

import pytest

from tests.experiments import bring, write


def test_the_history_says_who_when_what_from_and_to_and_why(talk):
    bring(talk, "result")
    talk.say("/exp extend 1 3d cluster outage", by="UBEN")
    reply = talk.say("/exp history EXP-001")
    lines = [b["text"]["text"] for b in reply.blocks if b["type"] == "section"]
    assert lines[0].endswith("history: 6 changes")
    assert (
        "<@UBEN> · *extended*\nbox days: 14 → 17 · box ends: 2026-12-06 → 2026-12-09" in lines[1]
    )
    assert "_cluster outage_" in lines[1]
    assert "*reported*\nGPU-hours: 0 → 6 · result: – → 0.86" in lines[2]
    assert lines[-1].endswith("*created*")


def test_a_long_history_has_a_button_to_what_is_older(talk):
    bring(talk, "experiment")
    for n in range(20):
        talk.say(f"/exp update 1 note number {n}")
    reply = talk.say("/exp history 1")
    assert "9 older" in str(reply.blocks)
    older = talk.press("history", "1|15")
    assert older.replace
    assert "*created*" in str(older.blocks)
    assert talk.press("history", "1").text == "EXP-001 history: 24 changes"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/exp undo", "You have not changed anything that could be undone."),
        ("/exp undo 1", "There is no EXP-001."),
        ("/exp undo llama", "is no experiment id"),
        ("/exp history 1", "There is no EXP-001."),
        ("/exp history", "Which experiment?"),
    ],
)
def test_nothing_there_yet_is_said(talk, said, heard):
    assert heard in talk.say(said).text


def test_undo_takes_back_an_update_with_its_result(talk):
    bring(talk, "result")
    talk.later(minutes=1)
    talk.say("/exp update 1 acc=0.9 gpu=10h")
    assert "best 0.86, target ≥ 0.85 · GPU 6/24 h" in talk.say("/exp undo").text
    assert "*reported* (undone)" in str(talk.say("/exp history 1").blocks)


def test_undo_corrects_the_public_line_in_place(talk):
    bring(talk, "evaluation")
    told = [row for row in talk.sent("decision:") if not row.thread_of][-1]
    talk.say("/exp undo")
    edit = talk.sent(f"edit:{told.key}")[0]
    assert edit.target == told.key
    assert edit.payload["text"] == f"Undone by <@UANA>: ~{told.payload['text']}~"
    assert talk.say("/exp 1").text.startswith("EXP-001 · experiment")


def test_a_move_that_started_the_box_is_undone_with_the_box(talk):
    bring(talk, "experiment")
    talk.say("/exp undo")
    assert "time box 14 days" in str(talk.say("/exp 1").blocks)


def _undo_button(reply):
    buttons = [e for b in reply.blocks if b["type"] == "actions" for e in b["elements"]]
    return next(b["value"] for b in buttons if b["action_id"] == "undo")


def test_the_button_works_once_and_only_for_the_one_who_did_it(talk):
    bring(talk, "experiment")
    value = _undo_button(talk.say("/exp update 1 acc=0.8"))
    assert "only they can undo it" in talk.press("undo", value, by="UBEN").text
    assert talk.press("undo", value).replace
    assert talk.press("undo", value).text == "That change of EXP-001 is undone already."


def test_undo_works_for_ten_minutes_and_then_says_that_it_is_too_late(talk):
    bring(talk, "result")
    talk.later(minutes=10)
    assert "is undone" in talk.say("/exp undo").text
    talk.say("/exp update 1 acc=0.8")
    talk.later(minutes=10, seconds=1)
    assert "is more than 10 minutes old" in talk.say("/exp undo").text


def test_a_change_on_which_somebody_built_is_not_undone(talk):
    bring(talk, "result")
    talk.say("/exp update 1 gpu=2h", by="UBEN")
    reply = talk.say("/exp undo", by="UANA")
    assert "EXP-001 was changed since, by UBEN (reported)" in reply.text


def test_creating_is_not_undone(talk):
    write(talk)
    assert "`/kill EXP-001`" in talk.say("/exp undo").text


def test_undo_of_one_ticket_leaves_the_last_change_of_another(talk):
    bring(talk, "result")
    write(talk, title="Second")
    talk.say("/exp move 2 hypothesis")
    assert talk.say("/exp undo 1").text.startswith("EXP-001: your update is undone")
    assert talk.say("/exp undo").text.startswith("EXP-002: the move is undone")


def test_a_change_id_from_elsewhere_is_not_found(talk):
    write(talk)
    assert "I don't find that change" in talk.press("undo", "999").text


def test_undoing_a_promotion_takes_the_ticket_back_to_evaluation(talk):
    bring(talk, "safe")
    talk.say("/exp promote 1 Deduplicate the corpus first.")
    assert "the promotion is undone. It is in evaluation" in talk.say("/exp undo").text
    assert "Deduplicate" not in str(talk.say("/exp 1").blocks)
