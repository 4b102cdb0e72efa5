"""Whoever sends a form that is wrong in two places hears of both, whichever form it is."""

from typing import Any

import pytest
from sqlalchemy import Engine

from handlers.routes import table
from tests import databoard, editions, matrix, sprints
from tests.conversation import Conversation
from tests.dialog.standups.test_standup_question import typed_standup
from tests.standups import led_round
from tests.weeks import experiment, live

LONG = "x" * 2000
# What is typed, beside what is right in matrix.FILLED, and the fields that are wrong then.
TWO: dict[str, dict[str, Any]] = {
    "blocker_new": {"text": "-", "helper": "UADM"},
    "blocker_quoted": {"text": "-", "helper": "UADM"},
    "canvas": {"discovery": "soon", "mvp": "later"},
    "data_new": {"quality_gate": "much", "needed_by": "soon"},
    "edit_experiment": {"target": "much", "trained_on": "DATA-999"},
    "eng_form": {"latency_target": "fast", "experiments": "EXP-999"},
    "gate_done": {"threshold": "much", "gap": "9"},
    "learn_log": {"text": "-", "experiment": "the small one"},
    "locale": {"zone": "Nowhere", "country": "ZZ"},
    "need": {"by": "soon", "text": "-"},
    "need_change": {"by": "soon", "text": "-"},
    "new_experiment": {"target": "much", "time_box": "soon"},
    "prediction_form": {"matched": "", "why": LONG},
    "proposal_extend": {"days": "0", "reason": "-"},
    "result_quoted": {"result": "much", "gpu": "more"},
    "setup": {"zone": "Nowhere", "leads_group": "the leads"},
    "sprint_setup": {"start": "soon", "capacity": "much"},
    "standup_question_form": {"text": "", "choices": "one"},
    "standup_setup": {"people": [], "questions": "\n".join(map(str, range(30)))},
    "team_new": {"name": "", "team_channel": ""},
    "update_experiment": {"result": "much", "gpu": "more"},
}
# Of these only one field can be wrong; what else stands in them is chosen from what there is.
ONE = {
    "absence", "blocker_resolve", "blocker_update", "eng_done_form", "evening_answer",
    "gate_done_toml", "gate_override_ask", "gate_override_confirm", "kill", "kill_ask",
    "learn_find", "live", "move_experiment", "need_decide", "need_discuss", "promote_experiment",
    "question", "retro_idea", "track_map",
}  # fmt: skip
# Tried below, on what they need to be open; a test prompt is read as an answer ahead is.
OPEN = {
    "data_move", "early_answer", "edition_correct", "edition_edit", "money", "retro_action",
    "sprint_plan", "standup_answer", "trial_answer",
}  # fmt: skip


def test_every_form_is_tried():
    forms = {name for kind, name in table().named if kind == "submit"}
    assert forms == {*TWO, *ONE, *OPEN}


@pytest.mark.parametrize("form", TWO)
def test_a_form_that_is_wrong_in_two_places_names_both(sqlite_engine: Engine, form: str):
    talk = matrix.lab(sqlite_engine)
    typed = matrix.FILLED.get(f"submit:{form}", {}) | TWO[form]
    meta = {"number": 42, "id": 1, "version": 1, "channel": "CTEAM", "checkpoint": 1}
    heard = talk.send(form, typed, by="UADM", meta=meta | MORE.get(form, {}))
    assert set(TWO[form]) <= set(heard.errors)


MORE: dict[str, dict[str, Any]] = {"need_change": {"number": 1}, "eng_form": {"number": 0}}


def test_a_digest_whose_sections_are_too_long_names_each(talk: Conversation):
    editions.drafted(talk)
    typed = {"risks": LONG, "needs": LONG}
    assert talk.press("edition_edit", "1").modal
    assert set(talk.submit_open(typed).errors) == set(typed)
    editions.at(talk, editions.FRIDAY_FOUR)
    talk.deliver()
    assert talk.say("/digest correct").modal
    assert {name.partition("~")[0] for name in talk.submit_open(typed).errors} == set(typed)


def test_a_plan_an_action_and_a_cost_name_everything_that_is_wrong(talk: Conversation):
    sprints.arrange(talk, experiment(7, stage="backlog"), live(3, 0.883))
    talk.say("/sprint plan")
    assert talk.press("sprint_commit", "6").modal
    typed: dict[str, Any] = {"experiments": [], "split": "all", "capacity": "much"}
    assert set(talk.submit_open(typed).errors) == set(typed)
    heard = talk.send("retro_action", {"text": "-", "owner": ""}, meta={"number": 6})
    assert set(heard.errors) == {"text", "owner"}
    assert talk.say("/digest money").modal
    assert set(talk.submit_open({"customers": "0", "reach": "300%"}).errors) == {
        "customers", "reach", "low", "likely", "high",
    }  # fmt: skip


def test_a_card_that_moves_on_names_all_it_lacks(talk: Conversation):
    databoard.write(talk)
    assert talk.say("/data move 1 collection").modal
    assert len(talk.submit_open({}).errors) > 1


def test_an_answer_that_is_wrong_in_two_places_names_both(talk: Conversation):
    led_round(talk)
    assert talk.press("standup_answer", "1", by="UBEN").modal
    heard = talk.submit_open({"result": "much"}, by="UBEN")
    assert set(heard.errors) == {"q0", "experiment"}


def test_an_answer_ahead_names_each_reply_it_cannot_take(talk: Conversation):
    typed_standup(talk)
    assert talk.say("/standup answer tomorrow").modal
    assert set(talk.submit_open({"q1": "many", "q2": ""}).errors) == {"q1", "q2"}
