"""What one person's Home tab shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from core.blockers.blocker import Blocker
from core.board.engineering import Engineering
from core.decisions.kill_request import KillRequest
from core.decisions.proposal import Waiting
from core.digest.need import Need
from core.evals.card import OverrideAsked
from core.evals.loosening import LooseningAsked
from core.experiments.experiment import STAGES, Experiment
from core.experiments.headline import Headline
from core.experiments.words import is_late, is_running
from core.standups.absence import DaySpan
from core.standups.standup import Due
from core.workspace.onboarding import Onboarding


@dataclass(frozen=True)
class Me:
    """How the bot treats this person. zone: IANA; own_zone: chosen, not Slack's.

    country: whose public holidays they have, "" for none; own_country: chosen, not the zone's.
    away: the absence that runs or comes next. today: where they live.
    """

    zone: str
    today: date
    own_zone: bool = False
    country: str = ""
    own_country: bool = False
    nudges: bool = True
    away: DaySpan | None = None


@dataclass(frozen=True)
class Planned:
    """A standup in one line. next_on: None while it is paused, or asks nobody."""

    name: str
    channel: str
    people: int
    next_on: date | None
    active: bool


@dataclass(frozen=True)
class Digest:
    """The next digest: when (UTC) and where; channel "" while none is set. notes: open ones.

    last_on: the day of the newest one, None before the first. draft: "" before there is one,
    open or held; by: the display name of who holds it; edits: how many sections leads changed.
    """

    at: datetime
    channel: str
    notes: int
    last_on: date | None
    draft: str = ""
    by: str = ""
    edits: int = 0


@dataclass(frozen=True)
class Status:
    """How a team stands. running, late (over its time box), stale: of its open experiments.
    called: what the model is called whose value the headline has, "" for what is in production.
    """

    headline: Headline
    open: int
    running: int
    late: int
    stale: int
    blockers: int
    called: str = ""


@dataclass(frozen=True)
class Leading:
    """What only leads see. requests, overrides, loosenings: what others ask of the leads."""

    requests: Sequence[KillRequest] = ()
    overrides: Sequence[OverrideAsked] = ()
    loosenings: Sequence[LooseningAsked] = ()
    onboarding: Onboarding | None = None


@dataclass(frozen=True)
class More:
    """What Home keeps behind its last button. observer: who only reads. in_standup: asked by one.
    standups, digest: for leads, digest None for others.
    """

    me: Me
    observer: bool
    in_standup: bool
    set_up: bool
    standups: Sequence[Planned] = ()
    digest: Digest | None = None


@dataclass(frozen=True)
class Home:
    """One person's part in one team. where: its name, when they are in several.

    set_up: the team has a channel. due: the standup answer this person owes.

    mine: this person's open experiments, furthest first. stale: experiment numbers. engineering:
    this person's open tickets. needs: asks of leadership this person decides. waiting: what is to
    be decided in the team, for who decides or reads. lead: None for who may not decide. reads:
    they look on and report nothing. today: on the team's calendar. digest_on: for who reads, the
    day of the newest digest, None before the first.
    """

    user: str
    team_id: int
    set_up: bool
    today: date
    me: Me
    status: Status
    reads: bool = False
    due: Due | None = None
    mine: Sequence[Experiment] = ()
    stale: frozenset[int] = frozenset()
    stuck: Sequence[Blocker] = ()
    engineering: Sequence[Engineering] = ()
    needs: Sequence[Need] = ()
    waiting: Waiting = field(default_factory=Waiting)
    lead: Leading | None = None
    where: str = ""
    digest_on: date | None = None


@dataclass(frozen=True)
class Open:
    """A team that somebody who is in none may join."""

    team_id: int
    name: str
    people: int


def furthest_first(experiments: Sequence[Experiment]) -> list[Experiment]:
    """Open experiments by stage, those nearest to a decision first, then by number."""
    opened = [e for e in experiments if e.is_open]
    return sorted(opened, key=lambda e: (-STAGES.index(e.stage), e.number))


def looks_on(*, observer: bool, is_asked: bool, takes_part: bool) -> bool:
    """True for who only reads: an observer, and who is asked for decisions and takes part in
    nothing else.
    """
    return observer or (is_asked and not takes_part)


def status(
    found: Sequence[Experiment], headline: Headline, today: date, *, stale: int, blockers: int
) -> Status:
    """How the team stands with these open experiments."""
    running = sum(is_running(one) for one in found)
    late = sum(is_late(one, today) for one in found)
    return Status(headline, len(found), running, late, stale, blockers)
