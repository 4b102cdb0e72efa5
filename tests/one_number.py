"""Whatever two surfaces say about the same thing on the same day is the same, and what the tables
hold: `python -m tests.one_number 60` lives through 60 weeks of three teams and compares.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Engine

from models import db
from tests import databases
from tests.labels import Heard
from tests.lived import STARTS, Lived, lived
from tests.records import Told, rates, records
from tests.surfaces import heard

TEAMS = 3


def differences(team: Lived, week: int, seen: dict[str, int]) -> list[str]:
    """What does not agree on a day of that week (from 0). seen: how often each word was compared
    is added there.
    """
    day = STARTS + timedelta(days=7 * week + 2 + week % 3)
    team.until(day)
    sprint = week // 2 + 1
    said = heard(team.talk, sprint)
    known = records(team.talk.engine, team.talk.now, team.zone, STARTS)
    _derived(known, sprint, said)
    return [found for key in sorted(said) if (found := compared(key, said, known, seen))]


def _derived(known: Told, sprint: int, said: Heard) -> None:
    """Figures that follow from others: rates over the sprints that were told, totals of three."""
    for word, subject in said:
        if word.endswith(" rate"):
            first, last = map(int, subject.removeprefix("sprints ").split(" to "))
            known[word, subject] = rates(known, first, last)[word == "promotion rate"]
        if word == "late" and subject.startswith("EXP"):
            known[word, subject] = bool(known["days late", subject])
    numbers = range(max(1, sprint - 2), sprint + 1)
    for word in ("killed", "promoted", "learnings"):
        every = (int(str(known[word, f"sprint {n}"])) for n in numbers)
        known[word, "in three sprints"] = sum(every)
    known["finished", "in three sprints"] = sum(
        int(str(known[word, "in three sprints"])) for word in ("killed", "promoted")
    )
    known["blockers", "open by kind, added"] = known["blockers", "open"]


def compared(key: tuple[str, str], said: Heard, known: Told, seen: dict[str, int]) -> str:
    """One word of one subject: every surface against the tables, or against each other."""
    told = dict(said[key])
    if key in known:
        told["the tables"] = known[key]
    seen[key[0]] = seen.get(key[0], 0) + len(told) - 1
    if len(set(map(str, told.values()))) <= 1:
        return ""
    return f"{' '.join(key)}: " + ", ".join(f"{where} {what}" for where, what in told.items())


def played(
    weeks: int, seed: int, engine: Engine, seen: dict[str, int], *, every: int = 1
) -> Iterator[str]:
    """The differences of a team over so many weeks, of which every so many are compared."""
    team = lived(engine, seed, sprints=(weeks + 3) // 2)
    for week in range(every - 1, weeks, every):
        for one in differences(team, week, seen):
            yield f"team {seed}, week {week + 1}: {one}"


def main(weeks: int) -> int:
    """Print what differs; how many."""
    count, seen = 0, dict[str, int]()
    for seed in range(TEAMS):
        engine = db.open_engine("sqlite://")
        raw = engine.raw_connection()
        raw.driver_connection.deserialize(databases.template())  # type: ignore[union-attr]
        raw.close()
        for one in played(weeks, seed, engine, seen):
            print(one, flush=True)
            count += 1
        engine.dispose()
    compared = ", ".join(f"{word} {times:,}" for word, times in sorted(seen.items()))
    print(f"{weeks} weeks of {TEAMS} teams: {sum(seen.values()):,} figures compared ({compared})")
    print(f"{count} differences")
    return count


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)))
