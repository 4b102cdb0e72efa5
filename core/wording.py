"""What a language model may do to the digest: reword lines around placeholders, nothing else."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core import injection
from core.digest import Section, bare, placeholders
from core.text import listed

REWORDED = ("progress", "risks", "next")
_UNSAFE = re.compile(r"[<>@{}|`*~\\]|://|www\.|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_CLAIMS = re.compile(
    r"\b(improv\w+|better|best|worse\w*|worst|up|down|r[io]se[ns]?|rising|f[ae]ll\w*|grew|grow\w*"
    r"|drop\w*|gain\w*|los[et]\w*|increas\w+|decreas\w+|significant\w*|because|due to|thanks to"
    r"|caus\w+|will|soon|likely|promis\w+|hopefully|on track|off track)\b",
    re.IGNORECASE,
)
_LONGEST = 200
# Beyond the template's own words a line may hold these: they join, they claim nothing.
JOINING = frozenset(
    listed(
        "a an and also are as at been by during each for from had has have in into is it "
        "its of on or our over so still team than that the their them there these they "
        "this those through to was we week were when where which while with experiment "
        "experiments completed finished closed running open active currently now far "
        "among including include includes made up metric metrics overall result results "
        "report reported reports work working far seen measured measurement next "
        "milestone planned plan risk risks blocker blockers known"
    )
) - {"up"}


class Unusable(ValueError):
    """An answer that must not be used; the message says why, without its words."""


def task(sections: Sequence[Section]) -> str:
    """The lines that may be reworded, as JSON for the prompt; the values are not in it."""
    lines = {s.key: list(s.lines) for s in sections if s.key in REWORDED}
    return json.dumps(lines, ensure_ascii=False, indent=1)


def reworded(sections: Sequence[Section], answer: str) -> tuple[Section, ...]:
    """The sections with the answer's lines in place of their own. Raises Unusable."""
    said = _parsed(answer)
    return tuple(
        replace(s, lines=_checked(s, said[s.key])) if s.key in REWORDED else s for s in sections
    )


def _parsed(answer: str) -> Mapping[str, Any]:
    start, end = answer.find("{"), answer.rfind("}")
    try:
        said = json.loads(answer[start : end + 1])
    except ValueError:
        raise Unusable("not JSON") from None
    if not isinstance(said, dict) or set(said) != set(REWORDED):
        raise Unusable("other sections")
    return said


def _checked(section: Section, lines: Any) -> tuple[str, ...]:
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise Unusable(f"{section.key}: not a list of lines")
    if not 1 <= len(lines) <= len(section.lines):
        raise Unusable(f"{section.key}: other number of lines")
    if placeholders(lines) != placeholders(section.lines):
        raise Unusable(f"{section.key}: other facts")
    ours = {word.casefold() for line in section.lines for word in _CLAIMS.findall(line)}
    known = _words(bare("\n".join(section.lines)))
    for line in lines:
        glue = bare(line)
        claims = {word.casefold() for word in _CLAIMS.findall(glue)} - ours
        if _UNSAFE.search(glue) or "\n" in line or len(glue) > _LONGEST or claims:
            raise Unusable(f"{section.key}: markup, claims or length")
        if injection.unfit(glue) or _words(glue) - JOINING - known:
            raise Unusable(f"{section.key}: words of its own")
        if not placeholders([line]) and line not in section.lines:
            raise Unusable(f"{section.key}: a line without facts was changed")
    return tuple(" ".join(line.split()) for line in lines)


def _words(text: str) -> set[str]:
    """Every run of letters, whatever its script."""
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
