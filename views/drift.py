"""Drift as Slack shows it: alarms, recoveries, and what was pushed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.drift_watch import ADVICE, Alarm, Drifted, Links, NewReference, Recovery
from views import kit

Message = tuple[str, list[kit.Block]]

MOST_ROWS = 10
MOST_LINKS = 3


def show(what: object) -> Message:
    """The message for something the drift watch says by itself."""
    return _VIEWS[type(what)](what)


def alarm(what: Alarm) -> Message:
    """What one push raised, as it stands now: open, partly over, or recovered."""
    going = [feature for feature in what.features if feature.state == "open"]
    name, total = code(what.source), len(what.features)
    if going and len(going) == total:
        text = f"Drift ALERT in {name}: {_named(going)}. {ADVICE}"
    elif going:
        text = f"Drift ALERT in {name}: {_named(going)} ({total - len(going)} of {total} over)."
        text += f" {ADVICE}"
    elif all(feature.state == "recovered" for feature in what.features):
        text = f"Recovered: drift in {name}, {_named(what.features)}. Two pushes in a row are OK."
    else:
        text = f"Over: drift in {name}, {_named(what.features)}. The reference was replaced."
    lines = [_line(feature) for feature in what.features[:MOST_ROWS]]
    if rest := total - MOST_ROWS:
        lines += [f"and {rest} more: `/drift {kit.escape(what.source)}`"] if rest > 0 else []
    blocks = [kit.section(f"*{text}*"), kit.section("\n".join(lines))]
    if going:
        blocks += [kit.context(line) for line in _links(what.links)]
    return text, [*blocks, kit.context(f"`/drift {kit.escape(what.source)}` shows every column.")]


def recovery(what: Recovery) -> Message:
    """Features that are OK again, for the alarm's thread."""
    text = (
        f"Recovered: {_named(what.features)} of {code(what.source)}. Two pushes in a row are OK."
    )
    return text, [kit.section(text)]


def new_reference(what: NewReference) -> Message:
    """A reference was replaced."""
    report = what.report
    text = (
        f"The drift reference of {code(report.source)} was replaced by {by(report.by)}: "
        f"{report.rows:,} rows of {kit.day(report.at.date())}. Later pushes are judged against it."
    )
    if what.ended:
        text += f" Over with it: {_named(what.ended)}."
    return text, [kit.section(text)]


def code(text: str) -> str:
    """A foreign name as code; nothing in it is interpreted."""
    return f"`{kit.escape(text.replace('`', chr(39)), 80)}`"


def by(who: str) -> str:
    """A user id as a mention, a token's name as it is."""
    is_id = who[:1] in ("U", "W") and who.isalnum() and who.isupper()
    return kit.person(who) if is_id else kit.escape(who, 80)


def _named(features: Sequence[Drifted]) -> str:
    names = ", ".join(code(feature.feature) for feature in features[:3])
    rest = len(features) - 3
    return f"{names} and {rest} more" if rest > 0 else names


def _line(feature: Drifted) -> str:
    since = kit.moment(feature.since)
    if feature.state != "open" and feature.ended:
        how = "OK again" if feature.state == "recovered" else "ended"
        return f"{code(feature.feature)}: {how} {kit.moment(feature.ended)}, ALERT since {since}"
    times = f", {feature.alerts} pushes" if feature.alerts > 1 else ""
    return (
        f"{code(feature.feature)}: ALERT since {since}{times}. {kit.escape(feature.reason, 200)}"
    )


def _links(links: Links) -> list[str]:
    lines = []
    if links.experiments:
        named = [f"{id_} {kit.escape(title, 60)}" for id_, title in links.experiments]
        lines.append(f"Experiments that name it: {_few(named)}")
    if links.risks:
        named = [f"note {number} {kit.escape(text, 80)}" for number, text in links.risks]
        lines.append(f"Known risk: {_few(named)}")
    return lines


def _few(named: Sequence[str]) -> str:
    rest = len(named) - MOST_LINKS
    return " · ".join(named[:MOST_LINKS]) + (f" and {rest} more" if rest > 0 else "")


_VIEWS: Mapping[type, Callable[[Any], Message]] = {
    Alarm: alarm,
    Recovery: recovery,
    NewReference: new_reference,
}
