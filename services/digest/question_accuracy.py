"""How accurate is it: the eval of what is in production, else of the best candidate."""

from dataclasses import replace

from sqlmodel import Session

from core.digest import money
from core.digest.question_accuracy import AccuracySlice, Measured, worst_first
from core.digest.question_told import AskedQuestion
from core.evals.push import Push, from_record, side, slice_keys
from core.experiments.experiment import Experiment
from core.experiments.headline import (
    Headline,
    final_look,
    in_production,
    live_look,
    other_goal,
    result_look,
    standing,
)
from core.experiments.measurement import Measurement, counted, is_change
from core.experiments.metric import Metric, same_name
from core.experiments.past import Past
from core.experiments.rollout import awaits_word, is_live
from core.stats.sample import Direction, Interval
from core.stats.selection import of_best
from models.digest import digest as digests
from models.drift import drift as drifts
from models.evals import gate as gates
from models.evals.gate import EvalPush
from models.experiments import effort
from models.experiments import measurement as measurements
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
    chosen = stands_for(headline, every)
    if chosen is None:
        return None
    known = _measured(session, theirs, asked, headline, chosen)
    return known if is_live(chosen) else replace(known, promoted=_awaited(headline, every))


def _awaited(metric: Metric, experiments: list[Experiment]) -> Experiment | None:
    """What was promoted last of those of which nobody said whether they are live."""
    open_ = [e for e in experiments if awaits_word(e) and same_name(e.metric, metric.name)]
    return max(open_, key=lambda e: (e.decided_at or e.stage_since, e.number), default=None)


def stands_for(metric: Metric, experiments: list[Experiment]) -> Experiment | None:
    """Whose figure answers for the product: what is in production, else the best candidate."""
    live = in_production(metric, experiments)
    number = live.via if live else standing(metric, experiments)[1]
    return next((e for e in experiments if e.number == number), None)


def _measured(
    session: Session, theirs: Team, asked: AskedQuestion, metric: Metric, found: Experiment
) -> Measured:
    look = live_look(found) if is_live(found) else result_look(found)
    look = look or (None if found.is_open else final_look(found)) or found.best_look
    if look is None or look.value is None:
        return Measured(metric, found)
    percent = Headline(metric, look.value).percent
    mine = counted(found.measurements, look.role)
    before = [one for one in mine if one.at < look.at and is_change(one, look)][-1:]
    was = before[0].value if before else found.compared_with
    push = None if look.is_typed else _push(session, theirs, found, look)
    picked = bool(look.eval_set) and not asked.question.experiment
    among = effort.tried(session, theirs.pk, metric.name, [look.eval_set] if picked else [])
    tried = among.get(look.eval_set, 1)
    return Measured(
        metric,
        found,
        look.value,
        percent,
        look.at.astimezone(asked.where).date(),
        look.examples,
        _range(look, tried, metric.direction),
        was,
        before[0].at.astimezone(asked.where).date() if before else None,
        worst_first(_parts(push, look), metric.direction) if push and percent else (),
        () if look.is_typed else _drifted(session, theirs, look),
        _others(session, theirs, found) if look.is_typed else (),
        money.counts_wrong(
            metric.name, theirs.chosen.wrong_by, money.from_settings(theirs.chosen.money)
        ),
        tried,
        None if asked.question.experiment else _goal_was(session, theirs, metric),
    )


def _goal_was(session: Session, theirs: Team, metric: Metric) -> Past | None:
    row = digests.last_of(session, theirs.pk)
    past = [digests.past_of(row)] if row else []
    return other_goal(metric, [one for one in past if same_name(one.metric, metric.name)])


def _range(look: Measurement, tried: int, direction: str) -> Interval | None:
    """Its 90 % range, as of the best of so many."""
    if look.low is None or look.high is None or look.value is None:
        return None
    way: Direction = "lower" if direction == "lower" else "higher"
    return of_best(look.value, Interval(look.low, look.high), tried, way)


def _others(session: Session, theirs: Team, found: Experiment) -> tuple[str, ...]:
    """What was pushed for it last instead of its own metric."""
    row = ticket.row(session, theirs, found.number)
    head = gates.newest_head(session, row.pk, "candidate")
    return tuple(head.metrics) if head else ()


def _push(session: Session, theirs: Team, found: Experiment, look: Measurement) -> Push | None:
    """What that measurement was computed from."""
    row = measurements.last(session, ticket.row(session, theirs, found.number).pk, look.role)
    if row is None or row.push_id is None or row.at != look.at:
        return None
    kept = session.get(EvalPush, row.push_id)
    return from_record("candidate", kept.results) if kept else None


def _parts(push: Push, look: Measurement) -> list[AccuracySlice]:
    arm = side(push, look.metric)
    if arm is None or arm.fault or not all(0 <= value <= 1 for value in arm.values):
        return []
    found: dict[str, list[float]] = {}
    for key in slice_keys(push):
        for value, slices in zip(arm.values, arm.slices, strict=True):
            if key in slices:
                found.setdefault(f"{key}={slices[key]}", []).append(value)
    return [
        AccuracySlice(name, sum(values) / len(values), len(values))
        for name, values in found.items()
    ]


def _drifted(session: Session, theirs: Team, look: Measurement) -> tuple[str, ...]:
    """Inputs that began to drift after these results came and still do."""
    return tuple(
        f"{one.feature} of {one.source}"
        for one in drifts.open_of_team(session, theirs.pk)
        if one.since > look.at
    )
