"""A canvas that acts: a ticket that breaks a limit hears of it, compute and calendar follow."""

from datetime import UTC, datetime

from jobs.sprints import sprint as sprint_job
from tests import seeded
from tests.dialog.project.test_canvas import DOCUMENT, team, write
from tests.sprints import arrange
from tests.tickets import experiment

__all__ = ["team"]
TICKET = {"title": "GPT-4 answers", "hypothesis": "It lifts accuracy to 85%", "owner": "UBEN",
          "metric": "accuracy", "direction": "higher", "target": "85%", "gpu_budget": "24h",
          "time_box": "2w", "kill_criteria": "p95 latency over 4 s",
          "success_secondary": "latency < 3 s"}  # fmt: skip


def test_a_ticket_that_breaks_the_canvas_is_told_at_writing_and_on_its_card(team):
    write(team)
    form = str(team.say("/exp new", by="UBEN").modal)
    assert "The canvas: at most $5,000 a month; latency at most 2 s; 4 GPUs" in form
    said = team.submit_open(TICKET, by="UBEN")
    body = str(said.blocks)
    assert "the secondary criterion allows 3 s, the canvas at most 2 s" in body
    assert "the kill line allows 4 s" in body
    assert "the canvas rules out GPT-4 at scale; the title names it" in body
    shown = team.say("/exp show EXP-043", by="UBEN")
    assert "rules out GPT-4 at scale" in str(shown.blocks)
    team.say("/exp edit EXP-043", by="UBEN")
    mended = TICKET | {"title": "Llama answers", "kill_criteria": "accuracy below 70%",
                       "success_secondary": "latency < 1.5 s"}  # fmt: skip
    team.submit_open(mended, by="UBEN")
    assert ":warning:" not in str(team.say("/exp show EXP-043", by="UBEN").blocks)


def test_what_is_measured_is_held_against_the_canvas_too(team):
    write(team)
    seeded.tickets(team.engine, experiment(
        (0.7,), number=50, title="Larger model",
        success_secondary="latency < 1.8 s\ninference cost < $4K a month",
    ))  # fmt: skip
    assert ":warning:" not in str(team.say("/exp show EXP-050").blocks)
    team.say("/exp update EXP-050 latency=1.9s inference=$4500")
    assert ":warning:" not in str(team.say("/exp show EXP-050").blocks)  # within the canvas
    team.say("/exp update EXP-050 latency=2400ms inference=$6.2k")
    body = str(team.say("/exp show EXP-050", by="UBEN").blocks)
    assert "Latency: measured 2.4 s, the canvas has at most 2 s." in body
    assert "Budget: measured $6,200 a month, the canvas has at most $5,000." in body


def test_a_ticket_of_a_team_without_a_canvas_hears_nothing(team):
    team.say("/exp new", by="UBEN")
    assert ":warning:" not in str(team.submit_open(TICKET, by="UBEN").blocks)


def test_the_gpus_of_the_canvas_are_set_with_one_press_by_a_lead(team):
    write(team)
    assert "Set 4 GPUs" in str(team.say("/canvas").blocks)
    assert "Set 4 GPUs" not in str(team.say("/canvas", by="UBEN").blocks)
    assert "Only a lead" in team.press("canvas_gpus", by="UBEN").text
    assert team.press("canvas_gpus").text == "4 experiments may train at a time."
    assert "4 GPUs are set already" in team.press("canvas_gpus").text
    assert "Set 4 GPUs" not in str(team.say("/canvas").blocks)
    write(team, infra="a few machines")
    assert "names no number of GPUs any more" in team.press("canvas_gpus").text


def test_a_legal_review_is_set_against_the_mvp_sprint(team):
    write(team, mvp="8")  # ends on 3 January
    body = str(team.say("/canvas", by="UBEN").blocks)
    assert ("Legal review takes 21 days and sprint 8 ends on Sun 3 Jan: it has to begin by "
            "Mon 14 Dec.") in body  # fmt: skip
    write(team, mvp="6")  # ends on 6 December, in 13 days
    late = str(team.say("/canvas", by="UBEN").blocks)
    assert "*The math doesn't work*" in late
    assert "begun today it comes 7 days too late." in late


def test_leads_hear_once_of_a_review_that_has_to_begin_in_the_sprint_that_starts(talk_on_both):
    talk = talk_on_both
    arrange(talk, leads_channel="CLEADS")
    talk.say("/canvas edit")
    talk.submit_open(DOCUMENT | {"mvp": "8"})
    talk.now = datetime(2026, 12, 7, 2, tzinfo=UTC)  # sprint 7 starts: it ends on 20 December
    talk.run(sprint_job.hold)
    talk.run(sprint_job.hold)
    (told,) = talk.sent("canvas-launch")
    assert told.channel == "CLEADS"
    assert "it has to begin by Mon 14 Dec" in told.payload["text"]
    assert "/need add Legal review begun by=2026-12-14" in str(told.payload["blocks"])
