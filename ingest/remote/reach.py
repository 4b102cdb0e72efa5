"""Connections to addresses people set up: to those looked at, and to no other.

The host is resolved here, every address behind it is looked at, and the connection goes to just
those. So nobody reaches the operator's own networks through Assay (ADR 37).
"""

import asyncio
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from core.workspace.webhook import may_reach


class OutOfReach(Exception):
    """An address behind that name is not to be reached."""


class _Known(AbstractResolver):
    """Answers with the addresses that were looked at, whatever is asked."""

    def __init__(self, found: Sequence[ResolveResult]) -> None:
        self._found = list(found)

    async def resolve(
        self,
        host: str,  # noqa: ARG002 - aiohttp names them in its call
        port: int = 0,  # noqa: ARG002
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        """Those addresses."""
        return self._found

    async def close(self) -> None:
        """Nothing is open."""


async def connector(url: str, nets: Sequence[str]) -> aiohttp.TCPConnector:
    """Connections to that address alone. nets: private networks that may be reached.

    Raises OutOfReach, and OSError when the name is not known.
    """
    return aiohttp.TCPConnector(resolver=_Known(await looked_at(url, nets)), use_dns_cache=False)


async def looked_at(url: str, nets: Sequence[str]) -> list[ResolveResult]:
    """The addresses behind it. Raises OutOfReach when one of them is not to be reached."""
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if tls else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    known: list[ResolveResult] = []
    for family, _, proto, _, place in found:
        address = str(place[0])
        if not may_reach(address, nets, tls=tls):
            raise OutOfReach("its address is private, or not reached over https")
        known.append(
            ResolveResult(
                hostname=host, host=address, port=port, family=family, proto=proto,
                flags=socket.AI_NUMERICHOST,
            )
        )  # fmt: skip
    return known
