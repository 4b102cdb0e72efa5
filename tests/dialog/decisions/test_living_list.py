"""The leads' one list of decisions: it forgets nothing and says the same as Home and /kill."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from models.team import Team
from tests.scenes import ROOMY, SPENT, change, days, dms, edits, start, three, tick
from tests.tickets import MONDAY, experiment, person, stored

FIRST = "decisions:1:CLEADS:2026-11-23"
FAR = {"progress_at": datetime(2027, 2, 1, tzinfo=UTC)}  # never silent
MET = {"values": (0.86, 0.86, 0.861), "gpu_used": 12.0, "stage": "evaluation", **ROOMY, **FAR}


@pytest.fixture
def lab(talk):
    """Ana, Ben, and Lee, who leads."""
    return three(talk)


def boards(lab, place="CLEADS"):
    """The lists that were posted there, oldest first."""
    return [row for row in lab.sent("decisions:") if row.channel == place and row.kind == "post"]


def shown(lab, key):
    """The blocks that stand under that key."""
    found = lab.sent(f"edit:{key}") or lab.sent(key)
    return found[0].payload["blocks"]


def buttons(blocks):
    """What each row offers, in order: action and style."""
    return [
        [(one["action_id"], one.get("style", "")) for one in block["elements"]]
        for block in blocks
        if block["type"] == "actions"
    ]


def test_after_three_weeks_the_list_still_says_what_waits_and_for_how_long(lab):
    start(lab, **SPENT, **ROOMY, **FAR)
    days(lab, 21)
    (only,) = boards(lab)  # nothing new: it is edited, not posted again
    (text,) = edits(lab, only.key)
    assert text == "1 experiment needs a decision, the oldest for 21 days: EXP-042"
    assert "waiting for 21 days, since Mon 23 Nov" in str(shown(lab, only.key))


def test_what_begins_to_wait_on_a_later_day_posts_the_list_anew_and_the_old_one_points_to_it(lab):
    start(lab, number=1, **SPENT, **ROOMY, **FAR)
    tick(lab)
    start(lab, number=2, title="the same day", **SPENT, **ROOMY, **FAR)
    tick(lab)
    assert len(boards(lab)) == 1
    assert edits(lab, FIRST) == ["2 experiments need a decision: EXP-001, EXP-002"]
    lab.later(days=1)
    tick(lab)
    tick(lab)
    old, new = boards(lab)
    assert new.payload["text"] == (
        "2 experiments need a decision, the oldest for 1 day: EXP-001, EXP-002"
    )
    assert edits(lab, old.key) == ["The list of decisions is further down"]
    assert lab.sent(f"edit:{old.key}")[0].payload["link_to"] == new.key
    lab.later(days=1)
    tick(lab)
    assert len(boards(lab)) == 2


def test_no_list_is_posted_at_night_or_on_a_weekend(lab):
    lab.now = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)  # a Saturday
    start(lab, **SPENT, **ROOMY, **FAR)
    days(lab, 2)
    assert boards(lab) == []
    days(lab, 1)
    assert [row.created_at.strftime("%a %H") for row in boards(lab)] == ["Mon 10"]


def test_a_lead_hears_by_direct_message_once_a_week_of_what_has_waited_for_a_week(lab):
    start(lab, **SPENT, **ROOMY, **FAR)
    days(lab, 22)
    told = [row.created_at.date().isoformat() for row in boards(lab, "ULEE")]
    assert told == ["2026-11-30", "2026-12-07", "2026-12-14"]
    lab.say("/kill 42 the data were too noisy to tell", by="ULEE")
    last = boards(lab, "ULEE")[-1].key
    assert edits(lab, last) == ["No experiment needs a decision."]


def test_without_a_leads_channel_leads_have_it_by_direct_message_and_anew_each_week(lab):
    start(lab, channels=False, **SPENT, **ROOMY, **FAR)
    days(lab, 16)
    told = [row.created_at.date().isoformat() for row in boards(lab, "ULEE")]
    assert told == ["2026-11-23", "2026-11-30", "2026-12-07"]
    assert boards(lab) == []


def test_the_list_home_and_kill_say_the_same_rows_in_the_same_order(lab):
    for number in range(1, 8):
        start(lab, number=number, title=f"t{number}", **SPENT, **ROOMY, **FAR)
        tick(lab)
        lab.later(days=1)
    lab.press("proposal_snooze", "3", by="ULEE")
    tick(lab)
    board = str(shown(lab, boards(lab)[-1].key))
    killed = lab.say("/kill", by="ULEE")
    window = str(lab.press("home_candidates", by="ULEE", view_type="home").modal)
    home = str(lab.event("app_home_opened", {"tab": "home"}, "ULEE").home)
    rows = [re.findall(r"\*(EXP-\d+)\* t", text) for text in (board, str(killed.blocks), window)]
    assert rows == [[f"EXP-00{n}" for n in (1, 2, 4, 5, 6, 7)]] * 3
    assert "6 experiments need a decision, the oldest for 7 days" in board
    assert killed.text.startswith("6 to decide on, the oldest for 7 days: EXP-001, EXP-002")
    assert "6 waiting for a decision, the oldest for 7 days" in home
    assert "1 snoozed" in home
    assert "1 more: EXP-007" in home


def test_a_target_that_is_met_is_promoted_first_with_what_is_missing_for_it(lab):
    start(lab, success_blocking="no PII in answers", **MET)
    tick(lab)
    wanted = ["promote_open", "update_open", "move_open", "proposal_extend", "proposal_snooze"]
    (board,) = boards(lab)
    assert [[a for a, _ in row] for row in buttons(board.payload["blocks"])] == [wanted]
    for blocks in (board.payload["blocks"], dms(lab)[0].payload["blocks"]):
        text = str(blocks)
        assert "target met" in text
        assert (
            "Before its promotion: it has a blocking criterion nobody has confirmed: "
            "“no PII in answers”" in text
        )
        assert "'danger'" not in text
    change(lab, blocking_ok=True)
    tick(lab)
    assert "Before its promotion" not in str(shown(lab, board.key))


def test_a_met_target_of_which_no_rule_speaks_waits_for_its_promotion(lab):
    met = {**ROOMY, **FAR, "values": (0.86,), "stage": "evaluation", "gpu_used": 1.0}
    start(lab, success_blocking="no PII in answers", **met)
    start(lab, number=43, title="not there yet", **(met | {"values": (0.849,)}))
    tick(lab)
    (board,) = boards(lab)
    assert board.payload["text"] == "1 experiment needs a decision: EXP-042"
    text = str(board.payload["blocks"])
    assert "target met: promote? accuracy 0.86 meets its target 0.85" in text
    assert "Before its promotion: it has a blocking criterion nobody has confirmed" in text
    assert buttons(board.payload["blocks"])[0][0] == ("promote_open", "primary")
    assert lab.say("/kill", by="ULEE").text == "1 to decide on: EXP-042"
    home = str(lab.event("app_home_opened", {"tab": "home"}, "ULEE").home)
    assert "1 waiting for a decision" in home
    lab.later(days=2)
    tick(lab)
    assert "waiting for 2 days, since Mon 23 Nov" in str(shown(lab, FIRST))


def test_everything_that_is_missing_is_named(lab):
    start(lab, success_blocking="no PII", guardrails="asks a human below 0.6", **MET)
    tick(lab)
    text = str(boards(lab)[0].payload["blocks"])
    assert "nobody has confirmed" in text
    assert "a guardrail nobody has tested" in text
    assert "Post an update" in text
    assert "Move to evaluation" not in text


def test_a_met_target_before_evaluation_says_which_stage_leads_on(lab):
    start(lab, **(MET | {"stage": "experiment"}))
    tick(lab)
    text = str(boards(lab)[0].payload["blocks"])
    assert "it is in experiment; only evaluation leads to production" in text
    assert "Move to evaluation…" in text
    assert "Post an update" not in text


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"gpu_used": 60.0, **FAR}, ("kill_open", "danger")),
        ({**SPENT, **FAR}, ("kill_open", "")),
        ({"progress_at": MONDAY - timedelta(days=9)}, ("update_open", "")),
        ({**SPENT, **FAR, "values": (0.5,), "stage": "evaluation"}, ("move_open", "")),
    ],
    ids=["over budget", "budget used", "silent", "in evaluation"],
)
def test_a_kill_is_red_only_where_it_is_the_proposal(lab, fields, first):
    start(lab, **ROOMY, **fields)
    tick(lab)
    (row,) = buttons(boards(lab)[0].payload["blocks"])
    assert row[0] == first
    assert (("kill_open", "danger") in row) == (first[1] == "danger")
    (told,) = buttons(lab.say("/kill", by="ULEE").blocks)
    assert told == row


def test_a_decision_that_is_undone_goes_on_waiting_since_it_began(lab):
    start(lab, **MET)
    tick(lab)
    lab.later(days=2)
    lab.say("/exp promote 42 the small model is enough", by="ULEE")
    tick(lab)
    assert edits(lab, FIRST) == ["No experiment needs a decision."]
    lab.say("/exp undo 42", by="ULEE")
    tick(lab)
    assert edits(lab, FIRST) == ["1 experiment needs a decision, the oldest for 2 days: EXP-042"]
    assert edits(lab, dms(lab)[0].key)[0].startswith("EXP-042: target met, promote it?")


def test_a_stronger_rule_does_not_make_the_wait_younger(lab):
    start(lab, **SPENT, **ROOMY, **FAR)
    tick(lab)
    lab.later(days=3)
    change(lab, gpu_used=60.0)
    tick(lab)
    assert "waiting for 3 days, since Mon 23 Nov" in str(boards(lab)[-1].payload["blocks"])


def test_a_snooze_by_somebody_else_is_refused_and_pressed_twice_is_one(lab):
    start(lab, **SPENT, **ROOMY, **FAR)
    tick(lab)
    heard = lab.press("proposal_snooze", "42", by="UBEN").text
    assert heard.startswith("Only the owner (ana) or a lead can snooze EXP-042.")
    assert lab.sent(f"edit:{FIRST}") == []
    first = lab.press("proposal_snooze", "42", by="ULEE").text
    assert lab.press("proposal_snooze", "42", by="ULEE").text == first
    assert edits(lab, FIRST) == ["No experiment needs a decision."]
    lab.later(days=2, minutes=1)
    tick(lab)
    assert "1 experiment needs a decision" in edits(lab, FIRST)[0]


def test_two_teams_have_a_list_each_and_leads_decide_on_their_own(lab):
    start(lab, **SPENT, **ROOMY, **FAR)
    spent = experiment(number=43, title="theirs", owner="UZOE", **SPENT, **ROOMY, **FAR)
    stored(lab.engine, spent, workspace="T0TWO")
    with Session(lab.engine) as session:
        theirs = session.get_one(Team, 2)
        theirs.team_channel, theirs.leads_channel = "CTWO", "CTWOLEADS"
        session.commit()
    tick(lab)
    (ours,), (other,) = boards(lab), boards(lab, "CTWOLEADS")
    assert ours.payload["text"].endswith(": EXP-042")
    assert other.payload["text"].endswith(": EXP-043")
    assert "There is no EXP-043" in lab.press("proposal_snooze", "43", by="ULEE").text
    lab.say("/kill 42 the data were too noisy to tell", by="ULEE")
    assert edits(lab, ours.key) == ["No experiment needs a decision."]
    assert lab.sent(f"edit:{other.key}") == []


def test_a_lead_who_owns_all_that_waits_gets_no_second_message(lab):
    person(lab.engine, "UMIA", role="lead")
    start(lab, channels=False, owner="UMIA", **SPENT, **ROOMY, **FAR)
    days(lab, 8)
    assert boards(lab, "UMIA") == []
    assert len(dms(lab, "UMIA")) == 2
    assert len(boards(lab, "ULEE")) == 2
