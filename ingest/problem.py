"""What a push is refused with: problem+json (RFC 9457), one sentence, never a traceback."""

import json
import logging
import secrets

from aiohttp import web

from core.errors import NotAllowed, NotFound, UserError
from services.idempotency import KeyReused

log = logging.getLogger(__name__)

TYPE = "urn:assay:problem:"
_TITLES = {
    "unauthorized": "Not authorized",
    "forbidden": "Not allowed",
    "not-found": "Not found",
    "too-large": "Too large",
    "method": "Method not allowed",
    "encoding": "Encoding not supported",
    "unreadable": "Not understood",
    "key-reused": "Idempotency key reused",
    "refused": "Refused",
    "fault": "Our fault",
    "unavailable": "Not available",
}


class Problem(Exception):
    """A request that ends here. code: stable, one of the titles above; sentence: for people."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence


class Misread(Problem):
    """The body was no document of ours."""

    def __init__(self, refusal: UserError) -> None:
        super().__init__(422, "unreadable", refusal.sentence)


def of_refusal(refusal: UserError) -> Problem:
    """A refusal of the services as a problem."""
    status, code = 409, "refused"
    if isinstance(refusal, NotFound):
        status, code = 404, "not-found"
    elif isinstance(refusal, NotAllowed):
        status, code = 403, "forbidden"
    elif isinstance(refusal, KeyReused):
        status, code = 422, "key-reused"
    return Problem(status, code, refusal.sentence)


def of_fault() -> Problem:
    """Something unexpected, with a reference that stands in the log too; call while handling."""
    reference = f"{secrets.randbelow(10**8):08d}"
    log.exception("push failed, reference %s", reference)
    return Problem(
        500,
        "fault",
        f"That did not work, and it is our fault (reference {reference}). "
        "Nothing was recorded; please push again.",
    )


def response(problem: Problem) -> web.Response:
    """The problem as it is sent."""
    body = {
        "type": TYPE + problem.code,
        "title": _TITLES[problem.code],
        "status": problem.status,
        "detail": problem.sentence,
    }
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    return web.Response(
        text=json.dumps(body, ensure_ascii=False),
        status=problem.status,
        content_type="application/problem+json",
        headers=headers,
    )
