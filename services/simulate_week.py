"""The end of a week of a simulated past: its digest and forecast, and the sprint that closes."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from core import cadence, calendar
from core import edition_text as texts
from core.simulate import LENGTH
from models import occurrence
from models.digest import Digest
from models.team import Team
from services import ceremony, digest, edition, forecast, narrate
from services.ports import Lab
from services.sprint import open_book

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
    assert theirs.id is not None
    forecast.close_due(lab, theirs.id, at)
    with lab.begin() as session:
        book = open_book(session, theirs, at)
        span = book.calendar.at(book.today - timedelta(days=1))
        assert span is not None
        ceremony.freeze(book, span)
        for kind in ("plan", "review", "retro", ceremony.CLOSE):
            occurrence.claim(session, f"sprint-{kind}", str(theirs.id), span.starts, now=at)


def write_digest(lab: Lab, theirs: Team, at: datetime) -> None:
    """The digest of that day, with its forecast, as things stood; not posted anywhere."""
    assert theirs.id is not None
    on = calendar.local(at, calendar.zone(theirs.zone)).date()
    with lab.begin() as session:
        week = cadence.monday(on)
        if not occurrence.claim(session, edition.DIGEST, str(theirs.id), week, now=at):
            return
        page = narrate.plain(digest.collect(session, theirs, on, now=at, policy=lab.policy))
        issue, kept, _ = texts.issue(page, [])
        session.add(Digest(
            team_id=theirs.id, week=page.week, on=on, sheet=dict(page.sheet), sha256=page.sha256,
            text=issue.page.text, sections=texts.plain(kept), written_by=page.written_by,
            prompt=page.prompt, at=at,
        ))  # fmt: skip
        forecast.keep(session, theirs, at)
        session.flush()
