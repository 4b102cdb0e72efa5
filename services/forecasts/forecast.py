"""The forecast of the headline metric: asked for, kept when posted, scored when it closes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

import numpy as np
from sqlmodel import Session

from core import calendar
from core.decisions import curve_outlook
from core.decisions.curve_outlook import CurveOutlook
from core.errors import Refused
from core.experiments.headline import headline as told_headline
from core.experiments.metric import Metric, better
from core.experiments.stands import stands
from core.forecasts.document import document_eta
from core.forecasts.headline import (
    HeadlineOutlook,
    best_by_sprint,
    outlook,
    places,
    results,
    share_left,
)
from core.forecasts.track_record import Closed, ForecastRecord, Foretold, record, told
from core.forecasts.when_decided import MOST, Decided, decided_when
from core.sprints.sprint import Calendar
from core.stats.sample import NotComputable
from models.digest import digest as digests
from models.experiments import decided as sums
from models.experiments import effort
from models.experiments import experiment as tickets
from models.experiments import headline as standings
from models.forecasts import forecast as table
from models.forecasts.forecast import Forecast
from models.team import Team
from services.decisions import decider
from services.desk import desk
from services.experiments import experiment, headline
from services.ports import Lab
from services.sprints import ceremony

_HALF = 0.5
_THEN = 3  # how far ahead the second line of the record looks


@dataclass(frozen=True)
class ForecastPage:
    """The forecast with the team's track record: at one sprint ahead, and at three."""

    outlook: HeadlineOutlook
    record: ForecastRecord
    further: ForecastRecord


@dataclass(frozen=True)
class Linear:
    """The source document's ETA in sprints, and the day the last of them ends; or why not."""

    outlook: HeadlineOutlook
    sprints: float | None
    ends: date | None = None
    why: str = ""


def asked(lab: Lab, team_id: int) -> ForecastPage:
    """The team's forecast as things stand now, with what came of earlier ones."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        found, further = record_of(session, theirs), further_of(session, theirs)
        return ForecastPage(standing(session, theirs, here.now), found, further)


def of(session: Session, theirs: Team, now: datetime) -> HeadlineOutlook:
    """The forecast of the team's headline metric; the same all day while nothing is reported."""
    metric, best, sprints = history(session, theirs, now)
    left = _left(session, theirs, now) if best else 1.0
    return _simulated(theirs.pk, metric, tuple(best), sprints, left)


def standing(session: Session, theirs: Team, now: datetime) -> HeadlineOutlook:
    """The same with what is said beside the value that it starts from."""
    found = of(session, theirs, now)
    which = headline.contenders(session, theirs, found.metric)
    every = experiment.some_of(session, theirs, which)
    earlier = [digests.past_of(row) for row in digests.recent(session, theirs.pk, limit=1)]
    head = told_headline(found.metric, every, earlier, on=experiment.today_of(theirs, now))
    return replace(found, stands=stands(head, every))


def _left(session: Session, theirs: Team, now: datetime) -> float:
    """The share of the running sprint's working days that is still to come."""
    today = experiment.today_of(theirs, now)
    span = theirs.sprints.at(today)
    if span is None:
        return 1.0
    off = ceremony.off_days(session, theirs, today)
    return share_left(span, today, lambda day: bool(off(day)))


@lru_cache(maxsize=256)
def _simulated(
    team_id: int, metric: Metric, best: tuple[float | None, ...], sprints: Calendar, left: float
) -> HeadlineOutlook:
    # The same results give the same forecast, so nothing is simulated twice.
    rng = np.random.default_rng([team_id, len(best)])
    return outlook(metric, best, sprints, rng, left=left)


def of_week(session: Session, theirs: Team, now: datetime) -> Foretold:
    """The forecast and its record as the digest tells them."""
    return told(of(session, theirs, now), record_of(session, theirs))


def decided(lab: Lab, team_id: int, need: int) -> Decided:
    """When `need` more experiments will be decided. Raises Refused for a useless number."""
    if not 1 <= need <= MOST:
        raise Refused(f"I can count 1 to {MOST} decisions ahead.", "Write `/forecast decided 10`.")
    with desk(lab, team_id, lock=False) as here:
        counts = _decided_by_sprint(here.session, here.team, here.now)
        today = experiment.today_of(here.team, here.now)
        return decided_when(need, counts, here.team.sprints, today)


def curve(lab: Lab, team_id: int, number: int) -> CurveOutlook:
    """How far the experiment's own curve can still come. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        found = experiment.find(here.session, here.team, number)
        return curve_outlook.of(found, decider.limits_of(here.policy, here.team))


def linear(lab: Lab, team_id: int) -> Linear:
    """The source document's ETA of the same history, by its own rule."""
    with desk(lab, team_id, lock=False) as here:
        ours = of(here.session, here.team, here.now)
        metric, best, sprints = history(here.session, here.team, here.now)
        if metric.target is None or ours.status == "INVALID":
            return Linear(ours, None, why=ours.why)
        known = [value for value in best if value is not None]
        eta = document_eta(
            known, metric.target, direction="lower" if metric.direction == "lower" else "higher"
        )
        if isinstance(eta, NotComputable):
            why = eta.reason if len(known) > 1 else "It takes two sprints with results."
            return Linear(ours, None, why=why)
        last = len(best) - (best[-1] is None)  # the running sprint counts once it has a result
        ends = sprints.of(last + int(np.ceil(min(eta, 1000)))).ends if eta else None
        return Linear(ours, eta, ends)


def keep(session: Session, theirs: Team, now: datetime) -> bool:
    """Keep the forecast that is being posted, unless this sprint has one; True when it is kept.

    It is scored on the first sprint of which half or more is ahead: that nothing comes in a
    sprint's last days is no feat.
    """
    found = of(session, theirs, now)
    if found.status != "FORECAST" or found.best is None or found.metric.target is None:
        return False
    if table.of_sprint(session, theirs.pk, found.made_in):
        return False
    steps = found.steps if found.left >= _HALF else found.steps[1:]
    first = steps[0].span
    row = Forecast(
        team_id=theirs.pk, made_in=found.made_in, first=first.number, closes=first.ends,
        metric=found.metric.name, direction=found.metric.direction, target=found.metric.target,
        best=found.best, at=now,
        steps=[
            {"p": s.p, "low": s.low, "middle": s.middle, "high": s.high,
             "ends": s.span.ends.isoformat()} for s in steps
        ],
    )  # fmt: skip
    session.add(row)
    session.flush()
    return True


def close_due(lab: Lab, team_id: int, now: datetime) -> int:
    """Score every range whose sprint is over, each once; how many this call scored."""
    with desk(lab, team_id, now=now, lock=False) as here:
        today = experiment.today_of(here.team, now)
        due = table.closing(here.session, team_id, today)
        return sum(_close(here.session, here.team, row, now) for row in due)


def record_of(session: Session, theirs: Team) -> ForecastRecord:
    """What came of the team's ranges, one sprint ahead."""
    rows = table.all_of(session, theirs.pk)
    closed = [_closed(row, 0, row.actual) for row in rows if row.actual is not None]
    waiting = sum(row.state == "open" for row in rows)
    return record(closed, waiting=waiting, void=sum(row.state == "void" for row in rows))


def further_of(session: Session, theirs: Team) -> ForecastRecord:
    """The same for three sprints ahead, where a later range closed with that very sprint."""
    rows = table.all_of(session, theirs.pk)
    actual = {(r.first, r.metric, r.target): r.actual for r in rows if r.actual is not None}
    ahead = _THEN - 1
    return record([
        _closed(row, ahead, actual[key]) for row in rows
        if (key := (row.first + ahead, row.metric, row.target)) in actual
        and len(row.steps) > ahead
    ])  # fmt: skip


def _close(session: Session, theirs: Team, row: Forecast, now: datetime) -> bool:
    metric = Metric(row.metric, row.target, row.direction)
    best = _best(session, theirs, metric, now, row.closes)
    known = [value for value in best if value is not None]
    if not known:
        return table.close(session, row.pk, "void", None, at=now)
    actual = max(known) if row.direction == "higher" else min(known)
    held = _closed(row, 0, actual).held
    return table.close(session, row.pk, "held" if held else "missed", actual, at=now)


def _closed(row: Forecast, ahead: int, actual: float | None) -> Closed:
    assert actual is not None
    step, metric = row.steps[ahead], Metric(row.metric, row.target, row.direction)
    return Closed(
        row.first + ahead,
        date.fromisoformat(step["ends"]),
        step["low"],
        step["middle"],
        step["high"],
        step["p"],
        row.best,
        actual,
        reached=not better(metric, row.target, actual),
    )


def history(
    session: Session, theirs: Team, now: datetime
) -> tuple[Metric, list[float | None], Calendar]:
    """The metric, its best result by sprint up to the running one, and the sprints."""
    metric = metric_of(session, theirs)
    today = experiment.today_of(theirs, now)
    return metric, _best(session, theirs, metric, now, today), theirs.sprints


def metric_of(session: Session, theirs: Team) -> Metric:
    """The headline metric: the canvas's, the team's choice, else what most experiments share."""
    return headline.standing_for(session, theirs)


def _best(
    session: Session, theirs: Team, metric: Metric, now: datetime, until: date
) -> list[float | None]:
    """The best result of each sprint up to that day's. What is under evaluation is read ticket
    by ticket; what was promoted, the longer the team works the more, is summed up in SQL.
    """
    at = places(theirs.sprints, calendar.zone(theirs.zone), until)
    names = headline.names_of(session, theirs, metric)
    if not at or not names:
        return best_by_sprint([], metric, at, {})
    ours = (names, metric.direction)
    known = standings.best_by_place(session, theirs.pk, ours, at, now)
    evaluated = effort.first_evaluated(session, theirs.pk, tickets.evaluated())
    found = results(metric, experiment.some_of(session, theirs, tickets.evaluated()), evaluated)
    return best_by_sprint([one for one in found if one.at <= now], metric, at, known)


def _decided_by_sprint(session: Session, theirs: Team, now: datetime) -> dict[int, int]:
    where, today = calendar.zone(theirs.zone), experiment.today_of(theirs, now)
    at = places(theirs.sprints, where, today, outside=-1)
    found = sums.decided_by_place(session, theirs.pk, at, now) if at else {}
    return {place + 1: count for place, count in found.items()}
