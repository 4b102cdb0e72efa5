"""/kill alone, and with several ids."""

import pytest

from tests.scenes import LEARNED, row, start, three
from tests.tickets import experiment, stored


@pytest.fixture
def lab(talk):
    """Ana owns EXP-042, Lee leads, Ben does neither; the team has its channels."""
    start(three(talk), values=(0.7, 0.74), gpu_used=19.0)
    return talk


def test_several_ids_are_asked_one_by_one_and_their_sentence_is_kept(lab):
    stored(lab.engine, experiment(number=7, title="other"))
    reply = lab.say(f"/kill EXP-7, exp42 {LEARNED}", by="UANA")
    assert reply.text.startswith("Nothing is killed yet")
    assert str(reply.blocks).count("kill_open") == 2
    assert LEARNED in str(lab.press("kill_open", "7", by="UANA").modal["blocks"])
    lab.submit_open({}, by="UANA")
    assert row(lab, 7).stage == "killed"
    assert row(lab).stage == "experiment"


def test_of_several_ids_those_one_may_not_kill_or_that_do_not_exist_say_so(lab):
    stored(lab.engine, experiment(number=7, title="bens", owner="UBEN"))
    reply = lab.say(f"/kill EXP-7 EXP-42 EXP-99 {LEARNED}", by="UANA")
    assert "Only the owner (ben) or a lead can kill EXP-007." in str(reply.blocks)
    assert "There is no EXP-099." in str(reply.blocks)
    assert str(reply.blocks).count("kill_open") == 1
    assert LEARNED in str(lab.press("kill_open", "42", by="UANA").modal["blocks"])


def test_bare_numbers_alone_are_ids(lab):
    stored(lab.engine, experiment(number=7, title="other"))
    assert str(lab.say("/kill 42 7 42", by="UANA").blocks).count("kill_open") == 2


def test_nothing_to_kill_is_a_friendly_sentence(lab):
    assert "Nothing waits for a decision" in lab.say("/kill", by="UANA").text


def test_who_may_decide_on_none_hears_how_many_wait_for_the_leads(lab):
    for number in (1, 2):
        stored(lab.engine, experiment(number=number, title="t", gpu_used=24.0, owner="UBEN"))
    told = "No experiment waits for your decision; 2 wait for one of the leads."
    assert lab.say("/kill", by="UANA").text == told


def test_bare_kill_lists_all_stale_before_over_budget_one_s_own_for_a_member(lab):
    for number in range(1, 7):
        owner = "UBEN" if number == 1 else "UANA"
        ticket = experiment(number=number, title=f"t{number}", gpu_used=24.0, owner=owner)
        stored(lab.engine, ticket)
    old = lab.now.replace(day=2)
    stored(lab.engine, experiment(number=9, title="stale", progress_at=old))
    lead = lab.say("/kill", by="ULEE")
    assert lead.text == "7 to decide on: EXP-009, EXP-001, EXP-002, EXP-003, EXP-004 …"
    assert str(lead.blocks).count("kill_open") == 7
    assert lab.say("/kill", by="UBEN").text == "1 to decide on: EXP-001"


def test_what_met_its_target_is_offered_its_promotion(lab):
    met = {"values": [0.9], "target": 0.85, "gpu_used": 24.0}
    stored(lab.engine, experiment(number=3, title="done", owner="UANA", **met))
    shown = str(lab.say("/kill", by="ULEE").blocks)
    assert "promote_open" in shown
    assert "kill_open" not in shown
    assert "target met" in shown
    assert "'danger'" not in str(lab.say("/exp EXP-003").blocks)


def test_more_than_twenty_ids_are_refused(lab):
    heard = lab.say("/kill " + " ".join(map(str, range(1, 30))), by="UANA").text
    assert heard == "29 at once are too many. Name at most 20."
