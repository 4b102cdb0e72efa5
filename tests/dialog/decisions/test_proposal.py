"""Proposals: what fires is told, to whom, and in which words."""

from datetime import date

import pytest
from sqlmodel import Session, select

from models import db
from models.team import Team
from services.decisions import waiting as service
from services.ports import Policy
from tests.scenes import SPENT, dms, edits, episodes, start, three, tick
from tests.tickets import experiment, stored


@pytest.fixture
def lab(talk):
    """Ana, Ben, and Lee, who leads."""
    return three(talk)


def test_a_rule_that_fires_tells_the_owner_and_the_leads_list_once(lab):
    start(lab, **SPENT)
    for _ in range(5):
        tick(lab)
        lab.later(minutes=1)
    (dm,) = dms(lab)
    assert dm.payload["text"] == (
        "EXP-042: a decision is due: GPU budget · 24 of 24 GPU-h used (100%): time to decide "
        "(kill, iterate or promote)"
    )
    buttons = [e["action_id"] for e in dm.payload["blocks"][-1]["elements"]]
    assert buttons == ["kill_open", "proposal_extend", "proposal_snooze", "update_open"]
    assert {e["value"] for e in dm.payload["blocks"][-1]["elements"]} == {"42"}
    (board,) = lab.sent("decisions:1:CLEADS:2026-11-23")
    assert (board.channel, board.payload["text"]) == (
        "CLEADS",
        "1 experiment needs a decision: EXP-042",
    )
    assert "owner <@UANA>" in str(board.payload["blocks"])
    (kept,) = episodes(lab)
    assert (kept.rule, kept.action, kept.rule_version) == ("GPU budget", "decide", "3")
    assert kept.inputs == {"used": 24.0, "budget": 24.0}


def test_the_list_counts_in_place(lab):
    for number in (1, 2, 3):
        start(lab, number=number, title=f"t{number}", **SPENT)
    tick(lab)
    (board,) = lab.sent("decisions:1:")
    assert board.payload["text"] == "3 experiments need a decision: EXP-001, EXP-002, EXP-003"
    lab.say("/kill 2 the data were too noisy to tell", by="ULEE")
    assert edits(lab, board.key) == ["2 experiments need a decision: EXP-001, EXP-003"]


def test_several_of_the_documents_rules_are_one_message_that_names_the_strongest(lab):
    start(lab, values=(0.5, 0.5, 0.5), gpu_used=50.0, box_ends=date(2026, 11, 20))
    lab.say("/exp rules document", by="ULEE")
    tick(lab)
    (dm,) = dms(lab)
    assert dm.payload["text"].startswith("EXP-042: kill it? 2x budget · 50 GPU-h used")
    shown = str(dm.payload["blocks"])
    for rule in ("plateau", "gap", "time box"):
        assert f"*{rule}*" in shown
    assert "also: plateau, gap, time box" in str(lab.sent("decisions:1:")[0].payload["blocks"])


def test_resting_at_target_offers_to_promote(lab):
    start(lab, values=(0.86, 0.86, 0.861), gpu_used=12.0)
    tick(lab)
    (dm,) = dms(lab)
    assert "promote it?" in dm.payload["text"]
    assert dm.payload["blocks"][-1]["elements"][0]["action_id"] == "promote_open"


def test_a_team_that_fails_is_one_log_line_and_does_not_stop_the_others(lab, caplog):
    broken = stored(lab.engine, experiment(**SPENT), workspace="T0BAD")
    start(lab, **SPENT)
    with db.transaction(lab.engine) as session:
        session.connection().exec_driver_sql(
            "UPDATE experiment SET box_ends = 'garbage' WHERE id = ?", (broken,)
        )
    tick(lab)
    assert len(dms(lab)) == 1
    assert [r.getMessage() for r in caplog.records] == ["proposals of 2 failed"]


def test_others_can_read_what_waits_for_a_decision(lab):
    start(lab, **SPENT)
    start(lab, number=7, title="fine")
    start(lab, number=8, title="warned", gpu_used=20.0)
    tick(lab)
    lab.press("proposal_snooze", "42", by="ULEE")
    with Session(lab.engine) as session:
        team = session.exec(select(Team)).one()
        found = service.of_team(session, team, lab.now, policy=Policy())
    assert found.rows == ()
    (waiting,) = found.snoozed
    assert waiting.ticket.id == "EXP-042"
    assert waiting.strongest.rule == "GPU budget"
    assert waiting.is_snoozed(lab.now)
    assert waiting.snoozed_by == "ULEE"


def test_foreign_words_in_a_proposal_cannot_ping(lab):
    start(lab, values=(0.5,), metric="<!here>", kill_criteria="<!channel> is sad", **SPENT)
    tick(lab)
    for row in [*lab.sent("proposal"), *lab.sent("decisions")]:
        assert "<!" not in str(row.payload).replace("<!date", "")
