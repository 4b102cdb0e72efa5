"""Guardrails and fallbacks of a model that ships before it is perfect (source document, chapter
1): one a line, with who owns it and how it was tested, in the words people write.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Refused
from core.text import says_nothing, shorten

MOST, LONGEST = 8, 300
_UNTESTED = ("not yet", "not tested", "untested", "pending", "todo", "tbd", "never", "soon")
_NOTES = re.compile(r"\(([^()]{0,250})\)\s{0,3}\.?$")
_PART = re.compile(r"^(owner|by|tested)\s{0,3}[:=]\s{0,3}(.{0,250})$", re.I)


@dataclass(frozen=True)
class Guardrail:
    """`Below 0.6 confidence a human answers (owner: Sarah, tested: 20 prompts)`. owner, tested: ""
    when nobody said.
    """

    text: str
    owner: str = ""
    tested: str = ""

    @property
    def told(self) -> str:
        """`Below 0.6 confidence a human answers · Sarah · tested: 20 prompts`."""
        tested = f"tested: {self.tested}" if self.tested else "not tested"
        return " · ".join(part for part in (self.text, self.owner, tested) if part)


def read(text: str) -> tuple[Guardrail, ...]:
    """The guardrails of a ticket, in their order."""
    lines = (line.strip().lstrip("-•* ").strip() for line in text.splitlines())
    return tuple(_one(line) for line in lines if line)


def checked(text: str, *, field: str = "") -> str:
    """The text as it is kept. Raises Refused (too many, too long)."""
    found = read(text)
    if len(found) > MOST:
        raise Refused(f"{len(found)} guardrails are too many.", f"Keep the {MOST} that matter.",
                      field=field)  # fmt: skip
    long = next((line for line in text.splitlines() if len(line) > LONGEST), "")
    if long:
        raise Refused(f"“{shorten(long, 40)}” has {len(long)} characters.",
                      f"Say it in {LONGEST}.", field=field)  # fmt: skip
    return text


def require_tested(called: str, text: str) -> None:
    """Pass when each guardrail of the ticket `called` was tested. Raises Refused naming the first
    that was not.
    """
    open_ = [one for one in read(text) if not one.tested]
    if open_:
        more = f" and {len(open_) - 1} more" if len(open_) > 1 else ""
        raise Refused(
            f"{called} has a guardrail nobody has tested: “{shorten(open_[0].text, 120)}”{more}.",
            f"Test it, then write “(tested: how)” at the end of its line: `/exp edit {called}`.",
        )


def _one(line: str) -> Guardrail:
    notes = _NOTES.search(line)
    parts = notes[1].split(",") if notes else []
    found = [_PART.match(part.strip()) for part in _joined(parts)]
    if notes is None or not found or None in found:
        return Guardrail(line)
    said = {one[1].lower(): one[2].strip() for one in found if one}
    tested = said.get("tested", "")
    if says_nothing(tested) or tested.casefold().startswith(_UNTESTED):
        tested = ""
    text = line[: notes.start()].strip(" .")
    return Guardrail(text, said.get("owner") or said.get("by", ""), tested)


def _joined(parts: Sequence[str]) -> list[str]:
    """Parts at whose comma something new begins: "tested: 20 prompts, none failed" is one."""
    found: list[str] = []
    for part in parts:
        if found and not _PART.match(part.strip()):
            found[-1] += f",{part}"
        else:
            found.append(part)
    return found
