"""Where each figure stands in what is told of the future, in pictures, direct messages, the
portfolio and the read API (tests/surfaces.py).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.facts import day
from tests.labels import Put, figure, meets, tickets

_DAY = r"\w{3} \d+ \w{3}"
_RANGE = r"([\d.,]+%?) (?:to|and) ([\d.,]+%?)"


def outlook(text: str, put: Put) -> None:
    """Chances and ranges by day, where the metric stands, and how earlier ranges did."""
    for p, goal, on, then, further in re.findall(
        rf"(\d+)% chance of ([\d.]+%?) by ({_DAY})(?:, (\d+)% by ({_DAY}))?", text
    ):
        put("target", "", goal)
        put("chance", on, int(p))
        if then:
            put("chance", further, int(then))
    for p, on in re.findall(rf"(\d+)% (?:chance|likely) by ({_DAY})", text):
        put("chance", on, int(p))
    for on, low, high in re.findall(rf"by ({_DAY})[^.\n]*?: {_RANGE} \(80% range\)", text):
        put("range", on, f"{low} to {high}")
    record = re.search(r"(too few to be sure \(\d+ of 10|\d+ of \d+ earlier ranges)", text, re.I)
    if record:
        put("earlier ranges", "", record[1].lower())
    told = re.search(r"\((?:now [\d.,]+%?; )?(candidate|earlier model)?[^)]*\)", text)
    if re.search(r"\d%? / \d|\bat [\d.]+%?[ ,]|\(now ", text):
        put("whose value it is", "", told[1] if told and told[1] else "in production")
        moved = re.search(rf"target (moved from \S+ to \S+ since {_DAY})", text)
        put("target", "since the report", moved[1] if moved else "the same")
    standing = re.search(rf"(?:{_NAME} at|\(now) ([\d.,]+%?)", text)
    if standing:
        put("best so far", "", standing[1])


_NAME = r"(?:^|\n)\*?\w[\w ]*"


def rows(text: str, put: Put) -> None:
    """/forecast: its first line, and the table."""
    outlook(text, put)
    goal = re.search(r"at [\d.,]+%?(?: \([^)]*\))?, target ([\d.,]+%?)", text)
    if goal:
        put("target", "", goal[1])
    for on, low, _, high, p in re.findall(
        rf"\n({_DAY})\n([\d.,]+%?)\n([\d.,]+%?)\n([\d.,]+%?)\n(\d+)%", text
    ):
        put("chance", on, int(p))
        put("range", on, f"{low} to {high}")


def when(text: str, put: Put) -> None:
    """/ask when it is ready."""
    outlook(text, put)
    goal = re.search(r"reaches ([\d.,]+%?) \(now", text)
    if goal:
        put("target", "", goal[1])
    for on, low, high in re.findall(
        rf"(?:chance by ({_DAY}))[\s\S]*?lies at {_RANGE} in 8 of 10", text
    )[:1]:
        put("range", on, f"{low} to {high}")


def digest_pictures(specs: Sequence[Mapping[str, Any]], put: Put) -> None:
    """The data behind a digest's pictures, and their alt texts."""
    for spec in specs:
        _PICTURES[spec["kind"]](spec, put)


def _cone(spec: Mapping[str, Any], put: Put) -> None:
    put("best so far", "", shown(spec["history"][-1][1], spec))
    put("target", "", shown(spec["target"], spec))
    text = spec["alt"]
    told = re.search(
        rf"By ({_DAY}) [^.]*?between {_RANGE}[^;]*; the chance [^.]*? is (\d+)%", text
    )
    assert told, text
    put("range", told[1], f"{told[2]} to {told[3]}")
    put("chance", told[1], int(told[4]))
    outlook(text, put)


def _progress(spec: Mapping[str, Any], put: Put) -> None:
    put("best so far", "", shown(spec["line"][-1][1], spec))
    if spec["target"] is not None:
        put("target", "", shown(spec["target"], spec))
    for _, _, name, kind in spec["marks"]:
        put("stage", name, {"promoted": "production"}.get(kind, kind))


def _burn(spec: Mapping[str, Any], put: Put) -> None:
    for name, used, budget in spec["rows"]:
        if name == "all open":
            put("GPU-hours of those under way", "", figure(used))
            put("GPU budget of those under way", "", figure(budget))
        else:
            put("GPU-hours", name, figure(used))


_PICTURES = {"cone": _cone, "progress": _progress, "burn": _burn}


def shown(value: float, spec: Mapping[str, Any]) -> str:
    """A value as the picture writes it."""
    return f"{round(value * 100, 1):g}%" if spec["percent"] else f"{round(value, 3):g}"


def proposals(posts: Sequence[str], put: Put) -> None:
    """What owners heard today by direct message."""
    for text in posts:
        named = re.search(r"\*(EXP-\d+)\* ", text)
        if named:  # what is settled again names nothing
            tickets(text, put)
            _proposal(named[1], text, put)


def _proposal(name: str, text: str, put: Put) -> None:
    for days in re.findall(r"no update for (\d+) working days", text):
        put("days silent", name, int(days))
    for on, of in re.findall(r"day (\d+) of its (\d+)-day time box", text):
        put("box day", name, f"{on}/{of}")
    for used in re.findall(r"\*over budget\*: ([\d.,]+) of [\d.,]+ GPU-h used", text):
        put("GPU-hours", name, used.replace(",", ""))
        put("overspent", name, True)


def portfolio(text: str, put: Put) -> None:
    """The portfolio of one team and another that has posted nothing yet."""
    standing = re.search(r"— ([\d.]+%?) / ([\d.]+%?) [a-z]+(?: \([^)]*\))? — ([a-z ]+)", text)
    if standing:
        put("headline", "", standing[1])
        put("target", "", standing[2])
        put("health", "", standing[3])
    used = re.search(r"([\d,.]+) of ([\d,.]+) GPU-hours used by experiments under way", text)
    if used:
        put("GPU-hours of those under way", "", used[1].replace(",", ""))
        put("GPU budget of those under way", "", used[2].replace(",", ""))
    outlook(text, put)


def api(found: Mapping[str, Any], put: Put) -> None:
    """Pages of the read API: experiments, blockers, the forecast and decisions."""
    every = found["experiments"]
    put("open", "", sum(one["open"] for one in every))
    put("stale", "how many", sum(one["stale"] for one in every))
    put("killed", "ever", sum(one["stage"] == "killed" for one in every))
    put("at the target", "", sum(_at_target(one) for one in every))
    for one in every:
        put("stage", one["id"], one["stage"])
        if one["open"]:
            put("stale", one["id"], one["stale"])
            put("GPU-hours", one["id"], figure(one["gpu_used"]))
    put("blockers", "open", len(found["blockers"]))
    ahead = found["forecast"]
    for step in ahead["ahead"]:
        on, percent = date.fromisoformat(step["ends"]), {"percent": True}
        put("chance", day(on), round(step["chance"] * 100))
        put("range", day(on), f"{shown(step['low'], percent)} to {shown(step['high'], percent)}")
    outlook(ahead["record"], put)
    if ahead["ahead"]:
        put("best so far", "", shown(ahead["best"], {"percent": True}))
        put("target", "", shown(ahead["target"], {"percent": True}))


def _at_target(one: Mapping[str, Any]) -> bool:
    known = one["best"] is not None and one["target"] is not None
    way = one["stage"] in ("hypothesis", "experiment", "evaluation", "iteration")
    return way and known and meets(one["best"], one["target"], one["direction"] == "higher")


def track_team(text: str, put: Put) -> None:
    """/track team."""
    active = re.search(r"(\d+) active", text)
    put("under way", "", int(active[1]) if active else 0)
    done = re.search(
        r"Sprint (\d+), [^:]*: .*?(\d+) completed \((\d+) killed, (\d+) promoted", text
    )
    for place, word in enumerate(("finished", "killed", "promoted"), 2):
        if done:
            put(word, f"sprint {done[1]}", int(done[place]))
    if hours := re.search(r"([\d.,]+) of ([\d.,]+) GPU-hours", text):
        put("GPU-hours of those under way", "", hours[1].replace(",", ""))
        put("GPU budget of those under way", "", hours[2].replace(",", ""))
    if best := re.search(r"([\d.]+%?) \(EXP-\d+\), target ([\d.]+%?)", text):
        put("headline", "", best[1])
        put("target", "", best[2])
