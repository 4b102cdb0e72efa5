"""Looking at experiments: the menu, the card, lists."""

import pytest

from core.experiments.checkpoint import CheckpointReport
from models.people import profile
from services.experiments import checkpoint
from services.experiments.experiment import TicketRequest
from tests.conversation import TEAM, WORKSPACE
from tests.experiments import bring, write


def _words(reply):
    return str(reply.blocks)


def test_the_menu_says_how_to_start_when_there_is_nothing(talk):
    reply = talk.say("/exp")
    assert reply.text == "There is no experiment yet."
    assert "opens a form" in _words(reply)
    assert "experiment_new" in _words(reply)


def test_the_menu_of_somebody_without_tickets_names_the_teams(talk):
    write(talk, by="UANA")
    assert talk.say("/exp", by="UBEN").text == "You own no open experiment; the team has 1."


def test_the_menu_shows_ones_own_with_best_target_box_and_budget(talk):
    bring(talk, "result")
    reply = talk.say("/exp")
    assert reply.text == "You own 1 open experiment."
    line = "experiment · best 0.86, target ≥ 0.85 · day 1 of 14 · GPU 6/24 h"
    assert line in _words(reply)


def test_the_card_puts_id_and_state_first_and_has_working_buttons(talk):
    number = bring(talk, "result")
    reply = talk.say(f"/exp EXP-{number:03d}")
    assert reply.text.startswith("EXP-001 · experiment · target met · Fine-tune")
    fields = next(b["fields"] for b in reply.blocks if "fields" in b)
    assert len(fields) == 6
    assert "▓▓░░░░░░░░ 6/24 h" in _words(reply)
    actions = [e["action_id"] for e in reply.blocks[-1]["elements"]]
    assert actions == [
        "update_open", "move_open", "edit_open", "promote_open", "kill_open", "history",
    ]  # fmt: skip
    answered = {name for kind, name in talk.table.named if kind == "action"}
    assert set(actions) - {"kill_open"} <= answered


@pytest.mark.parametrize("typed", ["EXP-001", "exp1", "1", "001", "show EXP-1", "EXP-1,"])
def test_an_id_is_understood_however_it_is_written(talk, typed):
    write(talk)
    assert talk.say(f"/exp {typed}").text.startswith("EXP-001 · backlog")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/exp EXP-404", "There is no EXP-404. `/exp list` shows all."),
        ("/exp show", "Which experiment? Write `/exp show EXP-042`"),
        ("/exp show llama", "“llama” is no experiment id. Write it like EXP-042 or 42."),
        ("/exp EXP-0", "I don't know `/exp exp-0`"),
        ("/exp lst", "Did you mean `/exp list`?"),
        ("/exp list soon", "I cannot list “soon”."),
        ("/exp list @nobody", "I don't know who @nobody is."),
        ("/exp list", "No open experiments."),
        ("/exp list killed", "No experiments in killed."),
    ],
)
def test_what_is_not_there_is_said_with_what_to_type(talk, said, heard):
    assert heard in talk.say(said).text


def test_foreign_text_on_the_card_is_shown_and_does_nothing(talk):
    write(talk, title="<!channel> & <@UBEN> *bold*", kill_criteria="<https://evil|x>")
    reply = talk.say("/exp 1")
    assert "&lt;!channel&gt; &amp; &lt;@UBEN&gt;" in reply.text
    assert "<!channel>" not in reply.text
    assert "<!channel>" not in str([b for b in reply.blocks if b["type"] == "section"])


def test_the_list_filters_by_stage_person_and_staleness(talk):
    bring(talk, "experiment")
    write(talk, by="UBEN", title="Distil the reranker")
    for typed, heard in {
        "": "2 open experiments.",
        "mine": "1 open experiment of <@UANA>.",
        "<@UBEN|ben>": "1 open experiment of <@UBEN>.",
        "exp": "1 experiment in experiment.",
        "backlog": "1 experiment in backlog.",
        "stale": "No stale experiments.",
        "all": "2 experiments in all.",
    }.items():
        assert talk.say(f"/exp list {typed}").text == heard
    talk.later(days=3)
    reply = talk.say("/exp list stale")
    assert reply.text == "1 stale experiment."
    assert "experiment · stale" in _words(reply)


def test_a_person_is_found_by_a_typed_name(talk):
    write(talk, by="UBEN")
    with talk.lab.begin() as session:
        profile(session, WORKSPACE, "UBEN").name = "Ben Okri"
    assert talk.say("/exp list @ben").text == "1 open experiment of <@UBEN>."


def test_a_long_list_is_paged_by_buttons_in_place(talk):
    for n in range(23):
        write(talk, title=f"Idea {n}")
    first = talk.say("/exp list")
    assert first.text == "23 open experiments."
    assert "13 more: narrow it" in _words(first)
    second = talk.press("list_page", "open|10")
    assert second.replace
    assert "EXP-011" in _words(second)
    assert "3 more" in _words(second)
    last = talk.press("list_page", "open|20")
    assert "EXP-023" in _words(last)
    assert "more" not in _words(last)
    assert "EXP-001" in _words(talk.press("list_earlier", "open|0"))
    assert "EXP-023" in _words(talk.press("list_page", "open|500"))


def test_somebody_elses_page_is_turned_too(talk):
    for n in range(12):
        write(talk, by="UBEN", title=f"Idea {n}")
    assert "EXP-012" in _words(talk.press("list_page", "@UBEN|10", by="UANA"))


def test_a_card_of_a_box_that_is_over_says_so(talk):
    bring(talk, "experiment")
    talk.later(days=15)
    reply = talk.say("/exp 1")
    assert "over its time box" in reply.text
    assert "2 days over its time box (day 16 of 14)" in _words(reply)


def test_a_standup_may_report_through_the_service(talk):
    number = bring(talk, "experiment")
    report = CheckpointReport(value=0.8, gpu_added=3.0, note="rank 32")
    made = checkpoint.record_result(
        talk.lab, TicketRequest(TEAM, number, "UBEN", "reported"), report
    )
    assert (made.after.best, made.after.gpu_used, made.reached) == (0.8, 3.0, False)
    assert "rank 32" in _words(talk.say("/exp 1"))
