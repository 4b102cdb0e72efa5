"""Writes to issues in Linear over its GraphQL interface."""

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.remote.github import plain
from ingest.remote.issue import bears, graphql, lacks
from ingest.remote.tracker import Calls, Trouble

TEAMS = """query($after: String) { teams(first: 100, after: $after) {
  nodes { key } pageInfo { hasNextPage endCursor } } }"""
ISSUE = """query($id: String!) { issue(id: $id) { id identifier state { name }
  team { states(first: 100) { nodes { id name } } } } }"""
STATUS = "query($id: String!) { issue(id: $id) { identifier state { name } } }"
COMMENTS = """query($id: String!, $after: String) { issue(id: $id) {
  comments(first: 100, after: $after) { nodes { body } pageInfo { hasNextPage endCursor } } } }"""
COMMENT = """mutation($issue: String!, $body: String!) {
  commentCreate(input: {issueId: $issue, body: $body}) { success } }"""
ATTACH = """mutation($issue: String!, $url: String!, $title: String!) {
  attachmentCreate(input: {issueId: $issue, url: $url, title: $title}) { success } }"""
MOVE = """mutation($issue: String!, $state: String!) {
  issueUpdate(id: $issue, input: {stateId: $state}) { success } }"""
DOCUMENTS = (TEAMS, ISSUE, STATUS, COMMENTS, COMMENT, ATTACH, MOVE)
_MOST_PAGES = 20


class Linear:
    """Issues of one team there, which Linear calls by its key."""

    def __init__(self, calls: Calls, project: str, _board: int | None) -> None:
        self._calls, self._project = calls, project

    async def check(self) -> None:
        """Pass when it answers, and the team is there to be seen."""
        after = None
        for _ in range(_MOST_PAGES):
            found = (await self._ask(TEAMS, after=after))["teams"]
            if any(one["key"] == self._project for one in found["nodes"]):
                return
            if not found["pageInfo"]["hasNextPage"]:
                break
            after = found["pageInfo"]["endCursor"]
        raise Trouble(f"it has no team {self._project} that Assay's key may see.", final=True)

    async def attach(self, key: str, told: Mapping[str, str], mark: str) -> None:
        """The issue has that link, once: Linear knows an attachment by its address."""
        url = f"{told['url']}#{mark.partition('-')[0]}"
        issue = await self._issue(key)
        await self._ask(ATTACH, issue=issue["id"], url=url, title=told["title"])

    async def comment(self, key: str, text: str, mark: str) -> None:
        """That text stands below it, once a mark."""
        if not await self._has(key, mark):
            issue = await self._issue(key)
            await self._ask(COMMENT, issue=issue["id"], body=f"{plain(text)}\n\nAssay {mark}")

    async def move(self, key: str, status: str, _stage: str) -> str:
        """It has that status; what it is called there, read after."""
        issue = await self._issue(key)
        current = str(issue["state"]["name"])
        if current.casefold() == status.casefold():
            return current
        states = {one["name"]: one["id"] for one in issue["team"]["states"]["nodes"]}
        state = {name.casefold(): id_ for name, id_ in states.items()}.get(status.casefold())
        if state is None:
            raise lacks(current, status, list(states))
        await self._ask(MOVE, issue=issue["id"], state=state)
        after = (await self.statuses([key])).get(key, "")
        if after.casefold() != status.casefold():
            raise Trouble(f"after it was set to “{status}” it stands at “{after}”.")
        return after

    async def statuses(self, keys: Sequence[str]) -> dict[str, str]:
        """What their statuses are called."""
        found = {}
        for key in keys:
            try:
                issue = (await self._ask(STATUS, id=key))["issue"]
                found[key] = str(issue["state"]["name"])
            except Trouble as gone:
                if not gone.missing:
                    raise
        return found

    async def _issue(self, key: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = (await self._ask(ISSUE, id=key))["issue"]
        return found

    async def _has(self, key: str, mark: str) -> bool:
        after = None
        for _ in range(_MOST_PAGES):
            page = (await self._ask(COMMENTS, id=key, after=after))["issue"]["comments"]
            if any(bears(one["body"], mark) for one in page["nodes"]):
                return True
            if not page["pageInfo"]["hasNextPage"]:
                return False
            after = page["pageInfo"]["endCursor"]
        return False

    async def _ask(self, document: str, **values: Any) -> Any:
        return await graphql(self._calls, "/graphql", document, values)
