"""A team with a past: what is open stays the same however much was decided before."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import Session

from models import db
from models.decisions.proposal import Proposal
from models.experiments.experiment import Change, Experiment
from models.experiments.learning import Learning
from models.experiments.measurement import Measurement
from models.sprints.sprint import Commitment, Sprint
from tests.conversation import START
from tests.seeded import team_row
from tests.tickets import person_of

PEOPLE = ("UANA", "UBEN", "UCHO", "UDEE")
OPEN = ("backlog", "hypothesis", "experiment", "evaluation", "iteration")
EACH = 4  # open tickets in each of those
FIRST = date(2026, 3, 2)  # a Monday
_CREATED = datetime(2026, 3, 2, 9, tzinfo=START.tzinfo)
_QUIET = timedelta(days=60)  # the newest decision of the past is that old
_CLOSED = 17  # sprints that have closed


def grown(engine: Engine, decided: int) -> None:
    """Twenty open tickets, three that were decided lately, and `decided` from long ago."""
    with db.transaction(engine) as session:
        team = team_row(
            session, created_at=_CREATED, team_channel="CTEAM", leads_channel="CLEADS",
            digest_channel="CDIGEST", name="Search", metric_name="accuracy", metric_target=0.9,
            settings={"sprint_from": FIRST.isoformat(), "sprint_set_at": _CREATED.isoformat()},
        )  # fmt: skip
        for user in PEOPLE:
            role = "admin" if user == "UANA" else "member"
            person_of(session, team, user, role=role, name=user[1:].title())
        session.flush()
        assert team.id is not None
        rows = [_past(team.id, n, decided) for n in range(decided)]
        rows += [_lately(team.id, n, decided) for n in range(3)]
        rows += [_open(team.id, n, decided + 3 + n) for n in range(EACH * len(OPEN))]
        _keep(session, team.id, rows)
        _sprints(session, team.id, rows, decided)


def _ticket(team_id: int, number: int, **fields: Any) -> dict[str, Any]:
    base = {
        "id": number + 1, "team_id": team_id, "number": number + 1, "title": f"Idea {number}",
        "owner": PEOPLE[number % len(PEOPLE)], "metric": "accuracy", "direction": "higher",
        "baseline": 0.7, "target": 0.9, "noise_sd": 0.01, "gpu_budget": 20.0, "gpu_used": 5.0,
        "box_days": 14, "box_starts": None, "box_ends": None, "dataset_ready": True,
        "outcome": "", "final_metric": None, "learnings": "", "decided_at": None,
        "decided_by": "", "predicted_chance": 0.4, "predicted_low": 0.7, "predicted_high": 0.8,
        "version": 1,
    }  # fmt: skip
    return base | fields


def _decided(team_id: int, number: int, at: datetime) -> dict[str, Any]:
    killed = number % 3 > 0
    return _ticket(
        team_id, number, stage="killed" if killed else "production", stage_since=at,
        outcome="killed" if killed else "promoted", final_metric=0.7 + (number % 10) / 100,
        learnings=f"It was slower than thought {number}", decided_at=at, decided_by="UANA",
        created_at=at - timedelta(days=12), progress_at=at,
        box_starts=(at - timedelta(days=10)).date(), box_ends=at.date(),
    )  # fmt: skip


def _past(team_id: int, number: int, decided: int) -> dict[str, Any]:
    first, last = _CREATED + timedelta(days=13), START - _QUIET
    return _decided(team_id, number, first + (last - first) * number / max(1, decided - 1))


def _lately(team_id: int, n: int, decided: int) -> dict[str, Any]:
    return _decided(team_id, decided + n, START - timedelta(days=3 + n))


def _open(team_id: int, n: int, number: int) -> dict[str, Any]:
    stage = OPEN[n % len(OPEN)]
    boxed = stage not in OPEN[:2]
    starts = (START - timedelta(days=9)).date()
    return _ticket(
        team_id, number, stage=stage, stage_since=START - timedelta(days=9),
        created_at=START - timedelta(days=15), progress_at=START - timedelta(days=n % 9),
        owner=PEOPLE[n % len(PEOPLE)], title=f"Open {n}",
        box_starts=starts if boxed else None,
        box_ends=starts + timedelta(days=13) if boxed else None,
    )  # fmt: skip


def _keep(session: Session, team_id: int, rows: list[dict[str, Any]]) -> None:
    session.execute(insert(Experiment), rows)
    changes, looks, learned, episodes = [], [], [], []
    for row in rows:
        changes += _changes(team_id, row)
        if row["stage"] not in OPEN[:2]:
            looks += [_look(row, days, 0.6 + row["number"] % 7 / 100) for days in (9, 6, 4)]
        if row["decided_at"]:
            learned.append({
                "team_id": team_id, "source": "decision", "origin": f"decision:{row['id']}:UANA",
                "user_id": "UANA", "text": row["learnings"], "about": f",{row['number']},",
                "at": row["decided_at"],
            })  # fmt: skip
            episodes.append(_episode(team_id, row))
    session.execute(insert(Change), changes)
    session.execute(insert(Measurement), looks)
    session.execute(insert(Learning), learned)
    session.execute(insert(Proposal), episodes)


def _look(row: dict[str, Any], days: int, value: float) -> dict[str, Any]:
    at = row["progress_at"] - timedelta(days=days)
    return {"experiment_id": row["id"], "at": at, "value": value, "gpu_used": 10.0 - days,
            "author": row["owner"]}  # fmt: skip


def _changes(team_id: int, row: dict[str, Any]) -> list[dict[str, Any]]:
    def change(days: int, action: str, before: Any, after: Any) -> dict[str, Any]:
        at = row["created_at"] + timedelta(days=days)
        return {"team_id": team_id, "experiment_id": row["id"], "at": at, "who": row["owner"],
                "action": action, "before": before, "after": after}  # fmt: skip

    found = [change(0, "created", {}, {"stage": "backlog", "title": row["title"]})]
    if row["stage"] in OPEN[:2]:
        return found
    found += [
        change(2, "moved", {"stage": "backlog"}, {"stage": "experiment"}),
        change(4, "updated", {"gpu_used": 0.0}, {"gpu_used": 5.0, "value": 0.7}),
        change(6, "extended", {"box_days": 7}, {"box_days": 14}),
        change(8, "moved", {"stage": "experiment"}, {"stage": "evaluation"}),
    ]
    if row["decided_at"]:
        to = {"stage": row["stage"], "rules": "stale, budget"}
        found.append(change(12, row["outcome"], {"stage": "evaluation"}, to))
    return found


def _episode(team_id: int, row: dict[str, Any]) -> dict[str, Any]:
    verdict = {"rule": "stale", "action": "kill", "text": "Silent.", "inputs": {}, "firing": True}
    return {
        "team_id": team_id, "experiment_id": row["id"], "rule": "stale", "rule_version": "1",
        "action": "kill", "text": "Silent.", "inputs": {}, "verdicts": [verdict],
        "at": row["decided_at"], "state": "settled", "gpu_saved": 5.0, "told": {},
    }  # fmt: skip


def by_day(starts: date, decided: list[dict[str, Any]]) -> list[int]:
    """How many were decided on each of the fourteen days from that one on."""
    days = Counter((date.fromisoformat(one["on"]) - starts).days for one in decided)
    return [days[at] for at in range(14)]


def _sprints(session: Session, team_id: int, rows: list[dict[str, Any]], decided: int) -> None:
    """Every sprint that is over closed with what it had decided; the running one is planned."""
    for number in range(1, _CLOSED + 3):
        starts = FIRST + timedelta(days=14 * (number - 1))
        row = Sprint(team_id=team_id, number=number, starts=starts,
                     ends=starts + timedelta(days=13), planned_at=_CREATED)  # fmt: skip
        if row.ends < START.date():
            row.closed_at = START
            row.decided = [
                {"number": one["number"], "outcome": one["outcome"], "gpu": 5.0,
                 "on": one["decided_at"].date().isoformat(), "kind": "exploration"}
                for one in rows
                if one["decided_at"] and row.starts <= one["decided_at"].date() <= row.ends
            ]  # fmt: skip
            row.by_day = by_day(row.starts, row.decided)
        session.add(row)
        session.flush()
        for n in range(6):
            session.add(Commitment(sprint_id=row.id, experiment=decided + 1 + n, by="UANA",
                                   at=_CREATED))  # fmt: skip
