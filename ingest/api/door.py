"""How a question is answered over HTTP: one look in a thread, an ETag, one shape of refusal."""

import hashlib
from collections.abc import Sequence

from aiohttp import web

from core.errors import NotAllowed, NotFound, UserError
from core.workspace.token import Pusher
from ingest.api.asked import asked
from ingest.api.routes import Read
from ingest.aside import aside
from ingest.problem import Misread, Problem, response
from models.db import MustWrite
from services.ports import Lab


async def answered(request: web.Request, lab: Lab, who: Pusher, read: Read) -> web.Response:
    """The answer, or 304 when the program has it. Raises Problem and UserError."""
    named, query = dict(request.match_info), list(request.query.items())
    body, tag = await aside(lab, lambda: _looked(lab, who, read, named=named, query=query))
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    if _has(request.headers.get("If-None-Match", ""), tag):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers, content_type="application/json")


def require(who: Pusher, *scopes: str) -> None:
    """Pass when the token may do one of these. Raises Problem."""
    if not set(scopes) & set(who.scopes):
        may, sent = " or ".join(scopes), "This token" if who.token_id else "What is signed"
        raise Problem(
            403,
            "forbidden",
            f"{sent} may {' and '.join(who.scopes)}, and this takes {may}. Ask an admin for "
            f"one: `/exp token new LABEL may={scopes[0]}`.",
        )


def not_that_way(allowed: Sequence[str]) -> web.Response:
    """What other methods than these are answered."""
    few = ", ".join(allowed)
    refused = response(Problem(405, "method", f"This address takes {few}, nothing else."))
    refused.headers["Allow"] = few
    return refused


def _looked(
    lab: Lab, who: Pusher, read: Read, *, named: dict[str, str], query: list[tuple[str, str]]
) -> tuple[bytes, str]:
    try:
        found = read.serve(lab, who, asked(named, query, read.words))
    except (NotFound, NotAllowed):
        raise
    except UserError as refusal:  # what a question is refused for is in its address
        raise Misread(refusal) from None
    except MustWrite:  # no Exception: it would leave the thread as it is
        raise RuntimeError("what reads would write") from None
    body = found.model_dump_json().encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _has(told: str, tag: str) -> bool:
    known = [one.strip().removeprefix("W/") for one in told.split(",")]
    return "*" in known or tag in known
