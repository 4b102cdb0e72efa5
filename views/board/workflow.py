"""Moves, extensions, promotions: the forms and the public lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core import figures
from core.experiments.experiment import Experiment
from core.experiments.secondary import Standing
from core.experiments.words import box_day, days_left
from views import kit
from views.board import budget
from views.experiments import deployment, experiment
from views.experiments.form import KEPT_EDIT, SAFE
from views.kit import Message


def move_form(
    ticket: Experiment, lacks: Mapping[str, Sequence[str]], texts: Mapping[str, Any], meta: Any
) -> kit.Block:
    """Where to move a ticket. lacks: stage → what is missing for it (nothing when it may go)."""
    options = [kit.option(stage, stage) for stage in lacks]
    chosen = str(texts.get("stage") or next(iter(lacks)))
    blocks = [kit.context(KEPT_EDIT if texts else SAFE)]
    blocks.append(kit.section(f"{experiment.named(ticket)} is in {ticket.stage}."))
    for stage, missing in lacks.items():
        what = "; ".join(missing) if missing else "everything it takes is there"
        blocks.append(kit.context(f"*{stage}*: {kit.escape(what, 500)}"))
    note = kit.text_input(str(texts.get("note") or ""), lines=True)
    blocks += [
        kit.field("stage", "Move to", kit.choice(options, chosen)),
        kit.field("note", "Why?", note, hint="Iteration needs a reason.", optional=True),
    ]
    return kit.modal("move_experiment", f"Move {ticket.id}", blocks, submit="Move", meta=meta)


def promote_form(
    ticket: Experiment, texts: Mapping[str, Any], meta: Any, known: Sequence[Standing] = ()
) -> kit.Block:
    """What was learned, before a ticket goes to production. known: its secondary criteria."""
    box = kit.text_input(str(texts.get("learnings") or ""), lines=True)
    blocks = [
        kit.context(KEPT_EDIT if texts else SAFE),
        kit.section(f"{experiment.named(ticket)}\n{experiment.result(ticket)}: target met."),
        *[kit.context(line) for line in experiment.secondary(known)],
        *_guarded(ticket),
        kit.field("learnings", "What did we learn?", box, hint="What to do again, or not to."),
    ]
    title = f"Promote {ticket.id}"
    return kit.modal("promote_experiment", title, blocks, submit="Promote", meta=meta)


def _guarded(ticket: Experiment) -> list[kit.Block]:
    """Its guardrails as they stand, or that there are none."""
    lines = experiment.guardrails(ticket)
    if not lines:
        hint = f"No guardrail or fallback is recorded: `/exp edit {ticket.id}`."
        return [kit.context(hint)]
    return [kit.context("*Guardrails and fallbacks*"), kit.prose(kit.clip(lines, 1500))]


def moved(before: Experiment, after: Experiment, by: str) -> Message:
    """What the team reads about a move."""
    facts = [f"{after.id} moved {before.stage} → {after.stage} by {kit.person(by)}"]
    if after.box_starts != before.box_starts and after.box_ends:
        facts.append(f"time box starts, ends {kit.day(after.box_ends)}")
    elif after.values:
        facts.append(experiment.result(after))
    text = f"{' · '.join(facts)} · {kit.escape(after.title, 80)}"
    return Message(text, [kit.section(text)])


def changed(before: Experiment, after: Experiment, by: str) -> Message:
    """What the team reads about an extension, a larger budget or a reopening."""
    if not before.is_open:
        return reopened(before, after, by)
    if after.budget_ok != before.budget_ok:
        return budget.approved(after)
    return (
        extended(before, after, by)
        if after.box_days != before.box_days
        else _funded(before, after, by)
    )


def _funded(before: Experiment, after: Experiment, by: str) -> Message:
    hours = figures.number(after.gpu_budget - before.gpu_budget, 1)
    text = (
        f"{after.id} budget raised by {hours} GPU-hours by {kit.person(by)}: "
        f"{figures.number(before.gpu_budget, 1)} → {figures.number(after.gpu_budget, 1)} GPU-hours"
    )
    return Message(text, [kit.section(text)])


def extended(before: Experiment, after: Experiment, by: str) -> Message:
    """What the team reads about an extension."""
    ends = f", ends {kit.day(after.box_ends)}" if after.box_ends else ""
    days = after.box_days - before.box_days
    by_days = f"{days} day{'' if days == 1 else 's'}"
    text = (
        f"{after.id} extended by {by_days} by {kit.person(by)}: box {before.box_days} → "
        f"{after.box_days} days{ends}"
    )
    return Message(text, [kit.section(text)])


def promoted(after: Experiment, by: str) -> Message:
    """What the team reads about a promotion."""
    text = (
        f"{after.id} promoted to production by {kit.person(by)} · "
        f"{kit.escape(after.metric, 60)} {figures.number(after.final_metric)} "
        f"({experiment.target(after)}) · {experiment.gpu(after)} · {kit.escape(after.title, 80)}"
    )
    press = deployment.button(after)
    return Message(text, [kit.section(text), *([kit.actions(*press)] if press else [])])


def reopened(before: Experiment, after: Experiment, by: str) -> Message:
    """What the team reads when a closed ticket is brought back."""
    text = f"{after.id} reopened by {kit.person(by)}: {before.stage} → {after.stage}"
    return Message(text, [kit.section(text)])


def reason(ticket: Experiment, why: str, *, label: str = "Why") -> tuple[Message, ...]:
    """The thread's evidence: the reason given, if there is one."""
    if not why:
        return ()
    blocks = [kit.context(f"*{label}*"), kit.prose(why)]
    return (Message(f"{ticket.id}: {label}", blocks),)


def evidence(ticket: Experiment, today: date) -> Message:
    """The numbers behind a decision: results, budget, box, criteria, and what was learned."""
    values = ", ".join(figures.number(value) for value in ticket.values[-10:]) or "none"
    day = box_day(ticket, today)
    left = days_left(ticket, today)
    box = f"day {day} of {ticket.box_days}" if day else f"{ticket.box_days} days"
    late = f", {-left} over" if left is not None and left < 0 else ""
    pairs = [
        ("Baseline and target", f"{figures.number(ticket.baseline)} → {experiment.goal(ticket)}"),
        ("Results, oldest first", values),
        ("GPU-hours", experiment.gpu(ticket).removeprefix("GPU ")),
        ("Time box", box + late),
    ]
    if ticket.success_blocking:
        pairs.append(("Blocking criteria", "confirmed" if ticket.blocking_ok else "not confirmed"))
    blocks = [kit.fields(pairs), *(_guarded(ticket) if ticket.guardrails else [])]
    blocks += [kit.context("*What we learned*"), kit.prose(ticket.learnings)]
    return Message(f"{ticket.id}: the evidence, and what we learned", blocks)


def answer(line: str, change_id: int, note: str = "") -> Message:
    """The answer to the one who did it: the public line, what comes next, and Undo."""
    text = f"{line} {note}".strip()
    undo = kit.button("Undo", "undo", str(change_id))
    return Message(text, [kit.section(text), kit.actions(undo)])
