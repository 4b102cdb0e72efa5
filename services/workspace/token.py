"""Tokens of programs: issued and revoked by admins, kept as hashes only."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from core.errors import NotFound, Refused
from core.quantity import experiment_number, is_experiment_id
from core.teams import name as names
from core.workspace.token import (
    MOST,
    PREFIX,
    Issued,
    Known,
    NewToken,
    Pusher,
    Revoked,
    name_of,
)
from models import occurrence, people
from models import team as teams
from models.team import Team
from models.workspace import token as table
from models.workspace.audit import TeamEvent
from models.workspace.token import Token
from services import standing, team, which
from services.desk import desk
from services.ports import Lab

SIGNED = "signed push"
_SEEN_EVERY = timedelta(minutes=1)


def issue(lab: Lab, team_id: int, wish: NewToken, *, by: str) -> Issued:
    """A new token of the team; its secret is handed out here and never again.

    Raises NotAllowed unless `by` is an admin, Refused (too many tokens) and NotFound (its owner
    is nobody here).
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_admin(session, theirs, by, "issue tokens")
        if wish.owner and not _is_somebody(session, theirs, wish.owner):
            raise NotFound("I don't know that person.", "Name somebody of this workspace.")
        teams.hold(session, here.team_id)
        if sum(1 for row in table.of_team(session, here.team_id) if not row.revoked_at) >= MOST:
            raise Refused(f"There are {MOST} tokens already.", "Revoke one nobody uses first.")
        secret = PREFIX + secrets.token_urlsafe(32)
        row = Token(
            team_id=here.team_id,
            number=teams.next_number(session, Token, here.team_id),
            label=wish.label,
            sha256=_hashed(secret),
            created_by=by,
            created_at=now,
            scopes=",".join(wish.scopes),
            owner=wish.owner,
            wide=wish.wide,
        )
        session.add(row)
        session.add(_event(row, "token issued", by=by, at=now))
        session.flush()
        return Issued(row.number, row.label, secret, wish.scopes, row.acts_for, row.wide)


def listed(lab: Lab, team_id: int, *, by: str) -> list[Known]:
    """All tokens, oldest first, revoked ones too. Raises NotAllowed unless `by` is an admin."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        team.require_admin(session, theirs, by, "see the tokens")
        return [_known(row) for row in table.of_team(session, here.team_id)]


def revoke(lab: Lab, team_id: int, number: int, *, by: str) -> Revoked:
    """That token opens nothing from now on; a second time answers who did it.

    Raises NotAllowed unless `by` is an admin, and NotFound.
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_admin(session, theirs, by, "revoke tokens")
        rows = {row.number: row for row in table.of_team(session, here.team_id)}
        row = rows.get(number)
        if row is None:
            raise NotFound(f"There is no token {number}.", "`/exp token list` shows all.")
        session.refresh(row, with_for_update={"key_share": True})
        is_new = row.revoked_at is None
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = now, by
            session.add(_event(row, "token revoked", by=by, at=now))
        assert row.revoked_at is not None
        return Revoked(row.number, row.label, row.revoked_by, row.revoked_at, is_new)


def pusher(lab: Lab, secret: str) -> Pusher | None:
    """Whom that token belongs to, or None when it is unknown, revoked, or sees what a person who
    has left might read; notes its use, at most once a minute, and else only reads.
    """
    now = lab.clock()
    with lab.look() as session:
        row = table.by_hash(session, _hashed(secret))
        if row is None or row.revoked_at is not None:
            return None
        theirs = session.get_one(Team, row.team_id)
        if row.wide and not _is_somebody(session, theirs, row.acts_for):
            return None
        who = name_of(row.label, team.name_of(session, theirs, row.acts_for))
        found = Pusher(
            row.team_id, who, row.pk, tuple(row.scopes.split(",")), row.acts_for, row.wide
        )
        seen = row.last_used
    if seen is None or now - seen > _SEEN_EVERY:
        with lab.begin() as session:
            session.get_one(Token, found.token_id).last_used = now
    return found


def placed(lab: Lab, who: Pusher, *, experiment: str, name: str) -> Pusher:
    """Whom a push of a token that sees several teams is for: the experiment's team, else the team
    of that name, else the one the token was made in. Raises NotFound.
    """
    if not who.wide:
        return who
    with lab.look() as session:
        space = session.get_one(Team, who.team_id).workspace
        may = standing.readable(session, space, who.owner)
        known = {one.pk: one for one in teams.of_workspace(session, space) if one.pk in may}
        if is_experiment_id(experiment):
            found = which.owner(session, ("EXP", experiment_number(experiment)), known)
            return replace(who, team_id=found or who.team_id)
        return replace(who, team_id=_named(known, name) or who.team_id)


def signed(lab: Lab, workspace: str, *, experiment: str, name: str) -> Pusher:
    """Whom a push signed with the workspace's key is for: the experiment's team, else the team of
    that name, else the only one. Raises NotFound, and Refused when it names none of several.
    """
    with lab.begin() as session:
        known = {one.pk: one for one in teams.of_workspace(session, workspace)}
        if not known:
            known = {(first := team.begin(session, workspace, now=lab.clock())).pk: first}
        if is_experiment_id(experiment):
            found = which.owner(session, ("EXP", experiment_number(experiment)), known)
            return Pusher(found or next(iter(known)), SIGNED)
        named = _named(known, name)
        if not named and len(known) > 1:
            raise Refused("Which team is this for?", "Add `?team=` and its name to the address.")
        return Pusher(named or next(iter(known)), SIGNED)


def _named(known: Mapping[int, Team], name: str) -> int:
    """The team of that name, 0 when none is named. Raises NotFound."""
    if not name.strip():
        return 0
    found = names.found(name, {pk: one.name for pk, one in known.items()})
    if found is None:
        raise NotFound("There is no team of that name.", "`/team list` names them.")
    return found


def _is_somebody(session: Session, theirs: Team, user_id: str) -> bool:
    found = people.profile(session, theirs.workspace, user_id)
    return found is not None and found.active


def still_good(session: Session, who: Pusher) -> bool:
    """False when the token was revoked since it was looked up."""
    if not who.token_id:
        return True
    row = session.get(Token, who.token_id)
    return row is not None and row.revoked_at is None


def prune_daily(lab: Lab, now: datetime) -> int:
    """Forget answers to old pushes, once a (UTC) day; how many went."""
    with lab.begin() as session:
        if not occurrence.claim(session, "prune", "pushed", now.astimezone(UTC).date(), now=now):
            return 0
        return table.prune(session, now=now, keep_days=lab.policy.inbox_keep_days)


def _event(row: Token, what: str, *, by: str, at: datetime) -> TeamEvent:
    subject = f"{row.number} ({row.label})"
    return TeamEvent(team_id=row.team_id, at=at, who=by, what=what, subject=subject)


def _known(row: Token) -> Known:
    used, ended = row.last_used, row.revoked_at
    scopes = tuple(row.scopes.split(","))
    made = (row.created_by, row.created_at)
    return Known(row.number, row.label, *made, used, ended, scopes, row.acts_for, row.wide)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
