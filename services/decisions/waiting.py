"""What waits for a decision: one list, whoever shows it (the leads' channel, Home, `/kill`)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from core import calendar
from core.decisions import kill_criteria
from core.decisions.kill import Evidence
from core.decisions.proposal import Pending, Waiting, by_strength, judge
from core.experiments.experiment import Experiment
from models.decisions import proposal as table
from models.decisions.proposal import Proposal
from models.experiments import experiment as tickets
from models.experiments import measurement as measurements
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.board import readiness
from services.decisions import decider
from services.ports import Policy

Judged = tuple[Row, Evidence]


def judged(team: Team, value: Experiment, now: datetime, *, policy: Policy) -> Evidence:
    """What speaks for a decision now, the strongest first, by the team's calendar."""
    where, limits = calendar.zone(team.zone), decider.limits_of(policy, team)
    verdicts = by_strength(judge(value, now, where, limits))
    today = now.astimezone(where).date()
    return Evidence(value, today, verdicts, kill_criteria.unjudged(value), limits.rule_set)


def of_team(session: Session, team: Team, now: datetime, *, policy: Policy) -> Waiting:
    """Everything of the team that a rule asks a decision for, as it is now, the oldest first."""
    rows = tickets.chosen(session, team.pk, tickets.is_open())
    looks = measurements.of_each(session, [row.id for row in rows])
    values = [(row, row.snapshot(looks.get(row.pk, []))) for row in rows]
    return of_judged(
        session, team, now, [(row, judged(team, one, now, policy=policy)) for row, one in values]
    )


def of_judged(session: Session, team: Team, now: datetime, found: Sequence[Judged]) -> Waiting:
    """The same of open tickets that were judged already."""
    episodes = {row.experiment_id: row for row in table.asking(session, team.pk)}
    asked = [(row, seen) for row, seen in found if seen.verdicts]
    began = table.began(session, [row.pk for row, _ in asked if row.pk in episodes])
    every = []
    for one in sorted(asked, key=lambda one: _rank(*one, since=began.get(one[0].pk))):
        episode, since = episodes.get(one[0].pk), began.get(one[0].pk, now)
        every.append(_pending(session, team, one, episode, since))
    asleep = tuple(one for one in every if one.is_snoozed(now))
    return Waiting(tuple(one for one in every if not one.is_snoozed(now)), asleep)


def lacking(session: Session, team: Team, row: Row, shown: Pending) -> tuple[str, ...]:
    """What its promotion misses yet, where that is what is to be decided."""
    return readiness.lacks(session, team, row, shown.ticket) if shown.is_good else ()


def _rank(row: Row, seen: Evidence, *, since: datetime | None) -> tuple[bool, float, bool, int]:
    """The oldest first, then what no tick has seen yet, the silent first."""
    is_silent = any(verdict.rule == "stale" for verdict in seen.verdicts)
    return since is None, since.timestamp() if since else 0.0, not is_silent, row.number


def _pending(
    session: Session, team: Team, judged_one: Judged, episode: Proposal | None, since: datetime
) -> Pending:
    row, seen = judged_one
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
    return replace(shown, lacks=lacking(session, team, row, shown))
