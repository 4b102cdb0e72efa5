"""Pictures that people ask for, and those in the thread of a posted digest."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col

from core import calendar
from core.drift import chart
from core.errors import NotFound, Refused
from core.experiments import burn_chart
from core.forecasts import chart as forecast_chart
from core.forecasts import progress_chart
from core.forecasts.headline import results
from core.sprints import phase_chart
from models import occurrence, outbox
from models.digest import digest as digests
from models.digest.digest import Digest
from models.drift import drift as drifts
from models.experiments import effort
from models.experiments import experiment as tickets
from models.team import Team
from services.desk import desk
from services.experiments import experiment, headline
from services.forecasts import forecast
from services.ports import Lab
from services.project import phase
from services.share import place_for
from views.kit import Message

Spec = dict[str, Any]
KIND = "digest pictures"
LATE = timedelta(days=1)  # a digest older than that gets no pictures any more


def of_forecast(lab: Lab, team_id: int) -> Spec | None:
    """The cone, or None while there is no range."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        return _cone(session, theirs, here.now)


def of_experiment(lab: Lab, team_id: int, number: int) -> Spec:
    """Results and GPU-hours of one experiment. Raises NotFound, and Refused below two reports."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        ticket = experiment.find(session, theirs, number)
        spec = burn_chart.experiment(ticket, calendar.zone(theirs.zone))
        if spec is None:
            count = len(ticket.measurements)
            raise Refused(
                f"{ticket.id} has {count or 'no'} report{'' if count == 1 else 's'}, and a chart "
                "takes two.",
                f"Report results with `/exp update {ticket.id} acc=0.83 gpu=+6h`.",
            )
        return spec


def of_phase(lab: Lab, team_id: int, *, by: str) -> Spec:
    """The recommended split over the phases. Raises Refused before the project has started."""
    found = phase.look(lab, team_id, by)
    if found.place is None:
        raise Refused(
            "The project has not started: there is no experiment yet.",
            "Write one (`/exp new`) or `/phase start 2026-11-02`.",
        )
    return phase_chart.phases(found.place, found.ratio)


def of_drift(lab: Lab, team_id: int, source: str) -> Spec:
    """Features by week. source: "" for the only one. Raises NotFound, Refused."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        found = _source(session, here.team_id, source)
        weeks = {}
        for push in drifts.judged_since(session, found.pk, _since(here.now)):
            columns = {c["name"]: (c["psi"], c["status"]) for c in push.columns}
            monday = calendar.monday(push.at.astimezone(calendar.zone(theirs.zone)).date())
            weeks[monday] = chart.JudgedWeek(monday, columns)
        spec = chart.heat(found.name, list(weeks.values()))
        if spec is None:
            raise Refused(
                f"Nothing was judged for {found.name} in {chart.WEEKS} weeks.",
                f"`assay drift push FILE --source {found.name}` sends newer counts.",
            )
        return spec


def send(lab: Lab, team_id: int, spec: Spec, *, to: str, key: str) -> None:
    """Send the picture to one person by direct message, once per key."""
    with desk(lab, team_id, lock=False) as here:
        here.voice.pictures(f"picture:{key}", to, [spec])


def share(lab: Lab, team_id: int, channel: str, message: Message, spec: Spec | None) -> None:
    """Post the message in the channel (without one in the team's), the picture in its thread.

    Raises Refused when it stands there already, or there is no channel.
    """
    digest = hashlib.sha256(message[0].encode(errors="replace")).hexdigest()[:16]
    with desk(lab, team_id, lock=False) as here:
        channel = channel or place_for(here.team, "")
        key = f"share:{team_id}:{channel}:{digest}"
        if outbox.find(here.session, key):
            raise Refused("This was shared here already.", "Nothing about it has changed since.")
        here.post(key, channel, message)
        if spec:
            here.voice.pictures(f"{key}:picture", channel, [spec], thread_of=key)


def attach_due(lab: Lab, team_id: int, now: datetime) -> bool:
    """Put the pictures of the team's newest digest into its thread, once; True when it did.

    It is claimed first: pictures that cannot be made are not tried again at every tick.
    """
    with lab.begin() as session:
        row = digests.last_of(session, team_id)
        if row is None or now - row.at > LATE:
            return False
        if not occurrence.claim(session, KIND, str(team_id), calendar.monday(row.on), now=now):
            return False
    with desk(lab, team_id, now=now, lock=False) as here:
        row = digests.last_of(here.session, team_id)
        assert row is not None
        specs, key = of_digest(here.session, here.team, row), f"digest:{team_id}:{row.week}"
        if not specs or not outbox.find(here.session, key):
            return False
        place = here.team.digest_channel
        return here.voice.pictures(f"{key}:pictures", place, specs, thread_of=key)


def of_digest(session: Session, theirs: Team, row: Digest) -> list[Spec]:
    """Cone, progress and burn as of the digest's own facts; those there is enough data for."""
    where, metric = calendar.zone(theirs.zone), forecast.metric_of(session, theirs)
    names = headline.names_of(session, theirs, metric)
    of_metric = col(tickets.Experiment.metric).in_(names)
    every = experiment.some_of(session, theirs, tickets.is_open() | of_metric)
    found = results(metric, every, effort.first_evaluated(session, theirs.pk, of_metric))
    specs = [
        _cone(session, theirs, row.at),
        progress_chart.progress(metric, [r for r in found if r.at <= row.at], every, where),
        burn_chart.burn(every),
    ]
    return [spec for spec in specs if spec]


def _cone(session: Session, theirs: Team, at: datetime) -> Spec | None:
    record = forecast.record_of(session, theirs)
    return forecast_chart.cone(forecast.standing(session, theirs, at), record)


def _source(session: Session, team_id: int, name: str) -> drifts.DriftSource:
    known = drifts.sources(session, team_id)
    if not known:
        hint = "`assay drift push FILE --source NAME` starts."
        raise NotFound("No source is watched for drift yet.", hint)
    found = [one for one in known if not name or one.key == name.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.name for one in known[:10])
    if not found:
        raise NotFound(f"I watch no source called “{name[:40]}”.", f"There are: {names}.")
    raise Refused("Which source?", f"Write `/drift NAME chart`; there are: {names}.")


def _since(now: datetime) -> datetime:
    return now - timedelta(weeks=chart.WEEKS)
