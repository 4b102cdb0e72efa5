"""What every reader of a tracker has: its calls, and words for what goes wrong."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import aiohttp

from core.tracking.curve import Point
from core.tracking.run import Run
from ingest import reach
from services.tracking.sweep import Errand

LARGEST = 50 * 1024 * 1024  # bytes of one answer
_AGAIN, _LONGEST_WAIT = 2, 30.0  # times for one question, and seconds before each
_PATIENCE = aiohttp.ClientTimeout(total=60, connect=5, sock_read=20)


class Trouble(Exception):
    """It cannot be read; a sentence of what is wrong and what to do. final: it will not go by
    itself.
    """

    def __init__(self, sentence: str, *, final: bool = False) -> None:
        super().__init__(sentence)
        self.final = final


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
    """JSON calls to one address. A redirect is not followed: the key would go along."""

    def __init__(self, url: str, headers: Mapping[str, str], nets: Sequence[str]) -> None:
        self.url, self.count = url.rstrip("/"), 0
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
        """Status and body; asked again when it says to wait a moment (429, 503 with a time).
        Raises Trouble when nobody answers, or too much.
        """
        status, body, wait = await self._once(method, path, **more)
        for _ in range(_AGAIN):
            if wait is None:
                break
            await asyncio.sleep(wait)
            status, body, wait = await self._once(method, path, **more)
        return status, body

    async def _once(self, method: str, path: str, **more: Any) -> tuple[int, bytes, float | None]:
        self.count += 1
        try:
            async with self._session.request(
                method, self.url + path, allow_redirects=False, **more
            ) as answer:
                parts, size = [], 0
                async for part in answer.content.iter_chunked(1 << 16):
                    size += len(part)
                    if size > LARGEST:
                        raise Trouble("it answers with more than 50 MB.")
                    parts.append(part)
                return answer.status, b"".join(parts), _wait(answer)
        except TimeoutError:
            raise Trouble("it does not answer in time.") from None
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            raise Trouble(f"it cannot be reached ({type(fault).__name__}).") from None


def _wait(answer: aiohttp.ClientResponse) -> float | None:
    """Seconds after which to ask again; None where it says none, or too many to wait for here."""
    if answer.status not in (429, 503):
        return None
    reset = answer.headers.get("RateLimit-Reset", "")  # W&B's
    told = answer.headers.get("Retry-After", reset).strip()
    seconds = float(told) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", told, re.ASCII) else None
    return seconds if seconds is not None and seconds <= _LONGEST_WAIT else None


def parsed(body: bytes | str, lost: Callable[[str], Any] = lambda _: None) -> Any:
    """The JSON in it; NaN and infinities are what `lost` makes of them, None. Raises Trouble."""
    try:
        return json.loads(body, parse_constant=lost)
    except (ValueError, RecursionError):
        raise Trouble("what answers there is no such tracker: no JSON.") from None
