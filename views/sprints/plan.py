"""Planning in Slack: the ranked candidates, the form, and what the team committed to."""

from collections.abc import Sequence

from core import figures
from core.experiments.worth import KIND_NAMES, KINDS
from core.sprints.phase import explore_share
from core.sprints.plan import Candidate, Kept, Load, Plan, Planning, Priority, Scope
from core.sprints.sprint import Span
from views import kit
from views.kit import Message

SHOWN = 12
NAMED = 20
_ORDERS = {
    "learn": "by learning per cost (worth × information ÷ cost)",
    "earn": "by earning per cost (p × worth ÷ cost)",
}


def days(span: Span) -> str:
    """`Mon 30 Nov – Sun 13 Dec`."""
    return f"{kit.day(span.starts)} – {kit.day(span.ends)}"


def due(span: Span, candidates: int, *, moved: bool) -> Message:
    """Time to plan, with the button. candidates: how many tickets could be run; moved: the usual
    day is off.
    """
    text = f"Sprint {span.number} ({days(span)}) is to be planned: {candidates} "
    text += f"{'candidate' if candidates == 1 else 'candidates'}"
    text += "; moved here from a day off" if moved else ""
    ask = "What do *you* want to try, and what do you need from the team?"
    button = kit.button("See the candidates", "sprint_plan_open", str(span.number))
    return Message(text, [kit.section(f"*{text}*\n{ask}"), kit.actions(button)])


def offer(found: Planning) -> Message:
    """The candidates, best first, with what can be done."""
    count = len(found.candidates)
    head = f"Sprint {found.span.number} ({days(found.span)}): "
    head += f"{count} {'candidate' if count == 1 else 'candidates'}"
    if found.plan:
        head += f"; planned with {len(found.plan.now)} experiments"
    blocks = [kit.section(f"*{head}*\n{_around(found)}")]
    if not count:
        blocks.append(kit.section("No ticket is in backlog, hypothesis or iteration. "
                                  "`/exp new` writes one."))  # fmt: skip
    else:
        blocks.append(kit.context(f"Ranked {_ORDERS[found.order]}"))
    for place, one in enumerate(found.candidates[:SHOWN], start=1):
        blocks.append(kit.section(_candidate(place, one, found.rate)))
    if count > SHOWN:
        blocks.append(kit.context(f"and {count - SHOWN} more; the form offers them all"))
    if found.carried:
        names = ", ".join(one.id for one in found.carried[:NAMED])
        blocks.append(kit.context(f"Running already: {names}. Commit to deciding them, too."))
    blocks += [kit.context(_legend(found)), *_buttons(found)] if count or found.carried else []
    return Message(head, blocks)


def _around(found: Planning) -> str:
    phase = found.phase
    lines = [f"Week {found.weeks} of the project, {phase.name}: the source document recommends "
             f"explore:exploit {phase.ratio} ({phase.focus})."]  # fmt: skip
    lines.append(history(Load(0, found.past, None, None)))
    if found.plan and found.begun:
        lines.append(
            "It has begun with its plan. Change it with `/sprint add EXP-042 why` and "
            "`/sprint drop EXP-042 why`; both are marked as changes of scope."
        )
    return "\n".join(lines)


def history(load: Load) -> str:
    """What the last sprints decided."""
    if not load.past:
        return "No sprint is over yet, so there is no pace to go by."
    recent = ", ".join(str(count) for count in load.past[-8:])
    few = "" if len(load.past) > 2 else " (too few for a pace)"
    return f"Decided in the last sprints: {recent}{few}."


def _candidate(place: int, one: Candidate, rate: float) -> str:
    ticket, seen = one.ticket, one.priority
    work = KIND_NAMES.get(ticket.kind_of_work, ticket.kind_of_work)
    worth = f"worth {ticket.worth}/10" if ticket.worth is not None else "worth ~5/10"
    first = f"*{place}. {ticket.id}* {kit.escape(ticket.title, 80)} · {ticket.stage} · {work}"
    if not isinstance(seen, Priority):
        return f"{first}\nnot ranked: {seen.reason}"
    hours = f"{'~' if ticket.people_hours is None else ''}{figures.number(one.hours, 1)} h"
    cost = f"cost {figures.number(one.cost, 0)} ({figures.number(one.gpu, 1)} GPU-h + {hours} × "
    cost += f"{figures.number(rate, 1)})"
    power = " · ~power 80%" if any("power" in word for word in one.assumed) else ""
    lines = [
        first,
        f"learn *{_score(seen.score)}* · earn *{_score(seen.value_score)}* · {worth} · "
        f"{seen.eig_bits:.2f} bits · p {seen.p:.0%}{power} · {cost}",
    ]
    lines += [f"_{kit.escape(' · '.join(one.flags), 300)}_"] if one.flags else []
    return "\n".join(lines)


def _score(value: float) -> str:
    return f"{100 * value:.2g}" if value < 1 else f"{100 * value:.0f}"


def _legend(found: Planning) -> str:
    return (
        "learn = worth × information ÷ cost, earn = p × worth ÷ cost, both per 100 of cost. Cost "
        "is in GPU-hours: those still to use, and people's hours at "
        f"{figures.number(found.rate, 1)} GPU-hours each. p is your own record with that kind of "
        "work, from 1 in 5. ~ is assumed: `/exp update EXP-042 worth=8 people=16h kind=data`."
    )


def _buttons(found: Planning) -> list[kit.Block]:
    number, other = found.span.number, "earn" if found.order == "learn" else "learn"
    label = "Sort by earning" if other == "earn" else "Sort by learning"
    sort = kit.button(label, "sprint_sort", f"{number}|{other}")
    if not found.may or (found.plan and found.begun):
        return [kit.actions(sort)]
    verb = "Change the plan…" if found.plan else "Commit…"
    return [kit.actions(kit.button(verb, "sprint_commit", str(number), style="primary"), sort)]


def plan(shown: Plan) -> Message:
    """What the team reads: what it committed to, how much that is, and how it is split."""
    count = len(shown.now)
    head = f"Sprint {shown.span.number} ({days(shown.span)}) is planned: {count} "
    head += f"{'experiment' if count == 1 else 'experiments'} committed, by "
    head += kit.person(shown.by)
    head += f" on day {shown.day}" if shown.day > 1 else ""
    blocks = [kit.section(f"*{head}*")]
    if shown.goal:
        blocks.append(kit.section(f"Goal: {kit.escape(shown.goal, 300)}"))
    blocks.append(kit.section("\n".join(_lines(shown.now))))
    blocks.append(kit.section(load(shown.load)))
    blocks += _split(shown)
    if shown.added or shown.removed:
        blocks.append(kit.context(_scope(shown)))
    blocks.append(
        kit.context("Committed to running and deciding these, not to how they come out.")
    )
    return Message(head, blocks)


def _lines(kept: Sequence[Kept]) -> list[str]:
    lines = [
        f"• *{one.number_id}* {kit.escape(one.title, 80)} · {KIND_NAMES.get(one.kind, one.kind)}"
        + (f" · {figures.number(one.gpu, 1)} GPU-h to go" if one.gpu else "")
        + (" · _added after the start_" if one.late else "")
        for one in kept
    ]
    return lines or ["Nothing is committed."]


def load(seen: Load) -> str:
    """Whether it is more than the team usually decides, plainly."""
    if seen.sure is None or seen.share is None:
        count = len(seen.past)
        told = f"{count} {'sprint is' if count == 1 else 'sprints are'} over, it takes 3"
        return f"Too much? Not enough data: {told}."
    recent = ", ".join(str(count) for count in seen.past[-8:])
    share = f"{round(seen.share * len(seen.past))} of {len(seen.past)}"
    pace = f"in 85% of your past sprints at least {seen.sure} were decided ({recent})"
    if seen.is_over:
        return (
            f"*Over-committed*: {seen.committed} are committed; {pace}, {seen.committed} or more "
            f"in {share}."
        )
    return f"Within your pace: {seen.committed} committed; {pace}."


def _split(shown: Plan) -> list[kit.Block]:
    pairs = []
    for kind in KINDS:
        given = shown.capacity * shown.split[kind] / 100 if shown.capacity else None
        need = figures.number(shown.gpu_of(kind), 1)
        of = f"{need} GPU-h committed"
        if given is not None:
            more = ", *more than its share*" if shown.gpu_of(kind) > given else ""
            of = f"{need} of {figures.number(given, 1)} GPU-h committed{more}"
        pairs.append((f"{kit.capital(KIND_NAMES[kind])} {shown.split[kind]}%", of))
    pairs = [(label.replace("Ml ", "ML "), text) for label, text in pairs]
    share = explore_share(shown.split)
    mine = "none" if share is None else f"{100 * share:.0f}:{100 - 100 * share:.0f}"
    text = (
        f"Explore:exploit {mine} by this split; {shown.phase.name} (week {shown.weeks}) "
        f"recommends {shown.phase.ratio}."
    )
    if shown.capacity and shown.gpu > shown.capacity:
        text += (
            f" *More than there is*: {figures.number(shown.gpu, 1)} GPU-hours are still "
            f"budgeted, the sprint has {figures.number(shown.capacity, 1)}."
        )
    return [kit.fields(pairs), kit.section(text)]


def _scope(shown: Plan) -> str:
    gone = [f"{k.number_id} removed by {kit.person(k.gone_by)}: {kit.escape(k.gone_why, 150)}"
            for k in shown.removed]  # fmt: skip
    new = [f"{k.number_id} added by {kit.person(k.by)}: {kit.escape(k.why, 150)}"
           for k in shown.added]  # fmt: skip
    return "Scope changed after the start: " + "; ".join([*new, *gone])


def scope(seen: Scope) -> Message:
    """One change of scope, in the plan's thread."""
    verb = "added to" if seen.added else "taken out of"
    name = f"EXP-{seen.number:03d}"
    late = " after its start" if seen.late else ""
    text = f"{name} {verb} sprint {seen.sprint}{late} by {kit.person(seen.by)}"
    text += f": {kit.escape(seen.why, 300)}" if seen.why else ""
    return Message(text, [kit.section(text)])


def changed(seen: Scope, shown: Plan) -> Message:
    """What the lead reads who changed it."""
    text, _ = scope(seen)
    text += f". It holds {len(shown.now)} now."
    return Message(text, [kit.section(text), kit.section(load(shown.load))])


def planned(shown: Plan, *, told: bool) -> Message:
    """What the lead reads who planned it."""
    text = f"Sprint {shown.span.number} is planned with {len(shown.now)} experiments."
    text += "" if told else " No team channel is set, so nobody was told: `/exp setup`."
    return Message(text, [kit.section(text), kit.section(load(shown.load))])
