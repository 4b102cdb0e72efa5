"""The language model in a team's service: policy, budget, and what its calls came to."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from core.digest import page
from core.errors import Refused
from core.llm import endpoint
from core.llm.endpoint import Brief, Call, LlmStatus, Rung
from core.privacy.redaction import MODES, Mode
from models import people
from models import team as team_rows
from models.llm import llm as table
from models.llm.llm import LlmCall, LlmRung
from models.team import Team, Workspace
from prompts import loader
from services import policy
from services import team as teams
from services.desk import desk
from services.ports import Lab

SHOWN = 5
TRUSTED = timedelta(days=30)  # then an endpoint is tried from the top again: it may have learnt


def policy_of(session: Session, team: Team) -> Mode:
    """What the team's workspace lets a model have; `redacted` unless an admin chose."""
    return _policy(team_rows.workspace(session, team.workspace))


def _policy(space: Workspace | None) -> Mode:
    return endpoint.policy_named(space.llm_policy if space else "") or endpoint.DEFAULT_POLICY


def look(lab: Lab, team_id: int) -> LlmStatus:
    """Policy, endpoint, the month's tokens and the last calls."""
    with desk(lab, team_id, lock=False) as here:
        return _status(here.session, here.team, lab)


def choose(lab: Lab, team_id: int, typed: str, *, by: str) -> LlmStatus:
    """Set the workspace's policy. Raises Refused (no such policy), NotAllowed (admins only)."""
    wanted = endpoint.policy_named(typed)
    if wanted is None:
        raise Refused(
            f"“{typed.strip()[:40]}” is no policy for the language model.",
            f"Write `/exp llm {MODES[0]}`, `/exp llm {MODES[1]}` or `/exp llm {MODES[2]}`.",
        )
    with desk(lab, team_id, lock=False) as here:
        session, team = here.session, here.team
        teams.require_admin(session, team, by, "choose what a language model may be sent")
        changed = policy_of(session, team) != wanted
        if changed:
            policy.change(here, by, llm_policy=wanted)
        return _status(session, team, lab, changed=changed)


def overview(lab: Lab) -> tuple[int, list[tuple[str, Mode]]]:
    """The month's tokens, and name and policy of every workspace with the app."""
    with lab.begin() as session:
        found = team_rows.installed(session)
        theirs = [(space.name or space.slack_id, _policy(space)) for space in found]
        return table.tokens_since(session, _month(lab.clock())), theirs


def brief(lab: Lab, team_id: int) -> Brief:
    """What the digest of that team may ask of the model now; `why` says why nothing."""
    if not lab.llm.is_on:
        return Brief(lab.llm, why=page.OFF)
    with lab.begin() as session:
        team = session.get_one(Team, team_id)
        if not endpoint.allowed(policy_of(session, team), lab.llm):
            return Brief(lab.llm, why=page.POLICY)
        now = lab.clock()
        cap = lab.llm.monthly_cap
        left = cap - table.tokens_since(session, _month(now)) if cap else None
        known = people.people(session, team_id).by_id.values()
        roster = tuple(sorted({one.name for one in known if one.name.strip()}))
        why = page.CAP if left is not None and left <= 0 else ""
        return Brief(lab.llm, roster, _rung(session, lab, now), left, why)


def keep(lab: Lab, team_id: int, week: str, calls: Sequence[Call]) -> None:
    """Write down what the calls cost and came to, and what the endpoint understands."""
    now, version = lab.clock(), loader.digest().version
    with lab.begin() as session:
        for call in calls:
            row = _row(lab, call, now)
            row.team_id, row.week, row.prompt = team_id, week, version
            session.add(row)
        good = [call.said.rung for call in calls if call.said.outcome == "ok"]
        if good:
            _remember(session, lab, good[-1], now)


def _row(lab: Lab, call: Call, now: datetime) -> LlmCall:
    said = call.said
    return LlmCall(
        purpose=call.purpose,
        model=lab.llm.model,
        host=lab.llm.host,
        rung=str(said.rung),
        prompt_tokens=said.prompt_tokens,
        completion_tokens=said.completion_tokens,
        reasoning_tokens=said.reasoning_tokens,
        estimated=said.estimated,
        request_id=said.request_id[:200],
        latency_ms=round(said.seconds * 1000),
        outcome=said.outcome,
        findings=list(call.findings),
        at=now,
        team_id=0,
        week="",
        prompt="",
    )


def _remember(session: Session, lab: Lab, seen: Rung, now: datetime) -> None:
    address, model = lab.llm.address, lab.llm.model
    row = table.rung_of(session, address, model)
    row = row or LlmRung(address=address, model=model, format="", limit_name="", at=now)
    if (row.format, row.limit_name) != (seen.format, seen.limit):
        row.format, row.limit_name, row.at = seen.format, seen.limit, now
        session.add(row)


def _rung(session: Session, lab: Lab, now: datetime) -> Rung:
    row = table.rung_of(session, lab.llm.address, lab.llm.model)
    known = row is not None and now - row.at < TRUSTED
    return Rung(row.format, row.limit_name) if row is not None and known else Rung()


def _status(session: Session, team: Team, lab: Lab, *, changed: bool | None = None) -> LlmStatus:
    start = _month(lab.clock())
    codes = Counter(c for row in table.since(session, team.pk, start) for c in row.findings)
    return LlmStatus(
        endpoint=lab.llm,
        policy=policy_of(session, team),
        tokens=table.tokens_since(session, start),
        calls=tuple(row.model_dump() for row in table.latest(session, team.pk, limit=SHOWN)),
        findings=dict(codes.most_common()),
        changed=changed,
    )


def _month(now: datetime) -> datetime:
    """Its first instant, in UTC as providers bill."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
