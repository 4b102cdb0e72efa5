"""Talking to a running Assay from a CI job: one request, retried while nobody answers."""

import gzip
import hashlib
import json
import re
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urlencode

USAGE, UNREADABLE, UNREACHABLE, TOO_FEW = 2, 3, 4, 5  # exit codes; 0 passed, 1 gate failed
_EXIT_OF = {
    "unreadable": UNREADABLE,
    "too-large": UNREADABLE,
    "encoding": UNREADABLE,
    "unauthorized": UNREACHABLE,
    "forbidden": UNREACHABLE,
    "method": USAGE,
    "unavailable": UNREACHABLE,
    "fault": UNREACHABLE,
    "not-found": USAGE,
    "refused": USAGE,
    "key-reused": USAGE,
}
_PAUSES = (0.3, 1.0, 3.0)
_AGAIN = {502, 503, 504}
_PROBLEM = "urn:assay:problem:"


class Stop(Exception):
    """The command ends here, with an exit code and a sentence for the log."""

    def __init__(self, code: int, sentence: str, *, problem: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.problem = problem


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could carry the token to another host."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


@dataclass(frozen=True)
class Assay:
    """A running Assay: its address and our token, which never shows."""

    url: str
    token: str

    def __repr__(self) -> str:
        """Only what may stand in a log."""
        return f"Assay({self.url})"

    def get(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        """What that path answers. Raises Stop."""
        where = self.url + _with(path, query or {})
        return self._call(urllib.request.Request(where))  # noqa: S310 - see server_of

    def post(
        self, path: str, body: bytes, query: Mapping[str, str], *, run_id: str = ""
    ) -> dict[str, Any]:
        """Push the body, packed. The same run_id, path and body have one effect. Raises Stop."""
        where = _with(path, query)
        request = urllib.request.Request(  # noqa: S310 - see server_of
            self.url + where,
            data=gzip.compress(body, mtime=0),
            headers={
                "Content-Type": "application/octet-stream",
                "Content-Encoding": "gzip",
                "Idempotency-Key": _key(run_id, where, body),
            },
        )
        return self._call(request)

    def once(self, path: str, body: bytes | None = None, *, seconds: float) -> dict[str, Any]:
        """What that path answers, asked (or told the body) one time only. Raises Stop; its problem
        is "" when nobody of Assay's answered.
        """
        packed = None if body is None else gzip.compress(body, mtime=0)
        request = urllib.request.Request(self.url + path, data=packed)  # noqa: S310 - see server_of
        request.add_header("Authorization", f"Bearer {self.token}")
        if packed is not None:
            request.add_header("Content-Type", "application/octet-stream")
            request.add_header("Content-Encoding", "gzip")
        try:
            return self._answer(request, seconds)
        except urllib.error.HTTPError as refused:
            with refused:
                raise _problem(refused) from None
        except (urllib.error.URLError, OSError, ValueError, HTTPException) as trouble:
            why = getattr(trouble, "reason", None) or trouble
            raise Stop(UNREACHABLE, f"{self.url} does not answer ({why}).") from None

    def _call(self, request: urllib.request.Request) -> dict[str, Any]:
        request.add_header("Authorization", f"Bearer {self.token}")
        for pause in (*_PAUSES, None):
            try:
                return self._answer(request)
            except urllib.error.HTTPError as refused:
                with refused:
                    problem = _problem(refused)
                if pause is None or refused.code not in _AGAIN:
                    raise problem from None
            except (urllib.error.URLError, OSError, ValueError) as trouble:
                if pause is None:
                    why = getattr(trouble, "reason", None) or trouble
                    sentence = f"{self.url} does not answer ({why}). Is ASSAY_URL right?"
                    raise Stop(UNREACHABLE, sentence) from None
            time.sleep(pause)
        raise AssertionError("unreachable")

    def _answer(self, request: urllib.request.Request, seconds: float = 60) -> dict[str, Any]:
        opener = urllib.request.build_opener(_NoRedirect)
        with opener.open(request, timeout=seconds) as answer:
            found = json.load(answer)
        if not isinstance(found, dict):
            raise ValueError("no JSON object")  # noqa: TRY004 - told like any other bad answer
        return found


def url_of(env: Mapping[str, str]) -> str:
    """The address that ASSAY_URL names. Raises Stop when it is missing or odd."""
    url = env.get("ASSAY_URL", "").strip().rstrip("/")
    if not re.match(r"https?://[^/\s]+", url):
        raise Stop(USAGE, "Set ASSAY_URL to Assay's address, like https://assay.example.")
    return url


def server_of(env: Mapping[str, str]) -> Assay:
    """The Assay that ASSAY_URL and ASSAY_TOKEN name. Raises Stop when one is missing or odd."""
    url = url_of(env)
    token = env.get("ASSAY_TOKEN", "").strip()
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise Stop(USAGE, "Set ASSAY_TOKEN to the token that `/exp token new LABEL` showed.")
    return Assay(url, token)


def path_of(*parts: str) -> str:
    """A path of these parts, each escaped."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def _with(path: str, query: Mapping[str, str]) -> str:
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{asked}" if asked else path


def _key(run_id: str, where: str, body: bytes) -> str:
    if not run_id:
        return uuid.uuid4().hex
    return hashlib.sha256(f"{run_id}\n{where}\n".encode() + body).hexdigest()


def _problem(refused: urllib.error.HTTPError) -> Stop:
    try:
        told = json.load(refused)
        code = str(told["type"]).removeprefix(_PROBLEM)
        sentence = str(told["detail"])
    except (ValueError, LookupError, TypeError, OSError):
        return Stop(UNREACHABLE, f"The server answered {refused.code}, which is not Assay's way.")
    return Stop(_EXIT_OF.get(code, UNREACHABLE), sentence, problem=code)
