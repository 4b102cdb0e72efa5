"""The recommended split of time over the phases as a picture, with what the team really does."""

from typing import Any

from core import facts
from core.experiments.worth import KIND_NAMES, KINDS
from core.sprints.phase import PHASES, Phase, suggested_split
from core.sprints.phase_place import Place, Ratio, begins_on

Spec = dict[str, Any]


def phases(place: Place, ratio: Ratio) -> Spec:
    """rows: name, when it begins, per cent by kind of work, whether the project is in it; the last
    row is what was done, when enough ran to say. kinds: what the parts are.
    """
    rows = [
        {"name": one.name, "when": f"{one.ratio} from {_from(place, one)}",
         "parts": [suggested_split(one)[kind] for kind in KINDS], "here": one == place.phase}
        for one in PHASES
    ]  # fmt: skip
    did = ratio.hours if ratio.by_hours is not None else ratio.counts
    if ratio.best is not None:
        explore = round(100 * ratio.best)
        whole = sum(did.values())
        rows.append({"name": "What you do", "when": f"{explore}:{100 - explore} by "
                     f"{'GPU-hours' if ratio.by_hours is not None else 'experiments'}",
                     "parts": [100 * did.get(kind, 0) / whole for kind in KINDS],
                     "here": False})  # fmt: skip
    by = f"to the deadline {facts.day(place.deadline)}" if place.deadline else "by the calendar"
    return {"kind": "phases", "title": f"Explore:exploit {by}",
            "kinds": [KIND_NAMES[kind] for kind in KINDS], "rows": rows,
            "alt": _alt(f"Recommended explore:exploit {by}", rows)}  # fmt: skip


def _from(place: Place, phase: Phase) -> str:
    return facts.day(begins_on(phase, place.started, place.deadline))


def _alt(head: str, rows: list[dict[str, Any]]) -> str:
    told = []
    for row in rows:
        parts = ", ".join(f"{KIND_NAMES[kind]} {part:.0f}%"
                          for kind, part in zip(KINDS, row["parts"], strict=True))  # fmt: skip
        told.append(f"{row['name']}{' (now)' if row['here'] else ''} {row['when']}: {parts}")
    return f"{head}. {'; '.join(told)}."
