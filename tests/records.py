"""What the tables hold of one team, counted by plain SQL and arithmetic that knows none of the
product's code: the answer every surface has to give (tests/one_number.py).
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import Engine, text

Told = dict[tuple[str, str], object]  # (word, subject) → figure

STARTED = ("experiment", "evaluation", "iteration")
TAKEN_UP = ("hypothesis", *STARTED)
_JUST = timedelta(microseconds=1)  # a report holds what happened up to its instant
_BACK = ("evaluation", "iteration")
_KINDS = {
    "exploration": "exploration", "optimisation": "optimisation", "data": "data work",
    "ml_engineering": "ML engineering",
}  # fmt: skip
_LIMIT = 3  # working days of silence
_COUNTRY = {"Europe/Berlin": "DE", "America/Los_Angeles": "US", "Asia/Kolkata": "IN"}


def records(engine: Engine, now: datetime, zone: str, first: date) -> Told:
    """Every word's figure at that moment. first: the Monday of the first sprint (14 days each)."""
    where = ZoneInfo(zone)
    rows = rows_of(engine, "SELECT * FROM experiment")
    today = now.astimezone(where).date()
    found: Told = {}
    for row in rows:
        found |= _ticket(row, now, today, where)
    opened = [row for row in rows if row["stage"] not in ("killed", "production")]
    taken = [row for row in rows if row["stage"] in TAKEN_UP]
    found["open", ""] = len(opened)
    found["under way", ""] = len(taken)
    found["running", ""] = sum(row["stage"] in STARTED for row in rows)
    found["late", "how many"] = sum(bool(found["days late", ticket_id(row)]) for row in rows)
    found["stale", "how many"] = sum(bool(found["stale", ticket_id(row)]) for row in rows)
    found["overspent", "how many"] = sum(bool(found["overspent", ticket_id(row)]) for row in rows)
    found["GPU-hours of those under way", ""] = _hours(sum(row["gpu_used"] for row in taken))
    found["GPU budget of those under way", ""] = _hours(sum(row["gpu_budget"] for row in taken))
    found["killed", "ever"] = sum(row["stage"] == "killed" for row in rows)
    found["waiting", ""] = single(
        engine,
        "SELECT count(DISTINCT experiment_id) FROM proposal WHERE state = 'open' "
        f"AND action <> 'warn' AND coalesce(snoozed_until, '') < '{now.astimezone(UTC):%Y-%m-%d}'",
    )
    found["blockers", "open"] = single(engine, "SELECT count(*) FROM blocker WHERE state = 'open'")
    return found | _since_report(engine, now) | _by_sprint(engine, today, where, first)


def _ticket(row: Mapping[str, Any], now: datetime, today: date, where: ZoneInfo) -> Told:
    name, stage = ticket_id(row), row["stage"]
    late = 0
    if stage in STARTED and row["box_ends"]:
        late = max(0, (today - date.fromisoformat(str(row["box_ends"]))).days)
    last = moment(row["progress_at"]).astimezone(where)
    span = (last.date() + timedelta(days=n) for n in range(1, (today - last.date()).days + 1))
    off = holidays.country_holidays(_COUNTRY[where.key], years=[today.year - 1, today.year])
    silent = sum(day.weekday() < 5 and day not in off for day in span)
    whole = silent > _LIMIT or (silent == _LIMIT and now.astimezone(where).time() >= last.time())
    over = stage not in ("killed", "production") and row["gpu_used"] > row["gpu_budget"] + 1e-6
    found: Told = {
        ("days late", name): late,
        ("stale", name): stage in TAKEN_UP and whole,
        ("days silent", name): silent,
        ("overspent", name): over,
        ("stage", name): stage,
        ("GPU-hours", name): _hours(row["gpu_used"]),
    }
    if stage in STARTED and row["box_starts"]:
        day = max(1, (today - date.fromisoformat(str(row["box_starts"]))).days + 1)
        found["box day", name] = f"{day}/{row['box_days']}"
    return found


def _since_report(engine: Engine, now: datetime) -> Told:
    """Since the newest digest, or for seven days."""
    last = single(engine, "SELECT max(at) FROM digest")
    since = moment(last) if last else now - timedelta(days=7)
    decided = [
        row
        for row in rows_of(engine, "SELECT stage, decided_at FROM experiment WHERE decided_at > 0")
        if since < moment(row["decided_at"]) <= now
    ]
    return {
        ("killed", "since the report"): sum(row["stage"] == "killed" for row in decided),
        ("promoted", "since the report"): sum(row["stage"] == "production" for row in decided),
        ("finished", "since the report"): len(decided),
        ("GPU-hours used", "since the report"): _used(engine, since + _JUST, now + _JUST),
    }


def _by_sprint(engine: Engine, today: date, where: ZoneInfo, first: date) -> Told:
    """Sprint by sprint up to the running one: decisions that stood at its end, GPU-hours."""
    moves = [
        (row["experiment_id"], moment(row["at"]), row["from_stage"], row["to_stage"])
        for row in rows_of(
            engine,
            "SELECT experiment_id, at, from_stage, to_stage FROM change WHERE NOT undone "
            "AND action <> 'undone' AND to_stage <> '' ORDER BY at, id",
        )
    ]
    began = _began(moves)
    asked = "SELECT at FROM blocker WHERE state <> 'withdrawn'"
    opened = [moment(row["at"]) for row in rows_of(engine, asked)]
    found: Told = {}
    for number in range(1, (today - first).days // 14 + 2):
        start = datetime.combine(
            first + timedelta(days=14 * (number - 1)), datetime.min.time(), where
        )
        end = datetime.combine(first + timedelta(days=14 * number), datetime.min.time(), where)
        last = {ticket: (at, to) for ticket, at, _, to in moves if at < end}
        stood = [to for at, to in last.values() if at >= start]
        found |= {
            ("killed", f"sprint {number}"): stood.count("killed"),
            ("promoted", f"sprint {number}"): stood.count("production"),
            ("refined", f"sprint {number}"): sum(
                start <= at < end and (frm, to) == _BACK for _, at, frm, to in moves
            ),
            ("GPU-hours used", f"sprint {number}"): _used(engine, start, end),
            ("learnings", f"sprint {number}"): _learned(engine, start, end),
            ("finished", f"sprint {number}"): stood.count("killed") + stood.count("production"),
            ("blockers opened", f"sprint {number}"): sum(start <= at < end for at in opened),
            ("median cycle", f"sprint {number}"): _median([
                (at - began[ticket]) / timedelta(days=1) for ticket, (at, to) in last.items()
                if at >= start and to in ("killed", "production") and ticket in began
            ]),
        }  # fmt: skip
        before = start - timedelta(days=14 if number > 1 else 0)
    for kind, name in _KINDS.items():
        found["GPU-hours used", f"{name}, two sprints"] = _used(engine, before, end, kind)
    return found


def rates(found: Told, first: int, last: int) -> tuple[str, str]:
    """Kill and promotion rate over those sprints, as `13 of 18`."""
    sums = {
        word: sum(int(str(found[word, f"sprint {n}"])) for n in range(first, last + 1))
        for word in ("killed", "promoted", "refined")
    }
    of = sum(sums.values())
    return f"{sums['killed']} of {of}", f"{sums['promoted']} of {of}"


def _learned(engine: Engine, start: datetime, end: datetime) -> int:
    """Sentences confirmed in that time that nobody had confirmed before."""
    asked = "SELECT text, confirmed_at FROM learning WHERE confirmed_at IS NOT NULL ORDER BY id"
    rows = rows_of(engine, asked)
    first: dict[str, datetime] = {}
    for row in rows:
        plain = re.sub(r"^exp-\d+: ", "", row["text"].lower())
        first.setdefault(" ".join(re.findall(r"\w+", plain)), moment(row["confirmed_at"]))
    return sum(start <= at < end for at in first.values())


def _used(engine: Engine, start: datetime, end: datetime, kind: str = "%") -> str:
    total = 0.0
    for row in rows_of(engine, "SELECT at, before, after FROM change JOIN experiment ON "
                    "experiment.id = experiment_id WHERE NOT undone AND action NOT IN "
                    "('created', 'undone') AND after LIKE '%gpu_used%' AND kind_of_work LIKE "
                    f"'{kind}'"):  # fmt: skip
        if start <= moment(row["at"]) < end:
            before, after = (json.loads(row[side]) for side in ("before", "after"))
            total += (after.get("gpu_used") or 0) - (before.get("gpu_used") or 0)
    return _hours(total)


def _began(moves: list[tuple[int, datetime, str, str]]) -> dict[int, datetime]:
    """When each ticket first became a hypothesis. moves: (ticket, at, from, to), oldest first."""
    found: dict[int, datetime] = {}
    for ticket, at, _, to in moves:
        if to == "hypothesis":
            found.setdefault(ticket, at)
    return found


def _median(days: list[float]) -> str:
    return f"{round(median(days), 1):g}" if days else "–"


def _hours(amount: float) -> str:
    return f"{round(amount, 1):g}"


def ticket_id(row: Mapping[str, Any]) -> str:
    """`EXP-042`."""
    return f"EXP-{row['number']:03d}"


def moment(at: Any) -> datetime:
    """An instant as a database keeps it."""
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    assert isinstance(found, datetime)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def rows_of(engine: Engine, asked: str) -> list[Mapping[str, Any]]:
    """The rows of a statement."""
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(asked))]


def single(engine: Engine, asked: str) -> Any:
    """The one figure of a statement."""
    with engine.connect() as connection:
        return connection.execute(text(asked)).scalar_one()
