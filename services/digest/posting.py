"""The digest is posted: once, when it is due or a lead says so, and never while it is held."""

import logging
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from core import calendar, facts
from core.digest import draft as rules
from core.digest import draft_text as texts
from core.digest.page import Page
from core.facts import Sheet
from models import occurrence
from models import webhook as hooks
from models.digest import draft as editions
from models.digest.digest import Digest
from services import announcement
from services.desk import Desk, desk
from services.digest import digest, draft, rhythm
from services.forecasts import forecast
from services.llm import narrate
from services.ports import Lab
from services.project import note
from views.digest import draft as view
from views.kit import Message

log = logging.getLogger(__name__)


def publish(lab: Lab, team_id: int, now: datetime) -> bool:
    """Post the team's digest if one is due and not held; True when this call did.

    Firings before the latest are marked as missed. Without a channel the leads are told, once.
    The facts are read again: what the draft said stays only where they are still the same.
    """
    try:
        found = _collect_due(lab, team_id, now)
        if found is None:
            return False
        facts_of_week, page = found
        # The writer may take long: no transaction is open.
        return _post(lab, team_id, now, page or narrate.write(lab, team_id, facts_of_week))
    except IntegrityError:
        log.info("the digest of team %d was dealt with by another process", team_id)
        return False


def _collect_due(lab: Lab, team_id: int, now: datetime) -> tuple[Sheet, Page | None] | None:
    """The facts of the digest to post, and the drafted page when its facts still hold."""
    with desk(lab, team_id, now=now) as here:
        on = _due(here)
        if on is None:
            return None
        if not here.team.digest_channel:
            _without_channel(here, on)
            return None
        found = digest.collect(here.session, here.team, on, now=now, policy=here.policy)
        row = editions.of_week(here.session, team_id, draft.week_of(on))
        return found, draft.as_drafted(row, found) if row else None


def _post(lab: Lab, team_id: int, now: datetime, page: Page) -> bool:
    on = date.fromisoformat(page.sheet["on"])
    with desk(lab, team_id, now=now) as here:
        session, week = here.session, draft.week_of(on)
        row = editions.of_week(session, team_id, week)
        if row is not None and row.state not in (rules.OPEN, rules.POSTING):
            return False  # held at the last moment, or done by another process
        if not occurrence.claim(session, draft.DIGEST, str(team_id), week, now=now):
            return False
        issue, kept, fallen = texts.issue(page, draft.edits_of(row) if row else [])
        # With others it is a line of the portfolio, which puts this page into its thread.
        shared = here.team.digest_channel if rhythm.sharing(session, here.team) else ""
        posted = Digest(
            team_id=team_id, week=page.week, on=on, sheet=dict(page.sheet), sha256=page.sha256,
            text=issue.page.text, sections=texts.plain(kept),
            written_by=page.written_by, prompt=page.prompt,
            edited_by=", ".join(issue.edited), channel=shared, at=now,
        )  # fmt: skip
        session.add(posted)
        session.flush()
        told = {"week": posted.week, "on": on, "at": now, "sections": posted.sections}
        hooks.tell(session, team_id, "digest", posted.pk, told)
        note.said(session, posted)
        forecast.keep(session, here.team, now)
        if not shared:
            place = here.team.digest_channel
            here.post(draft.post_key(team_id, on), place, view.issue(issue))
        if _is_copied(here):
            here.post(draft.copy_key(team_id, on), here.team.team_channel, view.issue(issue))
        if row is not None:
            draft.posted(here, row, fallen, told=not shared)
        return True


def _is_copied(here: Desk) -> bool:
    """True where the team wants its page in its own channel as well."""
    own = here.team.team_channel
    return here.team.chosen.digest_copy and bool(own) and own != here.team.digest_channel


def _due(here: Desk) -> date | None:
    """The digest to post now: the latest firing nobody has dealt with, or one asked for early.

    Earlier firings become missed; one that is held waits.
    """
    session, theirs, now = here.session, here.team, here.now
    common = rhythm.of(session, theirs, now)
    due = calendar.firings(
        common.since, now, weekday=common.weekday, at=common.at, where=common.where
    )
    if not due or draft.dealt_with(session, here.team_id, due[-1]):
        return _asked_for(here)
    draft.give_up(here, draft.week_of(due[-1]))
    for day in due[:-1]:
        if occurrence.claim(session, draft.DIGEST, str(theirs.id), calendar.monday(day), now=now):
            reason = f"due on {day}, but the next one was due before Assay ran again"
            occurrence.miss(
                session, draft.DIGEST, str(theirs.id), calendar.monday(day), reason=reason
            )
    row = editions.of_week(session, here.team_id, draft.week_of(due[-1]))
    return None if row is not None and row.state == rules.HELD else due[-1]


def _without_channel(here: Desk, on: date) -> None:
    week, reason = draft.week_of(on), "no digest channel was set up"
    if not draft.miss(here, week, reason):
        return
    row = editions.of_week(here.session, here.team_id, week)
    if row is not None:
        draft.move(here, row, rules.MISSED, reason=reason)
    text = (
        f"The digest of {facts.day(on)} was not posted: no channel is set up for it. "
        "`/exp setup` sets one, `/digest preview` shows what it would say."
    )
    for place in announcement.places(here):
        here.voice.post(f"digest-unset:{here.team_id}:{week}:{place}", place, Message(text, []))


def _asked_for(here: Desk) -> date | None:
    """The newest digest that a lead wants posted now."""
    asked = [
        row for row in editions.live(here.session, here.team_id) if row.state == rules.POSTING
    ]
    wanted = [r for r in asked if not draft.dealt_with(here.session, here.team_id, r.on)]
    return wanted[-1].on if wanted else None
