"""What waits for a decision: one list, whoever shows it (the leads' channel, Home, `/kill`)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from core import calendar
from core.decisions.kill import Evidence
from core.decisions.proposal import Pending, Regressed, Waiting
from models.decisions import proposal as table
from models.decisions.proposal import Proposal
from models.evals import gate as pushes
from models.team import Team
from services.board import readiness
from services.decisions import decider
from services.experiments import experiment, ticket
from services.ports import Policy


def of_team(session: Session, team: Team, now: datetime, *, policy: Policy) -> Waiting:
    """Everything of the team that a rule asks a decision for, as it is now, the oldest first."""
    found = experiment.open_of(session, team)
    seen = [decider.judged(team, value, now, policy=policy) for value in found]
    return of_judged(session, team, now, seen)


def of_judged(session: Session, team: Team, now: datetime, found: Sequence[Evidence]) -> Waiting:
    """The same of open tickets that were judged already."""
    episodes = dict(table.asking_about(session, team.pk))
    asked = [seen for seen in found if seen.verdicts]
    began = table.began(session, [row.experiment_id for row in episodes.values()])
    every = []
    for seen in asked:
        episode = episodes.get(seen.ticket.number)
        since = began.get(episode.experiment_id) if episode else None
        every.append((_rank(seen, since), _pending(session, team, seen, episode, since or now)))
    rows = [one for _, one in sorted(every, key=lambda one: one[0])]
    asleep = tuple(one for one in rows if one.is_snoozed(now))
    awake = tuple(one for one in rows if not one.is_snoozed(now))
    return Waiting(awake, asleep, _regressed(session, team))


def _regressed(session: Session, team: Team) -> tuple[Regressed, ...]:
    where = calendar.zone(team.zone)
    return tuple(
        Regressed(row.snapshot(), push.regressed, push.at.astimezone(where).date())
        for row, push in pushes.regressed(session, team.pk)
    )


def lacking(session: Session, team: Team, shown: Pending) -> tuple[str, ...]:
    """What its promotion misses yet, where that is what is to be decided."""
    if not shown.is_good:
        return ()
    row = ticket.row(session, team, shown.ticket.number)
    return readiness.lacks(session, team, row, shown.ticket)


def _rank(seen: Evidence, since: datetime | None) -> tuple[bool, float, bool, int]:
    """The oldest first, then what no tick has seen yet, the silent first."""
    is_silent = any(verdict.rule == "stale" for verdict in seen.verdicts)
    at = since.timestamp() if since else 0.0
    return since is None, at, not is_silent, seen.ticket.number


def _pending(
    session: Session, team: Team, seen: Evidence, episode: Proposal | None, since: datetime
) -> Pending:
    shown = Pending(
        ticket=seen.ticket,
        verdicts=seen.verdicts,
        at=since,
        today=seen.today,
        unjudged=seen.unjudged,
        snoozed_until=episode.snoozed_until if episode else None,
        snoozed_by=episode.snoozed_by if episode else "",
        owner_left=decider.has_left(session, team, seen.ticket.owner),
        rule_set=seen.rule_set,
        since=since.astimezone(calendar.zone(team.zone)).date(),
    )
    return replace(shown, lacks=lacking(session, team, shown))
