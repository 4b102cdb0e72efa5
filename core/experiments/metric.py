"""A metric's name, scale and direction, as people call and type them."""

import math
import re

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
