"""What every reader of a tracker has: its calls, and words for what goes wrong."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

import aiohttp

from core.tracking.curve import Point
from core.tracking.run import Run
from ingest.remote import reach
from services.tracking.sweep import Errand

LARGEST = 50 * 1024 * 1024  # bytes of one answer
_PATIENCE = aiohttp.ClientTimeout(total=60, connect=5, sock_read=20)


class Trouble(Exception):
    """It cannot be read; a sentence of what is wrong and what to do. final: it will not go by
    itself. wait: seconds it asks for until the next try, 0 when it asks for none. missing: what
    was asked for is not there to be seen.
    """

    def __init__(
        self, sentence: str, *, final: bool = False, wait: float = 0, missing: bool = False
    ) -> None:
        super().__init__(sentence)
        self.final, self.wait, self.missing = final, wait, missing


class Reader(Protocol):
    """Reads one tracker, and writes decisions to its runs. All raise Trouble."""

    async def check(self, projects: Sequence[str]) -> None:
        """Pass when it answers, and each of these is there to be seen."""

    async def runs(self, errand: Errand) -> list[Run]:
        """What the errand asks for."""

    async def histories(
        self, wanted: Mapping[str, Sequence[str]]
    ) -> dict[str, dict[str, list[Point]]]:
        """The steps of these metrics, by run and metric."""

    async def write(self, source_id: str, told: Mapping[str, str]) -> None:
        """That stands at the run from now on: decision, final_metric, learnings, decided_at; what
        of these is not told is taken away.
        """


class Calls:
    """JSON calls to one address. A redirect is not followed: the key would go along. wait: seconds
    that the last answer asked for (Retry-After).
    """

    def __init__(self, url: str, headers: Mapping[str, str], nets: Sequence[str]) -> None:
        self.url, self.count, self.wait = url.rstrip("/"), 0, 0.0
        self._headers, self._nets = headers, nets

    async def __aenter__(self) -> "Calls":
        """Open, to addresses that may be reached. Raises Trouble."""
        try:
            connector = await reach.connector(self.url, self._nets)
        except reach.OutOfReach as refusal:
            hint = "who runs Assay names private networks in TRACKER_NETS."
            raise Trouble(f"{refusal}; {hint}", final=True) from None
        except OSError:
            raise Trouble("its name is not known here.") from None
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=_PATIENCE, headers=dict(self._headers)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let go of connections."""
        await self._session.close()

    async def ask(self, method: str, path: str, **more: Any) -> tuple[int, bytes]:
        """Status and body. Raises Trouble when nobody answers, or too much."""
        self.count += 1
        try:
            async with self._session.request(
                method, self.url + path, allow_redirects=False, **more
            ) as answer:
                self.wait = asked_for(answer.headers)
                parts, size = [], 0
                async for part in answer.content.iter_chunked(1 << 16):
                    size += len(part)
                    if size > LARGEST:
                        raise Trouble("it answers with more than 50 MB.")
                    parts.append(part)
                return answer.status, b"".join(parts)
        except TimeoutError:
            raise Trouble("it does not answer in time.") from None
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            raise Trouble(f"it cannot be reached ({type(fault).__name__}).") from None


def asked_for(headers: Mapping[str, str]) -> float:
    """Seconds of Retry-After, which is a number or a date (RFC 9110, 10.2.3), or of W&B's
    RateLimit-Reset; 0 without.
    """
    told = headers.get("Retry-After", headers.get("RateLimit-Reset", "")).strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", told, re.ASCII):
        return float(told)
    try:
        till = parsedate_to_datetime(told)
        return max(0.0, (till - parsedate_to_datetime(headers["Date"])).total_seconds())
    except (ValueError, KeyError, TypeError):
        return 0.0


def parsed(body: bytes | str, lost: Callable[[str], Any] = lambda _: None) -> Any:
    """The JSON in it; NaN and infinities are what `lost` makes of them, None. Raises Trouble."""
    try:
        return json.loads(body, parse_constant=lost)
    except (ValueError, RecursionError):
        raise Trouble("what answers there is no such tracker: no JSON.") from None
