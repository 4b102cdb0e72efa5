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

from core.calendar import MONTHS
from core.digest import template
from core.facts import TEXT, Fact, Sheet

# Why no model worded a digest; "" when one did.
OFF, POLICY, CAP, SILENT, CHECK = "off", "policy", "cap", "silent", "check"
_PLACEHOLDER = re.compile(r"\{(F\d+)\}")
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen half twice "
    "double triple quarter first second third fourth percent"
)
_DAYS = "Mon Tues Wednes Thurs Fri Satur Sun"
_FIGURE = re.compile(
    r"EXP[\s-]{0,20}\w{0,60}\d\w{0,60}|[$€£]?\d[\d.,:/]{0,20}\d?\s{0,9}%?"
    + rf"|\b(?i:{'|'.join(_WORDS.split())})\b"
    + rf"|\b(?:{'|'.join(f'{d}day' for d in _DAYS.split())})\b"
    + rf"|\b(?:{'|'.join(MONTHS)})\b"
)
_MASK = "\ue000"
LEFT_OUT = "Left out here: a line whose figures could not be traced to the records"


_CHECKED = "every figure checked against the fact sheet"
_OWN = "what stands in quotation marks is its author's"


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
    (core/llm/endpoint). by_template: titles of the sections that fell back to the template.
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

    @property
    def footer(self) -> str:
        """Where the figures come from and who found the words."""
        return f"{self.week} · fact sheet {self.sha256[:8]} · {self._by}"

    @property
    def _by(self) -> str:
        if self.written_by == "assistant":
            own = ", ".join(title.lower() for title in self.by_template)
            by = f" ({own}: from a template)" if own else ""
            return f"wording assisted by AI{by}, {_CHECKED}; {_OWN}, shortened by AI at most"
        because = {
            CHECK: ": the AI wording failed a check",
            SILENT: ": the AI gave no answer",
            CAP: ": this month's AI budget is used up",
        }.get(self.why, "")
        return f"written from a template{because}, every figure from the records; {_OWN}"


def compose(sheet: Sheet) -> tuple[Section, ...]:
    """The digest with placeholders, always the same sections in the same order."""
    return (
        Section("headline", "", template.headline(sheet)),
        Section("progress", "Progress since last report", template.progress(sheet)),
        Section("learned", "What we learned", template.learned(sheet)),
        Section("risks", "Risks and blockers", template.risks(sheet)),
        Section("needs", "What we need from leadership", template.needs(sheet)),
        Section("next", "Next milestone", template.upcoming(sheet)),
        Section("dates", "", (template.dates(sheet),)),
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
        if fact.shown in text:  # a sheet of a long week has hundreds that are not
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
