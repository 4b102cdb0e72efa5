"""Reading a reported result as people type it, and what it does to the ticket."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core import quantity
from core.errors import Refused
from core.experiments import metric, prediction, provenance, rollout, secondary, worth
from core.experiments.experiment import Experiment
from core.experiments.measurement import Measurement, counted
from core.faults import Faults
from core.quantity import gpu_hours
from core.text import clean, straighten

MOST_GPU_HOURS = 1_000_000.0
_QUOTED = re.compile(r'"([^"]*)"?')
_ASSIGNED = re.compile(r"^([\w.@-]{1,60})([=:])(?!//)(\S+)$")
_JOINED = re.compile(r"\s{0,9}=\s{0,9}")
_FIRST = re.compile(r"^(\s*[\w.@-]+):\s+(?=[+-]?[\d.,]+(?:%|h)?(?:\s|$))")
_BARE_HOURS = re.compile(r"^\+?\d+(?:[.,]\d+)?\s*(?:gpu-?)?(?:h|hr|hrs|hours?)$", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"^[+-]?\d{0,20}[.,]?\d{1,20}%?$")
_KEYS = {
    "gpu": "gpu",
    "gpuh": "gpu",
    "gpuhours": "gpu",
    "hours": "gpu",
    "compute": "gpu",
    "noise": "noise",
    "noisesd": "noise",
    "stderr": "noise",
    "baseline": "baseline",
    "base": "baseline",
    "data": "data",
    "dataset": "data",
    "safety": "blocking",
    "blocking": "blocking",
    "link": "link",
    "url": "link",
    "wandb": "link",
    "mlflow": "link",
    "note": "note",
    **rollout.KEYS,
    **worth.KEYS,
    **prediction.KEYS,
    **provenance.KEYS,
}


@dataclass(frozen=True)
class CheckpointReport:
    """What somebody reports. gpu_added: GPU-hours since the last report; gpu_total: all so far
    (corrects the sum). marks: fields of core.experiments.rollout. None means: said nothing about
    it. others: secondary metrics by name, in their criterion's unit.
    """

    value: float | None = None
    gpu_added: float | None = None
    gpu_total: float | None = None
    baseline: float | None = None
    noise_sd: float | None = None
    dataset_ready: bool | None = None
    blocking_ok: bool | None = None
    link: str | None = None
    worth: int | None = None
    kind_of_work: str | None = None
    people_hours: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    predicted_chance: float | None = None
    trained_on: str | None = None
    code_commit: str | None = None
    note: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, float], ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when nothing was said at all."""
        return self == CheckpointReport()


def read(text: str, experiment: Experiment) -> CheckpointReport:
    """The report in `acc=0.83 gpu=6h "what happened"`. Raises Refused naming what is wrong.

    The metric may be called by its name, a short form, or be the number that comes first;
    `gpu=6h` adds, `gpu=total:19h` sets. Everything in quotes and every other word is the note.
    """
    typed = straighten(clean(text))
    quoted: list[str] = _QUOTED.findall(typed)
    said = CheckpointReport()
    words: list[str] = []
    bare = _FIRST.sub(r"\1=", _QUOTED.sub(" ", typed))
    for word in _JOINED.sub("=", bare).split():
        said = _take(said, word, words, experiment)
    note = " ".join([said.note, *words, *quoted]).strip()
    return replace(said, note=note)


def _take(
    said: CheckpointReport, word: str, words: list[str], experiment: Experiment
) -> CheckpointReport:
    assigned = _ASSIGNED.match(word)
    if assigned and (assigned.group(2) == "=" or not words):
        key, sign, value = assigned.groups()
        known = _known(key, experiment)
        if known == "data" and provenance.names_data(value):
            known = "trained_on"
        took = _taken(said, known, (key, value), experiment)
        if took is not None:
            return took
        if sign == "=" and not words:
            raise _unknown(key, experiment)
    elif not words and _BARE_HOURS.match(word):
        return _assign(said, "gpu", word, experiment)
    elif not words and _BARE_NUMBER.match(word):
        return _assign(said, "value", word, experiment)
    words.append(word)
    return said


def _taken(
    said: CheckpointReport, known: str, pair: tuple[str, str], experiment: Experiment
) -> CheckpointReport | None:
    """The report with that assignment; None when its key names nothing. known: what it names."""
    key, value = pair
    if rollout.is_diverged(key, value):
        return _assign(said, "training_status", "diverged", experiment)
    if known:
        return _assign(said, known, value, experiment)
    other = secondary.named(secondary.read(experiment.success_secondary), key)
    if other is None:
        return None
    return replace(said, others=(*said.others, (other.name, other.read(value))))


def _known(key: str, experiment: Experiment) -> str:
    plain = metric.plain(key)
    if plain == metric.plain(experiment.metric):
        return "value"
    if plain in _KEYS:
        return _KEYS[plain]
    called = plain in metric.GENERIC or metric.is_called(experiment.metric, plain)
    return "value" if called else ""


def _unknown(key: str, experiment: Experiment) -> Refused:
    short = metric.short_name(experiment.metric)
    names = [one.name for one in secondary.read(experiment.success_secondary)]
    measures = " and ".join([experiment.metric, *names])
    return Refused(
        f"I don't know “{key[:30]}”: {experiment.id} measures {measures}.",
        f'Write `{short}=…`, `gpu=6h`, and anything else as "a note in quotes".',
    )


def _assign(
    said: CheckpointReport, key: str, value: str, experiment: Experiment
) -> CheckpointReport:
    if key == "value" and said.value is not None:
        raise Refused(
            f"There are two results for {experiment.metric} in it.",
            "Give one, and put other numbers into a note in quotes.",
        )
    if key == "gpu":
        return _hours(said, value)
    if key in rollout.FIELDS:
        return replace(said, marks=(*said.marks, (key, rollout.read(key, value))))
    if key == "note":
        return replace(said, note=f"{said.note} {value}".strip())
    return replace(said, **_changed(key, value, experiment))


def _changed(key: str, value: str, experiment: Experiment) -> dict[str, Any]:
    if key in provenance.FIELDS:
        return {key: provenance.read(key, value)}
    if key == "data":
        return {"dataset_ready": quantity.yes_or_no(value, "data=ready")}
    if key == "blocking":
        return {"blocking_ok": quantity.yes_or_no(value, "safety=ok")}
    if key == "link":
        return {"link": read_link(value)}
    if key in prediction.KEYS.values():
        return prediction.read(key, value, experiment)
    if key in worth.KEYS.values():
        return {key: worth.read(key, value)}
    if key == "noise":
        return {"noise_sd": metric.read_noise(value, experiment)}
    return {key: metric.read(value, experiment)}


def _hours(said: CheckpointReport, text: str) -> CheckpointReport:
    total = re.match(r"^(?:total|=)[:=]?(.+)$", text, re.IGNORECASE)
    if total:
        return replace(said, gpu_total=read_hours(total.group(1)), gpu_added=None)
    return replace(said, gpu_added=(said.gpu_added or 0) + read_hours(text.removeprefix("+")))


def read_hours(text: str, *, field: str = "") -> float:
    """GPU-hours as typed, not negative and finite. Raises Refused."""
    hours = gpu_hours(text, field=field)
    if not math.isfinite(hours) or hours > MOST_GPU_HOURS:
        raise Refused(f"{text[:20]} GPU-hours cannot be right.", "Write it like 24h.", field=field)
    return hours


def read_link(text: str, *, field: str = "") -> str:
    """An https link (Slack's angle brackets undone); "" for nothing. Raises Refused."""
    link = clean(text).strip("<>").split("|", 1)[0]
    if not link:
        return ""
    if not re.match(r"^https://[^\s/<>\"|]+\.[^\s<>\"|]+$", link) or len(link) > 500:
        raise Refused(
            "That is no link I can keep.",
            "It must start with https://, in one piece.",
            field=field,
        )
    return link


def applied(
    experiment: Experiment, report: CheckpointReport, *, by: str, at: datetime
) -> Experiment:
    """The ticket with the report taken over; its measurement is the last one, those of secondary
    metrics stand before it.
    """
    used = experiment.gpu_used + (report.gpu_added or 0)
    used = report.gpu_total if report.gpu_total is not None else used
    role = "production" if experiment.stage == "production" else "candidate"
    measured = any(not look.is_typed for look in counted(experiment.measurements, role))
    counts = report.value is not None and not measured
    look = Measurement(at, report.value, used, report.note, by, role=role, counts=counts)
    others = [Measurement(at, value, used, "", by, role=role, metric=name, own=False, counts=False)
              for name, value in report.others]  # fmt: skip
    names = ["baseline", "noise_sd", "dataset_ready", "blocking_ok", "link"]
    names += ["worth", "kind_of_work", "people_hours", *prediction.FIELDS, *provenance.FIELDS]
    given = {name: getattr(report, name) for name in names} | dict(report.marks)
    return replace(
        experiment,
        gpu_used=used,
        progress_at=at,
        measurements=(*experiment.measurements, *others, look),
        **{name: value for name, value in given.items() if value is not None},
    )


def is_of_production(report: CheckpointReport) -> bool:
    """True when it tells nothing but how a promoted experiment does: results, hours, rollout."""
    rest = replace(
        report, value=None, others=(), gpu_added=None, gpu_total=None, note="", marks=()
    )
    return rest == CheckpointReport()


def check_fits(experiment: Experiment, report: CheckpointReport) -> None:
    """Pass when the ticket's stage can take the report. Raises Refused: no results before the
    box has started.
    """
    rollout.check_fits(experiment, report.marks)
    early = experiment.stage in ("backlog", "hypothesis")
    if report.others and early:
        raise Refused(
            f"{experiment.id} is in {experiment.stage}: results count once the experiment runs.",
            f"Move it on: `/exp move {experiment.id} experiment`.",
        )
    if report.value is not None and early:
        raise Refused(
            f"{experiment.id} is in {experiment.stage}: results count once the experiment runs.",
            f"Is it the baseline? `/exp update {experiment.id} baseline={report.value:g}`. Else "
            "move the ticket first.",
            field="result",
        )


def from_form(values: Mapping[str, Any], experiment: Experiment) -> CheckpointReport:
    """The report in an update form's values by block id. Raises Refused under the field."""
    text = {name: clean(str(values.get(name) or "")) for name in ("result", "gpu", "baseline")}
    said: dict[str, Any] = {}
    if "ready" in values:  # the form for one certain ticket, which shows what holds
        held = values["ready"] or []
        ready = {"dataset_ready": "data" in held, "blocking_ok": "blocking" in held}
        said = {name: new for name, new in ready.items() if new != getattr(experiment, name)}
    with Faults() as each:
        if text["result"]:
            said["value"] = each(metric.read, text["result"], experiment, field="result")
        if text["gpu"]:
            said["gpu_added"] = each(read_hours, text["gpu"].removeprefix("+"), field="gpu")
        if text["baseline"]:
            said["baseline"] = each(metric.read, text["baseline"], experiment, field="baseline")
    return CheckpointReport(note=clean(values.get("note")), **said)
