"""Proposals over simulated days: who hears what, when, and how often."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from jobs.proposal import propose
from models import db
from models.experiment import Experiment as Row
from models.occurrence import Occurrence
from models.proposal import Proposal
from models.team import Member, Team
from services import proposal as service
from services.ports import Policy
from tests.tickets import MONDAY, experiment, person, stored

SPENT = {"gpu_used": 24.0}
ROOMY = {"box_days": 60, "box_ends": date(2027, 1, 14)}


@pytest.fixture
def lab(talk):
    """Ana owns EXP-042, Lee leads, Ben does neither."""
    for user_id, role in (("UANA", "member"), ("UBEN", "member"), ("ULEE", "lead")):
        person(talk.engine, user_id, role=role)
    return talk


def start(lab, *, number=42, channels=True, **fields):
    places = {"team_channel": "CTEAM", "leads_channel": "CLEADS"} if channels else {}
    values = fields.pop("values", ())
    return stored(lab.engine, experiment(values, number=number, **fields), **places)


def change(lab, number=42, **fields):
    with Session(lab.engine) as session:
        found = session.exec(select(Row).where(Row.number == number)).one()
        for name, value in fields.items():
            setattr(found, name, value)
        session.commit()


def tick(lab):
    lab.run(propose)


def days(lab, count):
    """Tick every three hours for that many days."""
    for _ in range(count * 8):
        tick(lab)
        lab.later(hours=3)


def dms(lab, to="UANA"):
    return [row for row in lab.sent("proposal:") if row.channel == to and row.kind == "post"]


def texts(rows):
    return [row.payload["text"] for row in rows]


def edits(lab, key):
    return [row.payload["text"] for row in lab.sent(f"edit:{key}")]


def episodes(lab):
    with Session(lab.engine) as session:
        return session.exec(select(Proposal).order_by(Proposal.id)).all()


def test_a_rule_that_fires_tells_the_owner_and_the_leads_thread_once(lab):
    start(lab, **SPENT)
    for _ in range(5):
        tick(lab)
        lab.later(minutes=1)
    (dm,) = dms(lab)
    assert dm.payload["text"] == (
        "EXP-042: a decision is due: GPU budget · 24 of 24 GPU-h used (100 %): decide now: kill, "
        "iterate or promote"
    )
    buttons = [e["action_id"] for e in dm.payload["blocks"][-1]["elements"]]
    assert buttons == ["kill_open", "proposal_extend", "proposal_snooze", "update_open"]
    assert {e["value"] for e in dm.payload["blocks"][-1]["elements"]} == {"42"}
    head, line = lab.sent("proposals:1:2026-11-23")
    assert (head.channel, head.payload["text"]) == ("CLEADS", "1 experiment needs a decision")
    assert line.thread_of == head.key == "proposals:1:2026-11-23"
    assert "owner <@UANA>" in str(line.payload["blocks"])
    (kept,) = episodes(lab)
    assert (kept.rule, kept.action, kept.rule_version) == ("GPU budget", "decide", "1")
    assert kept.inputs == {"used": 24.0, "budget": 24.0}


def test_the_head_of_the_thread_counts_in_place(lab):
    for number in (1, 2, 3):
        start(lab, number=number, title=f"t{number}", **SPENT)
    tick(lab)
    assert edits(lab, "proposals:1:2026-11-23") == ["3 experiments need a decision"]
    lab.say("/kill 2 the data were too noisy to tell", by="ULEE")
    assert edits(lab, "proposals:1:2026-11-23")[0] == "2 experiments need a decision · 1 settled"


def test_several_rules_are_one_message_that_names_the_strongest(lab):
    start(lab, values=(0.5, 0.5, 0.5), gpu_used=50.0, box_ends=date(2026, 11, 20))
    tick(lab)
    (dm,) = dms(lab)
    assert dm.payload["text"].startswith("EXP-042: kill it? 2x budget · 50 GPU-h used")
    shown = str(dm.payload["blocks"])
    for rule in ("plateau", "gap", "time box"):
        assert f"*{rule}*" in shown
    assert "also: plateau, gap, time box" in str(lab.sent("proposals:1:")[1].payload["blocks"])


def test_resting_at_target_offers_to_promote(lab):
    start(lab, values=(0.86, 0.86, 0.861), gpu_used=12.0)
    tick(lab)
    (dm,) = dms(lab)
    assert "promote it?" in dm.payload["text"]
    assert dm.payload["blocks"][-1]["elements"][0]["action_id"] == "promote_open"


def test_three_nudges_at_most_and_one_a_day_monday_to_friday_nine_to_six(lab):
    lab.now = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)  # a Thursday
    start(lab, **SPENT, **ROOMY, progress_at=datetime(2027, 1, 1, tzinfo=UTC))
    days(lab, 14)
    told = [row.created_at for row in dms(lab)]
    assert [at.date().isoformat() for at in told] == ["2026-11-26", "2026-11-27", "2026-11-30"]
    assert {at.hour for at in told} == {9}
    assert len([r for r in lab.sent("proposals:1:") if r.thread_of]) == 3
    assert len(episodes(lab)) == 1


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Berlin", 8), ("America/New_York", 14), ("Asia/Tokyo", 0)]
)
def test_working_hours_are_those_of_the_person_told(lab, zone, hour):
    with Session(lab.engine) as session:
        session.exec(select(Member).where(Member.user_id == "UANA")).one().zone = zone
        session.commit()
    lab.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    start(lab, **SPENT)
    for _ in range(48):
        tick(lab)
        lab.later(minutes=30)
    (dm,) = [row for row in dms(lab) if row.created_at.date() == date(2026, 11, 24)]
    assert dm.created_at.hour == hour


def test_after_an_outage_there_is_one_nudge_not_one_per_lost_day(lab):
    start(lab, **SPENT)
    tick(lab)
    lab.later(days=8, hours=12)  # down until a Tuesday evening
    tick(lab)
    assert len(dms(lab)) == 1
    lab.later(hours=13)
    tick(lab)
    tick(lab)
    assert len(dms(lab)) == 2


def test_snooze_silences_it_for_everybody_for_two_days_and_says_who(lab):
    assert Policy().snooze_days == 2  # the button says so
    start(lab, **SPENT)
    tick(lab)
    heard = lab.press("proposal_snooze", "42", by="ULEE").text
    assert heard.startswith("Proposals about EXP-042 sleep until <!date^")
    for key in (dms(lab)[0].key, "proposals:1:2026-11-23:1"):
        assert "by <@ULEE>" in str(lab.sent(f"edit:{key}")[0].payload["blocks"])
    days(lab, 2)
    assert len(dms(lab)) == 1
    days(lab, 1)
    assert len(dms(lab)) == 2


def test_a_snooze_also_covers_a_rule_that_fires_meanwhile(lab):
    start(lab, **SPENT)
    tick(lab)
    lab.press("proposal_snooze", "42", by="UANA")
    change(lab, gpu_used=60.0)
    lab.later(days=1)
    tick(lab)
    assert len(dms(lab)) == 1
    assert [e.rule for e in episodes(lab)] == ["GPU budget", "2x budget"]
    lab.later(days=1, minutes=1)
    tick(lab)
    assert "kill it? 2x budget" in texts(dms(lab))[-1]


def test_only_owner_and_leads_snooze(lab):
    start(lab, **SPENT)
    tick(lab)
    heard = lab.press("proposal_snooze", "42", by="UBEN").text
    assert heard.startswith("Only the owner (ana) or a lead can snooze EXP-042.")


def test_a_kill_settles_the_proposal_in_place(lab):
    start(lab, **SPENT)
    tick(lab)
    dm = dms(lab)[0].key
    lab.press("kill_open", "42", by="ULEE")
    lab.submit_open({"learnings": "the data were too noisy to tell"}, by="ULEE")
    for key in (dm, "proposals:1:2026-11-23:1"):
        assert edits(lab, key) == ["EXP-042 settled: killed by <@ULEE>"]
        assert "kill_open" not in str(lab.sent(f"edit:{key}")[0].payload["blocks"])
    head = edits(lab, "proposals:1:2026-11-23")
    assert "No experiment needs a decision any more · 1 settled" in head
    lab.later(days=1)
    tick(lab)
    assert len(dms(lab)) == 1


def test_buttons_of_a_settled_message_answer_what_happened(lab):
    start(lab, **SPENT)
    tick(lab)
    lab.say("/kill 42 the data were too noisy to tell", by="ULEE")
    assert "killed by <@ULEE>" in lab.press("proposal_snooze", "42", by="UANA").text
    assert "was already killed by <@ULEE>" in lab.press("kill_open", "42", by="UANA").text
    assert "EXP-042 was killed" in lab.press("proposal_extend", "42", by="UANA").text


def test_snooze_before_anything_was_proposed_is_refused(lab):
    start(lab)
    assert "Nobody proposes anything" in lab.press("proposal_snooze", "42", by="UANA").text
    assert "too old" in lab.press("proposal_snooze", "x", by="UANA").text


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
    assert "how is it going? stale · no update since Mon 16 Nov" in texts(dms(lab))[0]
    change(lab, progress_at=lab.now)
    tick(lab)
    assert edits(lab, dms(lab)[0].key) == ["EXP-042 settled: no rule fires any more"]
    lab.later(days=7)
    tick(lab)
    assert len(dms(lab)) == 2
    assert [e.state for e in episodes(lab)] == ["settled", "open"]


def test_a_stronger_rule_is_a_new_episode_with_nudges_of_its_own(lab):
    start(lab, progress_at=MONDAY - timedelta(days=7), **ROOMY)
    days(lab, 5)
    assert len(dms(lab)) == 3
    change(lab, gpu_used=49.0)
    lab.later(days=1)  # a Sunday
    tick(lab)
    assert len(dms(lab)) == 3
    lab.later(days=1)
    tick(lab)
    assert "kill it? 2x budget" in texts(dms(lab))[-1]
    assert "also" not in texts(dms(lab))[-1]
    assert edits(lab, dms(lab)[0].key) == [
        "EXP-042 settled: a stronger rule fires now (2x budget)"
    ]


def test_figures_that_change_are_brought_up_to_date_without_a_new_nudge(lab):
    start(lab, **SPENT)
    tick(lab)
    change(lab, gpu_used=30.0)
    tick(lab)
    assert len(dms(lab)) == 1
    assert "30 of 24 GPU-h used (125 %)" in edits(lab, dms(lab)[0].key)[0]


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
    assert edits(lab, dms(lab)[0].key) == ["EXP-042 settled: no rule fires any more"]
    assert "labels" not in str(lab.press("proposal_extend", "42", by="UANA").modal)


def test_others_do_not_extend_or_hear_why(lab):
    start(lab, box_ends=date(2026, 11, 20))
    heard = lab.press("proposal_extend", "42", by="UBEN").text
    assert "Only the owner (ana) or a lead (lee) can extend EXP-042" in heard


def test_80_percent_warns_the_owner_once_and_not_the_leads(lab):
    start(lab, gpu_used=20.0)
    days(lab, 3)
    (dm,) = dms(lab)
    assert dm.payload["text"] == (
        "EXP-042: nearly used up: GPU budget 80 % · 20 of 24 GPU-h used (83 %)"
    )
    assert "kill_open" not in str(dm.payload["blocks"])
    assert lab.sent("proposals:") == []


def test_a_budget_crossed_again_after_it_was_raised_warns_again(lab):
    start(lab, gpu_used=20.0, **ROOMY)
    tick(lab)
    change(lab, gpu_budget=40.0, progress_at=lab.now)
    lab.later(days=1)
    tick(lab)
    assert len(dms(lab)) == 1
    change(lab, gpu_used=33.0, progress_at=lab.now)
    tick(lab)
    assert "33 of 40 GPU-h used" in texts(dms(lab))[-1]


def test_80_then_100_percent_of_the_time_box(lab):
    start(lab, box_starts=date(2026, 11, 16), box_days=10, box_ends=date(2026, 11, 25))
    change(lab, progress_at=MONDAY)
    days(lab, 1)
    assert "nearly used up: time box 80 % · day 8 of 10" in texts(dms(lab))[0]
    change(lab, progress_at=MONDAY + timedelta(days=2))
    days(lab, 2)
    assert len(dms(lab)) == 1
    days(lab, 1)
    assert "a decision is due: time box · day 11 of 10" in texts(dms(lab))[1]


def test_a_warning_and_a_proposal_of_one_day_are_one_message(lab):
    start(lab, gpu_used=20.0, progress_at=MONDAY - timedelta(days=7))
    tick(lab)
    (dm,) = dms(lab)
    assert "stale" in dm.payload["text"]
    assert "20 of 24 GPU-h used (83 %)" in str(dm.payload["blocks"])
    lab.later(days=1)
    tick(lab)
    assert len(dms(lab)) == 2  # the stale one again; the warning brings no third


def test_when_the_owner_has_left_the_leads_are_told_instead(lab):
    with Session(lab.engine) as session:
        session.exec(select(Member).where(Member.user_id == "UANA")).one().active = False
        session.commit()
    start(lab, gpu_used=20.0)
    tick(lab)
    assert dms(lab) == []
    line = lab.sent("proposals:1:")[1]
    assert "nobody (its owner has left)" in str(line.payload["blocks"])


def test_without_a_leads_channel_each_lead_has_a_thread_of_their_own(lab):
    person(lab.engine, "UMIA", role="lead")
    start(lab, channels=False, owner="ULEE", **SPENT)
    tick(lab)
    assert [r.channel for r in lab.sent("proposals:1:2026-11-23:UMIA")] == ["UMIA", "UMIA"]
    assert len(dms(lab, "ULEE")) == 1  # as the owner; not once more as a lead
    assert lab.sent("proposals:1:2026-11-23:ULEE") == []


def test_a_team_that_fails_is_one_log_line_and_does_not_stop_the_others(lab, caplog):
    broken = stored(lab.engine, experiment(**SPENT), workspace="T0BAD")
    start(lab, **SPENT)
    with db.transaction(lab.engine) as session:
        session.connection().exec_driver_sql(
            "UPDATE experiment SET box_ends = 'garbage' WHERE id = ?", (broken,)
        )
    tick(lab)
    assert len(dms(lab)) == 1
    assert [r.getMessage() for r in caplog.records] == ["proposals of T0BAD failed"]


def test_nothing_happens_twice_when_two_ticks_meet(lab):
    start(lab, **SPENT)
    tick(lab)
    with Session(lab.engine) as session:
        before = len(session.exec(select(Occurrence)).all())
    tick(lab)
    with Session(lab.engine) as session:
        assert len(session.exec(select(Occurrence)).all()) == before


def test_others_can_read_what_waits_for_a_decision(lab):
    start(lab, **SPENT)
    start(lab, number=7, title="fine")
    start(lab, number=8, title="warned", gpu_used=20.0)
    tick(lab)
    lab.press("proposal_snooze", "42", by="ULEE")
    with Session(lab.engine) as session:
        team = session.exec(select(Team)).one()
        (waiting,) = service.open_of_team(session, team, lab.now)
    assert waiting.ticket.id == "EXP-042"
    assert waiting.strongest.rule == "GPU budget"
    assert waiting.is_snoozed(lab.now)
    assert waiting.snoozed_by == "ULEE"


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


def test_foreign_words_in_a_proposal_cannot_ping(lab):
    start(lab, values=(0.5,), metric="<!here>", kill_criteria="<!channel> is sad", **SPENT)
    tick(lab)
    for row in lab.sent("proposal"):
        assert "<!" not in str(row.payload).replace("<!date", "")
