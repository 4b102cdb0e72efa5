"""GitHub and Linear on loopback: what is asked is executed against the schemas they publish."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from aiohttp import web
from graphql import GraphQLSchema, build_schema, graphql_sync

from tests.issue_places import PLACES, WORKFLOW, Odd, Place


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
