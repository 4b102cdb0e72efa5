"""What is live: the owner, a lead or a deployment token says so, and the team hears it."""

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from core.errors import Refused
from core.experiments import rollout
from core.experiments.experiment import Experiment
from core.workspace.token import Pusher
from models.experiments.experiment import Change
from models.team import Team
from services import announcement
from services.desk import Desk, desk
from services.experiments import experiment, ticket
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.experiments import deployment as view

_FIELD = "deploy_status"


@dataclass(frozen=True)
class Deployment:
    """How an experiment is deployed now. repeated: it was so already."""

    experiment: str
    status: str
    repeated: bool


def require(
    session: Session, theirs: Team, before: Experiment, marks: tuple[tuple[str, str], ...], by: str
) -> None:
    """Pass when that person may tell these marks of rollout. Raises NotAllowed: that something is
    live or rolled back is for its owner and the leads.
    """
    if rollout.tells_deployment(before, marks):
        what = f"say that {before.id} is live or rolled back"
        experiment.require_change(session, theirs, before, by, what)


def announce(
    here: Desk, before: Experiment, after: Experiment, made: Change, *, channel: str = ""
) -> None:
    """Tell the team when that change made it live, or live no more."""
    if rollout.is_live(before) != rollout.is_live(after):
        key, where = f"decision:{after.id}:{made.id}", calendar.zone(here.team.zone)
        announcement.tell(here, key, view.told(after, made.who, made.at, where), channel=channel)


@dataclass(frozen=True)
class WentLive:
    """What somebody said is live. change_id: for undo, 0 when it was so already; where: the zone
    its days are told in.
    """

    ticket: Experiment
    change_id: int
    where: ZoneInfo


def to_tell(lab: Lab, team_id: int, number: int, *, by: str) -> tuple[WentLive, date]:
    """The ticket that person may say is live, and today. Raises NotFound, NotAllowed (owner or
    lead), Refused (not promoted).
    """
    with desk(lab, team_id, lock=False) as here:
        before = experiment.find(here.session, here.team, number)
        _require_promoted(here, before, by)
        today = experiment.today_of(here.team, here.now)
        return WentLive(before, 0, calendar.zone(here.team.zone)), today


def went_live(lab: Lab, act: TicketRequest, since: date) -> WentLive:
    """Take over that it is live since that day; said again nothing changes. Raises as `to_tell`,
    and Refused (a day to come, or before its promotion).
    """
    with desk(lab, act.team_id) as here:
        row = ticket.row(here.session, here.team, act.number)
        here.session.refresh(row, with_for_update={"key_share": True})
        before = ticket.value(here.session, row)
        _require_promoted(here, before, act.by)
        where = calendar.zone(here.team.zone)
        if rollout.is_live(before):
            return WentLive(before, 0, where)
        at = rollout.live_at(before, since, here.now, where)
        after = replace(before, deploy_status="live", live_since=at, live_by=act.by)
        made = ticket.audit(act.by, act.action, at=here.now)
        made = ticket.change(here.session, row, after, made)
        announce(here, before, after, made, channel=act.channel)
        return WentLive(after, made.pk, where)


def _require_promoted(here: Desk, before: Experiment, by: str) -> None:
    experiment.require_change(here.session, here.team, before, by, f"say that {before.id} is live")
    if before.stage != "production" and not rollout.is_live(before):
        raise Refused(
            f"{before.id} is in {before.stage}, and only what was promoted is live.",
            f"A lead promotes it: `/exp promote {before.id} what we learned`.",
        )


def tell(lab: Lab, who: Pusher, number: int, word: str) -> Deployment:
    """Take over from a machine how that experiment is deployed; said again nothing changes.

    Raises NotFound and Refused (no such word; neither in evaluation nor promoted).
    """
    status = rollout.read(_FIELD, word)
    if not status:
        raise Refused(f"Say how it is deployed: {rollout.words(_FIELD)}.")
    with desk(lab, who.team_id) as here:
        row = ticket.row(here.session, here.team, number)
        here.session.refresh(row, with_for_update={"key_share": True})
        before = ticket.value(here.session, row)
        rollout.check_fits(before, ((_FIELD, status),))
        if before.deploy_status == status:
            return Deployment(before.id, status, repeated=True)
        made = ticket.audit(who.who, "deployed", at=here.now)
        after = replace(before, deploy_status=status)
        announce(here, before, after, ticket.change(here.session, row, after, made))
        return Deployment(before.id, status, repeated=False)
