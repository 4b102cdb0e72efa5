"""A team with years behind it, written straight into the tables.

About 95 % of the experiments are decided and about fifty are open; each has results, audit rows
and, once decided, a learning. Standup rounds go back as far as their answers need.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert

from models.blockers.blocker import Blocker
from models.board.engineering import Engineering
from models.data.dataset import Dataset
from models.experiments.experiment import Change, Experiment
from models.experiments.learning import Learning
from models.experiments.measurement import Measurement
from models.forecasts.forecast import Forecast
from models.people import Member, Profile
from models.sprints.sprint import Commitment, Sprint
from models.team import Team, Workspace
from tests.bench.answered import PEOPLE, hold, user, write
from tests.conversation import START, WORKSPACE
from tests.grown import by_day

OPEN = 50  # most experiments that are not decided
SPRINTS = 78  # of two weeks: three years
_STAGES = ("backlog", "hypothesis", "experiment", "evaluation", "iteration")
_WORDS = (
    "adapter", "batch", "calibration", "corpus", "curriculum",
    "decoder", "distillation", "dropout", "embedding", "encoder",
    "filter", "label", "loss", "prompt", "quantisation",
    "ranker", "retrieval", "sampling", "schedule", "tokenizer",
)  # fmt: skip
_ALWAYS = {"why": "", "undone": False}


def fill(engine: Engine, experiments: int, answers: int = 0) -> None:
    """A migrated, empty database becomes that of a team with so much behind it, as of START."""
    with engine.begin() as connection:
        team_id = _team(connection)
        write(connection, Experiment, _tickets(team_id, experiments))
        write(connection, Measurement, _looks(experiments))
        write(connection, Change, _changes(team_id, experiments))
        write(connection, Learning, _learnings(team_id, experiments))
        _sprints(connection, team_id, experiments)
        _beside(connection, team_id, experiments)
        if answers:
            hold(connection, team_id, answers)


def _team(connection: Connection) -> int:
    began = START - timedelta(days=14 * SPRINTS)
    settings = {
        "sprint_from": began.date().isoformat(),
        "sprint_set_at": START.isoformat(),
        "digest_from": START.isoformat(),
    }
    row = {
        "workspace": WORKSPACE, "name": "Vision", "team_channel": "CTEAM", "settings": settings,
        "leads_channel": "CLEADS", "digest_channel": "CDIGEST", "alerts_channel": "CALERTS",
        "metric_name": "accuracy", "metric_target": 0.95, "created_at": began,
        "group_members": [],
    }  # fmt: skip
    done = connection.execute(insert(Team).returning(Team.id), row)  # type: ignore[call-overload]
    team_id = int(done.scalar_one())
    write(connection, Workspace, iter([{"slack_id": WORKSPACE, "created_at": began}]))
    write(connection, Profile, (
        {
            "workspace": WORKSPACE, "user_id": user(number), "name": f"Person {number}",
            "zone": "Europe/Berlin", "seen_at": START,
        } for number in range(PEOPLE)
    ))  # fmt: skip
    write(connection, Member, (
        {"team_id": team_id, "user_id": user(number), "role": "member" if number else "lead"}
        for number in range(PEOPLE)
    ))  # fmt: skip
    return team_id


def opened(experiments: int) -> int:
    """How many of so many are not decided."""
    return min(OPEN, max(5, experiments // 20))


def _decided_at(number: int, experiments: int) -> datetime | None:
    decided = experiments - opened(experiments)
    if number > decided:
        return None
    span = timedelta(days=14 * SPRINTS - 20)
    return START - timedelta(days=6) - span * ((decided - number) / decided)


def _tickets(team_id: int, experiments: int) -> Iterator[dict[str, Any]]:
    dice = random.Random(7)
    for number in range(1, experiments + 1):
        at = _decided_at(number, experiments)
        outcome = "" if at is None else dice.choice(("killed", "killed", "promoted"))
        stage = {"killed": "killed", "promoted": "production"}.get(outcome, _STAGES[number % 5])
        created = (at or START) - timedelta(days=12)
        starts = created.date() + timedelta(days=1)
        yield {
            "team_id": team_id, "number": number, "owner": user(number), "stage": stage,
            "title": f"Does a {_some(dice, 1)} {_some(dice, 1)} help the {_some(dice, 1)}",
            "hypothesis": f"A new {_some(dice, 2)} lifts accuracy by a point",
            "baseline": 0.8, "target": 0.9, "gpu_budget": 40.0, "gpu_used": 12.0,
            "box_days": 28, "box_starts": starts, "box_ends": starts + timedelta(days=28),
            "outcome": outcome, "final_metric": _metric(number, experiments, dice) if at else None,
            "learnings": _learnt(dice) if at else "", "decided_at": at,
            "decided_by": user(number) if at else "", "created_at": created,
            "stage_since": at or START - timedelta(days=2), "dataset_ready": True,
            "progress_at": at or START - timedelta(hours=4), "version": 5,
            "predicted_chance": number % 10 / 10, "predicted_low": 0.78, "predicted_high": 0.93,
        }  # fmt: skip


def _metric(number: int, experiments: int, dice: random.Random) -> float:
    return round(0.8 + 0.1 * number / experiments + dice.gauss(0, 0.01), 4)


def _some(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(_WORDS, k=count))


def _learnt(dice: random.Random) -> str:
    return f"The {_some(dice, 2)} was the limit, not the {_some(dice, 1)}"


def _looks(experiments: int) -> Iterator[dict[str, Any]]:
    for number in range(1, experiments + 1):
        last = _decided_at(number, experiments) or START - timedelta(hours=4)
        for step in range(4):
            yield {
                "experiment_id": number, "at": last - timedelta(days=2 * (3 - step)),
                "value": 0.82 + 0.01 * step, "gpu_used": 3.0 * (step + 1), "note": "as planned",
                "author": user(number),
            }  # fmt: skip


def _changes(team_id: int, experiments: int) -> Iterator[dict[str, Any]]:
    for number in range(1, experiments + 1):
        at = _decided_at(number, experiments)
        last = at or START - timedelta(hours=4)
        common = {"team_id": team_id, "experiment_id": number, "who": user(number)} | _ALWAYS
        yield common | {
            "at": last - timedelta(days=12),
            "action": "created",
            "before": {},
            "after": {},
        }
        yield common | {
            "at": last - timedelta(days=8), "action": "moved", "before": {"stage": "hypothesis"},
            "after": {"stage": "experiment"},
        }  # fmt: skip
        for step in range(4):
            yield common | {
                "at": last - timedelta(days=2 * (3 - step)), "action": "reported",
                "before": {"gpu_used": 3.0 * step}, "after": {"gpu_used": 3.0 * (step + 1)},
            }  # fmt: skip
        if at:
            yield common | {
                "at": at, "action": "decided", "before": {"stage": "evaluation", "outcome": ""},
                "after": {"stage": "killed", "outcome": "killed"},
            }  # fmt: skip


def _learnings(team_id: int, experiments: int) -> Iterator[dict[str, Any]]:
    dice = random.Random(11)
    for number in range(1, experiments + 1):
        at = _decided_at(number, experiments)
        if at:
            yield {
                "team_id": team_id, "source": "decision", "text": _learnt(dice), "at": at,
                "origin": f"decision:{number}:{user(number)}", "user_id": user(number),
                "about": f",{number},",
            }  # fmt: skip


def _sprints(connection: Connection, team_id: int, experiments: int) -> None:
    first = (START - timedelta(days=14 * SPRINTS)).date()
    held: dict[int, list[dict[str, Any]]] = {}
    for number in range(1, experiments + 1):
        at = _decided_at(number, experiments)
        if at:
            told = {"number": number, "outcome": "killed", "on": at.date().isoformat(),
                    "kind": "exploration"}  # fmt: skip
            held.setdefault((at.date() - first).days // 14, []).append(told)
    write(connection, Sprint, (
        {
            "team_id": team_id, "number": count + 1, "starts": first + timedelta(days=14 * count),
            "ends": first + timedelta(days=14 * count + 13), "goal": "half a point",
            "planned_at": _noon(first + timedelta(days=14 * count)), "planned_by": "UANA",
            "decided": held.get(count, []),
            "by_day": by_day(first + timedelta(days=14 * count), held.get(count, [])),
            "closed_at": _noon(first + timedelta(days=14 * count + 14)), "sha256": "0" * 64,
        } for count in range(SPRINTS)
    ))  # fmt: skip
    write(connection, Commitment, (
        {
            "sprint_id": count + 1, "experiment": told["number"], "by": "UANA",
            "at": _noon(first + timedelta(days=14 * count)),
        } for count, each in held.items() if count < SPRINTS for told in each
    ))  # fmt: skip
    write(connection, Forecast, (
        {
            "team_id": team_id, "made_in": count, "first": count + 1, "metric": "accuracy",
            "closes": first + timedelta(days=14 * count + 13), "direction": "higher",
            "target": 0.95, "best": 0.8 + 0.001 * count, "state": "held", "actual": 0.81,
            "steps": [{"p": 0.1, "low": 0.8, "middle": 0.82, "high": 0.85,
                       "ends": (first + timedelta(days=14 * count + 13)).isoformat()}],
            "at": _noon(first + timedelta(days=14 * count)),
        } for count in range(1, SPRINTS)
    ))  # fmt: skip


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), START.tzinfo)


def _beside(connection: Connection, team_id: int, experiments: int) -> None:
    count = max(10, experiments // 10)
    old = START - timedelta(days=30)
    write(connection, Blocker, (
        {
            "team_id": team_id, "number": number, "user_id": user(number), "kind": "data",
            "text": f"the {_WORDS[number % 20]} labels are late", "at": old, "moved_at": old,
            "state": "resolved" if number <= count - 5 else "open",
            "resolved_at": old if number <= count - 5 else None,
        } for number in range(1, count + 1)
    ))  # fmt: skip
    write(connection, Engineering, (
        {
            "team_id": team_id, "number": number, "title": f"Serve the {_WORDS[number % 20]}",
            "kind": "deployment", "owner": user(number), "since": old, "created_at": old,
            "status": "done" if number <= count - 5 else "todo", "experiments": [number],
        } for number in range(1, count + 1)
    ))  # fmt: skip
    write(connection, Dataset, (
        {
            "team_id": team_id, "number": number, "title": f"{_WORDS[number % 20]} set",
            "kind": "training", "volume": "10,000", "needed_by": old.date(), "since": old,
            "experiments": [number], "stage": "ready", "created_at": old, "ready_at": old,
            "created_by": user(number),
        } for number in range(1, count // 5 + 1)
    ))  # fmt: skip
