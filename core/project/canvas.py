"""The AI Project Canvas of the source document (chapter 1): one page, versioned.

Its fields are kept as they were typed and read from these texts, so nothing typed is lost.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.errors import Refused
from core.experiments import metric
from core.experiments.experiment import Experiment
from core.experiments.headline import result
from core.experiments.metric import same_name
from core.faults import Faults
from core.project import canvas_lines
from core.project.canvas_lines import Kill, Measure, Risk, lines
from core.text import clean, shorten

FIELDS = {
    "name": "Project",
    "objective": "Business objective",
    "metrics": "Success metrics",
    "data": "Data and gaps",
    "budget": "Budget a month",
    "latency": "Latency",
    "privacy": "Privacy",
    "infra": "Infrastructure",
    "risks": "Known risks",
    "discovery": "Discovery, sprints",
    "mvp": "MVP by sprint",
    "kill": "Kill criteria",
}
LIMITS = {"name": 80, "budget": 300, "latency": 300, "privacy": 300, "infra": 300}
LONGEST = 2000  # characters of one of the other fields
_GAP = re.compile(r"^gap\s*[:–—-]\s*", re.I)
_SPRINTS = re.compile(r"(\d{1,3})")


@dataclass(frozen=True)
class Canvas:
    """The page. metrics: the most important first; gaps: data that is missing; kill: lines.

    discovery: its length in sprints; mvp: the sprint it ships in; None when nobody said.
    """

    name: str = ""
    objective: str = ""
    metrics: tuple[Measure, ...] = ()
    data: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    budget: str = ""
    latency: str = ""
    privacy: str = ""
    infra: str = ""
    risks: tuple[Risk, ...] = ()
    discovery: int | None = None
    mvp: int | None = None
    kill: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What the source document has on the page and this one has not."""
        parts = ("objective", "metrics", "data", "risks", "kill")
        return tuple(FIELDS[part].lower() for part in parts if not getattr(self, part))


@dataclass(frozen=True)
class Version:
    """The page as it was from then on. changed: what differs from the version before, in words."""

    number: int
    canvas: Canvas
    by: str
    at: datetime
    changed: tuple[str, ...] = ()


def cleaned(values: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a form by field, as they are kept. Raises Refused (too long)."""
    texts = {name: clean(str(values.get(name) or ""), limit=3000) for name in FIELDS}
    with Faults() as each:
        for name, text in texts.items():
            each(_require_fitting, name, text)
    return texts


def _require_fitting(name: str, text: str) -> None:
    most = LIMITS.get(name, LONGEST)
    if len(text) > most:
        raise Refused(
            f"{FIELDS[name]} has {len(text)} characters, too many for one page.",
            f"Say it in {most}.",
            field=name,
        )


def read(texts: Mapping[str, str]) -> Canvas:
    """The page these texts make. Raises Refused with the field."""
    given = {name: texts.get(name, "").strip() for name in FIELDS}
    known = lines(given["data"])
    with Faults() as each:
        metrics = each(canvas_lines.measures, given["metrics"])
        risks = each(canvas_lines.risks, given["risks"])
        discovery = each(_sprints, given["discovery"], "discovery")
        mvp = each(_sprints, given["mvp"], "mvp")
    return Canvas(
        name=" ".join(given["name"].split()),
        objective=given["objective"],
        metrics=metrics,
        data=tuple(line for line in known if not _GAP.match(line)),
        gaps=tuple(_GAP.sub("", line) for line in known if _GAP.match(line)),
        risks=risks,
        discovery=discovery,
        mvp=mvp,
        kill=tuple(lines(given["kill"])),
        **{name: " ".join(given[name].split()) for name in ("budget", "latency", "privacy",
                                                            "infra")},
    )  # fmt: skip


def scaled(one: Measure, targets: Mapping[str, float]) -> float | None:
    """Its target on the scale of the team's experiments (by metric name in small letters).

    Raises Refused when it cannot be one of theirs ("accuracy >= 92" beside a target of 0.85).
    """
    if one.target is None:
        return None
    typed = f"{one.target * 100:.12g}%" if one.percent else f"{one.target:.12g}"
    scale = targets.get(one.name.casefold())
    return metric.on_scale(typed, one.name, scale, field="metrics")


def changed(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """What differs, line by line in words: `success metrics: + accuracy >= 92%`."""
    told = []
    for name, label in FIELDS.items():
        before, after = lines(old.get(name, "")), lines(new.get(name, ""))
        gone = [f"− {shorten(line, 100)}" for line in before if line not in after]
        come = [f"+ {shorten(line, 100)}" for line in after if line not in before]
        if gone or come:
            told.append(f"{label.lower()}: {', '.join([*gone, *come])}")
        elif before != after:
            told.append(f"{label.lower()}: another order")
    return tuple(told)


def merged(
    base: Mapping[str, str], mine: Mapping[str, str], now: Mapping[str, str], *, by: str
) -> dict[str, str]:
    """The page now with what the form changed of `base`. Raises Refused with the field that
    somebody else changed, too, meanwhile; by: their name.
    """
    page = dict(now)
    for name in FIELDS:
        text, was, holds = (side.get(name, "") for side in (mine, base, now))
        if text in (was, holds):
            continue
        if holds != was:
            raise Refused(
                f"{by} changed this meanwhile; now it says “{shorten(holds, 120)}”.",
                "Close the form (yours is kept), open `/canvas edit` again and send it.",
                field=name,
            )
        page[name] = text
    return page


@dataclass(frozen=True)
class KillCheck:
    """A kill criterion at the close of a sprint. value: the best result there is, None without.

    state: met | not met | not measured; experiment: where the value comes from, 0 without.
    """

    kill: Kill
    sprint: int
    state: str
    value: float | None = None
    experiment: int = 0


_COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def check_kill(kill: Kill, experiments: Sequence[Experiment], sprint: int) -> KillCheck | None:
    """The criterion by the best result any open or promoted experiment has; None before its
    sprint. `<` asks the highest value, `>` the lowest, so that only what even the best result
    does not reach is met.
    """
    if sprint < kill.sprint:
        return None
    known = [(value, one.number) for one in experiments for value in _value(one, kill.name)]
    if not known:
        return KillCheck(kill, sprint, "not measured")
    value, number = (max if kill.way.startswith("<") else min)(known)
    limit = kill.limit * 100 if kill.percent and abs(value) > 1 else kill.limit
    state = "met" if _COMPARE[kill.way](value, limit) else "not met"
    return KillCheck(kill, sprint, state, value, number)


def _value(one: Experiment, name: str) -> list[float]:
    if one.stage == "killed" or not (same_name(one.metric, name) or
                                     metric.is_called(one.metric, name)):  # fmt: skip
        return []
    value = result(one)
    value = one.best if value is None else value
    return [] if value is None else [value]


def _sprints(text: str, field: str) -> int | None:
    if not text:
        return None
    found = _SPRINTS.search(text)
    if not found or not 1 <= int(found[1]) <= 200:
        raise Refused(
            f"“{shorten(text, 30)}” names no sprint.", "Write a number, like 3.", field=field
        )
    return int(found[1])
