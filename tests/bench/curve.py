"""What each command and an idle tick cost as history grows, beside a no-op Bolt command.

In process: from the Ask to the Reply, with its transaction, on a SQLite file.
"""

import asyncio
import logging
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import Engine, event

from bot.run import spare_what_stays
from handlers.routes import table
from jobs import schedule
from models import db
from tests.bench.filled import fill, opened
from tests.conversation import Conversation

SIZES = (100, 1_000, 10_000)
ANSWERS = 1_000_000  # beside the largest size
TIMES = 20
SECONDS = 8.0  # no line is measured longer than that
COMMANDS = (
    "/exp", "/exp list", "/exp list all", "/exp show {open}", "/exp history {open}",
    "/exp update {open} 0.85 12 better", "/board", "/board metrics", "/board funnel", "/forecast",
    "/digest", "/digest preview", "/diagnose", "/sprint", "/sprint status", "/sprint velocity",
    "/sprint plan", "/sprint review", "/sprint retro", "/exp quality",
    "/standup status", "/learn adapter", "/blocker", "/data", "/eng", "/gpu", "/canvas", "/phase",
    "/need", "/gate {open}", "/kill {closing} the labels were the limit, not the decoder",
)  # fmt: skip


@dataclass
class Line:
    """What one thing took each time: ms by the clock, ms of CPU; statements of the last time."""

    took: list[float] = field(default_factory=list)
    computed: list[float] = field(default_factory=list)
    statements: int = 0

    def __str__(self) -> str:
        parts = [f"{part:9.1f}" for times in (self.took, self.computed) for part in _told(times)]
        return f"{' '.join(parts)} {self.statements:6d}"

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Take the time of what is done meanwhile."""
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.took.append((time.perf_counter() - began) * 1000)
        self.computed.append((time.process_time() - worked) * 1000)


def _told(times: Sequence[float]) -> tuple[float, float]:
    """p50 and p95."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


async def measure(
    folder: Path, sizes: Sequence[int] = SIZES, answers: int = ANSWERS, only: str = ""
) -> list[str]:
    """One block a size: p50 and p95 by the clock, the same of CPU, in ms; SQL statements.

    only: commands that begin so.
    """
    noop = await _noop()
    lines = [f"no-op Bolt command, in process: {noop}"]
    for size in sizes:
        lines += _of_size(folder / f"{size}.db", size, answers if size == max(sizes) else 0, only)
    return lines


def _of_size(file: Path, size: int, answers: int, only: str) -> list[str]:
    logging.disable(logging.ERROR)
    engine = db.open_engine(f"sqlite:///{file}")
    db.migrate(engine)
    fill(engine, size, answers)
    talk = Conversation(engine, table())
    _settle(talk)
    spare_what_stays()
    lines = [
        f"{size} experiments, {answers} answers: p50, p95, CPU p50, CPU p95 in ms, statements"
    ]
    lines += [
        f"  {_line(engine, talk, command, size)}  {command.split(' {')[0]}"
        for command in COMMANDS
        if command.startswith(only)
    ]
    if only in {"", "Home"}:
        opening = {"user": "UANA", "tab": "home"}
        shown = _measured(engine, lambda: talk.event("app_home_opened", opening), TIMES)
        lines.append(f"  {shown}  Home")
    if only in {"", "beside"}:
        lines.append(f"  {_beside(engine, talk, size)}  /exp update while another reads /phase")
    if only in {"", "tick"}:
        lines += _idle(engine, talk)
    engine.dispose()
    return lines


def _line(engine: Engine, talk: Conversation, command: str, size: int) -> Line:
    still_open = iter(range(size - opened(size) + 1, size + 1))
    if "{closing}" not in command:
        said = command.format(open=f"EXP-{next(still_open)}")
        talk.say(said)  # imports and caches
        found = _measured(engine, lambda: talk.say(said), TIMES)
        assert "our fault" not in talk.replies[-1].text, said
        return found
    turns = min(TIMES, opened(size) - 2)
    return _measured(
        engine, lambda: talk.say(command.format(closing=f"EXP-{next(still_open)}")), turns
    )


def _settle(talk: Conversation) -> None:
    """What was due when the clock first looked is done."""
    for _ in range(3):
        talk.later(seconds=5)
        schedule.tick(talk.lab)
        talk.deliver()


def _idle(engine: Engine, talk: Conversation) -> list[str]:
    """A tick between two looks, and the look of each new minute; both with nothing due."""
    _settle(talk)
    watch = schedule.Watch(talk.lab)
    watch.tick()
    between = _measured(engine, watch.tick, TIMES)

    def look() -> None:
        talk.later(minutes=1)
        watch.tick()

    looks = _measured(engine, look, TIMES)
    watch.close()
    # Twelve looks a minute, one of them the minute's first.
    worked = 11 * statistics.median(between.computed) + statistics.median(looks.computed)
    return [
        f"  {between}  one tick with nothing due",
        f"  {looks}  the first of a minute",
        f"  {worked / 600:9.2f} % of a core while idle",
    ]


def _beside(engine: Engine, talk: Conversation, size: int) -> Line:
    """What a writer takes while somebody else, in another thread, reads without a pause."""
    over = threading.Event()

    def read() -> None:
        reader = Conversation(engine, table())
        while not over.is_set():
            reader.say("/phase")

    other = threading.Thread(target=read)
    other.start()
    try:
        said = f"/exp update EXP-{size} 0.85 12 better"
        return _measured(engine, lambda: talk.say(said), TIMES)
    finally:
        over.set()
        other.join()


def _measured(engine: Engine, act: Callable[[], Any], times: int) -> Line:
    line = Line()
    stop = time.perf_counter() + SECONDS
    for _ in range(times):
        with counted(engine) as count, line.turn():
            act()
        line.statements = len(count)
        if time.perf_counter() > stop:
            break
    return line


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Every SQL statement while it lasts."""
    said: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", keep)


async def _noop() -> Line:
    """A command that Bolt acks and nothing else."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0LAB", bot_token="xoxb-1")

    app = AsyncApp(
        authorize=authorize, signing_secret="0" * 32, request_verification_enabled=False,
        process_before_response=True,
    )  # fmt: skip

    @app.command("/noop")
    async def noop(ack: Any) -> None:
        await ack("done")

    line = Line()
    body = "command=%2Fnoop&team_id=T0LAB&user_id=UANA&text=&trigger_id=1"
    headers = {"content-type": ["application/x-www-form-urlencoded"]}
    for _ in range(100):
        request = AsyncBoltRequest(body=body, headers=headers, mode="http")
        with line.turn():
            answer = await app.async_dispatch(request)
        assert answer.status == 200
        await asyncio.sleep(0)
    return line
