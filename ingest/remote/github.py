"""Writes to issues on GitHub (GraphQL): comments, open or closed and why, a board's Status."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from core.tracking.issue import BARE, OPEN
from ingest.remote.issue import bears, graphql, lacks
from ingest.remote.tracker import Calls, Trouble

REPOSITORY = """query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { id } }"""
ISSUE = """query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { issue(number: $number) { id state stateReason } } }"""
COMMENTS = """query($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) { issue(number: $number) {
    comments(last: 100, before: $before) {
      nodes { body } pageInfo { hasPreviousPage startCursor } } } } }"""
COMMENT = """mutation($issue: ID!, $body: String!) {
  addComment(input: {subjectId: $issue, body: $body}) { commentEdge { node { id } } } }"""
CLOSE = """mutation($issue: ID!, $why: IssueClosedStateReason!) {
  closeIssue(input: {issueId: $issue, stateReason: $why}) { issue { state stateReason } } }"""
REOPEN = """mutation($issue: ID!) {
  reopenIssue(input: {issueId: $issue}) { issue { state stateReason } } }"""
BOARD = """query($owner: String!, $board: Int!) {
  repositoryOwner(login: $owner) { ... on ProjectV2Owner { projectV2(number: $board) {
    id field(name: "Status") { ... on ProjectV2SingleSelectField { id options { id name } } }
  } } } }"""
PLACED = """query($issue: ID!) { node(id: $issue) { ... on Issue {
  projectItems(first: 50, includeArchived: true) { nodes { id project { id }
    fieldValueByName(name: "Status") { ... on ProjectV2ItemFieldSingleSelectValue { name } }
  } } } } }"""
ADD = """mutation($board: ID!, $issue: ID!) {
  addProjectV2ItemById(input: {projectId: $board, contentId: $issue}) { item { id } } }"""
SET = """mutation($board: ID!, $item: ID!, $field: ID!, $option: String!) {
  updateProjectV2ItemFieldValue(input: {projectId: $board, itemId: $item, fieldId: $field,
    value: {singleSelectOptionId: $option}}) { projectV2Item { id } } }"""
DOCUMENTS = (REPOSITORY, ISSUE, COMMENTS, COMMENT, CLOSE, REOPEN, BOARD, PLACED, ADD, SET)
_WHY = {"killed": "NOT_PLANNED", "production": "COMPLETED"}
_MOST_PAGES = 20
# What people wrote shall call nobody, close nothing and hide nothing there.
_LIVE = re.compile(r"[@#](?=\w)|(?<=\w)/(?=issues/|pull/)|GH-(?=\d)")


class Github:
    """Issues of one repository. board: number of the owner's board whose Status is set too."""

    def __init__(self, calls: Calls, project: str, board: int | None) -> None:
        self._calls, self._board = calls, board
        owner, _, name = project.partition("/")
        self._where = {"owner": owner, "name": name}
        hosted = urlsplit(calls.url).hostname == "api.github.com" or calls.url.endswith("/api")
        self._path = "/graphql" if hosted else "/api/graphql"

    async def check(self) -> None:
        """Pass when it answers, and repository and board are there to be seen."""
        found = await self._ask(REPOSITORY, **self._where)
        if not found.get("repository"):
            raise Trouble(self._unseen("repository"), final=True)
        if self._board is not None:
            await self._columns()

    async def attach(self, key: str, told: Mapping[str, str], mark: str) -> None:
        """A comment with that link, once a mark."""
        await self.comment(key, f"{told['title']}\n{told['url']}", mark)

    async def comment(self, key: str, text: str, mark: str) -> None:
        """That text stands below it, once a mark, which nobody sees."""
        if await self._has(key, mark):
            return
        id_ = (await self._issue(key))["id"]
        body = f"{plain(text)}\n\n<!-- assay {mark} -->"
        await self._ask(COMMENT, issue=id_, body=body)

    async def move(self, key: str, status: str, stage: str) -> str:
        """It is closed as the stage says or open, and has that Status on the board."""
        issue = await self._issue(key)
        why = _WHY.get(stage)
        if _bare(issue) != BARE.get(stage, OPEN):
            asked = {"issue": issue["id"]} | ({"why": why} if why else {})
            if not why:
                await self._ask(REOPEN, **asked)
            else:
                await self._ask(CLOSE, **asked)
        if self._board is not None:
            await self._place(issue["id"], status)
        found = (await self.statuses([key])).get(key, "")
        if found.casefold() != status.casefold():
            raise Trouble(f"after it was set to “{status}” it stands at “{found}”.")
        return found

    async def statuses(self, keys: Sequence[str]) -> dict[str, str]:
        """Their Status on the board, else how they are closed or that they are open."""
        board = (await self._columns())[0] if keys and self._board is not None else ""
        found: dict[str, str] = {}
        for key in keys:
            try:
                issue = await self._issue(key)
                found[key] = await self._placed(issue["id"], board) if board else _bare(issue)
            except Trouble as gone:
                if not gone.missing:
                    raise
        return found

    async def _place(self, issue: str, status: str) -> None:
        board, field, options = await self._columns()
        option = {name.casefold(): id_ for name, id_ in options.items()}.get(status.casefold())
        if option is None:
            raise lacks("anywhere", status, list(options))
        item = (await self._item(issue, board)).get("id")
        if item is None:
            added = await self._ask(ADD, board=board, issue=issue)
            item = added["addProjectV2ItemById"]["item"]["id"]
        await self._ask(SET, board=board, item=item, field=field, option=option)

    async def _placed(self, issue: str, board: str) -> str:
        value = (await self._item(issue, board)).get("fieldValueByName")
        return str((value or {}).get("name", "")) or "No Status"

    async def _item(self, issue: str, board: str) -> Mapping[str, Any]:
        found = await self._ask(PLACED, issue=issue)
        items = found["node"]["projectItems"]["nodes"]
        return next((one for one in items if one["project"]["id"] == board), {})

    async def _columns(self) -> tuple[str, str, dict[str, str]]:
        """The board's id, that of its Status, and the ids of its options by name."""
        found = await self._ask(BOARD, owner=self._where["owner"], board=self._board)
        board = (found.get("repositoryOwner") or {}).get("projectV2")
        if not board:
            raise Trouble(self._unseen(f"board {self._board}"), final=True)
        field = board.get("field") or {}
        if "options" not in field:
            raise Trouble(f"board {self._board} has no field “Status” to choose in.", final=True)
        return board["id"], field["id"], {one["name"]: one["id"] for one in field["options"]}

    async def _has(self, key: str, mark: str) -> bool:
        before = None
        for _ in range(_MOST_PAGES):
            found = await self._ask(COMMENTS, **self._where, number=int(key), before=before)
            page = self._there(found, key)["comments"]
            if any(bears(one["body"], mark) for one in page["nodes"]):
                return True
            if not page["pageInfo"]["hasPreviousPage"]:
                return False
            before = page["pageInfo"]["startCursor"]
        return False

    async def _issue(self, key: str) -> Mapping[str, Any]:
        return self._there(await self._ask(ISSUE, **self._where, number=int(key)), key)

    def _there(self, found: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        issue: Mapping[str, Any] | None = (found.get("repository") or {}).get("issue")
        if issue is None:
            raise Trouble(self._unseen(f"issue {key}"), final=True, missing=True)
        return issue

    def _unseen(self, what: str) -> str:
        where = "/".join(self._where.values())
        return f"{where} has no {what} that Assay's key may see."

    async def _ask(self, document: str, **values: Any) -> Any:
        return await graphql(self._calls, self._path, document, values)


def _bare(issue: Mapping[str, Any]) -> str:
    if issue["state"] != "CLOSED":
        return OPEN
    return BARE["killed" if issue.get("stateReason") == "NOT_PLANNED" else "production"]


def plain(text: str) -> str:
    """The text as it is to be read: nobody is called by it, and no tag or comment begins in it."""
    return _LIVE.sub(lambda hit: f"{hit[0]}\u2060", text.replace("<", "&lt;"))
