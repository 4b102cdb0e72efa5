"""A ticket's own kill criteria, read literally: `Accuracy < 78% after full training = KILL`.

A line is read only when every word of it is understood; anything else is kept as it stands for
a person to judge. Reading half a condition would kill the wrong experiment.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.decisions import loss_line
from core.decisions.policy import Silent, Verdict
from core.experiments import metric as scale
from core.experiments.experiment import Experiment
from core.figures import hours, number, percent, spent

MOMENTS = ("any", "checkpoints", "gpu_hours", "days", "share", "full")

_BLANKS = re.compile(r"[^\S\n]+")
_LONGEST = 300  # characters of a line that is read: no condition is longer
_LINE = re.compile(
    r"[\n;]{1,20}|(?<!equal)\s{1,9}or\s{1,9}(?!equal|less|more|higher|lower|fewer)", re.I
)
_BULLET = re.compile(r"^\s*(?:[-*•–—]\s+|\d+[.)]\s+|\[[ x]?\]\s*)+")
_VERDICT = re.compile(
    r"(?:\s{0,9}(?:={1,9}>?|[-–]{1,20}>|→|⇒|:|,)\s{0,9}(?:then\s{1,9})?|\s{1,9}then\s{1,9}|\s{1,9})"
    r"(?:we\s{1,9})?(?:kill|stop|abort)(?:\s{1,9}(?:it|the\s{1,9}experiment|the\s{1,9}run))?[.!]?$"
)
_OPENING = re.compile(
    r"^(?:(?:kill|stop|abort)(?:\s+(?:it|the\s+experiment|the\s+run))?\s*(?::|,)?\s*)?"
    r"(?:(?:if|when|once)\s+)?"
)
_NOT = r"(?:does\s+not|doesn't|did\s+not|didn't|fails\s+to|cannot|can't)"
_WORDS = (
    (rf"{_NOT}\s+exceed", "<="),
    (rf"{_NOT}\s+(?:reach|hit)", "<"),
    (r"less\s+than\s+or\s+equal(?:\s+to)?|at\s+most|=<|≤", "<="),
    (r"(?:greater|more)\s+than\s+or\s+equal(?:\s+to)?|at\s+least|=>|≥", ">="),
    (r"(?:less|lower|smaller|fewer)\s+than|below|under", "<"),
    (r"(?:greater|more|higher|larger)\s+than|above|over|exceeds|exceeding", ">"),
)
_AFTER = re.compile(
    r"\s{0,9},?\s{0,9}\b(?:after|by|at|once)\s{1,9}(?:the\s{1,9})?(?:"
    r"(?:(?P<n>\d{1,20}(?:[.,]\d{1,20})?)\s{0,9}(?P<unit>checkpoints?|evals?|evaluations?|results?|reports?"
    r"|(?:gpu[\s-]{0,20})?(?:h|hrs?|hours?)|d|days?|w|weeks?"
    r"|%\s{0,9}of\s{1,9}(?:the\s{1,9})?(?:gpu[\s-]{0,20})?(?:compute\s{1,9})?budget))"
    r"|(?P<unit2>checkpoint|day|week)\s{1,9}(?P<n2>\d{1,20})"
    r"|(?P<full>full\s{1,9}(?:training|run|budget)|full\s{1,9}training\s{1,9}run|end(?:\s{1,9}of\s{1,9}(?:the\s{1,9})?"
    r"(?:training|run))?|training(?:\s{1,9}is)?(?:\s{1,9}(?:complete|done|finished))?|completion)"
    r")\b\s{0,9},?"
)
_CONDITION = re.compile(
    r"^(?:the\s{1,9})?(?P<metric>[a-z][\w@./ -]{0,60}?)\s{0,9}"
    r"\b(?:(?:is|are|was|stays|stay|remains|still|falls|drops|drop|gets|rises|goes)\s{1,9}){0,4}\s{0,9}"
    r"(?P<op><=|>=|<|>)\s{0,9}"
    r"(?P<value>[+-]?\d[\d.,]{0,20}|baseline|(?:the\s{1,9})?target)\s{0,9}(?P<unit>%|[a-z]{1,60})?"
    r"(?:\s{1,9}on\s{1,9}(?:the\s{1,9}|our\s{1,9})?(?:[\d,]{1,20}[- ]question\s{1,9})?"
    r"(?:eval|evaluation|test|validation|val|dev|held[- ]out)(?:\s{1,9}(?:set|data|split))?)?$"
)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")  # 1,200: a thousand to some, 1.2 to others
_QUALIFIERS = {"the", "final", "eval", "evaluation", "validation", "val", "test", "mean"}
_QUALIFIERS |= {"average", "avg", "best", "overall", "score", "dev"}
_SAME = {"acc": "accuracy", "prec": "precision", "rec": "recall", "ppl": "perplexity"}
_GPU = {"gpu", "gpu hours", "gpu h", "gpu hrs", "compute", "compute used", "gpu hours used"}


@dataclass(frozen=True)
class Criterion:
    """One line that was understood.

    metric: its name in plain words, or "gpu" for GPU-hours used. operator: < | <= | > | >=.
    value: the number; reference: "baseline" or "target" when the line names one instead.
    percent: typed with a % sign (value is then already divided by 100). moment: when it counts,
    one of MOMENTS; amount: how many checkpoints, GPU-hours, days, or which share of the budget.
    """

    text: str
    metric: str
    operator: str
    value: float
    reference: str = ""
    percent: bool = False
    moment: str = "any"
    amount: float = 0.0


def read(text: str) -> tuple[Criterion | str, ...]:
    """Every line of a ticket's kill criteria: a Criterion, or the line itself as it stands."""
    lines = (_BULLET.sub("", x).strip() for x in _LINE.split(_BLANKS.sub(" ", text)))
    return tuple((len(x) <= _LONGEST and _read_line(x)) or x for x in lines if x)


def metric_name(text: str) -> str:
    """A metric's name for comparison: `Final Acc.` and `accuracy` are the same."""
    words = re.sub(r"[^a-z0-9@]+", " ", text.casefold().replace("-score", "")).split()
    kept = [word for word in words if word not in _QUALIFIERS] or words
    name = " ".join(_SAME.get(word, word) for word in kept)
    return "gpu" if name in _GPU else name


def _read_line(line: str) -> Criterion | None:
    words = _plain(line)
    moment, amount = "any", 0.0
    when = _AFTER.search(words)
    if when:
        moment, amount = _moment(when)
        words = f"{words[: when.start()]} {words[when.end() :]}".strip()
    found = _CONDITION.match(" ".join(words.split()))
    if not found or _AMBIGUOUS.fullmatch(found["value"]):
        return None
    metric, unit = metric_name(found["metric"]), found["unit"] or ""
    if not metric or not _fits(unit, metric, found["value"]):
        return None
    value, reference = _value(found["value"])
    percent = unit == "%"
    return Criterion(
        text=line,
        metric=metric,
        operator=found["op"],
        value=round(value / 100, 12) if percent else value,
        reference=reference,
        percent=percent,
        moment=moment,
        amount=amount,
    )


def _plain(line: str) -> str:
    words = re.sub(r"\([^()]*\)", " ", line.casefold().replace("’", "'"))
    words = _VERDICT.sub("", words.strip().rstrip(".!")).strip()
    words = _OPENING.sub("", words, count=1)
    for spoken, sign in _WORDS:
        words = re.sub(rf"(?<![a-z])(?:{spoken})(?![a-z])", f" {sign} ", words)
    return words.strip().rstrip(".,!")


def _moment(found: re.Match[str]) -> tuple[str, float]:
    if found["full"]:
        return "full", 1.0
    unit = found["unit"] or found["unit2"]
    amount = float((found["n"] or found["n2"]).replace(",", "."))
    if unit.startswith("%"):
        return "share", amount / 100
    if unit.startswith(("d", "w")):
        return "days", amount * (7 if unit.startswith("w") else 1)
    return ("gpu_hours" if unit.startswith(("gpu", "h")) else "checkpoints"), amount


def _fits(unit: str, metric: str, value: str) -> bool:
    """A unit is understood when it is %, or says again what the metric is measured in."""
    if unit in {"", "%"}:
        return not (unit and not value[-1].isdigit())
    return unit in ({"h", "hours", "hrs", "gpu"} if metric == "gpu" else metric.split())


def _value(text: str) -> tuple[float, str]:
    if text.endswith(("baseline", "target")):
        return 0.0, text.split()[-1]
    return float(text.rstrip(".,").replace(",", ".")), ""


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ROUNDING = 1e-9
_WORSE = {"higher": ("<", "<="), "lower": (">", ">=")}


@dataclass(frozen=True)
class Unjudged:
    """A line only a person can judge, and why."""

    text: str
    why: str


def verdicts(experiment: Experiment, today: date) -> tuple[Verdict, ...]:
    """The ticket's own kill lines that are met now, in the ticket's order."""
    fired = (_verdict(line, experiment, today) for line in _readable(experiment))
    losses = loss_line.met(read(experiment.kill_criteria), experiment.losses)
    return (*filter(None, fired), *losses)


def unmet(experiment: Experiment, today: date) -> tuple[Silent, ...]:
    """The ticket's own kill lines that can be judged and are not met now."""
    quiet = [x.text for x in _readable(experiment) if _verdict(x, experiment, today) is None]
    quiet += loss_line.unmet(read(experiment.kill_criteria), experiment.losses)
    return tuple(Silent("own kill line", f"“{text}” is not met") for text in quiet)


def unjudged(experiment: Experiment) -> tuple[Unjudged, ...]:
    """The ticket's kill lines that no figure here can decide; never silently ignored."""
    return tuple(
        Unjudged(line if isinstance(line, str) else line.text, why)
        for line in read(experiment.kill_criteria)
        if (why := _unclear(line, experiment))
    )


def _readable(experiment: Experiment) -> list[Criterion]:
    lines = read(experiment.kill_criteria)
    return [x for x in lines if isinstance(x, Criterion) and not _unclear(x, experiment)]


def _unclear(line: Criterion | str, experiment: Experiment) -> str:
    if isinstance(line, str):
        return loss_line.unclear(line, experiment.losses)
    if line.metric not in {"gpu", metric_name(experiment.metric)}:
        return f"{line.metric} is not reported here, {experiment.metric} is"
    limit = _limit(line, experiment)
    if limit is None:
        return f"the ticket has no {line.reference}"
    if line.moment in {"share", "full"} and experiment.gpu_budget <= 0:
        return "the ticket has no GPU budget"
    if _contradicts(line, limit, experiment):
        return f"its line is beyond the target {number(experiment.target)}"
    return ""


def _limit(line: Criterion, experiment: Experiment) -> float | None:
    """The line's number on the ticket's scale; None when it names a figure that is not set."""
    if line.reference:
        return experiment.baseline if line.reference == "baseline" else experiment.target
    if line.metric == "gpu" and line.percent:
        return line.value * experiment.gpu_budget or None
    if line.percent and experiment.target is not None and abs(experiment.target) > 1:
        return line.value * 100
    is_share = scale.is_share(experiment.metric, experiment.target, experiment.baseline)
    if is_share and not line.percent and 1 < line.value <= 100:
        return line.value / 100  # "accuracy < 78" beside a target of 0.85
    return line.value


def _contradicts(line: Criterion, limit: float, experiment: Experiment) -> bool:
    """True when the line would kill an experiment that has reached its target."""
    if line.metric == "gpu" or experiment.target is None or line.reference == "target":
        return False
    if line.operator not in _WORSE[experiment.direction]:
        return False
    over = limit - experiment.target
    return (over if experiment.direction == "higher" else -over) > 1e-9


def _verdict(line: Criterion, experiment: Experiment, today: date) -> Verdict | None:
    limit, value = _limit(line, experiment), _measured(line, experiment)
    when = _reached(line, experiment, today)
    if limit is None or value is None or not when:
        return None
    if not _COMPARE[line.operator](value, limit):
        return None
    name = "GPU-hours" if line.metric == "gpu" else experiment.metric
    text = (
        f"its kill criterion is met: {name} {number(value)} {line.operator} {number(limit)}, "
        f"{when} (“{line.text}”)"
    )
    inputs = {"line": line.text, "value": value, "limit": limit, "moment": line.moment}
    return Verdict("own kill line", "kill", text, inputs)


def _measured(line: Criterion, experiment: Experiment) -> float | None:
    """GPU-hours; else the best value by the line's moment, or, without one, the latest."""
    if line.metric == "gpu":
        return experiment.gpu_used
    if line.moment != "any":
        return experiment.best
    return experiment.values[-1] if experiment.values else None


def _reached(line: Criterion, experiment: Experiment, today: date) -> str:
    """How the line's moment was reached, with its arithmetic; "" when it was not."""
    used, budget = experiment.gpu_used, experiment.gpu_budget
    told = f"{spent(used, budget)} GPU-h used"
    if line.moment == "checkpoints":
        count = len(experiment.values)
        return f"after {count} results ({number(line.amount)} asked)" * (count >= line.amount)
    if line.moment == "gpu_hours":
        return f"after {hours(used)} GPU-h ({number(line.amount)} asked)" * (
            used >= line.amount - _ROUNDING
        )
    if line.moment == "days":
        return _days(experiment, today, line.amount)
    if line.moment == "share":
        return f"{told} ({percent(used / budget)})" * (used >= line.amount * budget - _ROUNDING)
    if line.moment == "full":
        done = experiment.stage in {"evaluation", "iteration"}
        return f"{told}, stage {experiment.stage}" * (done or used >= budget - _ROUNDING)
    return "the latest figure (the line names no time)"


def _days(experiment: Experiment, today: date, wanted: float) -> str:
    starts = experiment.box_starts
    if starts is None or (today - starts).days < wanted:
        return ""
    return f"after {(today - starts).days} days ({number(wanted)} asked)"
