"""What the clock owes a draft: made before the digest is due, moved with it, asked about."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from core import calendar
from core.digest import draft as rules
from core.digest import draft_text as texts
from core.digest.draft import Draft, Upcoming
from core.digest.page import Page
from core.facts import Sheet
from models import occurrence
from models.digest import draft as table
from models.digest.draft import Edition
from models.team import Team
from services import announcement
from services import team as teams
from services.desk import Desk, desk
from services.digest import digest, draft, rhythm
from services.llm import narrate
from services.ports import Lab
from views.digest import draft as view

HOURS = 2  # before the digest is due
MORNING = time(9)


def hours_of(theirs: Team) -> int:
    """How many hours before the digest its draft comes; 0 = no draft."""
    return theirs.chosen.digest_draft


def upcoming(session: Session, theirs: Team, now: datetime) -> tuple[date, datetime]:
    """The day of the team's next digest and the instant it is due."""
    common = rhythm.of(session, theirs, now)
    due = calendar.next_time(now, common.at, common.where, (common.weekday,))
    return due.astimezone(common.where).date(), due


def make(lab: Lab, team_id: int, now: datetime) -> bool:
    """Give the leads the draft if it is due; True when this call did."""
    wanted = _wanted(lab, team_id, now)
    if wanted is None:
        return False
    page = narrate.write(lab, team_id, wanted[1])  # may take long: no transaction is open
    with desk(lab, team_id, now=now) as here:
        on, due = upcoming(here.session, here.team, now)
        subject = str(team_id)
        if on != wanted[0] or due <= now:
            return False
        if not occurrence.claim(here.session, draft.DRAFT, subject, draft.week_of(on), now=now):
            return False
        write(here, page, on, due)
        return True


def write(here: Desk, page: Page, on: date, due: datetime) -> Edition:
    """The draft of that day with that text: a new one, or the one there brought up to date."""
    row = table.of_week(here.session, here.team_id, draft.week_of(on))
    if row is None:
        row = Edition(
            team_id=here.team_id, week=draft.week_of(on), on=on, due_at=due, made_at=here.now
        )
        here.session.add(row)
    elif row.state not in rules.LIVE:
        return row
    before = texts.typed(draft.parts_of(row))
    row.sheet, row.written, row.made_at = dict(page.sheet), texts.written(page), here.now
    row.sections = texts.plain(texts.parts(page.sections))
    here.session.flush()
    if before:
        after = texts.typed(draft.parts_of(row))
        draft.step(here, row, "refreshed", "", (before, after))
        row.version += 1
    draft.tell(here, row)
    return row


def current(here: Desk) -> Edition:
    """The draft that waits, or a new one of the next digest, written from the template."""
    waiting = table.live(here.session, here.team_id)
    if waiting:
        return waiting[-1]
    on, due = upcoming(here.session, here.team, here.now)
    newest = table.of_week(here.session, here.team_id, draft.week_of(on))
    if newest is not None or draft.dealt_with(here.session, here.team_id, on):
        return newest or draft.find(here)
    sheet = digest.collect(here.session, here.team, on, now=here.now, policy=here.policy)
    return write(here, narrate.plain(sheet), on, due)


def state(lab: Lab, team_id: int, *, by: str) -> Draft | Upcoming:
    """The draft that waits, else when the next comes. Raises NotAllowed."""
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "see the digest's draft")
        on, due = upcoming(here.session, here.team, here.now)
        this_week = table.of_week(here.session, here.team_id, draft.week_of(on))
        row = draft.waiting(here.session, here.team) or draft.unsaid(here) or this_week
        if row is not None:
            return draft.draft_of(here, row)
        hours = hours_of(here.team)
        drafted = due - timedelta(hours=hours) if hours else None
        return Upcoming(on, due, drafted, here.team.digest_channel)


def watch(lab: Lab, team_id: int, now: datetime) -> None:
    """A draft whose digest was moved to another day or hour of its week says so; a digest held
    past its hour is asked about once, on the next working morning.
    """
    with desk(lab, team_id, now=now) as here:
        on, due = upcoming(here.session, here.team, now)
        for row in table.live(here.session, team_id):
            moved = row.week == draft.week_of(on) and (row.on, row.due_at) != (on, due)
            if moved and row.state in (rules.OPEN, rules.HELD):
                row.on, row.due_at = on, due
                draft.tell(here, row)
            if row.state == rules.HELD and now >= _morning(here, row):
                _ask(here, row)


def _wanted(lab: Lab, team_id: int, now: datetime) -> tuple[date, Sheet] | None:
    with desk(lab, team_id, now=now) as here:
        on, due = upcoming(here.session, here.team, now)
        hours, week = hours_of(here.team), draft.week_of(on)
        if not hours or not here.team.digest_channel or now < due - timedelta(hours=hours):
            return None
        if occurrence.done(here.session, draft.DRAFT, str(team_id), week):
            return None
        if draft.dealt_with(here.session, team_id, on):
            return None
        return on, digest.collect(here.session, here.team, on, now=now, policy=here.policy)


def _morning(here: Desk, row: Edition) -> datetime:
    """The first working morning after it was due and held, on the team's clock."""
    where = calendar.zone(here.team.zone)
    since = max(row.due_at, row.at or row.due_at)
    return calendar.next_time(since, MORNING, where, (0, 1, 2, 3, 4))


def _ask(here: Desk, row: Edition) -> None:
    shown = view.reminder(draft.draft_of(here, row))
    for place in announcement.places(here):
        thread = f"edition:{row.id}:{place}"
        in_thread = place == here.team.leads_channel and thread in row.told
        key = f"edition-held:{row.id}:{place}"
        here.post(key, place, shown, thread_of=thread if in_thread else "")
