"""What each team brings to a portfolio: its digest of the week, or why there is none yet."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.digest import draft as rules
from core.digest.portfolio import HELD, MISSED
from core.digest.portfolio_copies import Part
from core.facts import thaw
from models import outbox, people
from models import team as teams
from models.digest import digest as digests
from models.digest import draft as editions
from models.digest.digest import Digest
from models.digest.draft import DigestCorrection, Edition
from models.digest.portfolio import Portfolio
from models.team import Team
from services import standing
from services.digest import draft, issue

POSTED = "posted"


@dataclass(frozen=True)
class Spot:
    """A channel's portfolio of the week that begins on that Monday."""

    workspace: str
    channel: str
    week: date

    @property
    def key(self) -> str:
        """The key of its message."""
        return f"portfolio:{self.workspace}:{self.channel}:{self.label}"

    @property
    def label(self) -> str:
        """The ISO week: `2026-W48`."""
        year, week, _ = self.week.isocalendar()
        return f"{year}-W{week:02d}"


@dataclass(frozen=True)
class Shares:
    """The teams on a portfolio, their digests and drafts of its week by team, and how each
    stands: posted | held ID | missed | "".
    """

    teams: Sequence[Team]
    pages: Mapping[int, Digest]
    drafts: Mapping[int, Edition]

    @property
    def states(self) -> dict[str, str]:
        """How each team stands, by its id as text."""
        known = {i: (row.state, row.by) for i, row in self.drafts.items()}
        return _states([team.pk for team in self.teams], self.pages, known)


def _states(
    team_ids: Iterable[int], posted: Container[int], drafts: Mapping[int, tuple[str, str]]
) -> dict[str, str]:
    """posted: the teams with a digest; drafts: state and holder of those that have one."""

    def state(team_id: int) -> str:
        now, by = drafts.get(team_id, ("", ""))
        if team_id in posted:
            return POSTED
        if now == rules.HELD:
            return f"{HELD} {by}"
        return MISSED if now == rules.MISSED else ""

    return {str(team_id): state(team_id) for team_id in team_ids}


def is_behind(session: Session, spot: Spot, before: Portfolio) -> bool:
    """True when it no longer says how its teams stand, or a page waits for its place. It is asked
    at every look, so it reads no page.
    """
    days = digests.days(session, spot.workspace, spot.label)
    carried = {team_id: on for team_id, on, channel in days if channel == spot.channel}
    known = sorted({*map(int, before.states), *carried})
    drafts = editions.states(session, known, spot.week)
    if _states(known, {team_id for team_id, _, _ in days}, drafts) != before.states:
        return True
    keys = [draft.post_key(team_id, on) for team_id, on in carried.items()]
    return outbox.count(session, keys) < len(keys)


def read(session: Session, spot: Spot, before: Portfolio | None) -> Shares:
    """Who is on it: those of the channel when it is first posted; later those that were, and
    whose digest came into its thread since.
    """
    pages = {row.team_id: row for row in digests.pages(session, spot.workspace, spot.label)}
    here = {team_id for team_id, row in pages.items() if row.channel == spot.channel}
    if before is None:
        there = teams.of_workspace(session, spot.workspace)
        here |= {team.pk for team in there if team.digest_channel == spot.channel}
    else:
        here |= {int(team_id) for team_id in before.states}
    found = [session.get_one(Team, team_id) for team_id in sorted(here)]
    rows = {team_id: editions.of_week(session, team_id, spot.week) for team_id in here}
    known = {team_id: row for team_id, row in rows.items() if row is not None}
    return Shares(found, {i: row for i, row in pages.items() if i in here}, known)


def parts(session: Session, shares: Shares) -> list[Part]:
    """The same as values."""
    return [_part(session, shares, team) for team in shares.teams]


def asks(session: Session, shares: Shares) -> list[int]:
    """The numbers of what the posted teams ask of leadership now."""
    open_ = [row for i in shares.pages for row in digests.open_notes(session, i)]
    return [row.pk for row in open_ if row.kind == "need" and not row.detail.get("decision")]


def _part(session: Session, shares: Shares, team: Team) -> Part:
    name, row = standing.called(team), shares.pages.get(team.pk)
    if row is None:
        state, _, by = shares.states[str(team.pk)].partition(" ")
        who = people.people(session, team.pk).name(by) if by else ""
        return Part(name, state=state, by=who)
    corrected = editions.corrections(session, row.pk)
    said = _said(row, corrected, shares.drafts.get(team.pk))
    return Part(name, thaw(row.sheet), row.sha256, said)


def _said(row: Digest, corrected: list[DigestCorrection], edition: Edition | None) -> str:
    """Its first line where a lead wrote it, "" where it is the program's or a model's."""
    edits = draft.edits_of(edition) if edition else []
    edited = {edit.key for edit in edits} - {*((edition.fallen or ()) if edition else ())}
    changed = any(_first(one.before) != _first(one.after) for one in corrected)
    if "headline" not in edited and not changed:
        return ""
    part = next(p for p in issue.parts_of(row, corrected) if p.key == "headline")
    own = f" (in the words of {part.own})" if part.own else ""
    return f"{part.lines[0]}{own}" if part.lines else ""


def _first(sections: Sequence[Mapping[str, object]]) -> object:
    return next((one["lines"] for one in sections if one["key"] == "headline"), None)
