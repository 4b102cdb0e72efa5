"""A place with tickets on loopback, and Jira: what is asked and answered is held against what is
published of it (tests/data/places).
"""

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from jsonschema import Draft4Validator, Draft202012Validator

PLACES = Path(__file__).parent / "data" / "places"
WORKFLOW = {  # the source document's
    "Backlog": ["Hypothesis"], "Hypothesis": ["Experiment"], "Experiment": ["Evaluation"],
    "Evaluation": ["Killed", "Iteration", "Production"], "Iteration": ["Evaluation"],
    "Killed": ["Evaluation"], "Production": [],
}  # fmt: skip


class Odd(AssertionError):
    """Something was asked or answered that its maker's description does not allow."""


@dataclass
class Place:
    """What both have. refusals: the next answers, (status, headers) each; seen: what was asked, in
    order; before, after: called with the number of the call, around what it does.
    """

    key: str = "Bearer t0k"
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    before: Callable[[int], None] = lambda _n: None
    after: Callable[[int], None] = lambda _n: None

    async def answer(self, request: web.Request) -> web.Response:
        """Count, refuse, or do."""
        body = await request.text()
        told = json.loads(body) if body else None
        self.seen.append(self.name(request, told))
        number = len(self.seen)
        self.before(number)
        if self.refusals:
            status, headers = self.refusals.pop(0)
            return web.Response(status=status, headers=headers)
        if request.headers.get("Authorization") != self.key:
            return web.Response(status=401)
        try:
            status, answer = self.do(request, told)
        except Odd as odd:
            self.odd.append(str(odd))
            status, answer = 500, {"message": str(odd)}
        self.after(number)
        return web.json_response(answer, status=status) if answer is not None else web.Response(
            status=status)  # fmt: skip

    def name(self, request: web.Request, told: Any) -> str:
        raise NotImplementedError

    def do(self, request: web.Request, told: Any) -> tuple[int, Any]:
        raise NotImplementedError

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Its address, while it is open."""
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self.answer)
        server = TestServer(app)
        await server.start_server()
        try:
            yield str(server.make_url("/")).rstrip("/")
        finally:
            await server.close()


@cache
def _rest() -> dict[str, Any]:
    return json.loads((PLACES / "jira.json").read_text())


@cache
def _document() -> Draft4Validator:
    return Draft4Validator(json.loads((PLACES / "adf.json").read_text()))


def is_document(told: Any) -> bool:
    """True for a document as Atlassian publishes what one is."""
    return _document().is_valid(told)


@dataclass
class JiraIssue:
    """One, with its comments as documents, and links by their global id."""

    status: str
    fields: dict[str, Any] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    links: dict[str, Any] = field(default_factory=dict)


@dataclass
class JiraStub(Place):
    """A project ML with this workflow. names: of custom fields, by their ids."""

    issues: dict[str, JiraIssue] = field(default_factory=dict)
    workflow: dict[str, list[str]] = field(default_factory=lambda: dict(WORKFLOW))
    project: str = "ML"
    names: dict[str, str] = field(default_factory=dict)
    stuck: bool = False  # transitions are answered and lead nowhere

    def name(self, request: web.Request, told: Any) -> str:
        return f"{request.method} {request.path.removeprefix('/rest/api/3')}"

    def do(self, request: web.Request, told: Any) -> tuple[int, Any]:
        path, issue = self._path(request.path)
        way = request.method.lower()
        operation = _rest()["paths"].get(path, {}).get(way)
        if operation is None:
            raise Odd(f"there is no {way} {path}")
        known = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
        if unknown := set(request.query) - known:
            raise Odd(f"{way} {path} knows no {unknown}")
        if "requestBody" in operation:
            self._fits(operation["requestBody"]["content"]["application/json"]["schema"], told)
        status, answer = self._done(f"{way} {path.rpartition('/')[2]}", issue, request, told)
        if str(status) not in operation["responses"]:
            raise Odd(f"{way} {path} never answers {status}")
        content = operation["responses"][str(status)].get("content")
        if content and status < 300 and answer is not None:
            self._fits(content["application/json"]["schema"], answer)
        return status, answer

    def _path(self, path: str) -> tuple[str, str]:
        found = re.match(r"(/rest/api/3/issue/)([^/]+)(.*)", path)
        return (f"{found[1]}{{issueIdOrKey}}{found[3]}", found[2]) if found else (path, "")

    def _fits(self, schema: dict[str, Any], told: Any) -> None:
        whole = schema | {"components": _rest()["components"]}
        errors = [one.message for one in Draft202012Validator(whole).iter_errors(told)]
        if errors:
            raise Odd(f"{told}: {errors}")

    def _done(self, what: str, key: str, request: web.Request, told: Any) -> tuple[int, Any]:
        if what == "get myself":
            return 200, {"accountId": "5b10a", "displayName": "Assay", "active": True}
        if what == "post jql":
            return self._searched(told)
        issue = self.issues.get(key)
        if issue is None:
            return 404, {"errorMessages": ["Issue does not exist or you do not have permission."]}
        does = {
            "get {issueIdOrKey}": lambda: self._whole(key, issue, request),
            "get transitions": lambda: (200, {"transitions": self._ways(issue)}),
            "post transitions": lambda: self._moved(issue, told),
            "get comment": lambda: self._comments(issue, request),
            "post comment": lambda: self._commented(issue, told),
            "post remotelink": lambda: self._linked(issue, key, told),
        }
        return does[what]()

    def _whole(self, key: str, issue: JiraIssue, request: web.Request) -> tuple[int, Any]:
        fields = {"status": {"name": issue.status}} | issue.fields
        more = {"names": self.names} if request.query.get("expand") == "names" else {}
        return 200, {"key": key, "id": "10002", "fields": fields, **more}

    def _comments(self, issue: JiraIssue, request: web.Request) -> tuple[int, Any]:
        asked = request.query
        first, most = int(asked.get("startAt", 0)), int(asked.get("maxResults", 50))
        every = issue.comments[:: -1 if asked.get("orderBy") == "-created" else 1]
        return 200, {"comments": every[first : first + most], "total": len(every)}

    def _commented(self, issue: JiraIssue, told: Any) -> tuple[int, Any]:
        if not is_document(told["body"]):
            return 400, {"errors": {"comment": "Comment body is not valid!"}}
        issue.comments.append({"id": str(len(issue.comments)), "body": told["body"]})
        return 201, issue.comments[-1]

    def _linked(self, issue: JiraIssue, key: str, told: Any) -> tuple[int, Any]:
        known = told["globalId"] in issue.links
        issue.links[told["globalId"]] = told["object"]
        return (200 if known else 201), {"id": 1, "self": f"https://x.example/{key}"}

    def _ways(self, issue: JiraIssue) -> list[dict[str, Any]]:
        ids = sorted(self.workflow)
        return [{"id": str(ids.index(to) + 11), "name": f"To {to}", "to": {"name": to}}
                for to in self.workflow[issue.status]]  # fmt: skip

    def _moved(self, issue: JiraIssue, told: Any) -> tuple[int, Any]:
        ways = {one["id"]: one["to"]["name"] for one in self._ways(issue)}
        if told["transition"]["id"] not in ways:
            return 400, {"errorMessages": ["Transition id is not valid for this issue."]}
        issue.status = issue.status if self.stuck else ways[told["transition"]["id"]]
        return 204, None

    def _searched(self, told: Any) -> tuple[int, Any]:
        if named := re.fullmatch(r'project = "(\w+)"', told["jql"]):
            seen = named[1] == self.project
            gone = {"errorMessages": [f"The value '{named[1]}' does not exist."]}
            return (200, {"issues": [], "isLast": True}) if seen else (400, gone)
        keys = re.fullmatch(r"key in \((.*)\)", told["jql"])[1].split(", ")  # type: ignore[index]
        if gone := [key for key in keys if key not in self.issues]:
            return 400, {"errorMessages": [f"An issue with key '{gone[0]}' does not exist."]}
        found = [{"key": key, "id": "1", "fields": {"status": {"name": self.issues[key].status}}}
                 for key in keys]  # fmt: skip
        return 200, {"issues": found, "isLast": True}
