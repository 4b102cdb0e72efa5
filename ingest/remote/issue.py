"""What everything that writes to tickets elsewhere has in common: its deeds, and words for what
goes wrong.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from ingest.remote.tracker import Calls, Trouble, parsed


class Issues(Protocol):
    """Tickets of one place. All raise Trouble."""

    async def check(self) -> None:
        """Pass when it answers, and the project is there to be seen."""

    async def attach(self, key: str, told: Mapping[str, str], mark: str) -> None:
        """The ticket has a link to `url` called `title`, once."""

    async def comment(self, key: str, text: str, mark: str) -> None:
        """That text stands below it, once a mark."""

    async def move(self, key: str, status: str, stage: str) -> str:
        """It has that status; what it is called there, read after. stage: ours."""

    async def statuses(self, keys: Sequence[str]) -> dict[str, str]:
        """What these tickets' statuses are called; those that are not there are left out."""


def trouble(calls: Calls, status: int, told: str = "", *, what: str = "the ticket") -> Trouble:
    """A sentence for an answer that is none. told: what it says about it; what: was asked for."""
    host = urlsplit(calls.url).netloc
    said = f": {told[:300]}" if told else ""
    if status == 429 or (status in (403, 503) and calls.wait):
        return Trouble(f"it asks to wait ({status}).", wait=calls.wait)
    if status == 401:
        return Trouble(
            f"it does not take Assay's key (401). Who runs Assay sets TRACKER_TOKENS={host}=…",
            final=True,
        )
    if status == 403:
        return Trouble(f"Assay's key may not do that there (403){said}.", final=True)
    if status in (404, 410):
        return Trouble(
            f"{what} is not there, or Assay's key may not see it ({status}).",
            final=True,
            missing=True,
        )
    if 300 <= status < 400:
        return Trouble(f"it sends me elsewhere ({status}), where I don't go with a key.")
    if 400 <= status < 500 and status != 408:
        return Trouble(f"it does not take that ({status}){said}.", final=True)
    return Trouble(f"it answers {status}.", wait=calls.wait)


def bears(text: str, mark: str) -> bool:
    """True when that mark stands in it, not only one that begins like it."""
    return re.search(rf"{re.escape(mark)}(?!\w)", text) is not None


def lacks(current: str, wanted: str, known: Sequence[str]) -> Trouble:
    """A sentence for a status that cannot be given."""
    names = ", ".join(f"“{one}”" for one in dict.fromkeys(known)) or "none"
    return Trouble(
        f"from “{current}” its workflow leads to no “{wanted}”; it has {names}. Who connected it "
        f"names another with `/ticket connect`.",
        final=True,
    )


async def graphql(calls: Calls, path: str, document: str, values: Mapping[str, Any]) -> Any:
    """The data it answers with. Raises Trouble for HTTP's errors and for GraphQL's own."""
    body = {"query": document, "variables": dict(values)}
    status, answer = await calls.ask("POST", path, json=body)
    told = parsed(answer) if answer[:1] == b"{" else {}
    errors = told.get("errors") or []
    if errors:
        raise _refused(calls, status, errors[0])
    if status != 200:
        raise trouble(calls, status)
    return told["data"]


def _refused(calls: Calls, status: int, error: Mapping[str, Any]) -> Trouble:
    more = error.get("extensions") or {}
    kind = str(error.get("type") or more.get("code") or more.get("type") or "").upper()
    kind = kind.replace("_", "").replace(" ", "")
    said = str(more.get("userPresentableMessage") or error.get("message") or "")
    if kind in ("RATELIMITED", "RATELIMIT"):
        return Trouble("it asks to wait.", wait=calls.wait or 60)
    codes = {"NOTFOUND": 404, "ENTITYNOTFOUND": 404, "FORBIDDEN": 403, "INSUFFICIENTSCOPES": 403,
             "AUTHENTICATIONERROR": 401, "UNAUTHENTICATED": 401}  # fmt: skip
    if kind in codes:
        return trouble(calls, codes[kind], said)
    if "not find" in said.lower() or "not found" in said.lower():
        return trouble(calls, 404, said)
    return trouble(calls, status if status >= 400 else 422, said)
