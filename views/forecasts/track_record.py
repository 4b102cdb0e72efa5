"""How the ranges did, when so many experiments will be decided, and the document's ETA."""

from collections.abc import Callable

from core.forecasts import track_record
from core.forecasts.forecast import SURE_SPRINTS
from core.forecasts.headline import HeadlineOutlook, shown
from core.forecasts.track_record import ENOUGH, Closed, ForecastRecord
from core.forecasts.when_decided import HORIZON, Decided
from core.sprints.sprint import Span
from views import kit
from views.forecasts import forecast
from views.kit import Message

_SHOWN = 8
_HEAD = ("Sprint", "Range 10–90%", "Came", "Held?", "P(target)", "Reached?")
_MANY = 12


def record(found: ForecastRecord, further: ForecastRecord, outlook: HeadlineOutlook) -> Message:
    """The track record: every closed range, scores beside "no change"."""
    if found.score is None:
        text = f"No range has closed yet: {track_record.sentence(found)}."
        return Message(text, [kit.section(text), kit.context(_waiting(found))])
    held = track_record.sentence(found)
    text = f"{held[0].upper()}{held[1:]}; “nothing changes” was right {_times(found.unchanged)}."
    rows = [_closed(one, percent=outlook.percent) for one in found.closed[-_SHOWN:]]
    blocks = [
        kit.section(f"*{text}*"),
        kit.table([_HEAD, *rows]),
        kit.section(_scores(found, further)),
    ]
    return Message(text, [*blocks, kit.context(_waiting(found))])


def decided(found: Decided) -> Message:
    """When so many more experiments will be decided."""
    what = "1 more decision" if found.need == 1 else f"{found.need} more decisions"
    if found.why:
        text = f"NOT ENOUGH, no date for {what}: {found.why}"
        return Message(text, [kit.section(text)])
    text = f"{what}: {', '.join(_dates(found))}."
    counts = ", ".join(str(count) for _, count in found.history[-_MANY:])
    running = found.running.number if found.running else 0
    how = (
        f"From the decisions of {len(found.history)} sprints ({counts}), drawn again and again; "
        f"{_so_far(found.now)} sprint {running} so far. Days are the last of a sprint."
    )
    return Message(text, [kit.section(f"*{text}*"), kit.context(how)])


def document(outlook: HeadlineOutlook, sprints: float | None, ends: str, why: str) -> Message:
    """The linear ETA, named as the document's, with what the range says of the same target."""
    ours = forecast.first_line(outlook)
    if sprints is None:
        text = f"The source document's ETA: none. {kit.escape(why)}"
    elif not sprints:
        text = "The source document's ETA: the target is reached."
    else:
        text = f"The source document's ETA: ~{sprints:.1f} sprints ({ends})."
    how = (
        "Its rule divides the gap by the mean gain per sprint: one number without a range, after "
        "two sprints, as if every sprint gained the same. In back-tests its error was several "
        f"times that of the range. Ours: {ours}"
    )
    return Message(text, [kit.section(f"*{text}*"), kit.context(how)])


def _closed(one: Closed, *, percent: bool) -> tuple[str, ...]:
    write: Callable[[float], str] = lambda value: shown(value, percent=percent)  # noqa: E731
    return (
        f"{one.sprint} (to {kit.day(one.ends)})",
        f"{write(one.low)} – {write(one.high)}",
        write(one.actual),
        "held" if one.held else "missed",
        f"{one.p:.0%}",
        "yes" if one.reached else "no",
    )


def _scores(found: ForecastRecord, further: ForecastRecord) -> str:
    lines = [_score("One sprint ahead", found)]
    if further.score:
        lines.append(_score(f"{SURE_SPRINTS} sprints ahead", further))
    lines.append("_Error (pinball) and Brier: lower is better. “no change”: it stays as it was._")
    return "\n".join(lines)


def _score(name: str, found: ForecastRecord) -> str:
    score, briers = found.score, found.briers
    assert score is not None
    assert briers is not None
    interval = score.coverage_interval
    parts = [
        f"*{name}*: held {score.held} of {score.n}",
        f"true rate {interval.low:.0%}–{interval.high:.0%}, meant to be 80%",
        f"error {score.pinball:.2g}, no change {score.pinball_no_change or 0:.2g}",
        f"Brier {briers[0]:.2f}, no change {briers[1]:.2f}",
    ]
    return " · ".join(parts)


def _waiting(found: ForecastRecord) -> str:
    parts = [f"The first forecast posted in a sprint counts. {found.waiting} still open"]
    parts += [f"{found.void} void (no result stood any more)"] if found.void else []
    return ", ".join(parts) + f". Below {ENOUGH} closed ranges nothing is claimed."


def _times(count: int) -> str:
    return {0: "never", 1: "once"}.get(count, f"{count} times")


def _so_far(count: int) -> str:
    return f"on top of the {count} of" if count else "none in"


def _dates(found: Decided) -> list[str]:
    """A line a date: of several chances with the same date the highest."""
    by_span: dict[Span | None, float] = {}
    for p, span in found.by:
        by_span[span] = p if span else by_span.get(span, p)
    return [
        f"{p:.0%} likely by {kit.day(span.ends)} (sprint {span.number})"
        if span
        else f"{p:.0%} likely only after {HORIZON} sprints"
        for span, p in by_span.items()
    ]
