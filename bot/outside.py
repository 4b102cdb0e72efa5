"""What all that calls other servers has in common: work for ever, a key for each host, and one
sentence for whatever goes wrong there.
"""

import asyncio
import base64
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import urlsplit

from ingest.remote.tracker import Calls, Trouble
from services.tracking.issue_step import Failure

PAUSE_S = 5.0
# What comes of an answer: none, a refusal, or one of another shape than such a server gives.
FAULTS = (Trouble, LookupError, TypeError, AttributeError, ValueError, OverflowError, TimeoutError)


def failed(fault: Exception, what: str) -> Failure:
    """Why it was not done, of one of FAULTS. what: is called there, as in "such a tracker"."""
    if isinstance(fault, Trouble):
        return Failure(str(fault), fault.final, fault.wait)
    if isinstance(fault, TimeoutError):
        return Failure("it does not answer in time.")
    return Failure(f"what it answers is not what {what} answers.")


async def for_ever(drain: Callable[[], Awaitable[int]], log: logging.Logger, said: str) -> None:
    """Drain until cancelled, with a pause when there was nothing; whatever is away only slows it
    down. said: into the log when it fails.
    """
    while True:
        done = 0
        try:
            done = await drain()
        except Exception:
            log.exception(said)
        if not done:
            await asyncio.sleep(PAUSE_S)


def calls_to(url: str, kind: str, keys: Mapping[str, str], nets: Sequence[str]) -> Calls:
    """Calls to that server, with its key where there is one. nets: private ones that may be."""
    return Calls(url, headers_for(url, keys, kind), nets)


def headers_for(url: str, keys: Mapping[str, str], kind: str = "") -> dict[str, str]:
    """The Authorization of that address; nothing when no key names its host. A bare key of W&B is
    the password of the user `api` there, as its own client sends it; a person's key of Linear
    stands there bare.
    """
    parts = urlsplit(url)
    key = keys.get(parts.netloc.lower()) or keys.get((parts.hostname or "").lower(), "")
    if not key:
        return {}
    if kind == "linear" and key.startswith("lin_api_"):
        return {"Authorization": key}
    if ":" not in key and kind == "wandb":
        key = f"api:{key}"
    if ":" not in key:
        return {"Authorization": f"Bearer {key}"}
    return {"Authorization": "Basic " + base64.b64encode(key.encode()).decode()}
