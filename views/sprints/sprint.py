"""Sprints in Slack: where the running one stands, and velocity."""

from collections.abc import Sequence

from core import figures
from core.forecasts.track_record import ENOUGH
from core.sprints.plan import Kept
from core.sprints.status import Standing
from core.sprints.velocity import DRAWN, MIN_SPRINTS, TREND_OF, Past, VelocityTrend
from views import kit
from views.kit import Message

SHOWN = 10


def standing(found: Standing, *, share: str = "", shared_by: str = "") -> Message:
    """The sprint today. share: the value of a Share button; shared_by: who shared it."""
    done, now = found.of_state("decided"), found.now
    head = f"Sprint {found.number} · day {found.day} of {found.of}, to {kit.day(found.ends)}"
    head += f" · {len(done)} of {len(now)} decided" if found.planned else " · not planned"
    blocks = [kit.section(f"*{head}*")]
    if found.goal:
        blocks.append(kit.section(f"Goal: {kit.escape(found.goal, 300)}"))
    blocks.append(kit.fields(_facts(found)))
    if found.planned:
        blocks.append(kit.section(_outlook(found)))
    for label, state in (("Decided", "decided"), ("Running", "running"),
                         ("Not started", "not started")):  # fmt: skip
        blocks += _part(label, found.of_state(state))
    if found.extra:
        names = ", ".join(found.extra[:SHOWN])
        blocks.append(kit.context(f"Decided without being committed: {names}"))
    blocks += _scope(found)
    if found.blockers:
        lines = "\n".join(f"• {kit.escape(line, 200)}" for line in found.blockers)
        blocks.append(kit.section(f"*Blockers*\n{lines}"))
    if not found.planned:
        blocks.append(kit.context("`/sprint plan` commits it to experiments."))
    return Message(head, [*blocks, *footer(share, shared_by)])


def footer(share: str, shared_by: str) -> list[kit.Block]:
    """The Share button under what only one person sees, or who shared it."""
    if share:
        button = kit.button("Share", "sprint_share", share)
        return [kit.context("Only you see this."), kit.actions(button)]
    return [kit.context(f"Shared by {kit.person(shared_by)}")] if shared_by else []


def _facts(found: Standing) -> list[tuple[str, str]]:
    used = figures.number(found.gpu_used, 1)
    gpu = f"{used} used, no capacity set"
    if found.capacity:
        share = found.gpu_used / found.capacity
        gpu = f"{kit.bar(share)} {used}/{figures.number(found.capacity, 1)} h ({share:.0%})"
    counts = [f"{len(found.of_state(state))} {state}"
              for state in ("decided", "running", "not started")]  # fmt: skip
    facts = [("GPU-hours in the sprint", gpu)]
    if found.planned:
        facts = [("Committed", f"{len(found.now)}: {', '.join(counts)}"), *facts]
    return facts


def _outlook(found: Standing) -> str:
    seen, total = found.outlook, len(found.now)
    if not seen.need:
        return "*Forecast*: everything committed is decided."
    if seen.chance is None:
        return f"*Forecast*: not enough data, {len(seen.past)} of {MIN_SPRINTS} past sprints."
    later = ", ".join(str(count) for count in seen.past[-8:])
    held = round(seen.chance * len(seen.past))
    later += "; too few to be sure" if len(seen.past) < ENOUGH else ""
    surely = min(total, total - seen.need + seen.sure)
    return (
        f"*Forecast*: {total} of {total} decided by the end: {seen.chance:.0%} ({held} of "
        f"{len(seen.past)} past sprints decided {seen.need} or more after this day: {later}). "
        f"With 85%: at least {surely} of {total}."
    )


def _part(label: str, kept: Sequence[Kept]) -> list[kit.Block]:
    if not kept:
        return []
    lines = [
        f"• *{one.number_id}* {kit.escape(one.title, 80)} · {one.outcome or one.stage}"
        + (" · _added after the start_" if one.late else "")
        for one in kept[:SHOWN]
    ]
    lines += [f"and {len(kept) - SHOWN} more"] if len(kept) > SHOWN else []
    return [kit.section("\n".join([f"*{label}*", *lines]))]


def _scope(found: Standing) -> list[kit.Block]:
    added = [f"+ {one.number_id} by {kit.person(one.by)}: {kit.escape(one.why, 120)}"
             for one in found.kept if one.late]  # fmt: skip
    gone = [f"− {one.number_id} by {kit.person(one.gone_by)}: {kit.escape(one.gone_why, 120)}"
            for one in found.kept if one.gone]  # fmt: skip
    if not added and not gone:
        return []
    return [kit.section("\n".join(["*Scope changed after the start*", *added[:8], *gone[:8]]))]


def velocity(
    past: Sequence[Past], running: Past | None, trend: VelocityTrend | None, *, share: str = "",
    shared_by: str = "",
) -> Message:  # fmt: skip
    """Experiments decided per sprint, as bars, with the trend."""
    if not past:
        now = f" So far {running.count} in sprint {running.span.number}." if running else ""
        text = f"No velocity yet: no sprint with tickets is over.{now}"
        return Message(text, [kit.section(text), kit.context(_WHAT)])
    text = f"Velocity: {past[-1].count} in sprint {past[-1].span.number}; {trend_text(trend)}"
    shown = [*past[-DRAWN:], *([running] if running else [])]
    most = max(1, *(one.count for one in shown))
    lines = [_row(one, most, still=one is running) for one in shown]
    blocks = [kit.section(f"*{text}*"), kit.section("```" + "\n".join(lines) + "```")]
    return Message(text, [*blocks, kit.context(_WHAT), *footer(share, shared_by)])


_WHAT = (
    "Counted: experiments killed or promoted with what was learned, by the day of the decision."
)


def _row(one: Past, most: int, *, still: bool) -> str:
    filled = "█" * round(12 * one.count / most)
    killed = sum(d.outcome == "killed" for d in one.decided)
    split = f" ({killed} killed, {one.count - killed} promoted)" if one.count else ""
    running = " so far" if still else ""
    name = f"Sprint {one.span.number}"
    return f"{name:<10} {one.span.starts:%d %b}  {filled:<12} {one.count}{split}{running}"


def trend_text(seen: VelocityTrend | None) -> str:
    """The trend in words, with what chance alone does."""
    if seen is None:
        return f"trend: not enough data (it takes {2 * TREND_OF} sprints)"
    pace = f"{figures.number(seen.recent, 1)} a sprint in the last {TREND_OF}, "
    pace += f"{figures.number(seen.before, 1)} in the {TREND_OF} before"
    return f"trend: {seen.word} ({pace}; p = {seen.p:.2f})"


def shared(channel: str, *, new: bool) -> Message:
    """Where it stands now."""
    text = f"Shared in <#{channel}>." if new else f"It is shared in <#{channel}> already."
    return Message(text, [kit.section(text)])
