"""What decided experiments came to, summed up by the database however many there are."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from core.calendar import instant
from core.experiments.experiment import CLOSED
from core.experiments.headline import Use
from core.experiments.prediction import FIELDS, Predicted
from models.experiments.experiment import TO_STAGE, Change, Experiment, Which, is_live, went_live
from models.experiments.measurement import Measurement, stands

_BLANK = " \t\n\r\x0b\x0c"
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


def completed(session: Session, team_id: int, since: datetime | None) -> Sequence[Any]:
    """What a velocity is counted from (core.sprints.velocity.Done), decided since then."""
    names = ("number", "stage", "outcome", "decided_at", "kind_of_work", "gpu_used", "learnings")
    wanted = select(*(getattr(Experiment, name) for name in names)).where(
        col(Experiment.team_id) == team_id,
        col(Experiment.stage).in_(CLOSED),
        col(Experiment.decided_at).is_not(None),
    )
    if since is not None:
        wanted = wanted.where(col(Experiment.decided_at) >= since)
    return session.execute(wanted).all()


def predicted(session: Session, team_id: int, *which: Which) -> list[Predicted]:
    """Experiments of which all of that holds and something was predicted, decided first first."""
    wanted = (
        select(*(getattr(Experiment, name) for name in Predicted._fields))
        .where(col(Experiment.team_id) == team_id, *which)
        .where(or_(*(getattr(Experiment, name).is_not(None) for name in FIELDS)))
        .order_by(func.coalesce(col(Experiment.decided_at), col(Experiment.created_at)))
        .order_by(col(Experiment.number))
    )
    return [Predicted._make(row) for row in session.execute(wanted)]


def halves(
    session: Session, team_id: int, counted: Sequence[str], until: datetime, where: ZoneInfo
) -> tuple[tuple[int, int], ...]:
    """Promoted and all of the earlier half, and of the later half, of what was decided before
    then with documented learnings; those of one day in order of their numbers.
    """
    done = [*_documented(team_id, counted), col(Experiment.decided_at) < until]
    hit = func.sum(case((col(Experiment.outcome) == "promoted", 1), else_=0))
    promoted, every = session.execute(select(hit, func.count()).where(*done)).one()
    if not (half := every // 2):
        return (0, 0), (promoted or 0, every)
    at = select(col(Experiment.decided_at)).where(*done).order_by(col(Experiment.decided_at))
    middle = session.scalars(at.offset(half - 1).limit(1)).one()
    assert middle is not None
    day = middle.astimezone(where).date()
    first, last = (instant(one, time(), where) for one in (day, day + timedelta(days=1)))
    before = [*done, col(Experiment.decided_at) < first]
    early, count = session.execute(select(hit, func.count()).where(*before)).one()
    of_day = select(col(Experiment.outcome)).where(
        *done, col(Experiment.decided_at) >= first, col(Experiment.decided_at) < last
    )
    on_it = session.scalars(of_day.order_by(col(Experiment.number)).limit(half - count))
    early = (early or 0) + sum(outcome == "promoted" for outcome in on_it)
    return (early, half), (promoted - early, every - half)


def outcomes_by_kind(
    session: Session, team_id: int, counted: Sequence[str]
) -> list[tuple[str, str, int]]:
    """Kind of work, outcome, and how many were decided so with documented learnings."""
    wanted = (
        select(col(Experiment.kind_of_work), col(Experiment.outcome), func.count())
        .where(*_documented(team_id, counted))
        .group_by(col(Experiment.kind_of_work), col(Experiment.outcome))
    )
    return [(kind, outcome, n) for kind, outcome, n in session.execute(wanted)]


def _documented(team_id: int, counted: Sequence[str]) -> list[ColumnElement[bool]]:
    return [
        col(Experiment.team_id) == team_id,
        col(Experiment.stage).in_(CLOSED),
        col(Experiment.outcome).in_(counted),
        col(Experiment.decided_at).is_not(None),
        func.trim(col(Experiment.learnings), _BLANK) != "",
    ]


def last_decided(session: Session, teams: Collection[int], most: int, *which: Which) -> list[int]:
    """Numbers of those teams' experiments decided last of which all of that holds."""
    wanted = select(col(Experiment.number)).where(
        col(Experiment.team_id).in_(sorted(teams)),
        col(Experiment.stage).in_(CLOSED),
        col(Experiment.decided_at).is_not(None),
        *which,
    )
    order = (col(Experiment.decided_at).desc(), col(Experiment.number).desc())
    return list(session.scalars(wanted.order_by(*order).limit(most)))


def first_created(session: Session, team_id: int) -> datetime | None:
    """When the team wrote its first ticket, or None."""
    wanted = select(col(Experiment.created_at)).where(col(Experiment.team_id) == team_id)
    return session.scalars(wanted.order_by(col(Experiment.created_at)).limit(1)).first()


def _decided() -> ColumnElement[datetime]:
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
    places: Sequence[tuple[datetime, int]],
    until: datetime,
) -> dict[int, float]:
    """The best result of each place in time, as core.forecasts.headline counts results.

    metric: its spellings and its direction. places: from which instant on a place begins, in
    order; the first has always begun. until: what came later does not count.
    """
    names, direction = metric
    one = and_(_promoted(team_id, names), col(Experiment.direction) == direction)
    looks = _looks(team_id, one)
    gain = looks.c.value - looks.c.final if direction == "higher" else (
        looks.c.final - looks.c.value)  # fmt: skip
    held = select(looks.c.at, looks.c.value).where(or_(looks.c.final.is_(None), gain <= _SAME))
    final = col(Experiment.final_metric)
    finals = select(_decided(), final).where(one, final.is_not(None))
    every = union_all(held, finals).subquery()
    place = _place(every.c.at, places)
    top = func.max(every.c.value) if direction == "higher" else func.min(every.c.value)
    wanted = (
        select(place, top)
        .where(every.c.at <= until, every.c.value.between(-_LARGEST, _LARGEST))
        .group_by(place)
    )
    return {number: value for number, value in session.execute(wanted)}


def decided_by_place(
    session: Session, team_id: int, places: Sequence[tuple[datetime, int]], until: datetime
) -> dict[int, int]:
    """How many experiments were decided in each place in time, also to iterate."""
    done = col(Experiment.stage).in_((*CLOSED, "iteration"))
    place = _place(_decided(), places)
    wanted = (
        select(place, func.count())
        .where(
            col(Experiment.team_id) == team_id,
            or_(done, col(Experiment.outcome) != ""),
            _decided() <= until,
        )
        .group_by(place)
    )
    return {number: count for number, count in session.execute(wanted)}


_SAME = 1e-9  # core.experiments.headline.SAME: what is no better than by that held


def _looks(team_id: int, which: ColumnElement[bool]) -> Subquery:
    """What was reported on those experiments since results count, and the last report before,
    as of that instant; each with the final value.
    """
    went = (
        select(func.min(col(Change.at)))
        .where(col(Change.team_id) == team_id, col(Change.experiment_id) == col(Experiment.id))
        .where(TO_STAGE == "evaluation", col(Change.undone).is_(False))
        .scalar_subquery()
    )
    each = (
        select(
            col(Experiment.id).label("id"),
            col(Experiment.final_metric).label("final"),
            func.coalesce(went, _decided()).label("since"),
        )
        .where(which)
        .cte()
    )
    at, value = col(Measurement.at), col(Measurement.value)
    of = (col(Measurement.experiment_id) == each.c.id, stands())
    after = select(at.label("at"), value.label("value"), each.c.final.label("final"))
    earlier = aliased(Measurement)
    before = select(earlier.id).where(  # type: ignore[call-overload]
        col(earlier.experiment_id) == each.c.id,
        stands(earlier),
        col(earlier.at) < each.c.since,
    )
    last = before.order_by(col(earlier.at).desc(), col(earlier.id).desc()).limit(1)
    return union_all(
        after.join(each, and_(*of)).where(at >= each.c.since),
        select(each.c.since, value, each.c.final).join(
            Measurement, col(Measurement.id) == last.scalar_subquery()
        ),
    ).subquery()


def _place(at: Any, places: Sequence[tuple[datetime, int]]) -> Any:
    """A search by halves, written out for the database."""
    if len(places) == 1:
        return places[0][1]
    half = len(places) // 2
    before, after = _place(at, places[:half]), _place(at, places[half:])
    return case((at < places[half][0], before), else_=after)
