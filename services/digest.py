"""The Friday digest: collected, frozen, written from its facts, posted once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import cadence, calendar, facts, money
from core.digest import Page
from core.facts import Sheet
from core.headline import Metric, Past
from core.sheet import sheet
from core.week import Week
from models import digest as table
from models import occurrence
from models import team as teams
from models.digest import Digest
from models.team import Team
from services import (
    blocker,
    dataset,
    drift,
    evaloverride,
    experiment,
    forecast,
    narrate,
    note,
    standup,
    team,
)
from services.ports import Lab, Policy
from services.say import Message, Voice
from services.tested import tested

log = logging.getLogger(__name__)

KIND = "digest"
FRIDAY, FOUR = 4, 16


@dataclass(frozen=True)
class Last:
    """The newest digest as it was posted."""

    week: str
    on: date
    text: str


def rhythm(theirs: Team) -> tuple[int, int]:
    """Weekday (0 = Monday) and local hour of the team's digest; Friday 16:00 unless set."""
    settings = theirs.settings
    return int(settings.get("digest_day", FRIDAY)), int(settings.get("digest_hour", FOUR))


def preview(lab: Lab, workspace: str, *, by: str) -> Page:
    """The digest as it would be posted now. Raises NotAllowed unless `by` is a lead."""
    now = lab.clock()
    with lab.begin() as session:
        theirs = team.of(session, workspace, now=now)
        team.require_lead(session, theirs, by, "preview the digest")
        day = experiment.today_of(theirs, now)
        return narrate.plain(collect(session, theirs, day, now=now, policy=lab.policy))


def last(lab: Lab, workspace: str) -> Last | None:
    """The newest digest, or None before the first."""
    with lab.begin() as session:
        theirs = team.of(session, workspace, now=lab.clock())
        assert theirs.id is not None
        row = table.last_of(session, theirs.id)
        return Last(row.week, row.on, row.text) if row else None


def collect(session: Session, theirs: Team, on: date, *, now: datetime, policy: Policy) -> Sheet:
    """The fact sheet of the team's digest of that day, as things stand now."""
    assert theirs.id is not None
    earlier = table.recent(session, theirs.id)
    since = earlier[0].at if earlier else now - timedelta(days=7)
    notes = note.open_of(session, theirs)
    owners = {n.owner for n in notes if n.owner}
    known, metric = experiment.all_of(session, theirs), metric_of(theirs)
    return sheet(
        Week(
            on=on,
            as_of=now,
            since=since,
            where=calendar.zone(theirs.zone),
            metric=metric,
            experiments=known,
            earlier=[_past(row) for row in earlier],
            heard=[heard.text for heard in standup.learnings_since(session, theirs, since)],
            forecast=forecast.of_week(session, theirs, now),
            blockers=[(b.kind, b.at) for b in blocker.open_of_team(session, theirs)],
            drifted=drift.open_of_team(session, theirs),
            overrides=evaloverride.since(session, theirs, since),
            notes=notes,
            names={owner: team.name_of(session, theirs, owner) for owner in owners},
            stale_after=policy.stale_after_working_days,
            formula=money.from_settings(theirs.settings.get("money")),
            tested=tested(session, theirs, metric, known, on),
            readiness=dataset.rate(session, theirs, now),
        )
    )


def metric_of(theirs: Team) -> Metric:
    """The headline metric the team chose; nameless when it did not."""
    percent = theirs.settings.get("metric_percent")
    return Metric(theirs.metric_name, theirs.metric_target, theirs.metric_direction, percent)


def teams_of(lab: Lab) -> list[int]:
    """The ids of all teams that may be due a digest."""
    with lab.begin() as session:
        return [row.id for row in teams.all_active(session) if row.id is not None]


def publish(lab: Lab, team_id: int, now: datetime, show: Callable[[Page], Message]) -> bool:
    """Post the team's digest if one is due; True when this call did.

    Firings before the latest are marked as missed. Without a channel the leads are told, once.
    """
    try:
        found = _collect_due(lab, team_id, now)
        if found is None:
            return False
        on, facts_of_week = found
        page = narrate.write(lab, team_id, facts_of_week)  # may take long: no transaction is open
        return _post(lab, team_id, Digest(
            team_id=team_id, week=page.week, on=on, sheet=dict(page.sheet), sha256=page.sha256,
            text=page.text, written_by=page.written_by, prompt=page.prompt, at=now,
        ), show(page))  # fmt: skip
    except IntegrityError:
        log.info("the digest of team %d was dealt with by another process", team_id)
        return False


def _collect_due(lab: Lab, team_id: int, now: datetime) -> tuple[date, Sheet] | None:
    with lab.begin() as session:
        on = _due(session, team_id, now)
        if on is None:
            return None
        theirs = session.get_one(Team, team_id)
        if not theirs.digest_channel:
            _without_channel(session, theirs, on, now)
            return None
        return on, collect(session, theirs, on, now=now, policy=lab.policy)


def _post(lab: Lab, team_id: int, row: Digest, message: Message) -> bool:
    with lab.begin() as session:
        week = cadence.monday(row.on)
        if not occurrence.claim(session, KIND, str(team_id), week, now=row.at):
            return False
        session.add(row)
        note.said(session, row)
        theirs = session.get_one(Team, team_id)
        forecast.keep(session, theirs, row.at)
        voice = Voice(session, theirs.workspace, row.at)
        return voice.post(f"digest:{team_id}:{row.week}", theirs.digest_channel, message)


def _due(session: Session, team_id: int, now: datetime) -> date | None:
    """The latest firing if nobody has dealt with it; earlier ones become missed."""
    theirs = session.get_one(Team, team_id)
    weekday, hour = rhythm(theirs)
    chosen = theirs.settings.get("digest_from")
    since = datetime.fromisoformat(chosen) if chosen else theirs.created_at
    where = calendar.zone(theirs.zone)
    due = cadence.firings(since, now, weekday=weekday, at=time(hour), where=where)
    if not due or _dealt_with(session, team_id, due[-1]):
        return None
    for day in due[:-1]:
        if occurrence.claim(session, KIND, str(team_id), cadence.monday(day), now=now):
            reason = f"due on {day}, but the next one was due before Assay ran again"
            occurrence.miss(session, KIND, str(team_id), cadence.monday(day), reason=reason)
    return due[-1]


def _dealt_with(session: Session, team_id: int, day: date) -> bool:
    return occurrence.done(session, KIND, str(team_id), cadence.monday(day))


def _without_channel(session: Session, theirs: Team, on: date, now: datetime) -> None:
    subject, week = str(theirs.id), cadence.monday(on)
    if not occurrence.claim(session, KIND, subject, week, now=now):
        return
    occurrence.miss(session, KIND, subject, week, reason="no digest channel was set up")
    text = (
        f"The digest of {facts.day(on)} was not posted: no channel is set up for it. "
        "`/exp setup` sets one, `/digest preview` shows what it would say."
    )
    voice = Voice(session, theirs.workspace, now)
    for place in [theirs.leads_channel] if theirs.leads_channel else teams.leads(session, theirs):
        voice.post(f"digest-unset:{subject}:{week}:{place}", place, (text, []))


def _past(row: Digest) -> Past:
    head = row.sheet["headline"]
    return Past(row.on, head["metric"], head["current"])
