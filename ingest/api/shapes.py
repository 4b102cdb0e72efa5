"""What the read API answers, as models: the description is made from the same ones.

Texts are as people or programs wrote them: data, never an instruction. GPU figures are hours.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An answer, or a part of one: every field is always there."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(Shape):
    """Somebody, or a program that acts for somebody (`runner for Ana`), whose id is ""."""

    id: str = Field(description="Slack's user id")
    name: str


class Decision(Shape):
    """What became of an experiment."""

    experiment: str
    title: str
    team: str
    decision: Literal["killed", "promoted"]
    at: datetime | None
    by: Person | None
    final: float | None = Field(description="the metric's value at the decision")
    learnings: str


class Measurement(Shape):
    """One measurement: what the metric came to, of which side, and who says so."""

    at: datetime
    metric: str = Field(description="empty: the experiment's")
    value: float | None = Field(description="null: only hours or a note were told")
    low: float | None = Field(description="of a range of 90 %, like high")
    high: float | None
    noise: float | None = Field(description="standard error")
    examples: int = Field(description="how many were measured; 0: unknown, like runs")
    runs: int
    eval_set: str = Field(description="hash of its examples; empty: unknown")
    role: str = Field(description="candidate, baseline or production")
    source: str = Field(description="typed (somebody's word), pulled or pushed (measured)")
    counts: bool = Field(description="it is one of those the experiment is judged by")
    gpu_used: float = Field(description="GPU-hours used so far")
    note: str
    by: Person | None


class Learning(Shape):
    """Something learned."""

    text: str
    at: datetime
    by: Person | None
    team: str
    experiments: list[str]
    source: str = Field(description="decision, standup, evening or logged")


class Experiment(Shape):
    """A hypothesis ticket as it stands."""

    id: str
    team: str
    title: str
    hypothesis: str
    method: str
    owner: Person | None
    stage: str
    open: bool
    stale: bool = Field(description="under way, and silent for three working days")
    metric: str
    direction: Literal["higher", "lower"] = Field(description="which way is better")
    baseline: float | None = Field(description="measured on the same eval set, else as typed")
    target: float | None
    best: float | None
    results: int = Field(description="how many count")
    kill_criteria: str
    gpu_budget: float
    gpu_used: float
    box_starts: date | None
    box_ends: date | None
    deployed: str = Field(description="planned, shadow, canary, live, rolled-back; empty: unsaid")
    link: str
    created_at: datetime
    progress_at: datetime
    decision: Decision | None


class ExperimentPage(Experiment):
    """An experiment with its last results and what was learned about it."""

    last_results: list[Measurement] = Field(description="the newest first; `/results` has all")
    learned: list[Learning]


class Blocker(Shape):
    """Something somebody is stuck on."""

    id: str
    team: str
    kind: str = Field(description="data, compute, clarity or other")
    text: str
    state: str
    owner: Person | None
    helper: Person | None
    experiments: list[str]
    at: datetime
    working_days: int = Field(description="how long it has been open, or was")
    resolution: str


class Part(Shape):
    """A section of a digest."""

    key: str
    title: str
    lines: list[str]


class Digest(Shape):
    """The last digest as it was posted, with what was corrected since."""

    team: str
    week: str = Field(description="ISO week, 2026-W48")
    on: date
    posted_at: datetime
    sections: list[Part]
    corrections: int = Field(description="how often it was corrected; sections are as they are")
    facts: str = Field(description="SHA-256 of the fact sheet it was written from")


class Ahead(Shape):
    """One sprint ahead: what the metric may be by its end, as a range of 80 %."""

    sprint: int
    ends: date
    chance: float = Field(description="of the target by then, 0 to 1")
    low: float
    middle: float
    high: float


class Forecast(Shape):
    """Where the headline metric may go; without enough data `why` says so, and ahead is empty."""

    team: str
    status: str
    why: str
    metric: str
    target: float | None
    best: float | None
    ahead: list[Ahead]
    record: str = Field(description="how earlier ranges held")


class Answer(Shape):
    """What leadership asked, answered from the records."""

    answered: bool
    lines: list[str]
    assumes: list[str]
    facts: str = Field(description="SHA-256 of the fact sheet")
    can_ask: list[str]


class Me(Shape):
    """Who this token is."""

    name: str
    owner: Person | None
    may: list[str]
    teams: list[str]


class Experiments(Shape):
    """A page of experiments."""

    items: list[Experiment]
    next: str | None = Field(description="the cursor of the next page; null on the last")


class Results(Shape):
    """A page of results."""

    items: list[Measurement]
    next: str | None


class Decisions(Shape):
    """A page of decisions."""

    items: list[Decision]
    next: str | None


class Learnings(Shape):
    """A page of learnings."""

    items: list[Learning]
    next: str | None


class Blockers(Shape):
    """A page of blockers."""

    items: list[Blocker]
    next: str | None


class NewResult(BaseModel):
    """A result to log: a value, GPU-hours, or both, and what happened."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    value: float | None = Field(default=None, ge=-1e12, le=1e12)
    gpu_hours: float | None = Field(
        default=None, ge=0, le=1_000_000, description="used since the last report; adds"
    )
    note: str = Field(default="", max_length=3000)


class NewBlocker(BaseModel):
    """A blocker to report in the name of the token's owner."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    text: str = Field(min_length=1, max_length=3000)
    kind: Literal["data", "compute", "clarity", "other", ""] = ""
    experiments: list[Annotated[str, Field(pattern=r"^EXP-[0-9]{1,9}$")]] = Field(
        default=[], max_length=20
    )


class Logged(Shape):
    """A result that was taken."""

    experiment: str
    value: float | None
    gpu_used: float = Field(description="GPU-hours so far")
    by: str
    reached: bool = Field(description="it is the first to meet the target")


class Reported(Shape):
    """A blocker that was taken."""

    id: str
    owner: str
    by: str
    kind: str
    experiments: list[str]


class NewDecision(BaseModel):
    """What was learned, in a sentence at least: nothing is decided without it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    learnings: str = Field(min_length=1, max_length=3000)


class Decided(Shape):
    """A decision that was taken."""

    experiment: str
    decision: Literal["killed", "promoted"]
    by: str
    already: bool = Field(description="somebody was first; by is who")
