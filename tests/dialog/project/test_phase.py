"""Phases: where the project stands, gate decisions, and signs of the wrong phase told once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from core.experiments.measurement import Measurement
from jobs.project import phase as job
from models.experiments.effort import extensions, gpu_by_number
from tests import seeded
from tests.conversation import Conversation
from tests.sprints import arrange, decided, idea
from tests.tickets import experiment

OLD = datetime(2026, 9, 14, 9, tzinfo=UTC)  # week 11 of the project on 23 November


def running(number, kind="exploration", values=(), **more):
    """A running experiment of an old project, with results one sprint apart."""
    looks = tuple(
        Measurement(OLD + timedelta(weeks=2 * n, days=1), value, 1.0, "", "UANA")
        for n, value in enumerate(values)
    )
    given = {
        "number": number,
        "title": f"Idea {number}",
        "kind_of_work": kind,
        "created_at": OLD,
        "box_starts": date(2026, 11, 9),
        "box_ends": date(2026, 12, 20),
        "kill_criteria": "",
    }
    made = experiment(**given | more)
    return type(made)(**vars(made) | {"measurements": looks})


def test_phase_shows_week_target_and_what_is_really_done(talk_on_both):
    talk = talk_on_both
    arrange(talk, *(running(n) for n in (1, 2, 3)), running(4, "optimisation"))
    talk.say("/exp update EXP-001 acc=0.7 gpu=6h first look")
    talk.say("/exp update EXP-004 acc=0.7 gpu=2h second look")
    page = talk.say("/phase", by="UBEN")
    body = str(page.blocks)
    assert page.text == "Optimization: week 3 of the phase, week 11 of the project"
    assert "By the calendar; no gate was decided yet." in body
    assert "10:90" in body
    assert "75:25 (exploration 6h, optimisation 2h)" in body
    assert "75:25 (exploration 3, optimisation 1)" in body
    assert "track diminishing returns" in body
    assert "symptom_snooze" not in body  # Ben is no lead


def test_phase_follows_the_deadline_of_the_canvas_and_says_so(talk_on_both):
    talk = talk_on_both
    arrange(talk, running(1))
    talk.say("/canvas edit")
    talk.submit_open({"objective": "Fewer tickets", "mvp": "Sprint 14 (week 28)"})
    page = talk.say("/phase", by="UBEN")
    body = str(page.blocks)  # 28 weeks: each of the document's sixteen takes 12.25 days
    assert page.text == "Convergence: week 4 of the phase, week 11 of the project"
    assert "By the deadline of the canvas (Sun 28 Mar, 39% of the way); no gate was" in body
    assert "50:50" in str(talk.say("/sprint plan").blocks)
    talk.say("/phase set discovery the data came late")
    body = str(talk.say("/phase").blocks)
    assert "By the deadline of the canvas (Sun 28 Mar, 39% of the way) it would be Conv" in body
    talk.say("/canvas edit")
    talk.submit_open({"mvp": ""})
    assert "The source document has Optimization" in str(talk.say("/phase").blocks)


def test_before_the_first_experiment_there_is_no_phase(talk):
    arrange(talk)
    assert "No phase yet" in talk.say("/phase").text
    assert "has not started" in talk.say("/phase set discovery we begin").text
    assert "started on Mon 2 Nov" in talk.say("/phase start 2026-11-02").text
    assert talk.say("/phase").text.startswith("Discovery: week 4 of the phase, week 4")


def test_a_gate_decision_is_public_dated_and_kept(talk_on_both):
    talk = talk_on_both
    arrange(talk, running(1))
    said = talk.say("/phase set convergence two approaches are left, RAG and tuning")
    assert said.text == "Gate decision: from Optimization to Convergence"
    (told,) = talk.sent("phase:")
    assert told.channel == "CTEAM"
    assert "two approaches are left" in str(told.payload["blocks"])
    talk.later(days=8)
    page = talk.say("/phase")
    assert page.text == "Convergence: week 2 of the phase, week 12 of the project"
    assert "Decided on Mon 23 Nov by <@UANA>" in str(page.blocks)
    assert "The source document has Optimization in weeks 9 to 12" in str(page.blocks)
    assert "50:50" in str(talk.say("/sprint plan").blocks)
    assert "is in Convergence since 2026-11-23" in talk.say("/phase set conv again").text


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("set", "Which phase?"),
        ("set polishing why not", "“polishing” is no phase. It is one of discovery"),
        ("set optimisation", "needs its reason"),
        ("set optimisation n/a", "needs its reason"),
        ("start soon", "“soon” is no day"),
        ("start 2027-01-01", "cannot have started on 2027-01-01"),
        ("nonsense", "I don't know `/phase nonsense`"),
    ],
    ids=["nothing", "unknown", "no-reason", "empty-reason", "no-day", "future", "verb"],
)
def test_wrong_input_is_one_clear_sentence(talk, typed, heard):
    arrange(talk, running(1))
    assert heard in talk.say(f"/phase {typed}").text


def test_only_leads_decide(talk):
    arrange(talk, running(1))
    assert "Only a lead can decide the phase" in talk.say("/phase set conv x y", by="UBEN").text
    assert "Only a lead can set the project" in talk.say("/phase start 2026-11-02", by="UBEN").text
    assert "Only a lead can silence" in talk.press("symptom_snooze", "almost", by="UBEN").text
    assert "not known" in talk.press("symptom_snooze", "almost").text


def ticks(talk: Conversation, days: int) -> list[str]:
    """The keys of what the leads were told over so many mornings."""
    for _ in range(days):
        talk.later(days=1)
        talk.now = talk.now.replace(hour=10)
        talk.run(job.watch)
        talk.run(job.watch)
    return [row.key for row in talk.sent("symptom:")]


def test_exploring_for_too_long_is_told_once_and_again_only_after_four_weeks(talk_on_both):
    talk = talk_on_both
    arrange(talk, *(running(n) for n in (1, 2, 3)), leads_channel="CLEADS")
    assert ticks(talk, 7) == ["symptom:1:exploring:1:CLEADS"]
    (told,) = talk.sent("symptom:")
    text = told.payload["text"]
    assert "Still exploring: week 11, no decision gate, 100% of the work since" in text
    assert "without kill criteria: EXP-001, EXP-002, EXP-003" in text
    assert "hard decision gate" in str(told.payload["blocks"])
    body = str(talk.say("/phase").blocks)
    assert "*Still exploring*" in body
    assert len(ticks(talk, 20)) == 1
    assert len(ticks(talk, 10)) == 2


def test_a_snooze_silences_it_and_a_gate_ends_it(talk):
    arrange(talk, *(running(n) for n in (1, 2, 3)), leads_channel="CLEADS")
    ticks(talk, 1)
    assert "silent for four weeks" in talk.press("symptom_snooze", "exploring").text
    assert "Silent until Tue 22 Dec" in str(talk.say("/phase").blocks)
    assert len(ticks(talk, 27)) == 1
    talk.say("/phase set convergence two are left")
    assert len(ticks(talk, 60)) == 1
    assert "the gate to convergence was decided" in str(talk.say("/phase").blocks)


def test_what_is_ready_for_two_weeks_and_not_promoted_is_told(talk):
    ready = running(1, "optimisation", values=(0.80, 0.86, 0.86, 0.87))
    arrange(talk, ready, leads_channel="CLEADS")
    assert "symptom:1:unshipped:1:CLEADS" in ticks(talk, 1)
    body = str(talk.say("/phase").blocks)
    assert "EXP-001 meets its target for 8 weeks, not promoted" in body
    assert "Ship with guardrails" in body


def test_a_box_extended_three_times_is_almost_done_forever(talk_on_both):
    talk = talk_on_both
    arrange(talk, running(1), leads_channel="CLEADS")
    for count in range(3):
        assert "extended" in talk.say(f"/exp extend EXP-001 1d reason {count}").text.lower()
    with Session(talk.engine) as session:
        assert len(extensions(session, 1)[1]) == 3
        assert gpu_by_number(session, 1, OLD, talk.now) == {}
    assert "symptom:1:almost:1:CLEADS" in ticks(talk, 1)
    assert "’s box was extended 3 times" in str(talk.say("/phase").blocks)


def test_a_team_with_too_little_data_hears_so_and_leads_hear_nothing(talk):
    arrange(talk, idea(1), leads_channel="CLEADS")
    body = str(talk.say("/phase").blocks)
    assert body.count("not enough data") >= 4
    assert ticks(talk, 3) == []


def test_decided_tickets_of_the_window_count_in_the_ratio(talk):
    done = [decided(n, date(2026, 11, 20), kind_of_work="ml_engineering") for n in (1, 2, 3)]
    arrange(talk, *done, decided(4, date(2026, 10, 1)))
    assert "0:100 (ML engineering 3)" in str(talk.say("/phase").blocks)


def test_the_leads_hear_nothing_at_the_weekend_or_before_ten(talk):
    arrange(talk, *(running(n) for n in (1, 2, 3)), leads_channel="CLEADS")
    for moment in (datetime(2026, 11, 28, 12, tzinfo=UTC), datetime(2026, 11, 30, 8, tzinfo=UTC)):
        talk.now = moment
        talk.run(job.watch)
    assert talk.sent("symptom:") == []
    seeded.team(talk.engine)
