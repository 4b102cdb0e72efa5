"""How predictions came out, summed up by the database however many there are."""

from collections.abc import Sequence

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import Session, col

from core.experiments.calibration import BINS, Scored
from core.experiments.experiment import CLOSED
from core.experiments.prediction import FIELDS
from models.experiments.experiment import Experiment, Which
from models.experiments.headline import Places, decided_at, place


def scored(session: Session, team_id: int, places: Places, *which: Which) -> Sequence[Scored]:
    """How predictions came out, as core.experiments.prediction.outcome says of each closed ticket
    of which all of that holds, by place in time and by what chance was said.
    """
    e = Experiment
    chance, low, high = col(e.predicted_chance), col(e.predicted_low), col(e.predicted_high)
    ranged = and_(low.is_not(None), high.is_not(None), col(e.final_metric).is_not(None))
    each = (
        select(
            decided_at().label("at"),
            chance.label("chance"),
            case((chance.is_(None), None), *((chance < top, n) for n, (_, top) in enumerate(BINS)),
                 else_=len(BINS) - 1).label("bin"),
            case((col(e.stage) == "production", 1), else_=0).label("promoted"),
            case((ranged, 1), else_=0).label("ranged"),
            case((and_(ranged, col(e.final_metric).between(low, high)), 1), else_=0).label("held"),
        )
        .where(col(e.team_id) == team_id, col(e.stage).in_(CLOSED), *which)
        .where(or_(*(getattr(e, name).is_not(None) for name in FIELDS)))
        .subquery()
    )  # fmt: skip
    one, at = each.c, place(tuple(places))
    missed = one.chance - one.promoted
    wanted = select(
        at, one.bin, func.count(), func.coalesce(func.sum(one.chance), 0.0),
        func.sum(case((one.chance.is_not(None), one.promoted), else_=0)),
        func.coalesce(func.sum(missed * missed), 0.0), func.sum(one.ranged), func.sum(one.held),
    )  # fmt: skip
    found = session.execute(wanted.group_by(at.name, one.bin))
    return [Scored._make(row) for row in found]
