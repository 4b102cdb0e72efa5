"""/exp retention: a dry run, a button, and what goes and stays once a day."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from jobs import housekeeping, schedule
from models.experiments.learning import Learning
from models.form_draft import Draft
from models.outbox import Outbox
from models.standups.answer import Answer, Said
from models.standups.early import Early
from models.standups.evening import EveningAsk
from tests.standups import led_round, next_day, place, ticket

WORDS = {"q0": "EXP-042 overfits", "q1": "Distil it", "q2": "labels are late"}


@pytest.fixture
def old(talk_on_both):
    """Ana answered with the form, Ben with a message; the round closed, and Cy's report is out."""
    talk = led_round(talk_on_both)
    ticket(talk, 42)
    talk.press("standup_answer", "1", by="UANA")
    talk.submit_open(WORDS)
    channel, ts = place(talk, "prompt:1:UBEN")
    talk.write("1. It leaks\n2. Mask it\n3. none", "UBEN", channel=channel, thread_ts=ts)
    talk.close("standup_answer", {"q0": "half a sentence"}, "UCY", {"round": 1})
    talk.say("/standup report csv", by="ULEE")
    next_day(talk)
    talk.now += timedelta(days=40)
    talk.say("/standup pause", by="ULEE")
    return talk


def texts(talk):
    """Every word of the answers that is still in the database, wherever."""
    with Session(talk.engine) as session:
        found = [str(a.replies) + str(a.form) for a in session.exec(select(Answer))]
        found += [s.text for s in session.exec(select(Said))]
        found += [str(d.values) for d in session.exec(select(Draft))]
        rows = [r for r in session.exec(select(Outbox)) if r.key[:8] != "blocker:"]
        return " ".join([*found, *(str(r.payload) for r in rows)])


def test_the_job_is_in_the_schedule():
    assert housekeeping.forget_answers in schedule.SCHEDULE


def test_without_a_setting_everything_is_kept(old):
    assert "kept for ever" in old.say("/exp retention", by="UANA").text
    old.run(housekeeping.forget_answers)
    assert "overfits" in texts(old)


def test_a_lead_sees_the_count_first_and_nothing_changes_before_the_button(old):
    reply = old.say("/exp retention answers=30d", by="ULEE")
    assert (
        "Dry run: in the whole workspace the words of 2 answers from before 2026-12-04 would go"
        in reply.text
    )
    assert "can't be undone" in str(reply.blocks)
    old.run(housekeeping.forget_answers)
    assert "overfits" in texts(old)
    assert "Only a lead can" in old.say("/exp retention answers=30d", by="UANA").text
    assert "Only a lead can" in old.press("retention_set", "30", by="UANA").text


def test_the_words_go_and_decisions_learnings_and_counts_stay(old):
    told = old.press("retention_set", "30", by="ULEE")
    assert told.text.endswith(
        "kept for 30 days in the whole workspace. The first are forgotten within a day."
    )
    assert told.replace
    assert "holds already" in old.press("retention_set", "30", by="ULEE").text
    [public] = old.sent("retention:")
    assert public.channel == "CTEAM"
    before = old.say("/standup report 2026-11-23").text
    old.run(housekeeping.forget_answers)
    kept = texts(old)
    for word in ("overfits", "Distil", "leaks", "Mask", "half a sentence"):
        assert word not in kept
    assert old.say("/standup report 2026-11-23").text == before
    with Session(old.engine) as session:
        learned = [row.text for row in session.exec(select(Learning))]
    assert learned == ["EXP-042 overfits", "It leaks"]
    assert "labels are late" in str(old.say("/blocker BLK-001").blocks)
    assert "no longer kept" in str(old.say("/standup report <@UANA> 2026-11-23").blocks)
    assert old.press("standup_answer", "1", by="UANA").modal is not None


def test_evening_checks_and_answers_ahead_go_too(old):
    on = old.now.date() - timedelta(days=35)
    with Session(old.engine) as session:
        row = {"standup_id": 1, "user_id": "UANA", "on": on, "at": old.now}
        session.add(EveningAsk(**row, state="answered", text="overfits at dusk"))
        session.add(Early(**row, form=["overfits tomorrow"]))
        session.commit()
    old.press("retention_set", "30", by="ULEE")
    old.run(housekeeping.forget_answers)
    with Session(old.engine) as session:
        assert [(e.state, e.text) for e in session.exec(select(EveningAsk))] == [("answered", "")]
        assert list(session.exec(select(Early))) == []


def test_it_runs_once_a_day_and_leaves_younger_answers_alone(old):
    old.press("retention_set", "60", by="ULEE")
    old.run(housekeeping.forget_answers)
    assert "overfits" in texts(old)
    old.now += timedelta(days=30)
    old.run(housekeeping.forget_answers)
    assert "overfits" not in texts(old)
    assert "0 answers" in old.say("/exp retention answers=90d", by="ULEE").text


def test_it_is_an_admins_and_stands_in_the_audit_log(old):
    old.say("/exp role <@UCY> admin", by="ULEE")
    assert "Only an admin can" in old.say("/exp retention 1y", by="ULEE").text
    assert "Only an admin can" in old.press("retention_set", "30", by="ULEE").text
    assert "30 days" in old.press("retention_set", "30", by="UCY").text
    assert "retention" in str(old.say("/exp audit", by="UCY").blocks)


def test_it_can_be_switched_off_again(old):
    old.press("retention_set", "30", by="ULEE")
    assert "kept for ever" in old.say("/exp retention off", by="ULEE").text
    off = old.press("retention_set", "0", by="ULEE").text
    assert off == "Standup answers are kept for ever in the whole workspace."
    old.run(housekeeping.forget_answers)
    assert "overfits" in texts(old)
    assert "Set by <@ULEE> on 2027-01-03" in str(old.say("/exp retention").blocks)


@pytest.mark.parametrize(
    ("value", "heard"), [("7", "30 to 3660 days"), ("99999", "30 to 3660"), ("x", "too old")]
)
def test_a_button_with_another_value_is_refused(old, value, heard):
    assert heard in old.press("retention_set", value, by="ULEE").text
    assert "30 to 3660" in old.say("/exp retention answers=3d", by="ULEE").text
    assert "don't understand" in old.say("/exp retention learnings=3d", by="ULEE").text
