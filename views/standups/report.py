"""The standup report in Slack: who answered, what was learned, what holds people up."""

from collections.abc import Callable, Mapping, Sequence

from core.blockers.blocker import age
from core.quantity import experiment_id
from core.standups.report import Entry, StandupReport, share, tallies
from core.standups.standup import learnings
from core.text import shorten
from views import kit
from views.experiments.learning import line as learned
from views.kit import Message

_LISTED = 8
_PEOPLE = 40
_STATES: Mapping[str, Callable[[Entry], bool]] = {
    "In": lambda entry: entry.state == "answered",
    "No answer": lambda entry: entry.state == "asked" and entry.over,
    "To go": lambda entry: entry.state in {"due", "asked"} and not entry.over,
    "Skipped": lambda entry: entry.state == "skipped",
    "Away": lambda entry: entry.state == "away",
    "Not asked": lambda entry: entry.state == "missed",
}


def report(found: StandupReport, *, once: str = "", shared_by: str = "") -> Message:
    """The report as text. once: with a Share button that carries it; shared_by: who shared it."""
    text = f"{_title(found)}: {_sum(found)}"
    blocks = [kit.section(f"*{text}*"), *_who(found)]
    counted = tallies(found.entries)
    blocks += _part("Counted", [kit.escape(line, 400) for line in counted[:10]], len(counted))
    blocks += _evenings(found)
    blocks += _part("Learned", [learned(one) for one in found.learnings[-_LISTED:]],
                    len(found.learnings))  # fmt: skip
    stuck = [
        f"*{b.called}* {age(b.days)} {b.state} · "
        + kit.escape(shorten(f"{b.kind}, {b.name}: {b.text}", 150))
        for b in found.blockers[-_LISTED:]
    ]
    blocks += _part("Stuck", stuck, len(found.blockers))
    if once:
        value = f"{once}|{found.wish.typed}"
        button = kit.button("Share", "standup_report_share", value)
        blocks += [kit.context("Only you see this."), kit.actions(button)]
    if shared_by:
        blocks.append(kit.context(f"Shared by {kit.person(shared_by)}"))
    return Message(text, blocks)


def sent(name: str) -> Message:
    """That the file is on its way."""
    text = f"{name} comes to you as a direct message."
    return Message(text, [kit.section(text)])


def shared(channel: str, *, new: bool) -> Message:
    """Where it stands now."""
    text = f"Shared in <#{channel}>." if new else f"It is shared in <#{channel}> already."
    return Message(text, [kit.section(text)])


def _title(found: StandupReport) -> str:
    wish = found.wish
    days = kit.day(wish.first)
    days += f" to {kit.day(wish.last)}" if wish.last != wish.first else ""
    about = [kit.escape(found.name, 80), experiment_id(wish.number) if wish.number else ""]
    return " ".join(["Standup report", *(part for part in about if part), days])


def _sum(found: StandupReport) -> str:
    if not found.entries:
        return "nothing" if found.wish.number else "no round"
    if found.wish.number:
        count = len(found.entries)
        return f"{count} {'answer' if count == 1 else 'answers'}"
    part = found.share
    late = f", {part.late} late" if part.late else ""
    percent = f" ({part.percent}%{late})" if part.percent is not None else ""
    return f"{part.answered} of {part.expected} answered{percent}"


def _evenings(found: StandupReport) -> list[kit.Block]:
    answered, expected = found.evenings
    if not expected or found.wish.number:
        return []
    of = f" of {expected}" if expected > answered else ""
    return [kit.context(f"Evening check: {answered}{of} answered")]


def _who(found: StandupReport) -> list[kit.Block]:
    if not found.entries:
        return []
    if found.wish.number or found.wish.user:
        return _answers(found)
    if found.rounds == 1:
        lines = [
            f"{label}: {kit.escape(', '.join(_name(e) for e in found.entries if chosen(e)))}"
            for label, chosen in _STATES.items()
            if any(chosen(e) for e in found.entries)
        ]
        return [kit.section("\n".join(lines))]
    people = [_person(found, user) for user in dict.fromkeys(e.user for e in found.entries)]
    lines = people[:_PEOPLE]
    lines += [f"and {len(people) - _PEOPLE} more"] if len(people) > _PEOPLE else []
    about = f"{found.rounds} rounds. Who skipped or was away is not counted as missing."
    return [kit.section(kit.escape("\n".join(lines))), kit.context(about)]


def _name(entry: Entry) -> str:
    return f"{entry.name} (late)" if entry.late else entry.name


def _person(found: StandupReport, user: str) -> str:
    theirs = [entry for entry in found.entries if entry.user == user]
    part = share(theirs)
    marks = [(part.late, "late")]
    marks += [(sum(e.state == state for e in theirs), state) for state in ("skipped", "away")]
    marked = ", ".join(f"{count} {word}" for count, word in marks if count)
    return f"{theirs[0].name} {part.answered} of {part.expected}" + (f" ({marked})" * bool(marked))


def _answers(found: StandupReport) -> list[kit.Block]:
    answered = [entry for entry in found.entries if entry.state == "answered"]
    lines = []
    for entry in answered[-_LISTED:]:
        told = learnings(entry.questions, entry.replies) or " · ".join(filter(None, entry.replies))
        who = "" if found.wish.user else f"{_name(entry)}: "
        late = ", late" if entry.late and found.wish.user else ""
        said = kit.escape(f"{who}{shorten(told, 250) or '(no longer kept)'}")
        lines.append(f"*{kit.day(entry.on)}{late}* {said}")
    return _part("Answers", lines, len(answered))


def _part(title: str, lines: Sequence[str], total: int) -> list[kit.Block]:
    if not lines:
        return []
    more = f" (the last {len(lines)} of {total})" if total > len(lines) else ""
    return [kit.context(f"*{title}*{more}"), *(kit.section(line) for line in lines)]
