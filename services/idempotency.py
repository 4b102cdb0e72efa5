"""One push, one effect: the Idempotency-Key and what it was answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from core.errors import NotAllowed, Refused
from core.workspace.token import Pusher, checked_key
from models.team import Team
from models.workspace import token as table
from models.workspace.token import Pushed
from services.ports import Lab
from services.workspace import token

Answer = dict[str, Any]
_TRIES = 3
_DEADLOCK = "40P01"  # Postgres chose us to give way; nothing was kept


class KeyReused(Refused):
    """The Idempotency-Key was used for something else."""


@dataclass(frozen=True)
class Sent:
    """What identifies a push: its key, and the SHA-256 of the request it came with.

    Without a key ("") every push is a new one; what is stored is still stored once.
    """

    key: str
    sha256: str


def once(lab: Lab, who: Pusher, push: Sent, work: Callable[[Lab], Answer]) -> tuple[Answer, bool]:
    """What `work` answers, and False; or the earlier answer to the same push, and True.

    `work` gets a lab that joins the transaction: the key, the effect and the answer are kept or
    lost together, so a refusal may be tried again with the same key. Raises KeyReused when the
    key came with another request, NotAllowed when the token was revoked, and what `work` raises.
    """
    if push.key:
        checked_key(push.key)
    for attempt in range(_TRIES):
        try:
            with lab.begin() as session:
                return _done(lab, session, who, push=push, work=work)
        except IntegrityError:  # a twin was faster: its answer is there now
            if attempt == _TRIES - 1:
                raise
        except OperationalError as trouble:
            if attempt == _TRIES - 1 or getattr(trouble.orig, "sqlstate", "") != _DEADLOCK:
                raise
    raise AssertionError("unreachable")


def _done(
    lab: Lab, session: Session, who: Pusher, *, push: Sent, work: Callable[[Lab], Answer]
) -> tuple[Answer, bool]:
    now = lab.clock()
    if not token.still_good(session, who):
        raise NotAllowed("This token was revoked.", "Ask a lead for a new one.")
    theirs = session.get_one(Team, who.team_id)
    # Two that held the team by a foreign key could never take it whole (services/desk).
    session.refresh(theirs, with_for_update={"key_share": True})
    if not push.key:
        return work(lab.within(session)), False
    key = f"{who.token_id}:{push.key}"  # two pipelines that number their runs 1, 2, 3 are two
    earlier = table.pushed(session, theirs.pk, key)
    if earlier is not None:
        if earlier.sha256 != push.sha256:
            raise KeyReused(
                "This Idempotency-Key came with another body before.",
                "Send a new key for a new push.",
            )
        return earlier.answer, True
    row = Pushed(team_id=theirs.pk, key=key, sha256=push.sha256, at=now)
    session.add(row)
    session.flush()
    row.answer = work(lab.within(session))
    session.flush()
    return row.answer, False
