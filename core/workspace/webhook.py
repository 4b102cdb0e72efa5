"""Webhooks a team sends out: which events, to what address, signed how, tried again when.

Signature: Standard Webhooks 1.0.0, https://www.standardwebhooks.com.
"""

import base64
import hashlib
import hmac
import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from core.errors import Refused
from core.text import clean, shorten

# What a team can have sent, and the type it has on the wire.
EVENTS = {
    "decided": "experiment.decided",
    "stale": "experiment.stale",
    "gate": "gate.judged",
    "drift": "drift.found",
    "digest": "digest.posted",
}
TEST = "webhook.test"
MOST = 10
LONGEST = 500
FAILURES = 15  # in a row; then it is switched off and the leads are told
_AGAIN = (5, 300, 1800, 7200, 18_000, 36_000, 50_400)  # seconds until the next try
_ON = re.compile(r"(?<!\S)on=(\S+)", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class NewWebhook:
    """A webhook somebody wants."""

    url: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """A webhook as a list shows it. host: of its address, whose rest may be a secret."""

    number: int
    host: str
    events: tuple[str, ...]
    by: str
    failures: int
    off_since: datetime | None
    why: str


@dataclass(frozen=True)
class Added:
    """A new webhook. secret: shown to one person once."""

    number: int
    host: str
    events: tuple[str, ...]
    secret: str


def wanted(text: str, nets: Sequence[str]) -> NewWebhook:
    """The webhook in `https://x.example/hook on=decided,stale`; all events unless it says.

    nets: networks that may be reached without TLS. Raises Refused.
    """
    typed = clean(text)
    named = _ON.findall(typed)
    events = tuple(EVENTS)
    if named:
        words = {word.casefold() for word in ",".join(named).split(",")} - {""}
        if not words or words - set(EVENTS):
            odd = shorten(", ".join(sorted(words - set(EVENTS))), 30) or "nothing"
            raise Refused(f"“{odd}” is no event.", f"Write `on=` and some of {','.join(EVENTS)}.")
        events = tuple(event for event in EVENTS if event in words)
    return NewWebhook(checked_url(_ON.sub(" ", typed).strip(), nets), events)


def checked_url(text: str, nets: Sequence[str]) -> str:
    """An address to send to. Raises Refused; who is behind it is looked at when it is sent."""
    url = text.strip("<>").split("|", 1)[0].strip()
    good = re.fullmatch(r"https?://[\x21-\x7e]+", url) and len(url) <= LONGEST
    if not good or not _is_whole(url):
        raise Refused(
            "That is no address I can send to.", "Write one like https://x.example/hook."
        )
    if url.startswith("http:") and not nets:
        raise Refused("I only send over https.", "Write an address that begins with https://.")
    return url


def _is_whole(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname and parts.port != 0) and not (parts.username or parts.fragment)
    except ValueError:  # no port, or no address in the brackets
        return False


def host_of(url: str) -> str:
    """The host of an address."""
    return urlsplit(url).hostname or ""


def checked_nets(words: Sequence[str]) -> tuple[str, ...]:
    """Networks like `10.0.0.0/8`. Raises ValueError."""
    return tuple(str(ipaddress.ip_network(word)) for word in words)


def may_reach(address: str, nets: Sequence[str], *, tls: bool) -> bool:
    """True for a public address with TLS, and for one in these networks with or without."""
    found = _plain(ipaddress.ip_address(address.partition("%")[0]))
    if found is None:
        return False
    if any(found in ipaddress.ip_network(net) for net in nets):
        return True
    return tls and found.is_global and not found.is_multicast


def _plain(address: Address) -> Address | None:
    """The address meant; None for one that hides another."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.sixtofour or address.teredo or address in _NAT64:
            return None
        return address.ipv4_mapped or address
    return address


def signature(secret: str, name: str, at: datetime, body: bytes) -> str:
    """The header webhook-signature. secret: whsec_ and base64; name: the header webhook-id."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{name}.{int(at.timestamp())}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def next_try(at: datetime, tries: int) -> datetime | None:
    """When to try again after so many tries; None when it was tried often enough."""
    return at + timedelta(seconds=_AGAIN[tries - 1]) if tries <= len(_AGAIN) else None
