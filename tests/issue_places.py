"""Jira and GitHub on loopback, strict: what is asked and what is answered is held against what
their makers publish (tests/data/places).
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
from graphql import GraphQLSchema, build_schema, graphql_sync
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
        issue.status = ways[told["transition"]["id"]]
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


@cache
def schema(name: str) -> GraphQLSchema:
    """What that place can be asked."""
    return build_schema((PLACES / f"{name}.graphql").read_text(), assume_valid=True)


@dataclass
class GraphPlace(Place):
    """One that is asked in GraphQL. of: whose schema it has."""

    of: str = "github"

    def name(self, request: web.Request, told: Any) -> str:
        return " ".join(re.findall(r"\{\s*(\w+)", told["query"])[:2])

    def do(self, request: web.Request, told: Any) -> tuple[int, Any]:
        """Executed as the schema says; a value that raises is an error as theirs are."""
        result = graphql_sync(schema(self.of), told["query"], self.root(),
                              variable_values=told["variables"])  # fmt: skip
        errors = [self.error(one) for one in result.errors or ()]
        if any(one.original_error is None for one in result.errors or ()):
            raise Odd(str(result.errors))
        return 200, {"data": result.data} | ({"errors": errors} if errors else {})

    def root(self) -> Any:
        raise NotImplementedError

    def error(self, one: Any) -> dict[str, Any]:
        raise NotImplementedError


class Missing(Exception):
    """It is not there, or the key may not see it."""


@dataclass
class GithubFake(GraphPlace):
    """A repository acme/ml with issues by number, and a board 5 of acme."""

    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    options: list[str] = field(default_factory=lambda: list(WORKFLOW))
    placed: dict[str, str] = field(default_factory=dict)  # Status, by issue
    board: bool = True

    def issue(self, number: int, state: str = "OPEN") -> dict[str, Any]:
        made = {"id": f"I_{number}", "state": state, "stateReason": None, "bodies": []}
        made["__typename"] = "Issue"
        self.issues[number] = made
        return made

    def error(self, one: Any) -> dict[str, Any]:
        return {"type": "NOT_FOUND", "message": one.message, "path": one.path}

    def root(self) -> Any:
        owners = {"acme": {"__typename": "Organization", "projectV2": self._board}}
        return {
            "repository": lambda _i, owner, name, **_: self._repository(owner, name),
            "repositoryOwner": lambda _i, login: owners.get(login),
            "node": lambda _i, **told: self._shown(self._by_id(told["id"])),
            "addComment": lambda _i, **told: self._commented(told["input"]),
            "closeIssue": lambda _i, **told: self._set(told["input"], "CLOSED"),
            "reopenIssue": lambda _i, **told: self._set(told["input"], "OPEN"),
            "addProjectV2ItemById": lambda _i, **told: self._added(told["input"]),
            "updateProjectV2ItemFieldValue": lambda _i, **told: self._chosen(told["input"]),
        }

    def _repository(self, owner: str, name: str) -> Any:
        if (owner, name) != ("acme", "ml"):
            raise Missing(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
        return {"id": "R_1", "issue": self._numbered}

    def _numbered(self, _info: Any, number: int) -> Any:
        if number not in self.issues:
            raise Missing(f"Could not resolve to an Issue with the number of {number}.")
        return self._shown(self.issues[number])

    def _shown(self, issue: dict[str, Any]) -> Any:
        placed = self.placed.get(issue["id"])
        value = {"__typename": "ProjectV2ItemFieldSingleSelectValue", "name": placed}
        item = {"id": f"PVTI_{issue['id']}", "project": {"id": "PVT_5"},
                "fieldValueByName": lambda _i, name: value if placed else None}  # fmt: skip
        nodes = [item] if issue["id"] in self.placed else []
        return issue | {"comments": self._page(issue),
                        "projectItems": lambda _i, **_: {"nodes": nodes}}  # fmt: skip

    def _page(self, issue: dict[str, Any]) -> Any:
        def page(_info: Any, last: int, before: str | None = None) -> Any:
            end = len(issue["bodies"]) if before is None else int(before)
            first = max(0, end - last)
            nodes = [{"id": str(n), "body": issue["bodies"][n]} for n in range(first, end)]
            return {"nodes": nodes, "pageInfo": {"hasPreviousPage": first > 0,
                                                 "startCursor": str(first)}}  # fmt: skip

        return page

    def _by_id(self, id_: str) -> dict[str, Any]:
        return next(one for one in self.issues.values() if one["id"] == id_)

    def _commented(self, told: Any) -> Any:
        self._by_id(told["subjectId"])["bodies"].append(told["body"])
        return {"commentEdge": {"node": {"id": "IC_1"}}}

    def _set(self, told: Any, state: str) -> Any:
        issue = self._by_id(told["issueId"])
        issue["state"], issue["stateReason"] = state, told.get("stateReason", "REOPENED")
        return {"issue": issue}

    def _board(self, _info: Any, number: int) -> Any:
        if number != 5 or not self.board:
            raise Missing(f"Could not resolve to a ProjectV2 with the number {number}.")
        options = [{"id": f"o{n}", "name": name} for n, name in enumerate(self.options)]
        kind = {"__typename": "ProjectV2SingleSelectField", "id": "F_1", "options": options}
        return {"id": "PVT_5", "field": lambda _i, name: kind if name == "Status" else None}

    def _added(self, told: Any) -> Any:
        self.placed.setdefault(told["contentId"], "")
        return {"item": {"id": f"PVTI_{told['contentId']}"}}

    def _chosen(self, told: Any) -> Any:
        option = int(told["value"]["singleSelectOptionId"].removeprefix("o"))
        self.placed[told["itemId"].removeprefix("PVTI_")] = self.options[option]
        return {"projectV2Item": {"id": told["itemId"]}}


@dataclass
class LinearFake(GraphPlace):
    """A team ML with issues by their names: id, status, bodies of comments, links by address."""

    key: str = "lin_api_t0k"
    of: str = "linear"
    issues: dict[str, dict[str, Any]] = field(default_factory=dict)
    states: list[str] = field(default_factory=lambda: list(WORKFLOW))

    def issue(self, name: str, status: str = "Evaluation") -> dict[str, Any]:
        made = {"id": f"uuid-{name}", "status": status, "bodies": [], "links": {}}
        self.issues[name] = made
        return made

    def error(self, one: Any) -> dict[str, Any]:
        more = {"type": "invalid input", "userPresentableMessage": one.message}
        return {"message": "Entity not found", "extensions": more}

    def root(self) -> Any:
        pages = {"hasNextPage": False, "endCursor": None}
        return {
            "teams": lambda _i, **_: {"nodes": [{"key": "ML"}], "pageInfo": pages},
            "issue": lambda _i, **told: self._shown(told["id"]),
            "commentCreate": lambda _i, **told: self._commented(told["input"]),
            "attachmentCreate": lambda _i, **told: self._attached(told["input"]),
            "issueUpdate": lambda _i, **told: self._moved(told["id"], told["input"]),
        }

    def _shown(self, name: str) -> Any:
        if name not in self.issues:
            raise Missing(f"Could not find referenced Issue {name}.")
        one = self.issues[name]
        states = [{"id": f"s{n}", "name": state} for n, state in enumerate(self.states)]
        return {
            "id": one["id"], "identifier": name, "state": {"name": one["status"]},
            "team": {"states": lambda _i, **_: {"nodes": states}},
            "comments": lambda _i, first, after=None: self._page(one["bodies"], first, after),
        }  # fmt: skip

    def _page(self, bodies: list[str], first: int, after: str | None) -> Any:
        start = int(after or 0)
        some = bodies[start : start + first]
        more = start + first < len(bodies)
        return {"nodes": [{"body": body} for body in some],
                "pageInfo": {"hasNextPage": more, "endCursor": str(start + first)}}  # fmt: skip

    def _by_id(self, id_: str) -> dict[str, Any]:
        return next(one for one in self.issues.values() if one["id"] == id_)

    def _commented(self, told: Any) -> Any:
        self._by_id(told["issueId"])["bodies"].append(told["body"])
        return {"success": True}

    def _attached(self, told: Any) -> Any:
        self._by_id(told["issueId"])["links"][told["url"]] = told["title"]
        return {"success": True}

    def _moved(self, id_: str, told: Any) -> Any:
        state = int(told["stateId"].removeprefix("s"))
        self._by_id(id_)["status"] = self.states[state]
        return {"success": True}
