"""Writes to Jira over its REST interface, version 3.

A comment sent inside a transition is dropped where the transition has no screen: comment first,
then the transition, then the status is read again. Transitions have other ids in every project,
so they are found by the name of the status they lead to.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.tracking.issue_import import Given
from ingest.remote.issue import bears, lacks, trouble
from ingest.remote.tracker import Calls, Trouble, parsed

_API = "/rest/api/3"
_PAGE, _MOST_PAGES = 100, 20  # comments looked through for ours, the newest first


class Jira:
    """Tickets of one project."""

    def __init__(self, calls: Calls, project: str, _board: int | None) -> None:
        self._calls, self._project = calls, project

    async def check(self) -> None:
        """Pass when it answers, and the project is there to be seen."""
        await self._call("GET", "/myself")
        query = {"jql": f'project = "{self._project}"', "fields": ["status"], "maxResults": 1}
        status, _ = await self._calls.ask("POST", f"{_API}/search/jql", json=query)
        if status == 400:
            raise Trouble(f"it has no project {self._project} that Assay's key may see.",
                          final=True)  # fmt: skip
        if status != 200:
            raise trouble(self._calls, status)

    async def attach(self, key: str, told: Mapping[str, str], mark: str) -> None:
        """The ticket has that link, once: Jira knows it by its global id."""
        link = {"globalId": f"assay={mark.partition('-')[0]}",
                "object": {"url": told["url"], "title": told["title"]}}  # fmt: skip
        await self._call("POST", f"/issue/{key}/remotelink", json=link)

    async def comment(self, key: str, text: str, mark: str) -> None:
        """That text stands below it, once a mark."""
        if not await self._has(key, mark):
            body = {"body": adf(f"{text}\nAssay {mark}")}
            await self._call("POST", f"/issue/{key}/comment", json=body)

    async def move(self, key: str, status: str, _stage: str) -> str:
        """It has that status; what it is called there, read after."""
        current = await self._status(key)
        if current.casefold() == status.casefold():
            return current
        found = await self._call("GET", f"/issue/{key}/transitions")
        ways = {one["to"]["name"]: one["id"] for one in found.get("transitions", [])}
        way = next((id_ for to, id_ in ways.items() if to.casefold() == status.casefold()), None)
        if way is None:
            raise lacks(current, status, list(ways))
        chosen = {"transition": {"id": way}}
        await self._call("POST", f"/issue/{key}/transitions", json=chosen)
        after = await self._status(key)
        if after.casefold() != status.casefold():
            raise Trouble(f"after the step to “{status}” it stands at “{after}”.")
        return after

    async def fetch(self, key: str) -> Given:
        """The ticket with all that stands in it, by the names people see."""
        told = await self._call("GET", f"/issue/{key}?expand=names")
        return _given(told)

    async def statuses(self, keys: Sequence[str]) -> dict[str, str]:
        """What their statuses are called. One that is gone makes Jira refuse the whole question:
        then each is asked for by itself.
        """
        found: dict[str, str] = {}
        for part in (keys[at : at + _PAGE] for at in range(0, len(keys), _PAGE)):
            query = {"jql": f"key in ({', '.join(part)})", "fields": ["status"],
                     "maxResults": _PAGE}  # fmt: skip
            status, body = await self._calls.ask("POST", f"{_API}/search/jql", json=query)
            if status == 200:
                issues = parsed(body).get("issues", [])
                found |= {one["key"]: one["fields"]["status"]["name"] for one in issues}
            elif status == 400:
                found |= await self._each(part)
            else:
                raise trouble(self._calls, status)
        return found

    async def _each(self, keys: Sequence[str]) -> dict[str, str]:
        found = {}
        for key in keys:
            told = await self._call("GET", f"/issue/{key}?fields=status", missing_ok=True)
            if told is not None:
                found[key] = str(told["fields"]["status"]["name"])
        return found

    async def _status(self, key: str) -> str:
        told = await self._call("GET", f"/issue/{key}?fields=status")
        return str(told["fields"]["status"]["name"])

    async def _has(self, key: str, mark: str) -> bool:
        for page in range(_MOST_PAGES):
            query = {"startAt": page * _PAGE, "maxResults": _PAGE, "orderBy": "-created"}
            found = await self._call("GET", f"/issue/{key}/comment", params=query)
            some = found.get("comments", [])
            if any(bears(text_of(one.get("body")), mark) for one in some):
                return True
            if len(some) < _PAGE:
                return False
        return False

    async def _call(self, method: str, path: str, *, missing_ok: bool = False, **more: Any) -> Any:
        status, body = await self._calls.ask(method, _API + path, **more)
        if status == 404 and missing_ok:
            return None
        if not 200 <= status < 300:
            what = path.split("/")[2].partition("?")[0] if path.startswith("/issue/") else "it"
            raise trouble(self._calls, status, _said(body), what=what)
        return parsed(body) if body else None


def _said(body: bytes) -> str:
    try:
        told = parsed(body)
    except Trouble:
        return ""
    if not isinstance(told, dict):
        return ""
    fields = [f"{name}: {why}" for name, why in (told.get("errors") or {}).items()]
    return " ".join([*(told.get("errorMessages") or []), *fields])


_KNOWN = ("summary", "issuetype", "status", "project", "created", "updated", "resolutiondate",
          "resolution", "statuscategorychangedate", "statusCategory", "lastViewed", "workratio",
          "creator", "reporter", "votes", "watches", "aggregateprogress", "progress", "issuelinks",
          "subtasks", "comment", "worklog", "attachment")  # fmt: skip


def _given(told: Mapping[str, Any]) -> Given:
    names, fields = told.get("names") or {}, told["fields"]
    found = {str(names.get(id_, id_)): plain_of(value) for id_, value in fields.items()
             if id_ not in _KNOWN}  # fmt: skip
    return Given(
        key=str(told["key"]),
        kind=str((fields.get("issuetype") or {}).get("name", "")),
        title=str(fields.get("summary") or ""),
        status=str((fields.get("status") or {}).get("name", "")),
        fields={name: text for name, text in found.items() if text},
        closed=_time(fields.get("resolutiondate")),
    )


def plain_of(value: Any) -> str:
    """A field's value as text: a choice by its name, several with commas, a document as lines."""
    if isinstance(value, list):
        return ", ".join(text for one in value if (text := plain_of(one)))
    if isinstance(value, dict):
        if value.get("type") == "doc":
            return text_of(value).strip()
        named = ("value", "key", "displayName", "name")
        return next((str(value[name]) for name in named if value.get(name)), "")
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _time(told: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(told)).astimezone(UTC)
    except ValueError:
        return None


def adf(text: str) -> dict[str, Any]:
    """Lines of plain text as a document (Atlassian Document Format, version 1), a paragraph each;
    it allows no empty text.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    paragraphs = [{"type": "paragraph", "content": [{"type": "text", "text": one}]}
                  for one in lines]  # fmt: skip
    return {"type": "doc", "version": 1, "content": paragraphs}


def text_of(document: Any) -> str:
    """The plain text of a document, a line each paragraph, list item or heading."""
    if isinstance(document, str):
        return document
    if not isinstance(document, dict):
        return ""
    if document.get("type") == "text":
        return str(document.get("text", ""))
    if document.get("type") == "hardBreak":
        return "\n"
    inner = "".join(text_of(one) for one in document.get("content") or [])
    blocks = ("paragraph", "heading", "codeBlock")
    return f"{inner}\n" if document.get("type") in blocks else inner
