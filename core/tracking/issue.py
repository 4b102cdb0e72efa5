"""Tickets that experiments have in Jira, Linear or GitHub: keys, statuses, what is said there.

Assay speaks of experiments as tickets of its own; those elsewhere are called issues in the code.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import Refused
from core.experiments.experiment import CLOSED, Experiment
from core.text import clean

NAMES = {"jira": "Jira", "linear": "Linear", "github": "GitHub"}
# The source document's workflow (chapter 5), by our stage; a team may say other names.
STATUSES = {
    "backlog": "Backlog", "hypothesis": "Hypothesis", "experiment": "Experiment",
    "evaluation": "Evaluation", "iteration": "Iteration", "production": "Production",
    "killed": "Killed",
}  # fmt: skip
# An issue on GitHub without a board has no more than these.
BARE = {"killed": "Closed as not planned", "production": "Closed as completed"}
OPEN = "Open"
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}-\d{1,9}")
_NUMBER = re.compile(r"(?:([\w.-]{1,60}/[\w.-]{1,120}))?#?(\d{1,9})")


@dataclass(frozen=True)
class Desk:
    """A place where a team has its tickets. number: in its team. project: Jira's or Linear's key
    of it, or `owner/repository`; board: number of its board on GitHub, None without. statuses:
    other names than STATUSES, by our stage.
    """

    number: int
    kind: str
    url: str
    project: str
    board: int | None
    statuses: Mapping[str, str]
    by: str
    trouble: str = ""
    trouble_at: datetime | None = None

    @property
    def called(self) -> str:
        """`Jira (ML)`."""
        return f"{NAMES[self.kind]} ({self.project})"

    def status(self, stage: str) -> str:
        """What a ticket's status is called there for our stage."""
        if self.kind == "github" and self.board is None:
            return BARE.get(stage, OPEN)
        return self.statuses.get(stage) or STATUSES[stage]

    def stage(self, status: str) -> str:
        """Our stage of that status, "" when it is none's or several stages'."""
        known = [one for one in STATUSES if self.status(one).casefold() == status.casefold()]
        return known[0] if len(known) == 1 else ""

    def key(self, text: str) -> str:
        """`ML-17` of this project, or `17` of this repository; "" when it is none of here."""
        word = clean(text).strip("`<>*")
        if self.kind != "github":
            known = _KEY.fullmatch(word)
            return word.upper() if known and word.upper().startswith(f"{self.project}-") else ""
        known = _NUMBER.fullmatch(word)
        if not known or (known[1] and known[1].casefold() != self.project.casefold()):
            return ""
        return str(int(known[2]))

    def shown(self, key: str) -> str:
        """`ML-17`, `acme/ml#17`."""
        return f"{self.project}#{key}" if self.kind == "github" else key

    def page(self, key: str) -> str:
        """The address people open it at."""
        if self.kind == "github":
            host = "https://github.com" if "//api.github.com" in self.url else self.url
            return f"{host}/{self.project}/issues/{key}"
        if self.kind == "linear":
            return f"https://linear.app/issue/{key}"
        return f"{self.url}/browse/{key}"


@dataclass(frozen=True)
class Linked:
    """An experiment's ticket there. key: as its desk calls it, link: its number here. ours: the
    status we last gave it, "" before; theirs: as it was last read. stage: of the experiment.
    waiting, dead: how many steps are on their way, and how many were given up; why: the last of
    these.
    """

    link: int
    desk: Desk
    number: int
    key: str
    stage: str
    ours: str
    theirs: str
    waiting: int = 0
    dead: int = 0
    why: str = ""

    @property
    def shown(self) -> str:
        """`ML-17`, `acme/ml#17`."""
        return self.desk.shown(self.key)

    @property
    def differs(self) -> bool:
        """True when somebody gave it another status there than we did, or one that decides while
        nothing is decided here.
        """
        if self.waiting or self.dead or not self.theirs:
            return False
        if self.ours:
            return self.theirs.casefold() != self.ours.casefold()
        return self.stage not in CLOSED and self.desk.stage(self.theirs) in CLOSED


def desk_of(text: str, desks: list[Desk]) -> tuple[Desk, str]:
    """The desk whose ticket that is, and how it calls it. Raises Refused."""
    found = [(one, key) for one in desks if (key := one.key(text))]
    if len(found) == 1:
        return found[0]
    known = ", ".join(one.shown("17" if one.kind == "github" else f"{one.project}-17")
                      for one in desks)  # fmt: skip
    if found:
        raise Refused("That could be a ticket of two places.", f"Write it like one of {known}.")
    if not desks:
        raise Refused("No ticket tracker is connected.",
                      "An admin writes `/ticket connect jira https://… project=ML`.")  # fmt: skip
    raise Refused("That is no ticket of what is connected here.", f"Write one like {known}.")


def comment(after: Experiment, word: str, *, who: str, why: str = "") -> str:
    """What is written below a ticket, lines of plain text. word: killed | promoted | iterating |
    reopened | undone; who: a name; why: what was said to it.
    """
    said = {
        "killed": f"{after.id} was killed by {who}",
        "promoted": f"{after.id} was promoted to production by {who}",
        "iterating": f"{after.id} goes into another iteration, says {who}",
        "reopened": f"{after.id} was reopened by {who}, in {after.stage} again",
        "undone": f"The last decision on {after.id} was taken back by {who}; it is in "
        f"{after.stage} again",
    }[word]
    lines = [f"{said}{_came_to(after)}."]
    learned = after.learnings if word in ("killed", "promoted") else why
    if learned:
        lines.append(f"{'Why' if word in ('reopened', 'undone') else 'Learned'}: {learned}")
    return "\n".join(lines)


def _came_to(after: Experiment) -> str:
    if after.final_metric is None:
        return ""
    aim = f" (target {after.target:g})" if after.target is not None else ""
    return f": {after.metric} {after.final_metric:g}{aim}"


def word_of(before: str, after: Experiment, *, outcome_changed: bool, undone: bool) -> str:
    """What was decided by that change, "" for nothing. before: its stage until then."""
    moved = before != after.stage and {before, after.stage} & set(CLOSED)
    if not moved and not outcome_changed:
        return ""
    if undone:
        return "undone"
    words = {"killed": "killed", "promoted": "promoted", "iterating": "iterating"}
    if after.outcome in words:
        return words[after.outcome]
    return {"killed": "killed", "production": "promoted"}.get(after.stage, "reopened")
