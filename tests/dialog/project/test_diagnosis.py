"""“We haven't shipped anything in 3 sprints”: the case the data show, with ids and numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models import db
from models.decisions.proposal import Proposal
from tests import seeded
from tests.sprints import arrange, decided, idea
from tests.tickets import experiment, stored

LONG_AGO = datetime(2026, 9, 14, 9, tzinfo=UTC)


def running(number, **more):
    """A running experiment of an old project."""
    given = {"number": number, "created_at": LONG_AGO, "box_starts": date(2026, 11, 9),
             "box_ends": date(2026, 12, 20)}  # fmt: skip
    return experiment(**given | more)


def proposed(talk, ticket, *, days, **more):
    """A kill proposal that has been open for so many days."""
    row = stored(talk.engine, ticket)
    with db.transaction(talk.engine) as session:
        team = seeded.team_row(session)
        verdict = {"rule": "out of reach", "action": "kill", "text": "no way", "inputs": {},
                   "firing": True}  # fmt: skip
        session.add(Proposal(
            team_id=team.id, experiment_id=row, rule="out of reach", rule_version="1",
            action="kill", text="no way", verdicts=[verdict],
            at=talk.now - timedelta(days=days), **more,
        ))  # fmt: skip


def test_afraid_to_kill(talk_on_both):
    talk = talk_on_both
    arrange(talk, running(1, box_ends=date(2026, 11, 15)), running(2), running(3))
    proposed(talk, running(4), days=7)
    said = talk.say("/diagnose we haven't shipped anything in 3 sprints", by="UBEN")
    body = str(said.blocks)
    assert said.text == "Diagnosis over 3 sprints: the team is afraid to kill"
    assert "2 of 4 running experiments go on" in body
    assert "EXP-001: over its box by 8 days" in body
    assert "EXP-004: “out of reach” proposed 5 working days ago" in body
    assert "Decide what is listed" in body
    assert "nothing was promoted" in body


def test_snoozing_counts_as_not_deciding(talk):
    arrange(talk, running(1), running(2, box_ends=date(2026, 11, 15)))
    proposed(talk, running(3), days=1, snoozed_until=talk.now + timedelta(days=1))
    body = str(talk.say("/diagnose").blocks)
    assert "EXP-003: “out of reach” is snoozed" in body


def test_a_fresh_proposal_is_not_an_ignored_one(talk):
    arrange(talk, running(1), running(2, box_ends=date(2026, 11, 15)))
    proposed(talk, running(3), days=3)  # since Friday: one working day
    assert talk.say("/diagnose").text.endswith("nothing stands out")


def test_experiments_do_not_start(talk_on_both):
    talk = talk_on_both
    waiting = [idea(n, stage="hypothesis", dataset_ready=False, baseline=None,
                    stage_since=LONG_AGO) for n in (1, 2, 3)]  # fmt: skip
    arrange(talk, *waiting)
    said = talk.say("/diagnose nothing gets started")
    body = str(said.blocks)
    assert said.text == "Diagnosis over 3 sprints: experiments are not starting"
    assert "0 started in 3 sprints, 3 wait, 0 run" in body
    assert "EXP-001: in Hypothesis for 70 days, data not ready, no baseline" in body


def test_full_columns_used_up_hours_and_blockers_are_named(talk):
    waiting = [idea(n, dataset_ready=False) for n in (1, 2)]
    early = {"box_starts": date(2026, 9, 20), "gpu_budget": 500.0}
    arrange(talk, *waiting, *(running(n, **early) for n in (3, 4, 5)))
    talk.say("/exp update EXP-003 acc=0.7 gpu=110h long run")
    body = str(talk.say("/diagnose nothing starts").blocks)
    assert "the column Experiment is full: 3 of 3" in body
    assert "110 of the sprint's 120 GPU-hours are used" in body
    assert "0 started in 3 sprints, 2 wait, 3 run" in body


def kills(*days):
    return [decided(n, day) for n, day in enumerate(days, start=1)]


def test_running_and_failing_is_healthy(talk_on_both):
    talk = talk_on_both
    days = [date(2026, 11, d) for d in (2, 2, 3, 4, 9, 10, 12, 13)]
    arrange(talk, *kills(*days), *(running(n) for n in (16, 17, 18)),
            *(decided(n, date(2026, 11, 17), "promoted") for n in (9, 10)))  # fmt: skip
    for n in range(1, 6):
        talk.say(f"/learn add EXP-00{n} lesson number {n} about retrieval")
    said = talk.say("/diagnose why do our experiments fail?")
    body = str(said.blocks)
    assert said.text.endswith("experiments run and fail, which is healthy")
    assert "kill rate over 3 sprints: 80% (8 of 10; 54% to 93%), within the healthy 60–80%" in body
    assert "10 finished: 8 killed, 2 promoted; 5 learnings written" in body
    assert "you did ship: EXP-009, EXP-010" in body
    assert "instead of what shipped" in body


def test_with_nothing_to_see_it_says_so(talk):
    arrange(talk, idea(1))
    said = talk.say("/diagnose")
    assert said.text == "Diagnosis over 3 sprints: not enough data"
    assert "1 experiment over 70 days; it takes 3 over 14" in str(said.blocks)


def test_when_nothing_stands_out_it_says_that(talk):
    arrange(talk, *(running(n) for n in (1, 2, 3)))
    said = talk.say("/diagnose nothing in production for six weeks")
    assert said.text == "Diagnosis over 3 sprints: nothing stands out"


def test_an_unknown_complaint_hears_what_can_be_diagnosed(talk):
    arrange(talk)
    said = talk.say("/diagnose the coffee is <!channel> cold")
    assert said.text == "I can't diagnose that from the data."
    assert "/diagnose we haven't shipped in 3 sprints" in str(said.blocks)
    assert "<!channel>" not in str(said.blocks)
    assert "`/phase` answers that" in talk.say("/diagnose are we exploring too long").text


@pytest.mark.parametrize(
    ("typed", "sprints"),
    [("we shipped nothing in two sprints", 2), ("no release for 4 weeks", 2), ("stuck", 3),
     ("nothing shipped in 99 sprints", 12)],
    ids=["two", "weeks", "none", "many"],
)  # fmt: skip
def test_the_span_is_read_from_the_sentence(talk, typed, sprints):
    arrange(talk, *(running(n) for n in (1, 2, 3)))
    assert talk.say(f"/diagnose {typed}").text.startswith(f"Diagnosis over {sprints} sprint")


def test_it_is_shared_once(talk):
    arrange(talk, *(running(n) for n in (1, 2, 3)))
    value = talk.say("/diagnose").blocks[-1]["elements"][0]["value"]
    assert talk.press("diagnosis_share", value).text == "Shared in <#CTEAM>."
    assert "already" in talk.press("diagnosis_share", value).text
    (row,) = talk.sent("diagnosis:")
    assert "Shared by <@UANA>" in str(row.payload["blocks"])
    assert "too old" in talk.press("diagnosis_share", "x").text
    assert replace(talk.replies[-1]).text
    seeded.team(talk.engine)
