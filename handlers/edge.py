"""The one place where inputs are kept, run and answered, and where errors become sentences.

Every input that may change something becomes an inbox row in the transaction of its effect, before
anything is acked; the same input again (Slack's retries, a re-sent command) gets the first answer
and has no effect. What only reads leaves nothing behind.
"""

import logging
import zlib
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from core.errors import UserError
from handlers import meant, secret
from handlers.ask import Ask, Reply
from handlers.assay import model, talk
from handlers.table import Table, dispatch, only_reads
from models import db
from services import inbox, team
from services.ports import Lab
from views import kit

log = logging.getLogger(__name__)

_FOREIGN = "Only people of this workspace can use Assay here. Ask a colleague there."
_ANONYMOUS = frozenset({"standup_mood"})


def answer(lab: Lab, table: Table, ask: Ask, body: dict[str, Any]) -> Reply:
    """Keep the input, run its handler, and say what came of it, whatever the handler did.

    Raises OperationalError only: the database is away, nothing was kept, Slack must try again.
    """
    if ask.foreign:
        told = ask.kind != "event" or meant.is_said(ask)
        return Reply(text=_FOREIGN) if told else Reply()
    try:
        looked = _looked(lab, table, ask) if only_reads(table, ask) else None
        if looked is not None:
            return looked
        if ask.kind == "suggest":
            return dispatch(table, lab, ask)
        helped = ask if lab.llm.mode == "off" else model.helped(lab, ask)
        return _first_time(lab, table, helped)
    except UserError as refusal:
        return _refused(lab, ask, refusal)
    except OperationalError:
        raise
    except IntegrityError:
        return _twin(lab, ask) or _failure(lab, ask, body)
    except Exception:  # noqa: BLE001 - no exception leaves a listener
        return _failure(lab, ask, body)


def _looked(lab: Lab, table: Table, ask: Ask) -> Reply | None:
    """The answer to what only reads; None when it has to write after all.

    It waits for no writer and leaves no inbox row: the same input again is simply read again.
    """
    try:
        with lab.look() as session:
            # A team that rests has to be woken, which is a write.
            team.set_active(lab.within(session), ask.workspace, active=True)
            reply = dispatch(table, lab.within(session), ask)
            secret.notice(lab.within(session), ask)
            return reply
    except UserError as refusal:
        return _refusal(refusal, ask)
    except db.MustWrite:
        return None


def _first_time(lab: Lab, table: Table, ask: Ask) -> Reply:
    with lab.begin() as session:
        earlier = _earlier(session, ask)
        if earlier is not None:
            log.info("repeated input %s", ask.key)
            return earlier
        row = inbox.keep(session, _input(ask))
        # Slack sends no input of a workspace without the app: it was installed (again).
        team.set_active(lab.within(session), ask.workspace, active=True)
        reply = dispatch(table, lab.within(session), ask)
        if ask.kind in {"command", "submit"} and not reply.errors:
            secret.notice(lab.within(session), ask)
        row.reply = _remembered(reply)
        if ask.once and not reply.errors:
            inbox.keep(session, replace(_input(ask), key=ask.once)).reply = row.reply
        return reply


def _input(ask: Ask) -> inbox.Input:
    kind = f"{ask.kind}:{ask.name}"[:200]
    return inbox.Input(ask.key, ask.now, kind, ask.workspace, ask.user)


def _remembered(reply: Reply) -> dict[str, Any]:
    if reply.secret:
        return asdict(Reply(text="That was shown once, and is kept nowhere."))
    # A modal cannot be opened twice from one trigger, so a repeat is answered in words.
    return asdict(reply) | {"modal": None, "home": None}


def _earlier(session: Session, ask: Ask) -> Reply | None:
    for key in filter(None, (ask.key, ask.once)):
        earlier = inbox.answered(session, key)
        if earlier is not None:
            return Reply(**earlier)
    return None


def _twin(lab: Lab, ask: Ask) -> Reply | None:
    with lab.begin() as session:
        return _earlier(session, ask)


def _refused(lab: Lab, ask: Ask, refusal: UserError) -> Reply:
    """The refusal; what of its input outlives the handler's transaction, which is undone."""
    reply = _refusal(refusal, ask)
    inbox.keep_refused(lab, _input(ask), _remembered(reply))
    team.set_active(lab, ask.workspace, active=True)
    if isinstance(refusal.said, Ask):
        talk.keep(lab, refusal.said)
    return reply


def _refusal(refusal: UserError, ask: Ask) -> Reply:
    if ask.kind == "submit":
        return Reply(errors=refusal.by_field, text=refusal.sentence)
    blocks = [kit.section(kit.escape(refusal.sentence))]
    if refusal.offer:
        blocks.append(kit.actions(kit.button(*refusal.offer)))
    return Reply(text=refusal.sentence, blocks=blocks)


def _failure(lab: Lab, ask: Ask, body: dict[str, Any]) -> Reply:
    reference = f"{zlib.crc32(ask.key.encode()) % 10**8:08d}"
    log.exception("input failed, reference %s, key %s", reference, ask.key)
    text = (
        f"That did not work, and it is our fault, not yours (reference {reference}). "
        "What you typed is kept; please try again, or give the reference to your admin."
    )
    # Most events asked for nothing: the log and the kept body are for the admin.
    silent = ask.kind == "event" and not meant.is_said(ask)
    reply = Reply() if silent else Reply(text=text)
    if ask.kind == "submit":
        reply = Reply(text=text, errors={"": text})
    if ask.name in _ANONYMOUS:
        body = {}  # the person's id and what they chose would stand side by side
    inbox.keep_failed(lab, _input(ask), _remembered(reply), reference=reference, body=body)
    return reply
