"""What a team has chosen beyond its columns: one typed value, read and written in one place.

Stored as JSON under the fields' names; what was never chosen is not stored, so that a default
can change for everybody who never touched it.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from core.board.budget import SHARE
from core.sprints.plan import RATE
from core.sprints.sprint import DAYS

_MOMENTS = ("digest_from", "sprint_set_at", "sprint_template_at")


@dataclass(frozen=True)
class Settings:
    """A team's choices. None, "" and {} mean that nobody chose.

    zone: "chosen" once a lead has set the team's. metric_percent: the headline is shown in per
    cent. canvas_metric: fields of core.experiments.headline.Metric. digest_day: 0 is Monday;
    digest_hour, digest_draft: local hour, and hours before it. digest_copy: its page is posted in
    the team's channel too. answers_signed: answers carry their writers' names and pictures.
    digest_from, sprint_set_at: what fell due earlier is not made up for. money: core.digest.money,
    with by and at. wrong_by: metrics whose misses a lead confirmed as wrong answers. rates:
    core.experiments.rates. rules: core.decisions.policy.RuleSet. wip_limits: by column. gpu:
    core.board.gpu.Capacity. gpus: how many train side by side. budget_share:
    core.board.budget.Bounds.share. sprint_earlier: (first, last) days. sprint_capacity: GPU-hours;
    sprint_person: GPU-hours an hour of work counts as. sprint_plan, _review, _retro: slots.
    track_board: key, place and last telling of the message of experiments that lives in a channel.
    run_stop: core.tracking.beat.POLICIES.
    also_in: channels that came with a merged team; merged_into: the team this one became part of.
    """

    zone: str = ""
    metric_percent: bool | None = None
    canvas_metric: Mapping[str, Any] | None = None
    digest_day: int = 4
    digest_hour: int = 16
    digest_draft: int = 2
    digest_copy: bool = False
    answers_signed: bool = False
    digest_from: datetime | None = None
    money: Mapping[str, Any] | None = None
    wrong_by: Sequence[str] = ()
    rates: Mapping[str, Any] = field(default_factory=dict)
    rules: str = ""
    wip_limits: Mapping[str, int | None] = field(default_factory=dict)
    gpu: Mapping[str, Any] = field(default_factory=dict)
    gpus: float = 1.0
    budget_share: float = SHARE
    sprint_from: date | None = None
    sprint_days: int = DAYS
    sprint_earlier: Sequence[Sequence[str]] = ()
    sprint_set_at: datetime | None = None
    sprint_capacity: float | None = None
    sprint_person: float = RATE
    sprint_plan: str = ""
    sprint_review: str = ""
    sprint_retro: str = ""
    sprint_template: str = ""
    sprint_template_at: datetime | None = None
    track_board: Mapping[str, str] = field(default_factory=dict)
    run_stop: str = "ask"
    also_in: Sequence[str] = ()
    merged_into: int = 0

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """From the team's JSON; names of another version are passed over."""
        return cls(**{n: _read(n, v) for n, v in stored.items() if n in _NAMES})

    def changed(self, **chosen: Any) -> Self:
        """The same with these choices; None takes one back."""
        defaults = {n: _DEFAULT[n] for n, value in chosen.items() if value is None}
        return dataclasses.replace(self, **(chosen | defaults))

    def written(self) -> dict[str, Any]:
        """As JSON: what differs from the defaults."""
        return {n: _plain(v) for n, v in vars(self).items() if v != _DEFAULT[n]}


_DEFAULT: dict[str, Any] = vars(Settings())
_NAMES = frozenset(_DEFAULT)


def _read(name: str, value: Any) -> Any:
    if name in _MOMENTS and value:
        return datetime.fromisoformat(value)
    if name == "sprint_from" and value:
        return date.fromisoformat(value)
    return _DEFAULT[name] if value is None else value


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
