"""Digests of generated weeks, read sentence by sentence and held against plain SQL that knows none
of the product's code: `python -m tests.digest_weeks 12` lives through 12 weeks of three teams.

Every sentence is read by exactly one pattern; one that no pattern reads is told as well.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from models import db
from tests import databases
from tests.digest_told import Friday, day_of, percent
from tests.lived import STARTS, Lived, lived
from tests.records import TAKEN_UP, moment, rows_of, single, ticket_id

TEAMS = 3
_NUMBER = r"[\d,.]+"
_ID, _DAY = r"EXP-\d+", r"\w{3} \d+ \w{3}"
_VALUE = rf"{_NUMBER}%"


def _first(
    f: Friday, now: str, goal: str, called: str | None, was: str | None, new: str | None
) -> bool:
    before = f.before.goal if f.before else f.goal
    moved = (was, new) == ((before, f.goal) if before != f.goal else (None, None))
    value = "Not measured yet" if f.best is None else percent(f.best)
    candidate = f.best is not None and f.live[1] != f.best_one
    return (now, goal) == (value, f.goal) and moved and bool(called) == candidate


def _why(f: Friday, health: str, why: str) -> bool:
    best = f.best
    met = best is not None and percent(best) != f.goal and best * 100 > float(f.goal[:-1])
    met = met or percent(best) == f.goal
    if why.startswith("target reached"):
        return met and health == "on track"
    unknown = health == "not enough data"
    return not met and unknown == why.startswith(("no result", "there is no earlier"))


def _moved(f: Friday, way: str, was: str, now: str, since: str) -> bool:
    past = f.before
    while past and past.best is None:
        past = past.before
    if past is None or past.best is None or f.best is None:
        return False
    up = "up" if f.best > past.best else "down"
    ends = (percent(past.best), percent(f.best), day_of(past.day))
    return (way, was, now, since) == (up, *ends)


def _same(f: Friday, weeks: str) -> bool:
    past, number = f.before, 0
    while past and percent(past.best) == percent(f.best):
        past, number = past.before, number + 1
    return int(weeks) == number


def _step(f: Friday, name: str, was: str, now: str, on: str) -> bool:
    value, at = f.results[name]
    risen = f.before is None or f.before.best is None or value > f.before.best
    start = f.row(name)["baseline"]
    told = (percent(float(str(start))), percent(value), f.local(at))
    return value == f.best and risen and (was, now, on) == told


def _live(f: Friday, told: str) -> bool:
    fresh = [r for r in f.rows if r["live_since"] and r["deploy_status"] == "live"
             and f.since < moment(r["live_since"]) <= f.at]  # fmt: skip
    return told == (str(len(fresh)) if fresh else "None")


def _under_way(f: Friday, told: str) -> bool:
    return told == f.count("under way", "")


def _met(f: Friday, told: str) -> bool:
    count = 0
    for row in f.rows:
        best = "max" if row["direction"] == "higher" else "min"
        value = single(f.engine, f"SELECT {best}(value) FROM measurement WHERE counts AND role = "
                     f"'candidate' AND experiment_id = {row['id']}")  # fmt: skip
        if row["stage"] in TAKEN_UP and row["target"] is not None and value is not None:
            sign = 1 if best == "max" else -1
            count += sign * float(str(value)) >= sign * row["target"]
    return int(told) == count


def _refined(f: Friday, told: str) -> bool:
    count = 0
    for row in f.rows:
        asked = "SELECT at FROM change WHERE NOT undone AND to_stage <> '' AND experiment_id ="
        moves = rows_of(f.engine, f"{asked} {row['id']} ORDER BY at, id")
        fresh = bool(moves) and f.since < moment(moves[-1]["at"]) <= f.at
        count += row["stage"] == "iteration" and fresh
    return int(told) == count


def _learning(f: Friday, words: str, name: str | None, by: str) -> bool:
    said = [(r["learnings"], r["decided_by"]) for r in f.rows if not name or ticket_id(r) == name]
    said += [
        (r["text"], r["user_id"]) for r in rows_of(f.engine, "SELECT text, user_id FROM learning")
    ]
    start = words.rstrip("…")
    return any(start in str(text) and str(who)[1:].title() == by for text, who in said)


def _silent(f: Friday, name: str, days: str) -> bool:
    return (bool(f.known["stale", name]), f.count("days silent", name)) == (True, days)


def _over(f: Friday, name: str, used: str, budget: str) -> bool:
    row = f.row(name)
    hours = [float(str(row[key])) for key in ("gpu_used", "gpu_budget")]
    near = all(abs(float(n) - h) <= 0.051 for n, h in zip((used, budget), hours, strict=True))
    return near and hours[0] > hours[1]


def _blockers(f: Friday, total: str, kinds: str, oldest: str) -> bool:
    rows = rows_of(f.engine, "SELECT kind, at FROM blocker WHERE state = 'open'")
    named = {what: int(many) for many, what in re.findall(r"(\d+) ([a-z ]+)", kinds)}
    exact = {kind: sum(r["kind"] == kind for r in rows) for kind in {r["kind"] for r in rows}}
    right = all(exact.get(k, 0) == n for k, n in named.items() if k != "of other kinds")
    adds = sum(named.values()) == len(rows) if named else set(exact) == {kinds}
    first = min(moment(row["at"]) for row in rows)
    return int(total) == len(rows) and right and adds and oldest == f.local(first)


def _milestone(f: Friday, on: str, name: str) -> bool:
    open_ones = [r for r in f.rows if r["stage"] not in ("killed", "production") and r["box_ends"]]
    ahead = [r for r in open_ones if str(r["box_ends"]) >= f.day.isoformat()]
    first = min(ahead, key=lambda r: (str(r["box_ends"]), r["number"]))
    return (day_of(date.fromisoformat(str(first["box_ends"]))), ticket_id(first)) == (on, name)


def _chance(f: Friday, goal: str, *days: str) -> bool:
    ends = {day_of(STARTS + timedelta(days=14 * n + 13)) for n in range(60)}
    return goal == f.goal and set(days) <= ends


def _record(f: Friday, closed: str) -> bool:
    rows = rows_of(f.engine, "SELECT state FROM forecast WHERE state IN ('held', 'missed')")
    return int(closed) == len(rows)


def _held(f: Friday, held: str, of: str) -> bool:
    rows = rows_of(f.engine, "SELECT state FROM forecast WHERE state IN ('held', 'missed') "
                   "ORDER BY made_in DESC LIMIT 12")  # fmt: skip
    return (int(held), int(of)) == (sum(r["state"] == "held" for r in rows), len(rows))


def _milestones_none(f: Friday) -> bool:
    undecided = [r for r in f.rows if r["stage"] not in ("killed", "production")]
    ahead = any(str(r["box_ends"] or "") >= f.day.isoformat() for r in undecided)
    return not ahead and not any(r["stage"] == "evaluation" for r in undecided)


def _hours(f: Friday, used: str, budget: str) -> bool:
    words = ("GPU-hours of those under way", "GPU budget of those under way")
    return [used, budget] == [f.count(word, "") for word in words]


def _dates(f: Friday, on: str, before: str | None) -> bool:
    return (on, before) == (day_of(f.day), f.before and day_of(f.before.day))


def _place(f: Friday, phase: str, week: str) -> bool:
    """Four weeks each (the source document's table), from the first ticket's day."""
    first = min(str(row["created_at"]) for row in f.rows)
    weeks = (f.day - date.fromisoformat(first[:10])).days // 7
    names = ("Discovery", "Convergence", "Optimization", "Productionization")
    return (phase, int(week)) == (names[min(3, weeks // 4)], weeks + 1)


def _total(word: str) -> object:
    return lambda f, told: told == f.count(word)


def _more(word: str, told: str) -> object:
    """How many there are beyond the named ones of that line."""
    return lambda f, many: f.count(word, "how many") == str(int(many) + f.text.count(told))


_WHY = r"[^.\n]+?(?:\d\.\d[^.\n]*?)*"
_READ: tuple[tuple[str, object], ...] = (
    (rf"({_VALUE}|Not measured yet) / (?:target )?({_VALUE}) accuracy"
     r"(?: \((?:(candidate|earlier model)(?:; )?)?"
     rf"(?:target moved from ({_VALUE}) to ({_VALUE}) since {_DAY})?\))? — ", _first),
    (r"(not enough data|on track|at risk|off track): "
     r"(?=(target reached|no result has been evaluated yet\.|there is no earlier|no change|up|down"
     r"|\d+% chance))", _why),
    (r"target reached( by a candidate)?(?:, |\.)",
     lambda f, by: bool(by) == (f.live[1] != f.best_one)),
    (r"(?:Nothing is in production|No deployment is recorded) yet\.", lambda f: f.live[1] == ""),
    (rf"In production is ({_VALUE})\.", lambda f, value: percent(f.live[0]) == value),
    (r"no result has been evaluated yet\.|there is no earlier report to compare with\.", None),
    (rf"(?:Change: )?(up|down) from ({_VALUE}) to ({_VALUE}) since ({_DAY})(?:, |\.)", _moved),
    (r"(?:Result: )?no change(?: beyond noise)? for (\d+) weeks?(?:, |\.)", _same),
    (r"(\d+) experiments? (?:is|are) late\.",
     lambda f, n: n == f.count("late", "how many")),
    (rf"\d+% chance of ({_VALUE}) by ({_DAY})(?:, \d+% by ({_DAY}))?\.", _chance),
    (r"No experiment was finished\.", lambda f: f.count("finished") == "0"),
    (r"(\d+) experiments? finished(?:: |\.)", _total("finished")),
    (r"(\d+) stopped(?:, |\.)", _total("killed")),
    (r"(\d+) promoted\.", _total("promoted")),
    (r"(\d+|None) went live\.", _live),
    (r"(\d+) (?:is|are) under way(?:, |\.)", _under_way),
    (r"(\d+) of them sent back to be refined(?:, |\.)", _refined),
    (r"(\d+) of them at the target\.", _met),
    (rf"Compute: ({_NUMBER}) GPU-hours used since the last report\.", _total("GPU-hours used")),
    (rf"Those under way: ({_NUMBER}) of ({_NUMBER}) GPU-hours used\.", _hours),
    (rf"({_ID}) “[^”]*”: from ({_VALUE}) to ({_VALUE}) on ({_DAY})\.", _step),
    (r"“([^”]*)” — (?:(EXP-\d+), )?(\w+)", _learning),
    (r"— and \d+ more learnings?", None),
    (r"No learning was noted since the last report\.", None),
    (r"No learning was noted yet: (\d+) stopped\.", _total("killed")),
    (rf"(?:Certain: )?({_ID}) is (\d+) days? late(?:, |\. )",
     lambda f, name, n: n == f.count("days late", name)),
    (r"(\d+) more late\. ", _more("late", " late, ")),
    (rf"(?:Certain: )?({_ID}) used ({_NUMBER}) of ({_NUMBER}) GPU-hours(?:, |\. )", _over),
    (r"(\d+) more overspent\. ", lambda f, n: f.count("overspent", "how many") == str(int(n) + 1)),
    (rf"(?:Certain: )?({_ID}) is silent for (\d+) working days?(?:, |\. )", _silent),
    (r"(\d+) more silent\. ", _more("stale", " is silent for ")),
    (rf"Certain: (\d+) open blockers? \(([^)]+)\), the oldest since ({_DAY})\. ", _blockers),
    (r"Impact: [\w ]+\. Mitigation: [\w ]+\. Owner: the leads\.", None),
    (r"No risk is known\.|No decision needed this week\.", None),
    (rf"({_DAY}): the result of ({_ID}) “[^”]*” and its decision\.", _milestone),
    (r"No milestone is planned\.", _milestones_none),
    (rf"No date set: the decision on ({_ID}) “[^”]*”, now under test\.",
     lambda f, name: f.row(name)["stage"] == "evaluation"),
    (rf"Expected accuracy by {_DAY}: {_VALUE} to {_VALUE} \(80% range\)\.", None),
    (r"(\d+) of (\d+) earlier ranges held\.", _held),
    (r"Too few to be sure \((\d+) of 10 ranges closed\)\.", _record),
    (rf"As of ({_DAY}) \d+(?:, previous report ({_DAY}))?\.", _dates),
    (r"(\w+), week (\d+) of 16\.", _place),
    (r"Progress since last report|What we learned|Risks and blockers|What we need from leadership"
     r"|Next milestone", None),
)  # fmt: skip


def untrue(friday: Friday, seen: dict[str, int]) -> Iterator[str]:
    """The sentences that the tables do not bear out, and those that nothing reads."""
    for line in friday.text.splitlines():
        rest = line.removeprefix("• ")
        while rest.strip():
            pattern, check, hit = _reader(rest)
            if hit is None:
                yield f"not read: {rest}"
                break
            seen[pattern] = seen.get(pattern, 0) + 1
            if callable(check) and not check(friday, *hit.groups()):
                yield f"untrue: {hit.group(0)}"
            rest = rest[hit.end() :].lstrip()


def _reader(text: str) -> tuple[str, object, re.Match[str] | None]:
    for pattern, check in _READ:
        if hit := re.match(pattern, text):
            return pattern, check, hit
    return "", None, None


def fridays(team: Lived, number: int) -> Iterator[Friday]:
    """So many posted digests of that team, one a week."""
    friday = None
    for week in range(number):
        friday = Friday(team, STARTS + timedelta(days=7 * week + 4), friday)
        yield friday


def main(number: int) -> int:
    """Print what is untrue; how many."""
    count, seen = 0, dict[str, int]()
    for seed in range(TEAMS):
        engine = db.open_engine("sqlite://")
        raw = engine.raw_connection()
        raw.driver_connection.deserialize(databases.template())  # type: ignore[union-attr]
        raw.close()
        for friday in fridays(lived(engine, seed, sprints=(number + 3) // 2), number):
            for found in untrue(friday, seen):
                print(f"team {seed}, {friday.day}: {found}", flush=True)
                count += 1
        engine.dispose()
    print(f"{number} weeks of {TEAMS} teams: {sum(seen.values())} sentences, {count} untrue")
    return count


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)))
