"""What trackers send us: news that something happened, of which nothing is believed.

MLflow (3.x) sends what becomes of registered models, signed like Standard Webhooks under names of
its own, with the secret's characters as the key. It only makes a sweep come sooner.
"""

from aiohttp import web

from ingest.aside import aside
from ingest.body import is_signed, may_be_signed
from services.ports import Lab
from services.tracking import sweep

PATH = "/v1/hooks/mlflow"
_NAMES = {
    "webhook-id": "X-MLflow-Delivery-Id",
    "webhook-timestamp": "X-MLflow-Timestamp",
    "webhook-signature": "X-MLflow-Signature",
}


def mount(server: web.Application, lab: Lab, workspace: str, secret: str) -> None:
    """Take MLflow's webhooks for that workspace's trackers; without a secret there is no such
    route.
    """

    async def take(request: web.Request) -> web.Response:
        told = {ours: request.headers.get(theirs, "") for ours, theirs in _NAMES.items()}
        body = await request.read()  # the server refuses more than a megabyte
        known = may_be_signed(told, now=lab.clock())
        if not known or not is_signed(told, body, [secret.encode()]):
            return web.json_response({"error": "The signature does not fit."}, status=401)
        poked = await aside(lab, lambda: sweep.poke(lab, workspace, "mlflow"))
        return web.json_response({"poked": poked}, status=202)

    if secret:
        server.router.add_post(PATH, take)
