"""Where a metric stands by what was promoted, summed up by the database however much there is."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import (
    CTE,
    ColumnElement,
    Label,
    Subquery,
    and_,
    case,
    column,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from core.experiments.metric import SAME, Use
from models.experiments.experiment import TO_STAGE, Change, Experiment, is_live, went_live
from models.experiments.measurement import Measurement, stands

Places = Sequence[tuple[datetime, int]]  # from which instant on a place begins, in order
_LARGEST = 1.7e308  # what is beyond it is no number


def metric_names(session: Session, team_id: int) -> list[str]:
    """Every spelling of a metric that the team's experiments have."""
    wanted = select(col(Experiment.metric)).where(col(Experiment.team_id) == team_id)
    return list(session.scalars(wanted.distinct()))


def uses(session: Session, team_id: int) -> list[Use]:
    """Which metrics the team's experiments have, decided ones too."""
    e = Experiment
    wanted = (
        select(
            col(e.metric), col(e.direction), func.count(), func.min(col(e.number)),
            func.min(col(e.target)), func.max(col(e.target)),
        )
        .where(col(e.team_id) == team_id, col(e.metric) != "")
        .group_by(col(e.metric), col(e.direction))
    )  # fmt: skip
    return [Use(*row) for row in session.execute(wanted)]


def noise(session: Session, team_id: int) -> list[tuple[str, float]]:
    """The largest standard error of one evaluation, by spelling of the metric."""
    sd, metric = col(Experiment.noise_sd), col(Experiment.metric)
    wanted = select(metric, func.max(sd)).where(col(Experiment.team_id) == team_id, sd != 0)
    return [(name, value) for name, value in session.execute(wanted.group_by(metric))]


def newest_by_metric(
    session: Session, team_id: int, *, with_target: bool = False
) -> list[Experiment]:
    """The newest experiment with each spelling of a metric (that has a target), by number."""
    top = select(func.max(col(Experiment.number))).where(col(Experiment.team_id) == team_id)
    if with_target:
        top = top.where(col(Experiment.target).is_not(None))
    newest = top.group_by(col(Experiment.metric))
    wanted = select(Experiment).where(col(Experiment.team_id) == team_id)
    wanted = wanted.where(col(Experiment.number).in_(newest))
    return list(session.scalars(wanted.order_by(col(Experiment.number))))


def decided_at() -> ColumnElement[datetime]:
    """When the ticket was decided, as far as anybody knows."""
    return func.coalesce(col(Experiment.decided_at), col(Experiment.stage_since))


def _promoted(team_id: int, names: Sequence[str]) -> ColumnElement[bool]:
    return and_(
        col(Experiment.team_id) == team_id,
        col(Experiment.stage) == "production",
        col(Experiment.metric).in_(names),
    )


def live(session: Session, team_id: int, names: Sequence[str] = ()) -> int:
    """Number of the experiment that went live last (core.experiments.rollout), of those that are
    live and, with names, have one of these metrics and a result; 0 for none.
    """
    wanted = select(col(Experiment.number)).where(col(Experiment.team_id) == team_id, is_live())
    if names:
        reported = select(col(Measurement.id)).where(
            col(Measurement.experiment_id) == col(Experiment.id), stands()
        )
        known = or_(col(Experiment.final_metric).is_not(None), reported.exists())
        wanted = wanted.where(col(Experiment.metric).in_(names), known)
    wanted = wanted.order_by(went_live().desc(), col(Experiment.number).desc())
    return session.scalars(wanted.limit(1)).first() or 0


def best(session: Session, team_id: int, names: Sequence[str], direction: str) -> int:
    """Number of the promoted experiment with the best result in that direction; 0 for none.

    Its final metric counts, without one the best value reported, by its own direction.
    """
    values = select(
        case(
            (col(Experiment.direction) == "higher", func.max(col(Measurement.value))),
            else_=func.min(col(Measurement.value)),
        )
    ).where(col(Measurement.experiment_id) == col(Experiment.id), stands())
    result = func.coalesce(col(Experiment.final_metric), values.scalar_subquery())
    found = (
        select(col(Experiment.number).label("number"), result.label("result"))
        .where(_promoted(team_id, names))
        .subquery()
    )
    order = found.c.result.desc() if direction == "higher" else found.c.result.asc()
    wanted = select(found.c.number).where(found.c.result.between(-_LARGEST, _LARGEST))
    return session.scalars(wanted.order_by(order, found.c.number).limit(1)).first() or 0


def best_by_place(
    session: Session,
    team_id: int,
    metric: tuple[Sequence[str], str],
    places: Places,
    until: datetime,
) -> dict[int, float]:
    """The best result of each place in time, as core.forecasts.headline counts results.

    metric: its spellings and its direction. places: from which instant on a place begins, in
    order; the first has always begun. until: what came later does not count.
    """
    names, direction = metric
    each = _each(team_id, and_(_promoted(team_id, names), col(Experiment.direction) == direction))
    looks = _looks(each)
    gain = looks.c.value - looks.c.final if direction == "higher" else (
        looks.c.final - looks.c.value)  # fmt: skip
    held = select(looks.c.at, looks.c.value).where(or_(looks.c.final.is_(None), gain <= SAME))
    finals = select(each.c.decided, each.c.final).where(each.c.final.is_not(None))
    every = union_all(held, finals).subquery()
    at = place(tuple(places))
    top = func.max(every.c.value) if direction == "higher" else func.min(every.c.value)
    wanted = (
        select(at, top)
        .where(every.c.at <= until, every.c.value.between(-_LARGEST, _LARGEST))
        .group_by(at.name)
    )
    return {number: value for number, value in session.execute(wanted)}


def _each(team_id: int, which: ColumnElement[bool]) -> CTE:
    """Those experiments: when decided, with which final value, and since when results count."""
    went = (
        select(func.min(col(Change.at)))
        .where(col(Change.team_id) == team_id, col(Change.experiment_id) == col(Experiment.id))
        .where(TO_STAGE == "evaluation", col(Change.undone).is_(False))
        .scalar_subquery()
    )
    return (
        select(
            col(Experiment.id).label("id"),
            col(Experiment.final_metric).label("final"),
            decided_at().label("decided"),
            func.coalesce(went, decided_at()).label("since"),
        )
        .where(which)
        .cte()
    )


def _looks(each: CTE) -> Subquery:
    """What was reported on those experiments since results count, and the last report before,
    as of that instant; each with the final value.
    """
    m, earlier = Measurement, aliased(Measurement)
    after = (
        select(col(m.at).label("at"), col(m.value).label("value"), each.c.final.label("final"))
        .join(each, and_(col(m.experiment_id) == each.c.id, stands()))
        .where(col(m.at) >= each.c.since)
    )
    last = (
        select(col(earlier.value))
        .where(col(earlier.experiment_id) == each.c.id, stands(earlier))
        .where(col(earlier.at) < each.c.since)
        .order_by(col(earlier.at).desc(), col(earlier.id).desc())
        .limit(1)
    )
    before = select(each.c.since, last.scalar_subquery(), each.c.final)
    return union_all(after, before).subquery()


@lru_cache(maxsize=64)
def place(places: Places) -> Label[int]:
    """Where the instant in the column `at` belongs: a search by halves, written out for
    the database, and kept, since writing it takes longer than the search. Group by its own name:
    written again it would be searched again, for each row.
    """

    def between(some: Places) -> ColumnElement[int]:
        if len(some) == 1:
            return literal(some[0][1])
        half = len(some) // 2
        return case((at < some[half][0], between(some[:half])), else_=between(some[half:]))

    at = column("at", Experiment.__table__.c.stage_since.type)  # type: ignore[attr-defined]
    return between(places).label("place")
