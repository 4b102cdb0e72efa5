"""Drift as Slack shows it: alarms, recoveries, and what was pushed."""

from collections.abc import Sequence
from datetime import datetime

from core.drift.source import ADVICE, Alarm, Drifted, Monday, SourceState, TakenPush
from views import kit
from views.drift import table as drift_table
from views.drift.words import MOST_ROWS, by, code, links, named
from views.kit import Message


def alarm(what: Alarm) -> Message:
    """What one push raised, as it stands now: open, partly over, or recovered."""
    going = [feature for feature in what.features if feature.state == "open"]
    name, total = code(what.source), len(what.features)
    if going and len(going) == total:
        text = f"Drift ALERT in {name}: {_names(going)}. {ADVICE}"
    elif going:
        text = f"Drift ALERT in {name}: {_names(going)} ({total - len(going)} of {total} over)."
        text += f" {ADVICE}"
    elif all(feature.state == "recovered" for feature in what.features):
        text = f"Recovered: drift in {name}, {_names(what.features)}. Two pushes in a row are OK."
    else:
        text = f"Over: drift in {name}, {_names(what.features)}. The reference was replaced."
    lines = [_line(feature) for feature in what.features[:MOST_ROWS]]
    if rest := total - MOST_ROWS:
        lines += [f"and {rest} more: `/drift {kit.escape(what.source)}`"] if rest > 0 else []
    blocks = [kit.section(f"*{text}*"), kit.section("\n".join(lines))]
    if going:
        blocks += [kit.context(line) for line in links(what.links)]
    return Message(
        text, [*blocks, kit.context(f"`/drift {kit.escape(what.source)}` shows every column.")]
    )


def recovery(source: str, features: Sequence[Drifted]) -> Message:
    """Features that are OK again, for the alarm's thread."""
    text = f"Recovered: {_names(features)} of {code(source)}. Two pushes in a row are OK."
    return Message(text, [kit.section(text)])


def new_reference(report: TakenPush, ended: Sequence[Drifted]) -> Message:
    """A reference was replaced; ended: the episodes that are over with it."""
    text = (
        f"The drift reference of {code(report.source)} was replaced by {by(report.by)}: "
        f"{report.rows:,} rows of {kit.day(report.at.date())}. Later pushes are judged against it."
    )
    if ended:
        text += f" Over with it: {_names(ended)}."
    return Message(text, [kit.section(text)])


def monday(what: Monday) -> Message:
    """The weekly report's one message; each source answers in its thread."""
    counted = [
        f"{len(found)} {verdict}" + (f" ({named([s.source for s in found])})" if loud else "")
        for verdict, loud in (
            ("ALERT", True),
            ("WARN", True),
            ("NOT ENOUGH", True),
            ("OK", False),
            ("NOT JUDGED", True),
        )
        if (found := what.of(verdict))
    ]
    if silent := what.silent():
        names = ", ".join(f"{code(s.source)} {what.days(s)} days" for s in silent[:3])
        rest = f" and {len(silent) - 3} more" if len(silent) > 3 else ""
        counted.append(f"nothing pushed: {names}{rest}")
    total = len(what.sources)
    watched = "1 source" if total == 1 else f"{total} sources"
    text = f"Drift, {kit.day(what.on)}: {watched} watched: {'; '.join(counted)}."
    if what.of("ALERT"):
        text += f" {ADVICE}"
    return Message(
        text, [kit.section(text), kit.context("`/drift` shows the sources as they stand now.")]
    )


def standing(seen: SourceState, now: datetime) -> Message:
    """A source as it stands at that moment, for the weekly report's thread."""
    text, blocks = drift_table.page(seen, now, 0, by_document=False)
    return Message(text, [block for block in blocks if block["type"] != "actions"])


def _names(features: Sequence[Drifted]) -> str:
    return named([feature.feature for feature in features])


def _line(feature: Drifted) -> str:
    since = kit.moment(feature.since)
    if feature.state != "open" and feature.ended:
        how = "OK again" if feature.state == "recovered" else "ended"
        return f"{code(feature.feature)}: {how} {kit.moment(feature.ended)}, ALERT since {since}"
    times = f", {feature.alerts} pushes" if feature.alerts > 1 else ""
    why = kit.escape(feature.reason.removeprefix(f"{feature.feature}: "), 100)
    return f"{code(feature.feature)}: ALERT since {since}{times}. {why}"
