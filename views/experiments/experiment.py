"""Experiments to read: one line, the card, lists and the menu."""

from collections.abc import Sequence
from datetime import date

from core import figures
from core.experiments import guardrail, provenance
from core.experiments.experiment import Experiment, budget_share, meets_target
from core.experiments.measurement import beside
from core.experiments.prediction import MATCHES, told
from core.experiments.rates import Rates
from core.experiments.secondary import Standing
from core.experiments.sensitivity import Visible
from core.experiments.words import box_day, days_late, is_late, is_running
from core.experiments.worth import KIND_NAMES
from views import kit
from views.experiments import deployment
from views.kit import Message

_MATCHES = 3  # results shown with how they did
MOST_PROSE = 1500  # of one text: a message holds 13,200 characters, and a ticket has six texts


def named(experiment: Experiment, limit: int = 80) -> str:
    """`*EXP-042* Fine-tune Llama` in mrkdwn."""
    return f"*{experiment.id}* {kit.escape(experiment.title, limit)}"


def goal(experiment: Experiment) -> str:
    """`accuracy ≥ 0.85` or `latency ≤ 500` in mrkdwn; only the metric without a target."""
    sign = "≥" if experiment.direction == "higher" else "≤"
    name = kit.escape(experiment.metric, 60)
    return (
        name if experiment.target is None else f"{name} {sign} {figures.number(experiment.target)}"
    )


def target(experiment: Experiment) -> str:
    """`target ≥ 0.85`."""
    sign = "≥" if experiment.direction == "higher" else "≤"
    return f"target {sign} {figures.number(experiment.target)}"


def result(experiment: Experiment) -> str:
    """`best 0.81, target ≥ 0.85`, `best 0.9 pulled`; an eval's is `0.9 pushed`, being no best of
    several.
    """
    look = experiment.best_look
    found = "no result yet" if look is None else f"best {figures.number(look.value)}"
    if look and not look.is_typed:
        best = "" if look.is_eval else "best "
        found = f"{best}{figures.number(look.value)} {look.source}"
    return f"{found}, {target(experiment)}"


def measured(experiment: Experiment) -> str:
    """`4,000 examples, 0.89 to 0.91, Tue 24 Nov; typed: 0.86` of a result that was measured; ""
    of one that people typed.
    """
    look = experiment.best_look
    if look is None or look.is_typed:
        return ""
    parts = [f"{look.examples:,} examples"] if look.examples else []
    parts += [f"{look.runs} runs"] if look.runs > 1 else []
    if look.low is not None and look.high is not None:
        parts.append(f"{figures.number(look.low)} to {figures.number(look.high)}")
    parts.append(kit.moment(look.at))
    typed = beside(experiment.measurements)
    other = f"; typed: {figures.number(typed.value)}" if typed else ""
    return ", ".join(parts) + other


def box(experiment: Experiment, today: date) -> str:
    """`day 9 of 14`, `2 days over its time box (day 16 of 14)`, or the length of a box that has
    not started or runs no more.
    """
    day = box_day(experiment, today)
    if day is None or not is_running(experiment):
        return f"time box {experiment.box_days} days"
    on, late = f"day {day} of {experiment.box_days}", days_late(experiment, today)
    return f"{late} day{'' if late == 1 else 's'} over its time box ({on})" if late else on


def gpu(experiment: Experiment) -> str:
    """`GPU 19/24 h`."""
    used, budget = figures.number(experiment.gpu_used, 1), figures.number(experiment.gpu_budget, 1)
    return f"GPU {used}/{budget} h"


def line(experiment: Experiment, today: date, *, mark: str = "") -> str:
    """One line in mrkdwn: id, title, stage, best against target, box day, GPU-hours.

    mark: a word about it, e.g. "stale".
    """
    facts = [experiment.stage + (f" · {mark}" if mark else "")]
    if is_running(experiment) or experiment.values:
        facts.append(result(experiment))
    if experiment.is_open:
        facts += [box(experiment, today), gpu(experiment)]
    return f"{named(experiment)} · " + " · ".join(facts)


def card(
    experiment: Experiment,
    today: date,
    *,
    stale: bool = False,
    note: str = "",
    more: Sequence[str] = (),
) -> Message:
    """The ticket with its buttons. note: a sentence put first (what just happened); more: grey
    lines about it (its prediction, what its eval set can show).
    """
    text = f"{experiment.id} · {_state(experiment, today, stale)} · {experiment.title}"
    text = kit.escape(text, 300)
    head = f"{named(experiment, 200)}\n{_state(experiment, today, stale)}"
    blocks = [kit.section(kit.clip(note, 500))] if note else []
    blocks += [kit.section(head), kit.fields(_facts(experiment, today)), _footnote(experiment)]
    blocks += [kit.context(line) for line in more]
    for label, written in _texts(experiment):
        blocks += [kit.context(f"*{label}*"), kit.prose(kit.clip(written, MOST_PROSE))]
    blocks.append(_buttons(experiment))
    return Message(text, blocks)


def sees(visible: Visible) -> str:
    """What a change must be for that eval set to show it."""
    change, n = 100 * visible.change, f"{visible.examples:,}"
    text = f"An eval set of {n} examples shows a change of {change:.2g} points or more, asked of "
    text += "both models (80% power)."
    if visible.wanted is not None and visible.wanted < visible.change:
        text += f" The {100 * visible.wanted:.2g} points this ticket aims at are less"
        text += f": they take about {visible.needed:,} examples." if visible.needed else "."
    return text


def _state(experiment: Experiment, today: date, stale: bool) -> str:
    if not experiment.is_open:
        return f"{experiment.stage}, final {figures.number(experiment.final_metric)}"
    marks = [experiment.stage]
    marks += ["over its time box"] if is_late(experiment, today) else []
    marks += ["stale"] if stale else []
    marks += ["target met"] if meets_target(experiment, experiment.best) else []
    return " · ".join(marks)


def _facts(experiment: Experiment, today: date) -> list[tuple[str, str]]:
    share = budget_share(experiment)
    bar = f"{kit.bar(share)} " if share is not None else ""
    wanted = f"{kit.escape(experiment.metric, 60)}, {experiment.direction} is better"
    wanted += f", on {kit.escape(experiment.eval_set, 120)}" if experiment.eval_set else ""
    wanted += f", by {kit.escape(experiment.measured_by, 120)}" if experiment.measured_by else ""
    baseline = f"baseline {figures.number(experiment.known_baseline)}"
    word = "ended" if experiment.box_ends and experiment.box_ends < today else "ends"
    ends = f", {word} {kit.day(experiment.box_ends)}" if experiment.box_ends else ""
    return [
        ("Owner", kit.person(experiment.owner)),
        ("Stage", f"{experiment.stage} since {kit.moment(experiment.stage_since)}"),
        ("Best and target", f"{result(experiment)}, {baseline}"),
        ("Metric", wanted),
        *([("Measured on", found)] if (found := measured(experiment)) else []),
        ("Time box", f"{box(experiment, today)}{ends}"),
        ("GPU-hours", f"{bar}{gpu(experiment).removeprefix('GPU ')}"),
    ]


def _footnote(experiment: Experiment) -> kit.Block:
    parts = [f"Last progress {kit.moment(experiment.progress_at)}"]
    said = [one for one in experiment.measurements if one.role == "candidate"]
    if said and said[-1].author:
        parts[0] += f" by {kit.person(said[-1].author)}"
    parts.append("dataset ready" if experiment.dataset_ready else "dataset not ready")
    if experiment.success_blocking:
        parts.append("blocking criteria " + ("met" if experiment.blocking_ok else "not confirmed"))
    parts.append(weight(experiment))
    parts += (
        [made] if (made := provenance.told(experiment.trained_on, experiment.code_commit)) else []
    )
    if experiment.link:
        parts.append(f"<{kit.escape(experiment.link, 500)}|run>")
    return kit.context(" · ".join(parts))


def weight(experiment: Experiment) -> str:
    """`exploration, worth 8/10, 16 h of work`: what planning goes by."""
    parts = [KIND_NAMES.get(experiment.kind_of_work, experiment.kind_of_work)]
    parts += [f"worth {experiment.worth}/10"] if experiment.worth is not None else []
    hours = experiment.people_hours
    parts += [f"{figures.number(hours, 1)} h of work"] if hours is not None else []
    return ", ".join(parts)


def _texts(experiment: Experiment) -> list[tuple[str, str]]:
    success = {
        "primary": experiment.success_primary,
        "secondary": experiment.success_secondary,
        "blocking": experiment.success_blocking,
    }
    wanted = "\n".join(f"{text} ({kind})" for kind, text in success.items() if text)
    notes = [c.note for c in experiment.measurements if c.note]
    texts = {
        "Hypothesis": experiment.hypothesis,
        "Method": experiment.method,
        "Success criteria": wanted,
        "Kill criteria": experiment.kill_criteria,
        "Guardrails and fallbacks": guardrails(experiment),
        "Last note": notes[-1] if notes else "",
        "Against the prediction": _matches(experiment),
        "Learnings": experiment.learnings,
    }
    return [(label, text) for label, text in texts.items() if text]


def guardrails(experiment: Experiment) -> str:
    """What is done where the model fails, a line each with whether it was tested; "" for none."""
    return "\n".join(f"• {one.told}" for one in guardrail.read(experiment.guardrails))


def secondary(known: Sequence[Standing]) -> list[str]:
    """A line of the card: how each secondary criterion that can be measured stands."""
    lines = [kit.escape(one.told, 200) for one in known]
    return [f"Secondary: {'; '.join(lines)}"] if lines else []


def costs(experiment: Experiment, rates: Rates) -> list[str]:
    """A line of the card: its GPU-hours and its work in money, as far as they are priced."""
    parts = []
    if used := rates.gpu_cost(experiment.gpu_used):
        parts.append(f"GPU-hours {used} of {rates.gpu_cost(experiment.gpu_budget)}")
    if experiment.people_hours and (work := rates.work_cost(experiment.people_hours)):
        parts.append(f"work {work}")
    return [f"In money: {', '.join(parts)}"] if parts else []


def _matches(experiment: Experiment) -> str:
    lines = []
    for look in told(experiment)[-_MATCHES:]:
        why = f": {' '.join(look.matched_why.split())}" if look.matched_why else ""
        lines.append(f"{figures.number(look.value)} {MATCHES[look.matched]}{why}")
    return "\n".join(lines)


def _buttons(experiment: Experiment) -> kit.Block:
    number = str(experiment.number)
    if not experiment.is_open:
        press = deployment.button(experiment)
        return kit.actions(*press, kit.button("History", "history", number))
    return kit.actions(
        kit.button("Post an update", "update_open", number, style="primary"),
        kit.button("Move…", "move_open", number),
        kit.button("Edit", "edit_open", number),
        *deciding(experiment),
        kit.button("History", "history", number),
    )


def deciding(experiment: Experiment, *, promote: bool = False) -> list[kit.Block]:
    """The buttons that end an experiment: one that met its target (or should be promoted for
    another reason) is offered *Promote…* first.
    """
    number = str(experiment.number)
    if not (promote or meets_target(experiment, experiment.best)):
        return [kit.button("Kill…", "kill_open", number)]  # red only where a kill is proposed
    return [
        kit.button("Promote…", "promote_open", number, style="primary"),
        kit.button("Kill…", "kill_open", number),
    ]
