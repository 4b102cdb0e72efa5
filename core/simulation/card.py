"""A card of the simulated board: its luck is drawn when it is written, so that an event changes
when things happen, never whose idea was good.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from core.experiments.worth import KINDS
from core.simulation import ideas as words
from core.simulation.ideas import Technique

START = {"accuracy": 0.612, "cost": 4.0}
_CEILING = 0.95  # of accuracy; the nearer, the smaller a step
_STEP = {"accuracy": 0.085, "cost": 0.08}  # what an idea aims at: share of what is left
_MEAN, _SPREAD = 0.35, 0.85  # of gain reached / gain aimed at: about one idea in four works
_HOPE, _WIDE, _SILENT = 0.6, 0.55, 5  # predictions: middle, half of the range, who makes none
_CURVE = 2.2  # how soon training flattens
_STUCK = (("hypothesis", "data", 0.12), ("experiment", "compute", 0.08),
          ("experiment", "data", 0.05), ("evaluation", "clarity", 0.06))  # fmt: skip


@dataclass(frozen=True)
class Luck:
    """Everything chance decides about an idea. reach: gain reached / gain aimed at.

    *_days: working days of that work. again: it gets an iteration. stuck: stage, kind and days
    it is held up, or None. worth: 1 to 10; gpu: hours of one training day; noise: by result.
    """

    reach: float
    data_days: int
    train_days: int
    eval_days: int
    again: bool
    again_days: int
    again_gain: float
    survives: bool
    stuck: tuple[str, str, int] | None
    worth: int
    gpu: float
    noise: tuple[float, ...]


def draw(rng: np.random.Generator) -> Luck:
    """The luck of one idea; days are geometric: every day has the same chance to be the last."""
    roll = float(rng.random())
    days = 1 + int(rng.geometric(0.4))
    stuck = None
    for stage, kind, chance in _STUCK:
        if 0 <= roll < chance:
            stuck = (stage, kind, days)
        roll -= chance
    return Luck(
        reach=float(rng.normal(_MEAN, _SPREAD)),
        data_days=int(rng.geometric(0.55)),
        train_days=2 + min(4, int(rng.geometric(0.55))),
        eval_days=int(rng.geometric(0.6)),
        again=bool(rng.random() < 0.5),
        again_days=1 + int(rng.geometric(0.6)),
        again_gain=float(rng.uniform(0.05, 0.5)),
        survives=bool(rng.random() < 0.4),
        stuck=stuck,
        worth=int(rng.integers(2, 10)),
        gpu=float(np.round(rng.uniform(0.5, 4.0) * 2) / 2),
        noise=tuple(float(x) for x in rng.normal(0, 0.07, 12)),
    )


@dataclass
class Card:
    """One experiment on the board, as far as it has come. left: working days of this stage.

    idle: days it was held up; tries: iterations; void: results that a regression made worthless.
    """

    number: int
    place: int
    owner: int
    luck: Luck
    created: int
    baseline: float
    target: float
    stage: str = "backlog"
    left: int = 0
    idle: int = 0
    ready: bool = False
    values: list[float] = field(default_factory=list)
    started: int | None = None  # the day it entered hypothesis
    decided: int | None = None
    outcome: str = ""
    tries: int = 0
    front: bool = False  # it jumps the queue
    regressed: bool = False
    entered: int = 0  # the day it came into this column
    was_stuck: bool = False
    void: int = 0

    @property
    def metric(self) -> str:
        """What it is measured by: cost for engineering, accuracy for all else."""
        return "cost" if self.technique.kind == KINDS[3] else "accuracy"

    @property
    def technique(self) -> Technique:
        """What it tries."""
        return words.what(self.place)[0]

    @property
    def title(self) -> str:
        """Its title."""
        return words.what(self.place)[1]

    @property
    def gpu_budget(self) -> float:
        """GPU-hours it may use."""
        return round(self.luck.gpu * (self.luck.train_days + 2), 1)

    @property
    def best(self) -> float:
        """Its best result in its metric's direction, the baseline before there is one."""
        pick = min if self.metric == "cost" else max
        return pick(self.values) if self.values else self.baseline

    @property
    def meets_target(self) -> bool:
        """True when the best result reaches the target."""
        if not self.values:
            return False
        return self.best <= self.target if self.metric == "cost" else self.best >= self.target

    @property
    def nearly(self) -> bool:
        """True when more than half of the gain it aims at is there."""
        return (self.best - self.baseline) / (self.target - self.baseline) > 0.5

    def measured(self) -> float:
        """Its next result: training flattens, an iteration adds, every result has noise."""
        look = len(self.values)
        done = min(1.0, (look - self.void + 1) / self.luck.train_days)
        grown = (1 - math.exp(-_CURVE * done)) / (1 - math.exp(-_CURVE))
        reach = self.luck.reach * grown + self.tries * self.luck.again_gain
        reach += self.luck.noise[look % len(self.luck.noise)]
        value = self.baseline + (self.target - self.baseline) * reach
        return round(min(0.99, max(0.01, value)), 3) if self.metric != "cost" else round(value, 2)


def aim(metric: str, level: float) -> float:
    """The target of an idea that starts from that level."""
    if metric == "cost":
        return round(level * (1 - _STEP["cost"]), 2)
    return round(level + max(0.004, _STEP["accuracy"] * (_CEILING - level)), 3)


def predicted(card: Card) -> tuple[float, float, float] | None:
    """What its owner expects: low and high end of the final result, chance of promotion.

    People sense some of the truth and hope for the rest; one in five predicts nothing.
    """
    if card.number % _SILENT == 0:
        return None
    sense = card.luck.reach - _MEAN
    middle = _HOPE + sense * 0.4 + 3 * card.luck.noise[-1]
    step, digits = card.target - card.baseline, 2 if card.metric == "cost" else 3
    ends = sorted(
        round(card.baseline + step * reach, digits) for reach in (middle - _WIDE, middle + _WIDE)
    )
    chance = round(min(0.9, max(0.05, 0.4 + sense / 7 + 1.5 * card.luck.noise[-2])), 2)
    return ends[0], max(ends[1], round(ends[0] + 10**-digits, digits)), chance
