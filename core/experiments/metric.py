"""A metric: its name, scale and direction, as people call and type them; what its name means to
others, and which one most experiments share.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Refused
from core.experiments.experiment import Experiment
from core.quantity import metric_value

# Names under which a value above 1 is normal although the target may be below it.
_UNBOUNDED = re.compile(
    r"loss|perplex|ppl|latency|second|time|cost|price|rmse|mse|mae|bits|ratio|speed"
    r"|distance|\bms\b|\bs\b|\$|€|per ",
    re.IGNORECASE,
)
_SHORT = {
    "accuracy": "acc",
    "precision": "prec",
    "recall": "rec",
    "perplexity": "ppl",
    "latency": "lat",
    "word error rate": "wer",
    "character error rate": "cer",
}
_ALIASES = {"acc": "accuracy", "ppl": "perplexity", "wer": "worderrorrate"}
_ALIASES |= {"cer": "charactererrorrate", "em": "exactmatch", "f1": "f1", "auc": "auc"}
# The names of measures, as they are told to leaders beside the name itself.
_GLOSS = {
    r"accuracy|acc": "",
    r"f1|f-score|f-measure": "one score for missed and false answers together",
    r"auc|auroc|roc": "how well right and wrong cases are told apart",
    r"precision": "the share of what we flag that is right",
    r"recall": "the share of what we look for that we find",
    r"perplexity|ppl": "how surprised the model is by real text, lower is better",
    r"loss": "how far off the model is, lower is better",
    r"wer|word error rate": "the share of words heard wrong, lower is better",
    r"cer": "the share of letters heard wrong, lower is better",
    r"latency|p\d\d": "the time people wait for an answer",
    r"bleu|rouge\w*|chrf": "how close a text is to one that people wrote",
    r"ndcg|mrr|map|hit rate": "how high the right result stands in the list",
    r"kappa": "how well people agree with each other",
    r"rmse|mae|mse": "how far off a guess is, lower is better",
}
SAME = 1e-9  # values closer than that are one
GENERIC = {"metric", "result", "value", "score", "best", "measured"}


def plain(name: str) -> str:
    """The letters and digits of a name, in small letters."""
    return re.sub(r"[\W_]", "", name).lower()


def is_called(name: str, word: str) -> bool:
    """True when `word` names that metric: its name, the beginning of it or of one of its words
    (two letters at least), its initials, or a usual short form.
    """
    wanted, whole = plain(word), plain(name)
    if not wanted:
        return False
    if wanted == whole or _ALIASES.get(wanted, "?") in whole:
        return True
    parts = [plain(part) for part in re.split(r"[\W_]+", name) if part]
    initials = "".join(part[0] for part in parts)
    starts = whole.startswith(wanted) or any(part.startswith(wanted) for part in parts)
    return len(wanted) >= 2 and (starts or wanted == initials)


def short_name(name: str) -> str:
    """How to write the metric in a command: `acc` for accuracy, else its first word."""
    known = _SHORT.get(name.strip().lower())
    return known or re.split(r"[\s=:]+", name.strip().lower())[0][:20] or "result"


def is_share(name: str, target: float | None, baseline: float | None = None) -> bool:
    """True when values of that metric lie between 0 and 1 as far as the ticket tells."""
    if target is None or _UNBOUNDED.search(name):
        return False
    return target <= 1 and (baseline is None or baseline <= 1)


def read_number(text: str, *, field: str = "") -> float:
    """A finite number as typed; `83%` is 0.83. Raises Refused."""
    value = metric_value(text, field=field)
    if not math.isfinite(value) or abs(value) > 1e12:
        raise Refused(f"{text[:20]} cannot be right.", "Write it like 0.83 or 83%.", field=field)
    return value


def read(text: str, experiment: Experiment, *, field: str = "") -> float:
    """A value of the ticket's metric on the ticket's scale. Raises Refused.

    When the target is 0.85, `83%` is 0.83 and `83` is refused; when it is 85, `83%` is 83.
    """
    return on_scale(text, experiment.metric, experiment.target, field=field)


def read_noise(text: str, experiment: Experiment) -> float:
    """Standard error of one evaluation, above 0 and on the metric's scale. Raises Refused."""
    found = read(text, experiment)
    if found <= 0:
        raise Refused(
            f"“{text[:20]}” is no noise: one evaluation always has some.",
            "Write the standard error, like noise=0.01 or noise=1%.",
        )
    return found


def on_scale(text: str, name: str, target: float | None, *, field: str = "") -> float:
    """A value of the metric `name` on the scale that its target shows. Raises Refused."""
    value = read_number(text, field=field)
    percent = text.strip().endswith("%")
    if is_share(name, target):
        if value > 1:
            raise _too_big(text, value, name, field)
        return value
    if percent and target is not None and abs(target) > 1:
        return _in_points(text, value, target, field)
    return value


def _too_big(text: str, value: float, name: str, field: str) -> Refused:
    guess = f"Did you mean {value:g}% ({value / 100:g})?" if 1 < value <= 100 else ""
    return Refused(
        f"“{text[:20]}” is more than {name} can be: the target is between 0 and 1.",
        guess or "Write it like 0.83 or 83%.",
        field=field,
    )


def _in_points(text: str, value: float, target: float, field: str) -> float:
    if abs(target) > 100:
        raise Refused(
            f"“{text[:20]}” is a share, but the target is {target:g}.",
            "Write the plain number.",
            field=field,
        )
    return round(value * 100, 10)


@dataclass(frozen=True)
class Metric:
    """What the team steers by. percent: shown in percent; None: decided by the values."""

    name: str = ""
    target: float | None = None
    direction: str = "higher"
    percent: bool | None = None


@dataclass(frozen=True)
class Use:
    """Experiments with one spelling of a metric, in one direction: how many, the first one's
    number, and their lowest and highest target.
    """

    metric: str
    direction: str
    count: int
    first: int
    low: float | None
    high: float | None


def shared_metric(experiments: Sequence[Experiment]) -> Metric:
    """The metric that most open experiments share (else most of all), with its hardest target."""
    pool = [e for e in experiments if e.is_open and e.metric] or [
        e for e in experiments if e.metric
    ]
    return most_used([Use(e.metric, e.direction, 1, e.number, e.target, e.target) for e in pool])


def most_used(uses: Sequence[Use]) -> Metric:
    """The metric that most experiments use, with its hardest target; nameless without any."""
    if not uses:
        return Metric()
    counted: Counter[tuple[str, str]] = Counter()
    for use in uses:
        counted[use.metric.casefold(), use.direction] += use.count
    (name, direction), _ = min(counted.items(), key=lambda item: (-item[1], item[0]))
    users = [u for u in uses if u.metric.casefold() == name and u.direction == direction]
    high = direction == "higher"
    targets = [t for u in users if (t := u.high if high else u.low) is not None]
    hardest = max if high else min
    first = min(users, key=lambda use: use.first)
    return Metric(first.metric, hardest(targets) if targets else None, direction)


def better(metric: Metric, one: float, two: float) -> bool:
    """True when `one` is better than `two` by more than rounding noise."""
    gain = one - two if metric.direction == "higher" else two - one
    return gain > SAME


def same_name(one: str, two: str) -> bool:
    """True when two metric names mean the same: case and outer spaces do not count."""
    return one.strip().casefold() == two.strip().casefold()


def other_unit(one: float, two: float) -> bool:
    """True when two values of one metric cannot be written in the same unit."""
    # 0.883 against 92: one is a share, the other a percentage somebody typed without its sign.
    low, high = sorted((abs(one), abs(two)))
    return 0 < low <= 1 and high >= 20


def gloss(name: str) -> str:
    """What a measure of that name tells, or "" when the name needs no words."""
    for form, meaning in _GLOSS.items():
        if re.search(rf"(?<![a-z0-9])(?:{form})(?![a-z0-9])", name, re.IGNORECASE):
            return meaning
    return ""
