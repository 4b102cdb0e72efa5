"""/board metrics and funnel from the audit trail; what leads hear when a sprint closes."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from handlers.routes import table
from jobs.board import board as job
from models.experiments.experiment import Experiment as Row
from services.board import metrics
from tests import boards, seeded
from tests.boards import FIRST, decided, stuck, walked
from tests.conversation import START, TEAM, Conversation
from tests.experiments import bring

OVER = " over sprints 1 to 4:"
LEARNED = "Deduplicate the corpus before fine-tuning."


@pytest.fixture
def team(talk):
    """Four sprints of a team are over."""
    seeded.team(talk.engine, settings={"sprint_from": FIRST.date().isoformat()})
    return talk


def _outcomes(talk, *counts, days=(2, 16, 30, 44)):
    """Per sprint: killed, promoted, iterated."""
    number = 0
    for day, row in zip(days, counts, strict=False):
        for to, many in zip(("killed", "production", "iteration"), row, strict=True):
            for _ in range(many):
                number += 1
                decided(talk.engine, number, day + 2, to, began=day)


def _table(reply):
    (rows,) = [b["rows"] for b in reply.blocks if b["type"] == "table"]
    return {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in rows}


def _said(reply):
    return "\n".join(str(b.get("text", b.get("elements"))) for b in reply.blocks)


def test_each_sprint_is_told_and_the_rates_stand_against_their_bands(team):
    _outcomes(team, (4, 1, 1), (3, 1, 0), (2, 1, 1), (5, 1, 0))
    for day in (3, 17, 18, 45):
        stuck(team.engine, day, cause="gpu_shortage" if day > 10 else "")
    heard = team.say("/board metrics")
    assert heard.text == (
        "Sprints 1 to 4: 18 experiments finished, kill rate 70% (within 60%–80%), promotion "
        "rate 20% (within 10%–30%)."
    )
    shown = _table(heard)
    assert shown["Killed"] == ["4", "3", "2", "5"]
    assert shown["Finished"] == ["5", "4", "3", "6"]
    assert shown["Kill rate"] == ["67%", "75%", "50%", "83%"]
    assert shown["Blockers opened"] == ["1", "2", "0", "1"]
    assert shown["Cycle, median days"] == ["2.0"] * 4
    said = _said(heard)
    assert (
        "Kill rate over sprints 1 to 4: 70% (14 of 20; 52% to 84%), within the healthy 60–80%."
        in said
    )
    assert "Cycle time, Hypothesis to decision: median 2.0, mean 2.0 days." in said
    assert "Blockers: 1.0 opened a sprint (GPU shortage 3, compute 1)." in said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((2, 0, 8), f"Kill rate{OVER} 20% (2 of 10; 7% to 46%), below the healthy 60–80%. Fewer"),
        ((30, 0, 0), f"Kill rate{OVER} 100% (30 of 30; 92% to 100%), above the healthy 60–80%. M"),
        ((11, 1, 0), ", above the healthy 60–80%, which chance may explain. More are killed"),
        ((15, 0, 5), f"Promotion rate{OVER} 0% (0 of 20; 0% to 12%), below the healthy 10–30%, w"),
        ((5, 20, 0), f"Promotion rate{OVER} 80% (20 of 25; 64% to 90%), above the healthy 10–30"),
        ((9, 0, 0), f"Kill rate{OVER} not enough data (9 of 10 decisions; healthy is 60–80%)."),
    ],
)  # fmt: skip
def test_outside_a_band_it_is_said_in_words_what_that_may_mean(team, counts, said):
    _outcomes(team, counts)
    assert said in _said(team.say("/board metrics"))


def test_trends_compare_the_later_half_with_the_earlier(team):
    _outcomes(team, (9, 0, 0), (9, 0, 0), (1, 3, 4), (1, 3, 4))
    said = _said(team.say("/board metrics"))
    assert "Trend: down (p = 0.001)." in said.split("Promotion")[0]
    assert "Trend: up" in said.split("Promotion rate")[-1].split("Throughput")[0]
    assert "Throughput: 6.5 finished a sprint. Trend: no clear change" in said
    assert "Trend: not enough data" in _said(team.say("/board metrics last 2 sprints"))


@pytest.mark.parametrize("said", ["last", "0", "13", "last week", "2.5", "last 99 sprints"])
def test_a_number_of_sprints_that_cannot_be_read_says_how_to_write_it(team, said):
    assert "Write `/board metrics last 6 sprints`." in team.say(f"/board metrics {said}").text


def test_before_a_sprint_is_over_there_are_no_metrics(talk):
    bring(talk, "hypothesis")
    assert talk.say("/board metrics").text.startswith("No sprint is over yet")
    assert talk.say("/board funnel").text == "1 experiment: 0 killed, 0 reached production."


def test_an_empty_funnel_says_how_to_start(talk):
    assert "There is no experiment yet" in talk.say("/board funnel").text
    assert talk.sent("picture:") == []


def test_the_funnel_tells_where_experiments_were_killed(team):
    walked(team.engine, 1, [(0, "backlog"), (1, "killed")])
    walked(team.engine, 2, [(0, "backlog"), (1, "hypothesis"), (2, "experiment"), (3, "killed")])
    decided(team.engine, 3, 5, "killed")
    decided(team.engine, 4, 5, "production")
    walked(team.engine, 5, [(0, "backlog"), (1, "hypothesis"), (2, "experiment"),
                            (3, "evaluation"), (4, "iteration"), (5, "killed")])  # fmt: skip
    heard = team.say("/board funnel")
    assert heard.text == "5 experiments: 4 killed, 1 reached production."
    assert _table(heard) == {
        "Stage": ["Reached", "Went on", "There now", "Killed there"],
        "backlog": ["5", "4", "0", "1"],
        "hypothesis": ["4", "4", "0", "0"],
        "experiment": ["4", "3", "0", "1"],
        "evaluation": ["3", "1", "0", "2"],
        "production": ["1", "0", "1", "0"],
    }
    assert "1 were refined in Iteration; 1 of the killed" in _said(heard)
    (row,) = team.sent("picture:")
    assert row.payload["charts"][0]["title"] == "Funnel: 5 experiments, 4 killed"


def test_a_kill_that_was_undone_or_reopened_does_not_count(talk):
    bring(talk, "result")
    talk.say(f"/kill 1 {LEARNED}")
    talk.say("/exp undo")
    assert talk.say("/board funnel").text.startswith("1 experiment: 0 killed")
    talk.say(f"/kill 1 {LEARNED}")
    assert talk.say("/board funnel").text.startswith("1 experiment: 1 killed")
    talk.say("/exp reopen 1 wrong labels")
    assert talk.say("/board funnel").text.startswith("1 experiment: 0 killed")


@pytest.mark.parametrize("value", ["funnel", "metrics 4"])
def test_what_was_looked_at_can_be_shared_once(team, value):
    _outcomes(team, (4, 1, 1))
    assert team.press("board_metrics_share", value).text == "Shared in this channel."
    assert "shared here already" in team.press("board_metrics_share", value).text
    assert "too old" in team.press("board_metrics_share", "metrics x").text


def test_the_figures_are_those_of_an_independent_count_over_the_tickets(engine):
    """The audit trail and the tickets' own columns tell the same story."""
    talk = Conversation(engine=engine, table=table())
    seeded.team(engine, settings={"sprint_from": FIRST.date().isoformat()})
    dice = random.Random(11)
    for number in range(1, 41):
        day, to = dice.uniform(1.5, 55), dice.choice(["killed", "killed", "production"])
        row = decided(engine, number, day, to, began=dice.uniform(0.1, 1.4))
        if number % 7 == 0:  # taken back at once: only the trail knows of it
            boards.changed(engine, row, "evaluation", "killed", FIRST, undone=True)
    found = metrics.look(talk.lab, TEAM, 4)
    with Session(engine) as session:
        rows = session.exec(select(Row)).all()
    counted = Counter(((r.decided_at - FIRST.replace(hour=0)).days // 14, r.outcome) for r in rows)
    for place, sprint in enumerate(found.sprints):
        assert sprint.decided.killed == counted[place, "killed"]
        assert sprint.decided.promoted == counted[place, "promoted"]
    assert sum(len(s.cycles) for s in found.sprints) == 40


def _closed(team, **more):
    seeded.team(team.engine, leads_channel="CLEADS", **more)
    team.now = START + timedelta(hours=1)  # Monday at ten, the day after the fourth sprint


def test_leads_hear_once_when_a_sprint_closed_outside_a_band(team):
    _outcomes(team, (30, 0, 0))
    _closed(team)
    team.run(job.tell_due)
    team.later(hours=1)
    team.run(job.tell_due)
    (row,) = team.sent("board:")
    assert row.channel == "CLEADS"
    assert row.payload["text"].startswith(
        f"Sprint 4 has closed. Kill rate{OVER} 100% (30 of 30; 92% to 100%), above the "
        "healthy 60–80%."
    )


@pytest.mark.parametrize("counts", [(14, 4, 2), (9, 0, 0), (11, 1, 0)])
def test_within_the_bands_or_by_chance_or_with_too_little_leads_hear_nothing(team, counts):
    _outcomes(team, counts)
    _closed(team)
    team.run(job.tell_due)
    assert team.sent("board:") == []


@pytest.mark.parametrize("span", [{"hours": -9}, {"days": 5}])
def test_neither_at_night_nor_days_later(team, span):
    _outcomes(team, (30, 0, 0))
    _closed(team)
    team.later(**span)
    team.run(job.tell_due)
    assert team.sent("board:") == []


def test_without_a_leads_channel_each_lead_hears_it(team):
    _outcomes(team, (30, 0, 0))
    team.say("/exp leads add <@ULEE>", by="ULEE")
    team.now = START + timedelta(hours=1)
    team.run(job.tell_due)
    assert [row.channel for row in team.sent("board:")] == ["ULEE"]
