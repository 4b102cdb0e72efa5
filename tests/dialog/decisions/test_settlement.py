"""What becomes of proposals: settled, renewed, extended."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from models.decisions.proposal import Proposal
from tests.scenes import SPENT, change, dms, edits, episodes, start, texts, three, tick
from tests.tickets import MONDAY


@pytest.fixture
def lab(talk):
    """Ana, Ben, and Lee, who leads."""
    return three(talk)


def test_a_kill_settles_the_proposal_in_place(lab):
    start(lab, **SPENT)
    tick(lab)
    dm = dms(lab)[0].key
    lab.press("kill_open", "42", by="ULEE")
    lab.submit_open({"learnings": "the data were too noisy to tell"}, by="ULEE")
    assert edits(lab, dm) == ["EXP-042 settled: killed by <@ULEE>"]
    assert edits(lab, "decisions:1:CLEADS") == ["No experiment needs a decision."]
    for key in (dm, "decisions:1:CLEADS"):
        assert "kill_open" not in str(lab.sent(f"edit:{key}")[0].payload["blocks"])
    lab.later(days=1)
    tick(lab)
    assert len(dms(lab)) == 1


def test_a_kill_that_is_taken_back_waits_again_in_the_same_place(lab):
    start(lab, **SPENT)
    tick(lab)
    dm = dms(lab)[0].key
    killed = lab.say("/kill 42 the data were too noisy to tell", by="ULEE")
    undo = next(
        e["value"] for b in killed.blocks for e in b.get("elements", []) if "undo" in str(e)
    )
    lab.press("kill_undo", undo, by="ULEE")
    assert edits(lab, dm)[0].startswith("EXP-042: ")
    for key in (dm, "decisions:1:CLEADS"):
        assert "EXP-042" in edits(lab, key)[0]
        assert "kill_open" in str(lab.sent(f"edit:{key}")[0].payload["blocks"])
    assert [e.state for e in episodes(lab)] == ["open"]


def test_buttons_of_a_settled_message_answer_what_happened(lab):
    start(lab, **SPENT)
    tick(lab)
    lab.say("/kill 42 the data were too noisy to tell", by="ULEE")
    assert "killed by <@ULEE>" in lab.press("proposal_snooze", "42", by="UANA").text
    assert "was already killed by <@ULEE>" in lab.press("kill_open", "42", by="UANA").text
    assert "EXP-042 was killed" in lab.press("proposal_extend", "42", by="UANA").text


def test_a_promotion_settles_it_at_the_next_tick_and_a_press_before_that_knows(lab):
    start(lab, **SPENT)
    tick(lab)
    change(lab, stage="production", outcome="promoted", decided_by="ULEE")
    assert "promoted by <@ULEE>" in lab.press("proposal_snooze", "42", by="UANA").text
    tick(lab)
    assert edits(lab, dms(lab)[0].key) == ["EXP-042 settled: promoted by <@ULEE>"]


def test_it_settles_when_the_condition_is_gone_and_opens_anew_when_it_returns(lab):
    start(lab, progress_at=MONDAY - timedelta(days=7))
    tick(lab)
    assert "how is it going? no update for" in texts(dms(lab))[0]
    change(lab, progress_at=lab.now)
    tick(lab)
    assert edits(lab, dms(lab)[0].key) == ["EXP-042 settled: nothing is left to decide"]
    lab.later(days=7)
    tick(lab)
    assert len(dms(lab)) == 2
    assert [e.state for e in episodes(lab)] == ["settled", "open"]


def test_an_extension_by_the_button_settles_the_time_box(lab):
    start(lab, box_ends=date(2026, 11, 20), box_starts=date(2026, 11, 7))
    tick(lab)
    form = lab.press("proposal_extend", "42", by="UANA").modal
    assert form["title"]["text"] == "Extend EXP-042"
    meta = {"number": 42, "channel": "CTEAM"}
    bad = lab.send("proposal_extend", {"days": "15", "reason": "x"}, "UANA", meta=meta)
    assert bad.errors == {"days": "Choose 1 to 14 days."}
    none = lab.send("proposal_extend", {"days": "5", "reason": "-"}, "UANA", meta=meta)
    assert "needs a reason" in none.errors["reason"]
    why = {"days": "5", "reason": "labels came late"}
    lab.close("proposal_extend", why, by="UANA", meta=meta)
    assert "labels came late" in str(lab.press("proposal_extend", "42", by="UANA").modal)
    reply = lab.submit_open({}, by="UANA")
    assert "EXP-042 extended by" in reply.text
    assert lab.sent("decision:EXP-042")[0].channel == "CTEAM"
    assert edits(lab, dms(lab)[0].key) == ["EXP-042 settled: nothing is left to decide"]
    assert "labels" not in str(lab.press("proposal_extend", "42", by="UANA").modal)


def test_others_do_not_extend_or_hear_why(lab):
    start(lab, box_ends=date(2026, 11, 20))
    heard = lab.press("proposal_extend", "42", by="UBEN").text
    assert "Only the owner (ana) or a lead (lee) can extend EXP-042" in heard


def test_bare_kill_puts_open_proposals_first(lab):
    start(lab, number=9, title="stale", progress_at=MONDAY - timedelta(days=9))
    lab.later(days=1)
    start(lab, **SPENT)
    with Session(lab.engine) as session:
        session.add(
            Proposal(team_id=1, experiment_id=2, rule="GPU budget", rule_version="1",
                     action="decide", text="", at=lab.now)
        )  # fmt: skip
        session.commit()
    assert lab.say("/kill", by="ULEE").text == "2 to decide on: EXP-042, EXP-009"
