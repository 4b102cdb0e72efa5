"""A retro's facts: good kills, late kills, whether hypotheses get better; votes and actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.calendar import working_days_between
from core.experiments.experiment import Experiment, budget_share
from core.sprints.retro_pace import Pace
from core.stats.proportion import newcombe
from core.stats.sample import NotComputable

LATE_AFTER = 3  # working days between the first proposal and the decision
MIN_HALF = 10  # decisions on either side before hypotheses are compared
CHOICES = {"yes": "Yes", "partly": "Partly", "no": "No"}
QUESTIONS = {
    "kills": "Were our kills good calls?",
    "early": "Did we kill early enough?",
    "hypotheses": "Are our hypotheses getting better?",
    "process": "Did the way we work help us?",
    "evals": "Did our evals catch what mattered?",
}


@dataclass(frozen=True)
class FirstProposal:
    """When a rule first asked for the decision that was then made, and which rule."""

    on: date
    rule: str


@dataclass(frozen=True)
class Kill:
    """A kill of the sprint. waited: working days since a rule first asked, None when none did.

    over_box: calendar days past the box; budget: used share of the GPU budget, None without one.
    """

    number: int
    title: str
    waited: int | None
    rule: str
    over_box: int
    budget: float | None
    saved: float

    @property
    def is_late(self) -> bool:
        """Decided long after a rule asked, after the box or over the budget."""
        waited = self.waited is not None and self.waited > LATE_AFTER
        return waited or self.over_box > 0 or (self.budget is not None and self.budget > 1)


@dataclass(frozen=True)
class Better:
    """Promoted of decided, in the earlier and the later half of all decisions.

    low, high: 95 % range of the change in the share; word: better | worse | no clear change | few.
    """

    before: tuple[int, int]
    since: tuple[int, int]
    low: float = 0.0
    high: float = 0.0
    word: str = "few"


@dataclass(frozen=True)
class Action:
    """What the team agreed to do. sprint: in whose retro; done: by whom, "" while open."""

    number: int
    text: str
    owner: str
    sprint: int
    done_by: str = ""


@dataclass(frozen=True)
class Idea:
    """What somebody wants changed; user "" when said without a name."""

    text: str
    user: str = ""


@dataclass(frozen=True)
class Retro:
    """Everything on one retro. votes: question → choice → how many; voters: people who voted.

    overdue: ids of open experiments past their box; is_open: it was posted, so people may vote.
    pace: its velocity against its forecast.
    """

    number: int
    starts: date
    ends: date
    kills: tuple[Kill, ...]
    overdue: tuple[str, ...]
    better: Better
    votes: Mapping[str, Mapping[str, int]]
    voters: int
    ideas: tuple[Idea, ...]
    actions: tuple[Action, ...]
    is_open: bool = False
    pace: Pace | None = None

    @property
    def good(self) -> tuple[Kill, ...]:
        """Kills within box and budget, soon after a rule asked."""
        return tuple(kill for kill in self.kills if not kill.is_late)

    @property
    def late(self) -> tuple[Kill, ...]:
        """The others."""
        return tuple(kill for kill in self.kills if kill.is_late)


def seen(ticket: Experiment, on: date, asked: FirstProposal | None) -> Kill:
    """The kill of that day as the retro looks at it."""
    over = (on - ticket.box_ends).days if ticket.box_ends else 0
    return Kill(
        ticket.number,
        ticket.title,
        working_days_between(asked.on, on) if asked else None,
        asked.rule if asked else "",
        max(0, over),
        budget_share(ticket),
        max(0.0, ticket.gpu_budget - ticket.gpu_used),
    )


def better(before: tuple[int, int], since: tuple[int, int]) -> Better:
    """Earlier half against later half of all decisions, by date: promoted, and how many."""
    if before[1] < MIN_HALF:
        return Better(before, since)
    range_ = newcombe(since, before, confidence=0.95)
    if isinstance(range_, NotComputable):
        return Better(before, since)
    word = "better" if range_.low > 0 else "worse" if range_.high < 0 else "no clear change"
    return Better(before, since, range_.low, range_.high, word)


def questions(*, genai: bool) -> tuple[str, ...]:
    """The keys of the questions asked; the one on evals with the GenAI template."""
    return tuple(key for key in QUESTIONS if genai or key != "evals")


def tally(votes: Sequence[tuple[str, str]], keys: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often each choice was made, by question; votes: (question, choice)."""
    return {
        key: {choice: sum(vote == (key, choice) for vote in votes) for choice in CHOICES}
        for key in keys
    }
