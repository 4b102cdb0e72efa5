"""What trackers send us: news that something happened, of which nothing is believed.

MLflow (3.x) sends what becomes of registered models, signed like Standard Webhooks under names of
its own, with the secret's characters as the key. W&B's automations sign the body alone, or send a
token. Either only makes a sweep come sooner.
"""

import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from aiohttp import web

from ingest.aside import aside
from ingest.body import bearer_of, is_signed, may_be_signed
from services.ports import Lab
from services.tracking import sweep

MLFLOW, WANDB = "/v1/hooks/mlflow", "/v1/hooks/wandb"
_NAMES = {
    "webhook-id": "X-MLflow-Delivery-Id",
    "webhook-timestamp": "X-MLflow-Timestamp",
    "webhook-signature": "X-MLflow-Signature",
}

_Check = Callable[[Mapping[str, str], bytes, str, datetime], bool]
_Taker = Callable[[web.Request], Awaitable[web.Response]]


def mount(server: web.Application, lab: Lab, workspace: str, secret: str) -> None:
    """Take webhooks for that workspace's trackers; without a secret there are no such routes."""

    def taker(kind: str, is_theirs: _Check) -> _Taker:
        async def take(request: web.Request) -> web.Response:
            body = await request.read()  # the server refuses more than a megabyte
            if not is_theirs(request.headers, body, secret, lab.clock()):
                return web.json_response({"error": "The signature does not fit."}, status=401)
            poked = await aside(lab, lambda: sweep.poke(lab, workspace, kind))
            return web.json_response({"poked": poked}, status=202)

        return take

    if secret:
        server.router.add_post(MLFLOW, taker("mlflow", _is_mlflows))
        server.router.add_post(WANDB, taker("wandb", _is_wandbs))


def _is_mlflows(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> bool:
    told = {ours: headers.get(theirs, "") for ours, theirs in _NAMES.items()}
    return may_be_signed(told, now=now) and is_signed(told, body, [secret.encode()])


def _is_wandbs(headers: Mapping[str, str], body: bytes, secret: str, _now: datetime) -> bool:
    """Signed with the secret (receivers read hex, W&B's own script writes base64), or with it as
    access token. No time is signed: who sends it again only pokes again.
    """
    given = headers.get("X-Wandb-Signature", "").strip().removeprefix("sha256=")
    if not given:
        return hmac.compare_digest(bearer_of(headers).encode(), secret.encode())
    good = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    ways = (good.hex(), base64.b64encode(good).decode())
    return any(hmac.compare_digest(given.encode(), one.encode()) for one in ways)
