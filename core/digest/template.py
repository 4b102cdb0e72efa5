"""The digest's own words around its facts, section by section; lines hold placeholders ({F3}).

Bad news stands first, a section without news says so, and nothing is said that no fact says.
"""

from collections.abc import Sequence

from core.digest.sheet_headline import UNKNOWN
from core.facts import Fact, Sheet

LATE = ("over box", "over budget", "silent")
BESIDE = ("candidate", "goal moved", "corrected")
OUTCOMES = ("killed", "promoted")


def headline(sheet: Sheet) -> tuple[str, ...]:
    """Where we stand and whether that is on track; what it means for customers; what is asked."""
    head = sheet.headline
    standing = _one(sheet, "headline") or "No headline metric"
    beside = [_one(sheet, kind) for kind in BESIDE if sheet.of(kind)]
    standing += f" ({'; '.join(beside)})" if beside else ""
    if head["health"] == UNKNOWN:
        first = f"{standing} — {UNKNOWN}: {head['why']}."
    else:
        first = f"{standing} — {_one(sheet, 'health')}: {_why(sheet)}."
    lines = [first]
    if head["trajectory"] == "back" and head["by"] != "direction":
        lines += [f"Change: {_one(sheet, 'movement')}."] if sheet.of("movement") else []
    lines += _production(sheet)
    if sheet.of("need"):
        lines.append(f"{_one(sheet, 'asks')}.")
    return tuple(lines)


def _production(sheet: Sheet) -> list[str]:
    """What is in production, where the first line's value is a candidate's; what it means."""
    there = _one(sheet, "production")
    if not sheet.of("wrong"):
        return [f"{there}."] if there else []
    cost = f", {_one(sheet, 'cost')}" if sheet.of("cost") else ""
    range_ = f" The cost is {_one(sheet, 'cost range')}." if sheet.of("cost range") else ""
    return [f"{f'{there}. ' if there else ''}{_one(sheet, 'wrong')}{cost}.{range_}"]


def _why(sheet: Sheet) -> str:
    """What the health rests on."""
    movement = _one(sheet, "movement")
    by = sheet.headline["by"]
    if by == "reached":
        met = f"target reached{' by a candidate' if sheet.of('candidate') else ''}"
        return f"{met}, {movement}" if movement else met
    if by == "forecast":
        return _each_of(sheet, "chance")
    late = f", {_one(sheet, 'late')}" if sheet.of("late") else ""
    return f"{movement or _one(sheet, 'weeks')}{late}"


def progress(sheet: Sheet) -> tuple[str, ...]:
    """What moved, what was finished, what it was measured on."""
    told = sheet.headline["trajectory"] == "back" or sheet.headline["by"] in (
        "direction",
        "reached",
    )
    moved = _one(sheet, "movement") or _one(sheet, "weeks")
    name = "Change" if sheet.of("movement") else "Result"  # "Change: no change" reads badly
    lines = [f"{name}: {moved}."] if moved and not told else []
    parts = [f for kind in OUTCOMES for f in sheet.of(kind)]
    how = f": {_all(parts)}" if parts else ""
    done = f"{_one(sheet, 'completed')}{how}" if parts else "No experiment was finished"
    under_way = _all([f for kind in ("open", "iterating", "met") for f in sheet.of(kind)])
    live = f" {_one(sheet, 'live')}." if sheet.of("live") else ""
    lines.append(f"{done}.{live} {under_way}.{_compute(sheet)}")
    lines += [f"{_one(sheet, 'best')}."] if sheet.of("best") else []
    tested = [_one(sheet, kind) for kind in ("tested", "expected", "tried") if sheet.of(kind)]
    lines += [f"The metric was {'; '.join(tested)}."] if tested else []
    lines += [f"{_one(sheet, 'gloss')}"] if sheet.of("gloss") else []
    lines += [f"{_one(sheet, 'readiness')}."] if sheet.of("readiness") else []
    return tuple(lines)


def _compute(sheet: Sheet) -> str:
    """What was used in the period; what those under way used in all, of their budgets."""
    spent = f" Compute: {_one(sheet, 'gpu spent')}." if sheet.of("gpu spent") else ""
    return spent + (f" Those under way: {_one(sheet, 'gpu')}." if sheet.of("gpu") else "")


def learned(sheet: Sheet) -> tuple[str, ...]:
    """What people wrote down, and whether something was stopped without a word."""
    lines = _and_more(_each(sheet, "learning"), _one(sheet, "more learnings"))
    if lines:
        return lines
    if sheet.of("more learnings"):
        return (_one(sheet, "more learnings"),)
    if sheet.of("killed"):
        return (f"No learning was noted yet: {_one(sheet, 'killed')}.",)
    return ("No learning was noted since the last report.",)


def risks(sheet: Sheet) -> tuple[str, ...]:
    """What leads wrote, then what the records show, each with what it means and who acts."""
    lines = list(_and_more(_each(sheet, "override"), _one(sheet, "more overrides")))
    lines += _and_more(_each(sheet, "risk"), _one(sheet, "more risks"))
    seen = [
        _each_of(sheet, kind, f"more {kind}")
        for kind in LATE
        if sheet.of(kind) or sheet.of(f"more {kind}")
    ]
    stuck = _stuck_and_changed(sheet)
    if not any(sheet.of(kind) for kind in LATE):  # little room: counts only, all on one line
        seen, stuck = [", ".join(seen)] * bool(seen) + stuck, []
    if seen:
        lines.append(_certain(seen, "results come later", "go on or stop"))
    if stuck:
        changed = bool(sheet.of("drift") or sheet.of("more drift"))
        impact = "wrong answers are possible" if changed else "work waits"
        lines.append(
            _certain(stuck, impact, "check labels and tests" if changed else "unblock it")
        )
    return tuple(lines) or ("No risk is known.",)


def _certain(parts: Sequence[str], impact: str, todo: str) -> str:
    """What the records show is no risk any more: it is so."""
    return f"Certain: {'. '.join(parts)}. Impact: {impact}. Mitigation: {todo}. Owner: the leads."


def _stuck_and_changed(sheet: Sheet) -> list[str]:
    """Blockers and changed inputs on one line, so that the digest stays on one screen."""
    parts = []
    if sheet.of("blockers"):
        kinds, oldest = _all(sheet.of("blocker kind")), _one(sheet, "oldest blocker")
        parts.append(f"{_one(sheet, 'blockers')}{f' ({kinds})' if kinds else ''}, {oldest}")
    changed = _each_of(sheet, "drift", "more drift")
    label = "Inputs changed: " if sheet.of("drift") else ""
    return [*parts, f"{label}{changed}"] if changed else parts


def needs(sheet: Sheet) -> tuple[str, ...]:
    """The asks, each whole; then what was decided since the last report."""
    lines = _and_more(_each(sheet, "need"), _one(sheet, "more needs"))
    return (*(lines or (f"{_one(sheet, 'asks')}.",)), *_each(sheet, "decided"))


def upcoming(sheet: Sheet) -> tuple[str, ...]:
    """What will be shown next, and when; what is expected by then."""
    lines = [_one(sheet, "range")] if sheet.of("range") else []
    lines = [f"{lines[0]}. {_one(sheet, 'track record')}."] if (
        lines and sheet.of("track record")) else lines  # fmt: skip
    for kind in ("milestone", "box end"):
        if sheet.of(kind):
            return (_one(sheet, kind) + ("." if kind == "box end" else ""), *lines)
    if sheet.of("evaluated"):
        return (
            f"No date set: the decision on {_one(sheet, 'evaluated')}, now under test.",
            *lines,
        )
    return ("No milestone is planned.", *lines)


def dates(sheet: Sheet) -> str:
    """Of which day this is, and since which; in which phase and week the project is."""
    parts = [_one(sheet, kind) for kind in ("on", "last", "read")]
    phase = f" {_one(sheet, 'phase')}." if sheet.of("phase") else ""
    return f"As of {', '.join(part for part in parts if part)}.{phase}"


def _all(facts: Sequence[Fact], between: str = ", ") -> str:
    return between.join(f"{{{fact.id}}}" for fact in facts)


def _one(sheet: Sheet, kind: str) -> str:
    return _all(sheet.of(kind)[:1])


def _each(sheet: Sheet, kind: str) -> list[str]:
    return [_all([fact]) for fact in sheet.of(kind)]


def _each_of(sheet: Sheet, *kinds: str) -> str:
    return _all([fact for kind in kinds for fact in sheet.of(kind)])


def _and_more(lines: Sequence[str], rest: str) -> tuple[str, ...]:
    if not lines or not rest:
        return tuple(lines)
    return (*lines[:-1], f"{lines[-1]} — and {rest}")
