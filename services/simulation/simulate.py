"""A simulated past written into a database, in the order it happened, by the rules people obey.

Every change of a ticket goes through services/experiments/ticket with its audit row; sprints are
frozen,
digests and forecasts kept at the hour they would have been.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from sqlmodel import Session

from core import calendar
from core.digest import draft_text as texts
from core.errors import Refused
from core.simulation import game as rules
from core.simulation.flow import Played
from core.simulation.game import LENGTH, Happening
from models import occurrence
from models import people as members
from models import team as teams
from models.digest.digest import Digest
from models.experiments import experiment as tickets
from models.people import Member, Profile
from models.team import Team
from services import team
from services.digest import digest, draft
from services.forecasts import forecast
from services.llm import narrate
from services.ports import Lab
from services.simulation import standups, write
from services.simulation.write import Pen
from services.sprints import ceremony
from services.sprints.sprint import open_book

# The end of a week of a simulated past: its digest and forecast, and the sprint that closes.

Close = Callable[[Lab, Team, datetime], None]


def midnight(theirs: Team, day: date) -> datetime:
    """The instant at which that day begins for the team."""
    return calendar.instant(day, time(), calendar.zone(theirs.zone))


def ends(theirs: Team, starts: date, sprints: int) -> list[tuple[datetime, Close]]:
    """What the ends of weeks hold and when, in order: every week a digest, every other week the
    end of a sprint. starts: the Monday of the first sprint.
    """
    weekday, hour = digest.rhythm(theirs)
    found: list[tuple[datetime, Close]] = []
    for day in range(0, sprints * LENGTH, 7):
        on = starts + timedelta(days=day + weekday)
        where = calendar.zone(theirs.zone)
        found.append((calendar.instant(on, time(hour), where), write_digest))
        if (day + 7) % LENGTH == 0:
            over = midnight(theirs, starts + timedelta(days=day + 7))
            found.append((over + timedelta(hours=1), close_sprint))
    return found


def close_sprint(lab: Lab, theirs: Team, at: datetime) -> None:
    """Freeze the sprint that ended the day before, and score the forecasts of it."""
    forecast.close_due(lab, theirs.pk, at)
    with lab.begin() as session:
        book = open_book(session, theirs, at)
        span = book.calendar.at(book.today - timedelta(days=1))
        assert span is not None
        ceremony.freeze(book, span)
        for kind in ("plan", "review", "retro", ceremony.CLOSE):
            occurrence.claim(session, f"sprint-{kind}", str(theirs.pk), span.starts, now=at)


def write_digest(lab: Lab, theirs: Team, at: datetime) -> None:
    """The digest of that day, with its forecast, as things stood; not posted anywhere."""
    on = calendar.local(at, calendar.zone(theirs.zone)).date()
    with lab.begin() as session:
        week = calendar.monday(on)
        if not occurrence.claim(session, draft.DIGEST, str(theirs.pk), week, now=at):
            return
        page = narrate.plain(digest.collect(session, theirs, on, now=at, policy=lab.policy))
        issue, kept, _ = texts.issue(page, [])
        session.add(Digest(
            team_id=theirs.pk, week=page.week, on=on, sheet=dict(page.sheet), sha256=page.sha256,
            text=issue.page.text, sections=texts.plain(kept), written_by=page.written_by,
            prompt=page.prompt, at=at,
        ))  # fmt: skip
        forecast.keep(session, theirs, at)
        session.flush()


__all__ = ["Crew", "Replay", "begin", "fill", "midnight", "people"]
NINE = time(9)
STANDUP_WEEKS = 4


@dataclass(frozen=True)
class Crew:
    """The people by place: owners of experiments; leads decide and plan. names: of the people."""

    people: Sequence[str]
    leads: Sequence[str]
    names: Sequence[str] = ()


@dataclass
class Replay:
    """A game that is written down step by step. starts: the Monday of its first sprint;
    done: how many of its happenings are written; closed: how many ends of weeks.
    """

    played: Played
    crew: Crew
    starts: date
    done: int = 0
    closed: int = 0

    def until(self, lab: Lab, session: Session, theirs: Team, now: datetime) -> None:
        """Write down what happened before `now`, and what the ends of weeks held."""
        for at, close in self._ends(theirs)[self.closed :]:
            if at > now:
                break
            self.steps(session, theirs, at)
            close(lab.within(session), theirs, at)
            self.closed += 1
        self.steps(session, theirs, now)

    def steps(
        self, session: Session, theirs: Team, now: datetime, *, stop: Sequence[str] = ()
    ) -> None:
        """Write down what happened before `now`, up to the first of one of the kinds in `stop`."""
        cards = {card.number: card for card in self.played.cards}
        pen = Pen(session, theirs, self.crew.people, self.crew.leads, cards)
        while (one := self.coming(theirs, now)) and one.kind not in stop:
            write.write(pen, one, self.at(one, theirs))
            self.done += 1
        session.flush()

    def coming(self, theirs: Team, now: datetime) -> Happening | None:
        """The next that is not written and happened before `now`, or None."""
        if self.done >= len(self.played.log):
            return None
        one = self.played.log[self.done]
        return one if self.at(one, theirs) < now else None

    def skip(self) -> None:
        """Leave the next one to somebody else."""
        self.done += 1

    def at(self, one: Happening, theirs: Team) -> datetime:
        """The instant of a happening on the team's calendar."""
        nine = calendar.instant(rules.on(one.day, self.starts), NINE, calendar.zone(theirs.zone))
        return nine + timedelta(minutes=one.minute)

    def _ends(self, theirs: Team) -> list[tuple[datetime, Close]]:
        return ends(theirs, self.starts, self.played.wish.sprints)


def begin(session: Session, theirs: Team, starts: date, *, now: datetime) -> None:
    """Number the team's sprints from that Monday; what lies before `now` is not held any more."""
    theirs.created_at = min(theirs.created_at, midnight(theirs, starts))
    theirs.choose(sprint_from=starts, sprint_days=LENGTH, sprint_set_at=now)
    session.flush()


def fill(
    lab: Lab, workspace: str, game: tuple[Played, np.random.Generator], crew: Crew, starts: date
) -> int:
    """Write the whole game into an empty team of that workspace; how many happenings. The
    generator decides who missed a standup.

    Raises Refused when that team has experiments already.
    """
    now = lab.clock()  # after the last sprint
    played, rng = game
    with lab.begin() as session:
        found = teams.of_workspace(session, workspace)
        theirs = found[0] if found else team.begin(session, workspace, now=now)
        held = tickets.count(session, theirs.pk)
        if held:
            raise Refused(
                f"The team of {workspace} has {held} experiments already.",
                "Take an empty database, or another --workspace.",
            )
        people(session, theirs, crew)
        standups.arrange(session, theirs, list(crew.people), starts)
        begin(session, theirs, starts, now=now)
        replay = Replay(played, crew, starts)
        replay.until(lab, session, theirs, now)
        ends = starts + timedelta(days=LENGTH * played.wish.sprints)
        first = max(starts, ends - timedelta(weeks=STANDUP_WEEKS))
        standups.write(session, theirs, played, (starts, first, ends), rng)
        return replay.done


def people(session: Session, theirs: Team, crew: Crew) -> None:
    """Everybody of the crew as a member of the team, leads as leads."""
    for user, name in zip(crew.people, crew.names, strict=True):
        known = members.profile(session, theirs.workspace, user)
        if known is None:
            session.add(Profile(workspace=theirs.workspace, user_id=user, name=name))
        if members.member(session, theirs.pk, user) is None:
            role = "lead" if user in crew.leads else "member"
            session.add(Member(team_id=theirs.pk, user_id=user, role=role))
    session.flush()
