"""Runs as a tracker told them, kept with what their steps came to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from core.experiments.experiment import CLOSED
from core.privacy.secrets import secrets
from core.tracking import curve
from core.tracking import run as rules
from core.tracking.curve import Point
from core.tracking.kept import SAMPLED
from core.tracking.run import Run
from models.experiments.experiment import Experiment
from models.tracking import beat as beats
from models.tracking import run as table
from models.tracking.run import Run as Row
from models.tracking.tracker import Tracker
from services.desk import Desk
from services.tracking import pulled
from services.tracking.place import Placed, placed
from views.tracking import run as view

_POINTS = 200  # of a curve that are kept
_PARAMS, _LONGEST = 100, 200


def take(
    here: Desk,
    tracker: Tracker,
    runs: Sequence[Run],
    curves: Mapping[str, Mapping[str, Sequence[Point]]],
    children: frozenset[str],
) -> None:
    """Keep these runs, and what they tell of their experiments. here: at the tracker's team.
    children: of which runs others are known to be children.
    """
    ids = [one.source_id for one in runs]
    parents = children | table.parents(here.session, tracker.pk, ids)
    touched: list[tuple[Experiment, Row]] = []
    told: list[Row] = []
    torn: list[Row] = []
    for one in placed(here, tracker, runs):
        row = one.row or Row(
            tracker_id=tracker.pk, source_id=one.run.source_id, status="", seen_at=here.now
        )
        is_parent = one.run.source_id in parents
        is_news = one.is_news or row.is_parent != is_parent
        if one.names and row.names != one.names:
            torn.append(row)
        if _settle(here, row, one, is_parent=is_parent):
            told.append(row)
        if is_news:
            exact = tracker.kind not in SAMPLED
            _read(here, row, one, curves.get(one.run.source_id), exact=exact)
        here.session.add(row)
        if one.ticket and (is_news or row.status == "running" or _waits(row, one.ticket)):
            touched.append((one.ticket, row))
    here.session.flush()
    _take_from_runner(here, runs)
    _follow(here, tracker, touched)
    pulled.tell_owners(here, told)
    if torn:
        key = f"tracker:{tracker.pk}:torn:{here.now.timestamp():.0f}:{torn[0].pk}"
        here.post(key, tracker.connected_by, view.torn([row.as_value() for row in torn]))


def _take_from_runner(here: Desk, runs: Sequence[Run]) -> None:
    """Of a training that our runner measures too its tracker tells the values: one result."""
    ids = [one.tags[rules.BESIDE] for one in runs if one.tags.get(rules.BESIDE)]
    for row, kept in beats.of_runs(here.session, here.team_id, ids) if ids else ():
        kept.metrics_elsewhere = True
        row.best = row.best_at = None
        table.keep_curves(here.session, row.pk, [])
        pulled.drop(here, row)


def _follow(here: Desk, tracker: Tracker, touched: Sequence[tuple[Experiment, Row]]) -> None:
    found = sorted(touched, key=lambda pair: pair[0].number)
    for _, pairs in groupby(found, key=lambda pair: pair[0].number):
        some = list(pairs)
        ticket = some[0][0]
        pulled.follow(here.at(ticket.team_id), tracker, ticket, [row for _, row in some])


def _waits(row: Row, ticket: Experiment) -> bool:
    """True for a result that came while its experiment was closed, once that is open again."""
    is_point = row.best is not None and not row.is_parent
    return is_point and row.measurement_id is None and ticket.stage not in CLOSED


def _settle(here: Desk, row: Row, one: Placed, *, is_parent: bool) -> bool:
    """What changes with the clock and with others; True when its owner is to hear of it."""
    run, now = one.run, here.now
    before = (row.stale_since, row.deleted_at)
    row.seen_at, row.status, row.is_parent = now, run.status, is_parent
    stale = rules.is_stale(run, now)
    row.stale_since = (row.stale_since or now) if stale else None
    row.deleted_at = (row.deleted_at or now) if run.deleted else None
    used = rules.hours(run, now)
    row.gpus, row.gpu_hours, row.hours_known = rules.gpus(run)[0], used.value, used.known
    row.heard_at, row.started_at, row.ended_at = run.heard, run.started, run.ended
    if one.row is not None and row.experiment_id != (one.ticket.pk if one.ticket else None):
        pulled.drop(here, row)
    row.experiment_id = one.ticket.pk if one.ticket else None
    row.mapped, row.names = one.how, one.names
    new_words = (row.stale_since, row.deleted_at)
    return new_words != before and any(new_words)


def _read(
    here: Desk,
    row: Row,
    one: Placed,
    curves: Mapping[str, Sequence[Point]] | None,
    *,
    exact: bool,
) -> None:
    """What changes only with news of the run. exact: these are all its steps."""
    run = one.run
    row.project, row.name, row.parent, row.role = (
        run.project,
        run.name,
        run.parent,
        rules.role(run),
    )
    row.params = {
        name[:_LONGEST]: value[:_LONGEST]
        for name, value in list(run.params.items())[:_PARAMS]
        if not secrets(f"{name}={value}")
    }
    row.model, row.dataset, row.code_commit = (
        rules.model(run),
        rules.dataset(run),
        rules.commit(run),
    )
    if curves is None:
        return  # its steps are read with the next sweep
    row.hash, row.metric = one.key, one.own
    best = curve.best(curves.get(one.own, ()), one.ticket.direction) if one.ticket else None
    row.best, row.best_at = (best.value, best.at) if best else (None, None)
    _lose(row, one.own, curves, exact=exact)
    here.session.add(row)
    here.session.flush()
    shown = [
        (name, [[point.step, point.value] for point in curve.thinned(points, _POINTS)])
        for name, points in sorted(curves.items())
    ]
    table.keep_curves(here.session, row.pk, shown)


def _lose(row: Row, own: str, curves: Mapping[str, Sequence[Point]], *, exact: bool) -> None:
    """Where its metric or a loss first is no number."""
    lost = [
        found
        for name, points in curves.items()
        if curve.is_loss(name) or name == own
        for found in [curve.divergence(name, points, exact=exact)]
        if found
    ]
    first = min(lost, key=lambda found: (found.step, found.metric), default=None)
    row.diverged_metric, row.diverged_step = (first.metric, first.step) if first else ("", None)
    row.diverged_exact = exact


def forget_missing(here: Desk, tracker: Tracker, since: datetime, began: datetime) -> None:
    """Runs that a sweep of everything did not find are gone; what they gave stays."""
    gone = table.missing(here.session, tracker.pk, since, began)
    for row in gone:
        row.deleted_at = here.now
    here.session.flush()
    pulled.tell_owners(here, gone)
