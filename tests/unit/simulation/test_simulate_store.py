"""A simulated history in a database: the metrics agree with a recount of the raw audit rows.

The recount knows nothing of the metrics' code: it reads the tables with plain SQL.
"""

import json
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from statistics import fmean

import numpy as np
import pytest
from sqlalchemy import Engine, text

from bot.writer import PlainWriter
from core.errors import Refused
from core.simulation.flow import deal, play
from core.simulation.game import wish
from core.simulation.sprints import report
from services.board import metrics
from services.ports import Lab
from services.simulation import simulate
from services.sprints import sprint
from tests.conversation import TEAM

STARTS = date(2026, 8, 31)
EVENTS = ["data-quality@2", "gpu-shortage@3", "eval-regression@4", "scope-change@5"]
CREW = simulate.Crew(["U1", "U2", "U3", "U4", "U5", "U6", "U7"], ["U2", "U6"], list("ABCDEFG"))
OVER = datetime(2026, 11, 23, 6, tzinfo=UTC)


def filled(engine: Engine, experiments: int):
    asked = wish(6, experiments, EVENTS)
    rng = np.random.default_rng(7)
    deck = deal(asked, rng)
    played = play(asked, deck)
    lab = Lab(engine, lambda: OVER, PlainWriter())
    simulate.fill(lab, "TSIM", (played, rng), CREW, STARTS)
    return lab, report(played, deck)


def recount(engine: Engine) -> dict[str, list]:
    """By sprint, from the audit rows alone: a decision counts that stood at the sprint's end."""
    rows = "SELECT experiment_id, at, before, after FROM change WHERE NOT undone ORDER BY at, id"
    with engine.connect() as connection:
        changes = [tuple(row) for row in connection.execute(text(rows))]
        stuck = [row[0] for row in connection.execute(text("SELECT at FROM blocker"))]
    steps: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for number, at, _, after in changes:
        found = json.loads(after) if isinstance(after, str) else after
        if "stage" in found:
            steps[number].append((moment(at), found["stage"]))
    spans = [span(n) for n in range(6)]
    every = [step for known in steps.values() for step in known]
    return {
        "killed": [ended(steps, "killed", of=one) for one in spans],
        "promoted": [ended(steps, "production", of=one) for one in spans],
        "iterated": [
            sum(to == "iteration" and one[0] <= at < one[1] for at, to in every) for one in spans
        ],
        "closed": [ended(steps, "killed", "production", of=one) for one in spans],
        "blockers": [sum(one[0] <= moment(at) < one[1] for at in stuck) for one in spans],
        "cycles": [cycles(steps, one) for one in spans],
        "reached": [Counter(to for s in steps.values() for to in {to for _, to in s})],
    }


def span(place: int) -> tuple[datetime, datetime]:
    begins = datetime.combine(STARTS, datetime.min.time(), tzinfo=UTC) + timedelta(days=14 * place)
    return begins, begins + timedelta(days=14)


def moment(at) -> datetime:
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def last_words(steps, of) -> list[tuple[int, datetime, str]]:
    """What stood of every experiment when the sprint ended, if it came to that in the sprint."""
    found = []
    for number, known in steps.items():
        until = [step for step in known if step[0] < of[1]]
        if until and of[0] <= until[-1][0]:
            found.append((number, *until[-1]))
    return found


def ended(steps, *stages: str, of) -> int:
    return sum(stage in stages for _, _, stage in last_words(steps, of))


def cycles(steps, of) -> list[float]:
    found = []
    for number, at, stage in last_words(steps, of):
        began = [when for when, to in steps[number] if to == "hypothesis"]
        if stage in ("killed", "production") and began:
            found.append((at - began[0]).total_seconds() / 86400)
    return sorted(found)


def agree(engine: Engine, lab: Lab, found) -> None:
    counted = recount(engine)
    board = metrics.look(lab, TEAM, 6)
    assert [one.decided.killed for one in board.sprints] == counted["killed"]
    assert [one.decided.promoted for one in board.sprints] == counted["promoted"]
    assert [one.decided.iterated for one in board.sprints] == counted["iterated"]
    assert [one.blocked for one in board.sprints] == counted["blockers"]
    flat = [days for one in counted["cycles"] for days in one]
    assert board.cycle_mean == pytest.approx(fmean(flat))
    velocity = sprint.velocity(lab, TEAM)
    assert [one.count for one in velocity.past] == counted["closed"]
    assert [one.sprint.decided.finished for one in found.sprints] == counted["closed"]
    reached = counted["reached"][0]
    levels = metrics.funnel(lab, TEAM).levels
    assert [level.reached for level in levels[1:]] == [
        reached["hypothesis"], reached["experiment"], reached["evaluation"], reached["production"]
    ]  # fmt: skip
    assert found.funnel == metrics.funnel(lab, TEAM)


def test_the_metrics_of_300_experiments_agree_with_a_recount(sqlite_engine):
    lab, found = filled(sqlite_engine, 300)
    agree(sqlite_engine, lab, found)
    assert sum(one.sprint.decided.finished for one in found.sprints) > 150


def test_the_metrics_of_a_small_team_agree_with_a_recount(engine):
    lab, found = filled(engine, 40)
    agree(engine, lab, found)


def test_a_team_that_has_experiments_keeps_them(engine):
    lab, _ = filled(engine, 8)
    with pytest.raises(Refused, match="experiments already"):
        filled(engine, 8)
    assert len(sprint.velocity(lab, TEAM).past) == 6


def test_a_history_has_sprints_standups_digests_and_scored_forecasts(engine):
    filled(engine, 40)
    with engine.connect() as connection:
        count = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in (
                "sprint",
                "digest",
                "round",
                "answer",
                "learning",
                "commitment",
                "forecast",
            )
        }
        scored = connection.execute(text("SELECT count(*) FROM forecast WHERE state <> 'open'"))
        assert scored.scalar_one() > 0
        said = connection.execute(
            text("SELECT count(*) FROM experiment WHERE predicted_chance IS NOT NULL")
        )
        assert said.scalar_one() > 20
    assert count["sprint"] == 6
    assert count["digest"] == 12
    assert count["round"] == 20
    assert 100 < count["answer"] < 140
    assert count["learning"] > count["answer"]  # and those of decisions
    assert count["commitment"] > 30
