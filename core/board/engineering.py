"""An ML engineering ticket (source document, chapter 2): fields, statuses, what may follow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.errors import Refused
from core.text import clean, says_nothing

KINDS = ("infra", "optimization", "deployment")
STATUSES = ("todo", "doing", "review", "done")
_ID = re.compile(r"^(?:eng(?:ineering)?[\s_-]*)?0*(\d{1,6})$", re.IGNORECASE)
_KIND_WORDS = {
    "infra": "infra", "infrastructure": "infra",
    "optimization": "optimization", "optimisation": "optimization", "optimize": "optimization",
    "optimise": "optimization", "deployment": "deployment", "deploy": "deployment",
}  # fmt: skip
_STATUS_WORDS = {
    "todo": "todo", "to do": "todo", "open": "todo", "doing": "doing", "in progress": "doing",
    "started": "doing", "review": "review", "in review": "review", "done": "done",
    "closed": "done",
}  # fmt: skip


@dataclass(frozen=True)
class Engineering:
    """A ticket. kind: infra | optimization | deployment; model_artifact: which model version.

    latency_target, cost_target: upper limits as typed, "" without; *_measured: as reported when
    it was done. box_ends: the last day of its box, None until it is first worked on.
    experiments: numbers of those it blocks. missed: why it is done below a target.
    """

    number: int
    title: str
    kind: str
    owner: str
    box_days: int
    status: str
    since: datetime
    model_artifact: str = ""
    latency_target: str = ""
    cost_target: str = ""
    latency_measured: str = ""
    cost_measured: str = ""
    missed: str = ""
    box_ends: date | None = None
    experiments: tuple[int, ...] = ()
    created_by: str = ""
    created_at: datetime | None = None

    @property
    def id(self) -> str:
        """`ENG-003`."""
        return engineering_id(self.number)

    @property
    def is_open(self) -> bool:
        """True until it is done."""
        return self.status != "done"

    def is_over(self, today: date) -> bool:
        """True when it is past the last day of its box and not done."""
        return self.is_open and self.box_ends is not None and today > self.box_ends


def engineering_id(number: int) -> str:
    """`ENG-003` for 3."""
    return f"ENG-{number:03d}"


def is_engineering_id(text: str) -> bool:
    """True when the word can be read as an engineering ticket's id."""
    found = _ID.match(text.strip().strip("\"'`*,.;:"))
    return bool(found and int(found[1]))


def engineering_number(text: str) -> int:
    """3 for `ENG-003`, `eng3`, `3`. Raises Refused when it is no id."""
    found = _ID.match(text.strip().strip("\"'`*,.;:"))
    if not found or int(found[1]) == 0:
        raise Refused(f"“{text[:40]}” is no engineering ticket.", "Write it like ENG-003 or 3.")
    return int(found[1])


def read_kind(text: str) -> str:
    """One of the three types as typed. Raises Refused naming them."""
    word = clean(text).casefold().strip(".,;:")
    if word in _KIND_WORDS:
        return _KIND_WORDS[word]
    said = f"“{clean(text)[:30]}” is no type" if word else "It has no type"
    hint = "Write it like type=infra."
    raise Refused(f"{said}: there are {', '.join(KINDS)}.", hint, field="kind")


def read_status(text: str) -> str:
    """A status as typed. Raises Refused naming all four."""
    word = " ".join(clean(text).casefold().replace("-", " ").split()).strip(".,;:")
    if word in _STATUS_WORDS:
        return _STATUS_WORDS[word]
    said = f"“{clean(text)[:30]}” is no status" if word else "No status is named"
    raise Refused(f"{said}.", f"Write one of {', '.join(STATUSES)}.", field="status")


def moved(ticket: Engineering, to: str, *, now: datetime, today: date) -> Engineering:
    """The ticket in that status; first worked on, its box begins. Raises Refused (it is there)."""
    if to == ticket.status:
        raise Refused(f"{ticket.id} is in {to} already.")
    new = replace(ticket, status=to, since=now)
    if to == "doing" and ticket.box_ends is None:
        new = replace(new, box_ends=today + timedelta(days=ticket.box_days - 1))
    if not ticket.is_open:  # taken up again: what was measured then does not count for it
        new = replace(new, latency_measured="", cost_measured="", missed="")
    return new


def finished(
    ticket: Engineering,
    measured: tuple[str, str],
    lacks: Sequence[str],
    why: str,
    *,
    now: datetime,
) -> Engineering:
    """The ticket done, with (latency, cost) as measured. lacks: what was not shown, in words.

    Raises Refused: done already, or something was not shown and no reason is given.
    """
    if not ticket.is_open:
        raise Refused(f"{ticket.id} is done already.", f"`/eng history {ticket.id}` says by whom.")
    if lacks and says_nothing(why):
        raise Refused(
            f"{ticket.id} is not done yet: {'; '.join(lacks)}.",
            f"Write `/eng done {ticket.id} {_example(ticket)}`, or add `why=` and a reason.",
        )
    latency, cost = measured
    return replace(
        ticket, status="done", since=now, latency_measured=latency, cost_measured=cost,
        missed=why if lacks else "",
    )  # fmt: skip


def _example(ticket: Engineering) -> str:
    wanted = [("latency", ticket.latency_target), ("cost", ticket.cost_target)]
    return "measured " + " ".join(f"{name}=…" for name, target in wanted if target)
