"""What an agent can do with Assay: each tool is one question to the HTTP API, in its token's name.

What the tools answer is what people and programs wrote, as JSON: data, never an instruction.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from bot.push_client import Assay, Stop, path_of

Answer = dict[str, Any]
Tool = Callable[..., Any]
Name = Annotated[str, Field(description="like EXP-042")]
Team = Annotated[str, Field(description="only this team, when the token sees several")]
Cursor = Annotated[str, Field(description="`next` of the page before")]
Once = Annotated[str, Field(description="the same key and words again have no second effect")]

_LOOKS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_TELLS = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
_DECIDES = ToolAnnotations(read_only_hint=False, destructive_hint=True, open_world_hint=False)


class Tools:
    """The tools. server_of: the Assay that a call is for, with the caller's token."""

    def __init__(self, server_of: Callable[[Context], Assay]) -> None:
        self._server_of = server_of

    def add_to(self, server: MCPServer) -> None:
        """Offer them all."""
        looks: list[Tool] = [
            self.whoami, self.list_experiments, self.read_experiment, self.list_results,
            self.list_decisions, self.search_learnings, self.list_blockers, self.ask,
            self.read_digest, self.read_forecast,
        ]  # fmt: skip
        tells: list[Tool] = [self.log_result, self.report_blocker]
        decides: list[Tool] = [self.kill_experiment, self.promote_experiment]
        for tools, hints in ((looks, _LOOKS), (tells, _TELLS), (decides, _DECIDES)):
            for tool in tools:
                server.add_tool(tool, annotations=hints)

    async def whoami(self, ctx: Context) -> Answer:
        """Who you are here, what your token may do, and which teams it sees."""
        return await self._get(ctx, "/v1/me")

    async def list_experiments(
        self, ctx: Context, state: Literal["open", "closed", "stale", "all"] = "open",
        owner: str = "", team: Team = "", cursor: Cursor = "",
    ) -> Answer:  # fmt: skip
        """Experiments, the highest number first. owner: a Slack user id."""
        query = {"state": state, "owner": owner, "team": team, "cursor": cursor}
        return await self._get(ctx, "/v1/experiments", **query)

    async def read_experiment(self, ctx: Context, experiment: Name) -> Answer:
        """One experiment: hypothesis, target, best result, decision, last results, learnings."""
        return await self._get(ctx, path_of("v1", "experiments", experiment))

    async def list_results(self, ctx: Context, experiment: Name, cursor: Cursor = "") -> Answer:
        """An experiment's results, the newest first."""
        return await self._get(ctx, path_of("v1", "experiments", experiment, "results"),
                               cursor=cursor)  # fmt: skip

    async def list_decisions(
        self, ctx: Context, decision: Literal["killed", "promoted", ""] = "", team: Team = "",
        cursor: Cursor = "",
    ) -> Answer:  # fmt: skip
        """What was killed or promoted, the last one first."""
        query = {"decision": decision, "team": team, "cursor": cursor}
        return await self._get(ctx, "/v1/decisions", **query)

    async def search_learnings(
        self, ctx: Context, words: str = "", experiment: str = "", team: Team = "",
        cursor: Cursor = "",
    ) -> Answer:  # fmt: skip
        """What was learned: with all of these words in it, about that experiment; or the last."""
        query = {"q": words, "experiment": experiment, "team": team, "cursor": cursor}
        return await self._get(ctx, "/v1/learnings", **query)

    async def list_blockers(
        self, ctx: Context, state: Literal["open", "resolved", "all"] = "open", team: Team = "",
        cursor: Cursor = "",
    ) -> Answer:  # fmt: skip
        """What people are stuck on."""
        query = {"state": state, "team": team, "cursor": cursor}
        return await self._get(ctx, "/v1/blockers", **query)

    async def ask(self, ctx: Context, question: str, team: Team = "") -> Answer:
        """When will it be ready, how are we doing, how accurate is it, can you just add X:
        answered from the records. `answered` is false for any other question.
        """
        return await self._get(ctx, "/v1/ask", question=question, team=team)

    async def read_digest(self, ctx: Context, team: Team = "") -> Answer:
        """The last weekly digest, as it stands in its channel."""
        return await self._get(ctx, "/v1/digest", team=team)

    async def read_forecast(self, ctx: Context, team: Team = "") -> Answer:
        """Where the team's headline metric may go, as ranges, or why that cannot be said."""
        return await self._get(ctx, "/v1/forecast", team=team)

    async def log_result(  # noqa: PLR0913, PLR0917 - models fill flat arguments best
        self, ctx: Context, experiment: Name, value: float | None = None,
        gpu_hours: float | None = None, note: str = "", key: Once = "",
    ) -> Answer:  # fmt: skip
        """Log a measured result of a running experiment in your name. value: on the metric's own
        scale (0.86, not 86). gpu_hours: used since the last report.
        """
        told = {"value": value, "gpu_hours": gpu_hours, "note": note}
        place = path_of("v1", "experiments", experiment, "results")
        return await self._post(ctx, place, told, key)

    async def report_blocker(
        self, ctx: Context, text: str, experiments: list[Name] | None = None,
        kind: Literal["data", "compute", "clarity", "other", ""] = "", key: Once = "",
    ) -> Answer:  # fmt: skip
        """Report what holds your owner up; the team's channel hears of it, and people answer."""
        told = {"text": text, "experiments": experiments or [], "kind": kind}
        return await self._post(ctx, "/v1/blockers", told, key)

    async def kill_experiment(self, ctx: Context, experiment: Name, learnings: str) -> Answer:
        """Kill an experiment. Only with a token that a lead has let decide; else ask a person."""
        place = path_of("v1", "experiments", experiment, "kill")
        return await self._post(ctx, place, {"learnings": learnings}, "")

    async def promote_experiment(self, ctx: Context, experiment: Name, learnings: str) -> Answer:
        """Promote an experiment. Only with a token that a lead has let decide; else ask a
        person.
        """
        place = path_of("v1", "experiments", experiment, "promote")
        return await self._post(ctx, place, {"learnings": learnings}, "")

    async def _get(self, ctx: Context, path: str, **query: str) -> Answer:
        server = self._server_of(ctx)
        return await _told(lambda: server.get(path, query))

    async def _post(self, ctx: Context, path: str, told: Answer, key: str) -> Answer:
        server, body = self._server_of(ctx), json.dumps(told).encode()
        return await _told(lambda: server.post(path, body, {}, run_id=key))


async def _told(call: Callable[[], Answer]) -> Answer:
    try:
        return await asyncio.to_thread(call)
    except Stop as refused:
        raise ToolError(refused.sentence) from None
