"""The form that commits a team to experiments."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.experiments.worth import KIND_NAMES, KINDS
from core.sprints.phase import suggested_split
from core.sprints.plan import Load, Planning
from views import kit
from views.sprints.plan import days, history

FORM = "sprint_plan"


def form(found: Planning, kept: Mapping[str, Any]) -> kit.Block:
    """Commits to experiments; kept: what was typed earlier and not sent."""
    plan, number = found.plan, found.span.number
    chosen = [str(one.number) for one in plan.now] if plan else []
    chosen = list(kept.get("experiments") or chosen)
    options = [
        kit.option(f"{t.id} {t.title}", str(t.number))
        for t in [*(one.ticket for one in found.candidates), *found.carried]
    ]
    options.sort(key=lambda one: one["value"] not in chosen)  # a menu holds 100 at most
    options = options[:100]
    split = plan.split if plan else suggested_split(found.phase)
    typed = str(kept.get("split") or "/".join(str(split.get(kind, 0)) for kind in KINDS))
    capacity = "" if found.capacity is None else f"{found.capacity:.12g}h"
    goal = str(kept.get("goal") or (plan.goal if plan else ""))
    blocks = [
        kit.context(f"{days(found.span)}. {history(Load(0, found.past, None, None))}"),
        kit.field("experiments", "Experiments to run", _many(options, chosen),
                  hint="Commit to running and deciding them, not to how they come out."),
        kit.field("goal", "Goal in one sentence",
                  kit.text_input(goal, placeholder="Know whether retrieval or tuning wins")
                  | {"max_length": 300}, optional=True),
        kit.field("split", f"Capacity, per cent: {' / '.join(KIND_NAMES[k] for k in KINDS)}",
                  kit.text_input(typed),
                  hint=f"{found.phase.name} (week {found.weeks}) recommends explore:exploit "
                       f"{found.phase.ratio}; data counts as neither."),
        kit.field("capacity", "GPU-hours for the sprint",
                  kit.text_input(str(kept.get("capacity") or capacity), placeholder="120h"),
                  optional=True),
    ]  # fmt: skip
    meta = {"number": number, "seen": found.seen}
    return kit.modal(FORM, f"Plan sprint {number}", blocks, submit="Commit", meta=meta)


def _many(options: Sequence[kit.Block], chosen: Sequence[str]) -> kit.Block:
    block: kit.Block = {"type": "multi_static_select", "options": list(options)}
    picked = [one for one in options if one["value"] in chosen]
    return block | ({"initial_options": picked} if picked else {})
