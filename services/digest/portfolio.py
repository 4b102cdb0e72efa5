"""The portfolio: one message where several teams post their digest, their pages in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from core import calendar, facts
from core.digest import draft_text as texts
from core.digest import portfolio as rules
from core.digest.draft import DraftSection, Issue
from core.digest.page import Section
from models import occurrence
from models import team as teams
from models.digest import digest as digests
from models.digest import draft as editions
from models.digest import portfolio as table
from models.digest.digest import Digest
from models.digest.digest import Note as NoteRow
from models.digest.portfolio import Portfolio
from models.team import Team
from services import standing
from services.desk import Desk
from services.digest import draft, issue, need
from services.digest import portfolio_parts as shares
from services.digest.portfolio_parts import Shares, Spot
from services.ports import Lab, Policy
from services.say import Voice
from views.digest import draft as pages
from views.digest import portfolio as view
from views.digest.portfolio import AskedNeed, Shown
from views.kit import Message

KIND = "portfolio"
LOOKS_BACK = timedelta(days=8)  # a portfolio as old as that stays as it is


@dataclass(frozen=True)
class _Table:
    """One transaction over several teams at one instant."""

    session: Session
    now: datetime
    policy: Policy

    def desk(self, team: Team) -> Desk:
        """A desk of one of them."""
        return Desk(self.session, team, self.now, self.policy)


def news(lab: Lab, now: datetime) -> list[Spot]:
    """The portfolios that are to be posted, or no longer say how their teams stand."""
    with lab.look() as session:
        rows = digests.carried(session, now - LOOKS_BACK)
        spots = [Spot(workspace, there, calendar.monday(on)) for workspace, there, on in rows]
        return [spot for spot in dict.fromkeys(spots) if _has_news(session, spot)]


def bring(lab: Lab, spot: Spot, now: datetime) -> bool:
    """Post it, or bring it up to date, and put the pages that wait into its thread; False when
    another process just posted it.
    """
    with lab.begin() as session:
        here = _Table(session, now, lab.policy)
        if not _settle(here, spot):
            return False
        found = shares.read(session, spot, table.newest(session, *_of(spot)))
        for team_id, row in found.pages.items():
            if row.channel == spot.channel:
                _put(here.desk(session.get_one(Team, team_id)), spot, row)
        return True


def renew(here: Desk, row: Digest) -> None:
    """That digest was corrected: its line follows, where it has one."""
    spot = Spot(here.team.workspace, row.channel, calendar.monday(row.on))
    if row.channel and table.newest(here.session, *_of(spot)):
        _settle(_Table(here.session, here.now, here.policy), spot)


def page(here: Desk, row: Digest, shown: Issue) -> Message:
    """A posted digest: in a portfolio's thread with its team's name over it."""
    message = pages.issue(shown)
    return view.page(standing.called(here.team), message) if row.channel else message


def show_again(here: Desk, number: int) -> None:
    """What is asked of leadership under that number stands otherwise now: the portfolio that
    carries it shows it.
    """
    spot = _carries(here, number)
    if spot is None:
        return
    table.hold(here.session, *_of(spot))
    row = table.newest(here.session, *_of(spot))
    if row is not None:
        _say(_Table(here.session, here.now, here.policy), spot, row)


def carrier(here: Desk, number: int) -> str:
    """The key of the portfolio that carries that ask, "" when none does."""
    spot = _carries(here, number)
    return spot.key if spot else ""


def last(lab: Lab, workspace: str, channel: str) -> Message | None:
    """The channel's newest portfolio as it stands, or None before the first."""
    with lab.begin() as session:
        row = table.newest(session, workspace, channel)
        if row is None:
            return None
        return view.posted(_shown(_Table(session, lab.clock(), lab.policy), row))


def teams_in(lab: Lab, workspace: str, channel: str) -> list[str]:
    """The names of the teams whose digests are one message in that channel; [] for a channel
    that has one team or none.
    """
    with lab.begin() as session:
        there = teams.of_workspace(session, workspace)
        found = [team for team in there if channel and team.digest_channel == channel]
        return [standing.name_of(team) for team in found] if len(found) > 1 else []


def _of(spot: Spot) -> tuple[str, str, date]:
    return spot.workspace, spot.channel, spot.week


def _carries(here: Desk, number: int) -> Spot | None:
    for page in digests.pages_of(here.session, here.team_id):
        spot = Spot(here.team.workspace, page.channel, calendar.monday(page.on))
        row = table.newest(here.session, *_of(spot))
        if row is not None and number in row.needs:
            return spot
    return None


def _has_news(session: Session, spot: Spot) -> bool:
    before = table.newest(session, *_of(spot))
    if before is None:
        return True
    return shares.is_behind(session, spot, before)


def _settle(here: _Table, spot: Spot) -> bool:
    """Write down how it stands and say it, unless nothing of it has changed; False when another
    process is posting it.
    """
    session = here.session
    table.hold(session, *_of(spot))
    before = table.newest(session, *_of(spot))
    subject = f"{spot.workspace}:{spot.channel}"
    if before is None and not occurrence.claim(session, KIND, subject, spot.week, now=here.now):
        return False
    found = shares.read(session, spot, before)
    row = _row(here, spot, found, before)
    if before is not None and (row.states, row.sections) == (before.states, before.sections):
        return True
    session.add(row)
    session.flush()
    _say(here, spot, row)
    return True


def _row(here: _Table, spot: Spot, found: Shares, before: Portfolio | None) -> Portfolio:
    on = min(page.on for page in found.pages.values())
    made = rules.portfolio(shares.parts(here.session, found), on, here.now)
    plain, sha256 = facts.freeze(made.sheet)
    known = before.needs if before else []
    return Portfolio(
        workspace=spot.workspace, channel=spot.channel, week=spot.week,
        number=before.number + 1 if before else 1, on=on, at=here.now, states=found.states,
        sheet=plain, sha256=sha256, sections=texts.plain(texts.parts(made.sections)),
        needs=list(dict.fromkeys([*known, *shares.asks(here.session, found)])),
    )  # fmt: skip


def _say(here: _Table, spot: Spot, row: Portfolio) -> None:
    """Post it, or edit it where it stands."""
    voice, message = Voice(here.session, spot.workspace, here.now), view.posted(_shown(here, row))
    if not voice.post(spot.key, spot.channel, message):
        voice.edit(spot.key, message)


def _shown(here: _Table, row: Portfolio) -> Shown:
    parts: Sequence[DraftSection] = texts.restored(row.sections)
    sections = tuple(Section(part.key, part.title, part.lines) for part in parts)
    asked = tuple(_asked(here, number) for number in row.needs)
    return Shown(sections, asked, f"{row.sheet['week']}", row.sha256, row.number > 1, row.at)


def _asked(here: _Table, number: int) -> AskedNeed:
    kept = here.session.get_one(NoteRow, number)
    team = here.session.get_one(Team, kept.team_id)
    return AskedNeed(team.pk, standing.called(team), need.value(here.desk(team), kept))


def _put(here: Desk, spot: Spot, row: Digest) -> None:
    """The team's page, in the thread; its leads' draft says so."""
    key = draft.post_key(here.team_id, row.on)
    now = issue.issue_of(row, editions.corrections(here.session, row.pk))
    if here.post(key, spot.channel, page(here, row, now), thread_of=spot.key):
        edition = editions.of_week(here.session, here.team_id, spot.week)
        if edition is not None:
            draft.tell(here, edition)
