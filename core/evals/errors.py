"""What a pushed side gets wrong: the hardest examples, and which class is taken for which."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.evals.push import Line, Push
from core.text import shorten

Spec = dict[str, Any]
MOST_HARD, MOST_CLASSES = 20, 10
OTHERS = "others"


@dataclass(frozen=True)
class Hard:
    """An example that the model does badly on. score: mean over its runs of the metric; truth,
    guess: its class and what it was taken for, "" where the push does not say.
    """

    example: str
    score: float
    runs: int
    truth: str = ""
    guess: str = ""
    text: str = ""


@dataclass(frozen=True)
class Confusion:
    """classes: by name, the most frequent first. counts[row][column]: examples of class `row` that
    were taken for class `column`, over all runs.
    """

    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        """All that were counted."""
        return sum(map(sum, self.counts))

    @property
    def right(self) -> int:
        """How many were taken for what they are."""
        return sum(row[n] for n, row in enumerate(self.counts) if self.classes[n] != OTHERS)

    @property
    def worst(self) -> tuple[str, str, int] | None:
        """The class most often taken for another, that other, and how often; None without."""
        pairs = [
            (count, self.classes[row], self.classes[column])
            for row, counts in enumerate(self.counts)
            for column, count in enumerate(counts)
            if row != column and count
        ]
        if not pairs:
            return None
        count, truth, guess = max(pairs, key=lambda pair: pair[0])
        return truth, guess, count


def hardest(push: Push, metric: str, direction: str) -> tuple[Hard, ...]:
    """The examples that score worst on that metric, worst first; none that scores as well as the
    best does. metric: as the push names it; direction: higher | lower is better.
    """
    scores: dict[str, list[float]] = defaultdict(list)
    first: dict[str, Line] = {}
    for line in push.lines:
        if metric in line.scores and metric not in line.missing:
            scores[line.example].append(line.scores[metric])
            first.setdefault(line.example, line)
    means = {example: sum(found) / len(found) for example, found in scores.items()}
    if not means:
        return ()
    sign = 1 if direction == "higher" else -1
    best = max(sign * value for value in means.values())
    worse = [example for example in means if sign * means[example] < best]
    worse.sort(key=lambda example: (sign * means[example], example))
    return tuple(
        Hard(example, means[example], len(scores[example]), one.label, one.predicted, one.text)
        for example in worse[:MOST_HARD]
        for one in [first[example]]
    )


@dataclass(frozen=True)
class Turned:
    """Examples that one side got right and the other did not. texts: by example, where pushed."""

    mended: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def turned(before: Push, after: Push, metric: str, direction: str) -> Turned | None:
    """What `after` mends and breaks of `before`; None where no example is in both, or scores are
    not right and wrong (means of 0 to 1, right from a half on; lower is better: wrong from there).
    """
    was, now = _means(before, metric), _means(after, metric)
    both = sorted(was.keys() & now.keys())
    if not both or any(not 0 <= value <= 1 for value in (*was.values(), *now.values())):
        return None

    def right(value: float) -> bool:
        return value >= 0.5 if direction == "higher" else value < 0.5

    return Turned(
        tuple(one for one in both if right(now[one]) and not right(was[one])),
        tuple(one for one in both if right(was[one]) and not right(now[one])),
        {line.example: line.text for line in (*before.lines, *after.lines) if line.text},
    )


def _means(push: Push, metric: str) -> dict[str, float]:
    scores: dict[str, list[float]] = defaultdict(list)
    for line in push.lines:
        if metric in line.scores and metric not in line.missing:
            scores[line.example].append(line.scores[metric])
    return {example: sum(found) / len(found) for example, found in scores.items()}


def confusion(push: Push) -> Confusion | None:
    """Which class was taken for which, where lines carry both; None where they do not."""
    pairs = Counter(
        (line.label, line.predicted) for line in push.lines if line.label and line.predicted
    )
    if not pairs:
        return None
    often: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        often[one] += count
        often[other] += 0
    ranked = sorted(often, key=lambda name: (-often[name], name))
    kept = ranked if len(ranked) <= MOST_CLASSES else [*ranked[: MOST_CLASSES - 1], OTHERS]
    place = {name: n for n, name in enumerate(kept)}
    last = len(kept) - 1
    table = [[0] * len(kept) for _ in kept]
    for (one, other), count in pairs.items():
        table[place.get(one, last)][place.get(other, last)] += count
    return Confusion(tuple(kept), tuple(map(tuple, table)))


def chart(title: str, found: Confusion) -> Spec:
    """classes and counts as in Confusion."""
    told = f"{found.right} of {found.total} right"
    worst = found.worst
    most = f"; most often {worst[0]} was taken for {worst[1]} ({worst[2]} times)" if worst else ""
    return {"kind": "confusion", "title": f"{title}: {told}",
            "classes": [shorten(name, 14) for name in found.classes],
            "counts": [list(row) for row in found.counts],
            "alt": f"Confusion matrix of {title}: {told}{most}."[:1000]}  # fmt: skip
