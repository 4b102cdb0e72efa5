"""The digest's text, written from the fact sheet only, and the check that nothing else is in it.

Sections follow the status template of the source document (chapter 7). A section's lines hold
placeholders ({F3}); `filled` puts the facts' own words in. Whoever writes the lines, the
template here or a language model, the same check decides whether they may be posted.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.facts import TEXT, Fact, Sheet

_PLACEHOLDER = re.compile(r"\{(F\d+)\}")
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen half twice "
    "double triple quarter first second third fourth percent"
)
_DAYS = "Mon Tues Wednes Thurs Fri Satur Sun"
_MONTHS = "January February March April May June July August September October November December"
_FIGURE = re.compile(
    r"EXP[\s-]*\w*\d\w*|[$€£]?\d[\d.,:/]*\d?\s*%?"
    + rf"|\b(?i:{'|'.join(_WORDS.split())})\b"
    + rf"|\b(?:{'|'.join(f'{d}day' for d in _DAYS.split())})\b"
    + rf"|\b(?:{'|'.join(_MONTHS.split())})\b"
)
_MASK = "\ue000"
LEFT_OUT = "Left out here: a line whose figures could not be traced to the records"


@dataclass(frozen=True)
class Section:
    """A part of the digest. key: headline | progress | learned | risks | needs | next | dates."""

    key: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A digest ready to be shown: filled sections, and what they were written from.

    prompt: the version of the prompts a model was asked with. why: why none worded it
    (core/llm). by_template: titles of the sections that fell back to the template.
    """

    week: str
    sections: tuple[Section, ...]
    sheet: Mapping[str, Any]
    sha256: str
    written_by: str  # template | assistant
    prompt: str = ""
    why: str = ""
    by_template: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The digest as plain text."""
        return flat(self.sections)


def compose(sheet: Sheet) -> tuple[Section, ...]:
    """The digest with placeholders, always the same sections in the same order."""
    return (
        Section("headline", "", (_headline(sheet),)),
        Section("progress", "Progress since last report", _progress(sheet)),
        Section("learned", "What we learned", _learned(sheet)),
        Section("risks", "Risks and blockers", _risks(sheet)),
        Section("needs", "What we need from leadership", _needs(sheet)),
        Section("next", "Next milestone", (_next(sheet),)),
        Section("dates", "", (_dates(sheet),)),
    )


def filled(sections: Sequence[Section], sheet: Sheet) -> tuple[Section, ...]:
    """The sections with the facts' own words in the place of their placeholders."""
    shown = {fact.id: fact.shown for fact in sheet.facts}

    def put(line: str) -> str:
        return _PLACEHOLDER.sub(lambda found: shown[found.group(1)], line)

    return tuple(replace(s, lines=tuple(put(line) for line in s.lines)) for s in sections)


def flat(sections: Sequence[Section]) -> str:
    """The sections as plain text: titles on lines of their own, bullets under them."""
    lines: list[str] = []
    for section in sections:
        lines += [section.title] if section.title else []
        lines += [f"• {line}" if section.title else line for line in section.lines]
    return "\n".join(lines)


def untraced(text: str, sheet: Sheet) -> list[str]:
    """Every figure in the text (number, percentage, id, date, number word) that is not part of
    one of the sheet's facts as the sheet shows it; empty when the text may be posted.
    """
    for fact in sorted(sheet.facts, key=lambda f: -len(f.shown)):
        text = _pattern(fact).sub(_MASK, text)
    return [found.strip() for found in _FIGURE.findall(unicodedata.normalize("NFKC", text))]


def traceable(sections: Sequence[Section], sheet: Sheet) -> tuple[Section, ...]:
    """The filled sections without the lines that hold a figure from elsewhere."""
    kept = []
    for section in sections:
        lines = tuple(line for line in section.lines if not untraced(f"• {line}", sheet))
        lost = len(lines) < len(section.lines)
        kept.append(replace(section, lines=(*lines, LEFT_OUT) if lost else lines))
    return tuple(kept)


def placeholders(lines: Sequence[str]) -> list[str]:
    """The ids of the facts that these lines name, sorted, with repeats."""
    return sorted(_PLACEHOLDER.findall("\n".join(lines)))


def bare(line: str) -> str:
    """The line without its placeholders."""
    return _PLACEHOLDER.sub(" ", line)


def _pattern(fact: Fact) -> re.Pattern[str]:
    shown = re.escape(fact.shown)
    if fact.unit != TEXT:
        return re.compile(rf"(?<![\w.,]){shown}(?!\w|[.,]\d)")
    # Somebody's words count only as a whole line: a note that says just "92" must not vouch for
    # every 92 in the text.
    return re.compile(rf"^(?:• )?{shown}(?=$| — and )", re.MULTILINE)


def _all(facts: Sequence[Fact], between: str = ", ") -> str:
    return between.join(f"{{{fact.id}}}" for fact in facts)


def _one(sheet: Sheet, kind: str) -> str:
    return _all(sheet.of(kind)[:1])


def _each(sheet: Sheet, kind: str) -> list[str]:
    return [_all([fact]) for fact in sheet.of(kind)]


def _headline(sheet: Sheet) -> str:
    movement = _one(sheet, "movement")
    aside = f" ({movement})" if movement else ""
    why = sheet.headline["why"]
    words = {
        "reached": f"target reached{aside}",
        "improving": f"improving{aside}",
        "back": f"going back{aside}",
        "unchanged": _one(sheet, "weeks"),
        "unknown": f"not enough data: {why}",
    }
    standing = _one(sheet, "headline") or "No headline metric"
    return f"{standing} — {words[sheet.headline['trajectory']]}"


def _progress(sheet: Sheet) -> tuple[str, ...]:
    parts = [f for kind in ("killed", "promoted", "iterating") for f in sheet.of(kind)]
    how = f" ({_all(parts)})" if parts else ""
    gpu = f"; {_one(sheet, 'gpu')}" if sheet.of("gpu") else ""
    best = _one(sheet, "best")
    gain = f"Best metric improvement: {best}" if best else "No improvement was measured"
    return (f"{_one(sheet, 'completed')}{how}; {_one(sheet, 'open')}{gpu}", gain)


def _learned(sheet: Sheet) -> tuple[str, ...]:
    nothing = ("No learning was written down since the last report",)
    more = _one(sheet, "more learnings")
    return _and_more(_each(sheet, "learning"), more) or ((more,) if more else nothing)


def _risks(sheet: Sheet) -> tuple[str, ...]:
    lines = list(_and_more(_each(sheet, "override"), _one(sheet, "more overrides")))
    lines += _and_more(_each(sheet, "risk"), _one(sheet, "more risks"))
    seen = [
        f"{label}: {_all([*sheet.of(kind), *sheet.of(f'more {kind}')])}"
        for kind, label in (
            ("over box", "over the time box"),
            ("over budget", "over the compute budget"),
            ("silent", "no news"),
        )
        if sheet.of(kind)
    ]
    lines += [f"Experiments {'; '.join(seen)}"] if seen else []
    lines += _stuck_and_changed(sheet)
    return tuple(lines) or ("None known",)


def _stuck_and_changed(sheet: Sheet) -> list[str]:
    """Blockers and drift on one line, so that the digest stays on one screen."""
    parts = []
    if sheet.of("blockers"):
        kinds, oldest = _all(sheet.of("blocker kind")), _one(sheet, "oldest blocker")
        parts.append(f"{_one(sheet, 'blockers')}: {kinds}; {oldest}")
    if sheet.of("drift"):
        changed = _all([*sheet.of("drift"), *sheet.of("more drift")])
        parts.append(f"Inputs changed, check labels and evals: {changed}")
    return [". ".join(parts)] if parts else []


def _needs(sheet: Sheet) -> tuple[str, ...]:
    lines = _and_more(_each(sheet, "need"), _one(sheet, "more needs"))
    return lines or ("No decision needed this week",)


def _next(sheet: Sheet) -> str:
    if sheet.of("milestone"):
        return _one(sheet, "milestone")
    if sheet.of("box end"):
        return f"{_one(sheet, 'box end')} and is then decided"
    if sheet.of("evaluated"):
        return f"Decision on {_one(sheet, 'evaluated')}, now in evaluation"
    return "None planned: no open experiment has a running time box"


def _dates(sheet: Sheet) -> str:
    parts = [_one(sheet, kind) for kind in ("on", "last", "read")]
    return "Digest of " + ", ".join(part for part in parts if part)


def _and_more(lines: Sequence[str], rest: str) -> tuple[str, ...]:
    if not lines or not rest:
        return tuple(lines)
    return (*lines[:-1], f"{lines[-1]} — and {rest}")
