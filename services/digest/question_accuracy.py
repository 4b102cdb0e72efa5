"""How accurate is it: the eval of what is in production, else of the best candidate."""

from datetime import date

from sqlmodel import Session

from core.digest.question_accuracy import AccuracySlice, Measured, worst_first
from core.digest.question_told import AskedQuestion
from core.evals.metric import Metric as EvalMetric
from core.evals.push import Push, from_record, side, slice_keys
from core.evals.scores import Arm
from core.evals.threshold import threshold_check
from core.experiments.experiment import Experiment
from core.experiments.headline import (
    EVALUATED,
    Headline,
    Metric,
    in_production,
    result,
    same_name,
    standing,
)
from core.stats.sample import Direction
from models.drift import drift as drifts
from models.evals import gate as table
from models.evals.gate import EvalPush
from models.team import Team
from services.experiments import experiment, ticket
from services.experiments import headline as headlines
from services.forecasts import forecast


def of(session: Session, theirs: Team, asked: AskedQuestion) -> Measured | None:
    """What is known; None while nothing of the headline metric has been evaluated.

    Raises NotFound (no such experiment).
    """
    number = asked.question.experiment
    headline = forecast.metric_of(session, theirs)
    if number:
        found = experiment.find(session, theirs, number)
        same = same_name(found.metric, headline.name)
        percent = headline.percent if same else None
        metric = Metric(found.metric, found.target, found.direction, percent)
        return _measured(session, theirs, asked, metric, found)
    every = experiment.some_of(session, theirs, headlines.contenders(session, theirs, headline))
    chosen = stands_for(headline, every) or _pushed_last(session, theirs, headline, every)
    return _measured(session, theirs, asked, headline, chosen) if chosen else None


def stands_for(metric: Metric, experiments: list[Experiment]) -> Experiment | None:
    """Whose figure answers for the product: what is in production, else the best candidate."""
    live = in_production(metric, experiments)
    number = live.via if live else standing(metric, experiments)[1]
    return next((e for e in experiments if e.number == number), None)


def _pushed_last(
    session: Session, theirs: Team, metric: Metric, experiments: list[Experiment]
) -> Experiment | None:
    """The newest under evaluation whose result was only pushed, not reported."""
    for found in reversed(experiments):
        if found.stage not in EVALUATED:
            continue
        head = table.newest_head(
            session, ticket.row(session, theirs, found.number).pk, "candidate"
        )
        if head and any(same_name(name, metric.name) for name in head.metrics):
            return found
    return None


def _measured(
    session: Session, theirs: Team, asked: AskedQuestion, metric: Metric, found: Experiment
) -> Measured:
    row = ticket.row(session, theirs, found.number)
    pushed = table.newest_push(session, row.pk, "candidate")
    push = from_record("candidate", pushed.results) if pushed else None
    arm = side(push, _score(push, metric.name)) if push else None
    if push is None or pushed is None or arm is None or arm.fault or not arm.examples:
        return _reported(asked, metric, found)
    percent = _percent(metric, arm.mean)
    was, since = _pushed_before(session, asked, metric, pushed)
    kind = "rate" if percent and _is_share(arm) else "mean"
    direction: Direction = "lower" if metric.direction == "lower" else "higher"
    limit = arm.mean if metric.target is None else metric.target
    check = threshold_check(EvalMetric(metric.name, direction, kind, limit), arm)  # type: ignore[arg-type]
    return Measured(
        metric,
        found,
        arm.mean,
        percent,
        pushed.at.astimezone(asked.where).date(),
        len(arm.examples),
        check.interval if check else None,
        was if was is not None else found.baseline,
        since,
        worst_first(_parts(push, arm), metric.direction) if kind == "rate" else (),
        _drifted(session, theirs, pushed),
    )


def _reported(asked: AskedQuestion, metric: Metric, found: Experiment) -> Measured:
    """Without pushed results: what people reported."""
    final = found.final_metric
    value = final if final is not None else (result(found) if found.is_open else None)
    value = value if value is not None else (found.values[-1] if found.values else None)
    if value is None:
        return Measured(metric, found)
    at = found.decided_at if final is not None else None
    at = at or (found.checkpoints[-1].at if found.checkpoints else found.stage_since)
    was, since = _reported_before(asked, found, value)
    return Measured(
        metric, found, value, _percent(metric, value), at.astimezone(asked.where).date(),
        was=was if was is not None else found.baseline, since=since,
    )  # fmt: skip


def _score(push: Push, name: str) -> str:
    return next((known for known in push.metrics if same_name(known, name)), name)


def _percent(metric: Metric, value: float) -> bool:
    return Headline(metric, value).percent


def _is_share(arm: Arm) -> bool:
    return all(0 <= value <= 1 for value in arm.values)


def _pushed_before(
    session: Session, asked: AskedQuestion, metric: Metric, pushed: EvalPush
) -> tuple[float | None, date | None]:
    """What the same experiment came to on the same eval set before, and when; else what its
    baseline came to on it, without a day. Another test set, or another experiment, is no change.
    """
    for role in ("candidate", "baseline"):
        earlier = table.earlier_push(session, pushed, role)
        push = from_record(role, earlier.results) if earlier else None
        arm = side(push, _score(push, metric.name)) if push else None
        if earlier is not None and arm is not None and not arm.fault and arm.examples:
            on = earlier.at.astimezone(asked.where).date()
            return arm.mean, on if role == "candidate" else None
    return None, None


def _reported_before(
    asked: AskedQuestion, found: Experiment, now: float
) -> tuple[float | None, date | None]:
    """The same experiment's reported result before this one, and its day."""
    looks = [one for one in found.checkpoints if one.value is not None]
    if looks and looks[-1].value == now:
        looks = looks[:-1]
    if not looks:
        return None, None
    return looks[-1].value, looks[-1].at.astimezone(asked.where).date()


def _parts(push: Push, arm: Arm) -> list[AccuracySlice]:
    found: dict[str, list[float]] = {}
    for key in slice_keys(push):
        for value, slices in zip(arm.values, arm.slices, strict=True):
            if key in slices:
                found.setdefault(f"{key}={slices[key]}", []).append(value)
    return [
        AccuracySlice(name, sum(values) / len(values), len(values))
        for name, values in found.items()
    ]


def _drifted(session: Session, theirs: Team, pushed: EvalPush) -> tuple[str, ...]:
    """Inputs that began to drift after these results came and still do."""
    return tuple(
        f"{episode.feature} of {source.name}"
        for source, episode in drifts.open_of_team(session, theirs.pk)
        if episode.opened_at > pushed.at
    )
