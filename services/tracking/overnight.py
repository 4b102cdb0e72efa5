"""At nine of a working morning: who owns a run that ended or changed overnight hears of it."""

from collections import defaultdict
from datetime import datetime

from core import calendar
from core.tracking import overnight as rules
from core.tracking.overnight import Night
from models import occurrence
from models.experiments.experiment import Experiment
from models.tracking import overnight as table
from models.tracking.run import Run, curves_of
from services.desk import Desk, desk
from services.ports import Lab
from views.tracking import overnight as view

KIND = "overnight"
Pairs = list[tuple[Run, Experiment]]


def tell_due(lab: Lab, team_id: int) -> None:
    """Tell each of the team's owners, once a morning; the team is held only when one is due."""
    with desk(lab, team_id, lock=False) as here:
        if not _due(here):
            return
    with desk(lab, team_id) as here:
        for user, pairs in _due(here).items():
            day = calendar.local(here.now, here.zone_of(user)).date()
            if occurrence.claim(here.session, KIND, f"{team_id}:{user}", day, now=here.now):
                message = view.night(rules.ranked(_nights(here, pairs)))
                here.post(f"overnight:{team_id}:{user}:{day}", user, message)


def _due(here: Desk) -> dict[str, Pairs]:
    """By owner, the runs of a night that is to be told now."""
    owned: dict[str, Pairs] = defaultdict(list)
    for run, ticket in table.ended(here.session, here.team_id, here.now):
        if ticket.owner and here.is_here(ticket.owner):
            owned[ticket.owner].append((run, ticket))
    waiting = {user for user in owned if rules.is_morning(here.now, here.zone_of(user))}
    names = {f"{here.team_id}:{user}": user for user in waiting}
    last = occurrence.latest_of_each(here.session, KIND, list(names)) if names else {}
    found = {}
    for subject, user in names.items():
        where = here.zone_of(user)
        if last.get(subject) == calendar.local(here.now, where).date():
            continue
        if pairs := _since(here, owned[user], rules.begins(here.now, where)):
            found[user] = pairs
    return found


def _since(here: Desk, pairs: Pairs, start: datetime) -> Pairs:
    lost = [run for run, _ in pairs if run.status == "running" and run.diverged_step is not None]
    told = table.told_at(here.session, [f"run:{run.pk}:diverged" for run in lost])
    return [
        (run, ticket)
        for run, ticket in pairs
        for at in [run.ended_at or run.stale_since or told.get(f"run:{run.pk}:diverged")]
        if at is not None and start <= at <= here.now
    ]


def _nights(here: Desk, pairs: Pairs) -> list[Night]:
    curves: dict[int, dict[str, list[list[float]]]] = defaultdict(dict)
    for one in curves_of(here.session, [run.pk for run, _ in pairs]):
        curves[one.run_id][one.metric] = one.points
    return [
        rules.night(ticket.snapshot(), run.as_value(), curves[run.pk]) for run, ticket in pairs
    ]
