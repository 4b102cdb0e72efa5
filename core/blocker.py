"""What somebody is stuck on: data, compute, clarity (the source document's three), or other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.text import clean, says_nothing

KINDS = ("data", "compute", "clarity", "other")

_WORDS = {
    "data": re.compile(
        r"\b(data\w*|label\w*|annotat\w*|corpus|corpora|ground truth|samples?)\b", re.I
    ),
    "compute": re.compile(
        r"\b(gpus?|gpu[- ]hours?|tpus?|compute|quota|cluster\w*|nodes?|capacity|a100s?|h100s?)\b",
        re.I,
    ),
    "clarity": re.compile(
        r"\b(unclear|clarity|clarif\w*|decisions?|decide\w*|specs?|specification\w*"
        r"|requirements?|unsure|confus\w*|priorit\w*|scope)\b",
        re.I,
    ),
}
_STUCK = re.compile(r"\b(stuck|blocked|blocker\w*|waiting (for|on)|held up)\b", re.I)
_NO = set("no not none nope nah nothing never unblocked fine good clear ok okay".split())  # noqa: SIM905
_STATE = set(
    "stuck blocked blocker blockers blocking issue issues problem problems".split()  # noqa: SIM905
) | {"fine", "good", "clear", "ok", "okay", "unblocked"}
_FILLER = set(
    "i am i'm im we are we're it is it's all everything anything any me us on at the for with "  # noqa: SIM905
    "and or from my our side here today currently really right now moment yet so far thanks "
    "there this week still going well".split()
)
_TOPIC = {"data", "compute", "clarity"}


@dataclass(frozen=True)
class Blocker:
    """Something open that somebody is stuck on. at: since when."""

    id: int
    user: str
    name: str
    kind: str
    text: str
    experiments: tuple[int, ...]
    at: datetime


def read(text: str | None) -> dict[str, str]:
    """What somebody is stuck on by kind, from the reply to the stuck question; {} for nothing.

    Lines and half-sentences are read one by one; one that names two kinds counts for both.
    """
    found: dict[str, list[str]] = {}
    for part in re.split(r"[\n;]+", clean(text)):
        piece = part.strip().lstrip("-•* ").strip()
        if says_no(piece):
            continue
        for kind in kinds(piece):
            found.setdefault(kind, []).append(piece)
    return {kind: "\n".join(found[kind]) for kind in KINDS if kind in found}


def says_no(text: str) -> bool:
    """True for "none", "not stuck", "no blockers today", "all good on data" and their like.

    "No data" is not among them: that is being stuck.
    """
    if says_nothing(text):
        return True
    words = set(re.findall(r"[a-z0-9'/]+", clean(text).replace("’", "'").casefold()))
    if not words & _NO:
        return False
    about = _TOPIC if words & _STATE else set()
    return words <= _NO | _STATE | _FILLER | about


def kinds(text: str) -> tuple[str, ...]:
    """The kinds whose words occur in the text; ("other",) when none does."""
    return tuple(kind for kind, words in _WORDS.items() if words.search(text)) or ("other",)


def mentioned(texts: Sequence[str]) -> dict[str, str]:
    """Blockers told in passing, in replies to other questions: sentences with "stuck", "blocked",
    "waiting for". {} when there is none.
    """
    sentences = [s for text in texts for s in re.split(r"(?<=[.!?])\s+|\n+", clean(text))]
    return read("\n".join(s for s in sentences if _STUCK.search(s)))
