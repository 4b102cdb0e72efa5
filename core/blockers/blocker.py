"""What somebody is stuck on: data, compute, clarity (the source document's three), or other; and
why, by the Experiment column's three causes (chapter 11).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from core import calendar
from core.errors import Refused
from core.quantity import blocker_id
from core.text import clean, mentioned_users, says_nothing

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
CAUSES = ("data_quality", "gpu_shortage", "training_divergence")
CAUSE_NAMES = {
    "data_quality": "data quality",
    "gpu_shortage": "GPU shortage",
    "training_divergence": "training divergence",
}
_DIVERGED = re.compile(
    r"\bdiverg\w*|\bnans?\b|\bexplod(?:ed|es|ing)\b|\bloss\b.{0,20}\b(?:inf|spik\w+|blew up)\b"
    r"|\bnot converg\w+|\b(?:doesn't|does not|won't) converge\b",
    re.IGNORECASE,
)
_BAD_DATA = re.compile(
    r"\bquality\b|\bnois(?:y|e)\b|\bmis-?label\w*|\bwrong labels?\b|\bbad (?:data|labels?)\b"
    r"|\bcorrupt\w*|\bduplicat\w*|\bmissing values?\b|\bimbalanced?\b|\bleak\w*|\bdirty\b"
    r"|\binconsistent\b|\bdisagree\w*",
    re.IGNORECASE,
)
_GPUS = re.compile(
    r"\b(?:gpus?|gpu[- ]hours?|tpus?|quota|capacity|cluster\w*|a100s?|h100s?|nodes?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class BlockerStep:
    """Something done about a blocker. what: acknowledged | updated | escalated | resolved | …"""

    who: str
    what: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Note:
    """A step as it is said in the blocker's thread. name, whom: display names."""

    number: int
    step: BlockerStep
    name: str
    whom: str = ""


@dataclass(frozen=True)
class Blocker:
    """Something somebody is stuck on. at: since when. People are user ids; name: the owner's.

    state: open | resolved | withdrawn. helper: who was tagged to help, or "". days: working days
    it has been open. names: display names by user id. cause: one of core.blockers.blocker, or "".
    program: the name of the one that told it, "" for a person.
    """

    id: int
    user: str
    name: str
    kind: str
    text: str
    experiments: tuple[int, ...]
    at: datetime
    channel: str = ""
    number: int = 0
    state: str = "open"
    helper: str = ""
    acknowledged_by: str = ""
    escalated_to: str = ""
    closed_by: str = ""
    closed_at: datetime | None = None
    resolution: str = ""
    steps: tuple[BlockerStep, ...] = ()
    days: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    cause: str = ""
    program: str = ""

    def name_of(self, user: str) -> str:
        """Display name of somebody who has to do with it."""
        return self.names.get(user) or user

    @property
    def told(self) -> str:
        """Its words in one line, without the kind they begin with (`data: labels are late`)."""
        words = " ".join(self.text.split())
        first, colon, rest = words.partition(":")
        return rest.strip() if colon and first.lower() == self.kind and rest.strip() else words

    @property
    def called(self) -> str:
        """`BLK-003`."""
        return blocker_id(self.number)


def days_open(since: datetime, until: datetime, where: ZoneInfo) -> int:
    """Working days from one instant to the other on that zone's calendar."""
    first, last = since.astimezone(where).date(), until.astimezone(where).date()
    return calendar.working_days_between(first, last)


def age(days: int) -> str:
    """`new`, or `3 d` (working days)."""
    return f"{days} d" if days else "new"


def tagged(text: str, names: Mapping[str, str], *, but: str) -> str:
    """User id of the first person the text mentions (`<@U…>`, or @ and a display name), or "".

    names: display names by user id. but: the writer, who is no helper. A name that two people
    share tags nobody.
    """
    for user in mentioned_users(text):
        if user != but:
            return user
    found: list[tuple[int, int, str]] = []
    for user, name in names.items():
        shared = sum(other.casefold() == name.casefold() for other in names.values()) > 1
        at = _mention(text, name) if name and user != but and not shared else -1
        if at >= 0:
            found.append((at, -len(name), user))
    return min(found)[2] if found else _unknown(text, but)


def _mention(text: str, name: str) -> int:
    found = re.search(rf"(?<!\w)@{re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return found.start() if found else -1


def _unknown(text: str, but: str) -> str:
    # Somebody mentioned whose profile is not known yet stands in the text by id.
    ids = [user for user in re.findall(r"(?<!\w)@([UW][A-Z0-9]{8,})\b", text) if user != but]
    return ids[0] if ids else ""


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


def cause_of(kind: str, text: str) -> str:
    """The cause that the words of a blocker of that kind name, or ""."""
    if _DIVERGED.search(text):
        return "training_divergence"
    if kind == "compute" and _GPUS.search(text):
        return "gpu_shortage"
    if kind == "data" and _BAD_DATA.search(text):
        return "data_quality"
    return ""


def read_cause(text: str) -> str:
    """A cause as typed, or the beginning of one; `none` takes it away. Raises Refused."""
    plain = re.sub(r"[\W_]+", "_", text.strip().casefold()).strip("_")
    if plain == "none":
        return ""
    found = [cause for cause in CAUSES if plain and cause.startswith(plain)]
    if len(found) == 1:
        return found[0]
    what = f"“{text[:30]}” is no cause" if plain else "No cause is named"
    raise Refused(
        f"{what}: there are {', '.join(CAUSES)} and none.",
        "Write `/blocker cause BLK-003 gpu_shortage`.",
    )
