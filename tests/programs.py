"""What a program reads, asked without HTTP."""

from typing import Any

from core.workspace.token import Pusher
from ingest.api.asked import asked
from ingest.api.routes import READS
from services.ports import Lab


def read(lab: Lab, who: Pusher, path: str, *, id_: str = "", **query: str) -> dict[str, Any]:
    """The answer of that route (`/v1/experiments`), as JSON."""
    route = READS[path]
    given = asked({"id": id_} if id_ else {}, list(query.items()), route.words)
    return route.serve(lab, who, given).model_dump(mode="json")


def every(lab: Lab, who: Pusher, path: str, *, id_: str = "", **query: str) -> list[Any]:
    """The items of all its pages."""
    found, cursor = [], {}
    while True:
        page = read(lab, who, path, id_=id_, **query, **cursor)
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}
