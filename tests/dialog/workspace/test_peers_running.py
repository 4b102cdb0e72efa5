"""The peers' table, rows 24-31: commands, roles, records, and where it runs.

docs/peers.md names these tests by row.
"""

import json

from bot.manifest import manifest
from core.text import clean
from handlers import edge
from handlers.ask import Ask
from handlers.routes import table
from ingest.openapi import OPENAPI
from jobs import housekeeping
from tests.experiments import bring
from tests.standups import led_round, open_round, prompts


def test_row_24_slash_commands_and_plain_words_do_the_same(talk):
    open_round(talk)
    talk.write("skip", by="UBEN", channel="DBEN")
    talk.say("/standup skip", by="UCY")
    assert [prompts(talk)[who] for who in ("UBEN", "UCY")] == ["skipped", "skipped"]
    assert "/standup trend" in str(talk.say("/standup help").blocks)
    assert "Did you mean `/standup report`?" in talk.say("/standup repot").text


def test_row_25_the_home_tab_has_what_one_owes(talk):
    open_round(talk)
    assert "standup_answer" in str(talk.event("app_home_opened", {"tab": "home"}).home)


def test_row_26_leads_decide_and_the_last_one_stays(talk):
    led_round(talk)
    assert "Only a lead can" in talk.say("/standup pause", by="UBEN").text
    talk.say("/exp role <@UBEN> observer", by="ULEE")
    assert "You are an observer here" in talk.say("/standup skip", by="UBEN").text
    assert "last lead" in talk.say("/exp leads remove <@ULEE>", by="ULEE").text


def test_row_27_every_change_of_an_experiment_can_be_read_back(talk):
    number = bring(talk, "result")
    shown = clean(str(talk.say(f"/exp history {number}").blocks))
    for word in ("created", "moved", "reported"):
        assert word in shown
    assert "*reported*" in str(talk.say("/exp audit").blocks)


def test_row_28_there_is_a_way_in_for_machines_and_it_is_described(talk):
    talk.say("/exp leads add <@UANA>")
    assert "Token 1 (CI)" in talk.say("/exp token new CI").text
    assert "is added" in talk.say("/exp webhook add https://x.example/hook").text
    paths = OPENAPI["paths"]
    assert any(path.endswith("/evals") for path in paths)
    assert "get" in paths["/v1/experiments/{id}"]
    assert not any("standup" in path for path in paths)  # answers cannot be read from outside


def test_row_29_workspaces_do_not_see_each_other(talk):
    open_round(talk)
    other = Ask("command", "/standup", "T0OTHER", "UANA", talk.now, "k1", "CTEAM", "list")
    reply = edge.answer(talk.lab, talk.table, other, {})
    assert "standup here yet" in reply.text or "no standup" in reply.text.casefold()


def test_row_30_how_long_answers_are_kept_is_a_setting(talk):
    led_round(talk)
    assert "Dry run: in the whole workspace the words of 0 answers" in (
        talk.say("/exp retention answers=365d", by="ULEE").text
    )
    talk.press("retention_set", "365", by="ULEE")
    talk.run(housekeeping.forget_answers)
    kept = talk.say("/exp retention").text
    assert kept == "Standup answers are kept for 365 days in the whole workspace."


def test_row_31_it_runs_on_ones_own_machine_with_no_address_of_anybody_else():
    assert "http" not in json.dumps(manifest(table()))
