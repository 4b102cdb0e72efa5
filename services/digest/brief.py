"""The Scrum master's page and the researcher's: collected, written, shared."""

from datetime import datetime

from sqlmodel import Session

from core import calendar
from core.digest import brief_experiment, brief_team
from core.digest.brief import Brief
from core.digest.brief_team import Sprint
from core.digest.week import Week
from core.experiments.learning import Learning
from core.standups.report import share
from models.drift import drift as drifts
from models.experiments import experiment as tickets
from models.experiments import learning as learnings
from models.team import Team
from services.blockers import blocker
from services.data import dataset
from services.decisions import decider
from services.desk import desk
from services.evals import override
from services.experiments import experiment, learning
from services.ports import Lab
from services.sprints import sprint
from services.standups import report

MOST = brief_experiment.LEARNED + 1


def of_team(lab: Lab, team_id: int) -> Brief:
    """The running sprint as it stands now."""
    with desk(lab, team_id, lock=False) as here:
        session, team, now = here.session, here.team, here.now
        book = sprint.open_book(session, team, now)
        span, today = book.running, book.today
        week = _week(book, brief_team.since(span, today, book.where), lab)
        entries = report.entries(session, team, span.starts if span else today, today)
        rate = dataset.rate(session, team, now)
        return brief_team.write(
            Sprint(
                week=week,
                span=span,
                blockers=blocker.open_of_team(session, team, now),
                share=share(entries) if entries else None,
                readiness=rate.text if rate.planned or rate.pending else "",
                kept=book.kept(span) if span else (),
                velocity=[past.count for past in book.past()],
            )
        )


def of_experiment(lab: Lab, team_id: int, number: int) -> Brief:
    """One experiment as it stands now. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        session, team, now = here.session, here.team, here.now
        value = experiment.find(session, team, number)
        return brief_experiment.write(
            brief_experiment.BriefSource(
                evidence=decider.judged(team, value, now, policy=lab.policy),
                owner=here.name(value.owner) if value.owner else "nobody",
                learned=_learned(session, team, number),
                now=now,
                where=calendar.zone(team.zone),
            )
        )


def _week(book: sprint.Book, since: datetime, lab: Lab) -> Week:
    fresh = tickets.written_since(since)
    return Week(
        on=book.today,
        as_of=book.now,
        since=since,
        where=book.where,
        experiments=book.some(tickets.is_open() | tickets.closed_since(since) | fresh),
        drifted=drifts.open_of_team(book.session, book.team_id),
        overrides=override.since(book.session, book.team, since),
        stale_after=lab.policy.stale_after_working_days,
    )


def _learned(session: Session, team: Team, number: int) -> list[Learning]:
    """What that experiment taught and somebody kept, newest last."""
    rows = learnings.latest(session, [team.pk], number=number, limit=MOST)
    kept = [row for row in rows if row.confirmed_at is not None]
    return [learning.value(session, team, row) for row in reversed(kept)]
