"""Telling Assay of a run: every half minute all that is known, kept in a file until taken."""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import Any

from bot.push_client import Stop, path_of
from bot.runner import ending, gpus, spool
from bot.runner.plan import Plan
from bot.runner.spool import Spool, State
from core.tracking import lines
from core.tracking.curve import Point, thinned

MOST_METRICS, MOST_POINTS = 20, 200
_AWAY = ("", "unavailable", "fault")
_SECONDS = 10.0  # for one beat


def say(line: str) -> None:
    """A line of ours, where it does not mix with what the training prints."""
    os.write(2, f"assay: {line}\n".encode())


class Beats:
    """One run's. began: by the clock that nobody sets; leader: the training's process group."""

    def __init__(self, plan: Plan, kept: Spool, state: State, began: float, leader: int) -> None:
        self._plan, self._spool, self._state = plan, kept, state
        self._began, self._leader = began, leader
        self._lock, self._over, self._woken = Lock(), Event(), Event()
        self._nvml = gpus.Nvml()
        self._seen = [0.0, 0]  # utilisation: sum, how many
        self._lines = max((p[-1][0] for p in state.metrics.values() if p), default=0)
        self._told: set[str] = set()
        self._ending: Thread | None = None
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def line(self, text: str) -> None:
        """A line the training printed."""
        told = lines.read(text)
        if told is None:
            return
        with self._lock:
            self._lines = self._lines + 1 if told.step is None else told.step
            for name, value in told.values.items():
                self._point(name, (self._lines, value, self._now()))

    def _point(self, name: str, point: tuple[int, float | None, float]) -> None:
        metrics = self._state.metrics
        if name not in metrics and len(metrics) >= MOST_METRICS:
            return
        points = metrics.setdefault(name, [])
        points.append(point)
        if len(points) >= 2 * MOST_POINTS:
            some = [Point(s, v, datetime.fromtimestamp(at, UTC)) for s, v, at in points]
            metrics[name] = [
                (one.step, one.value, one.at.timestamp()) for one in thinned(some, MOST_POINTS)
            ]

    def finish(self, exit_code: int | None) -> None:
        """It has ended; comes back when Assay knows or the time for that is over."""
        with self._lock:
            state = self._state
            state.ended_at, state.seconds = self._now(), time.monotonic() - self._began
            state.exit_code = exit_code
            state.state = _ended(exit_code, by_us=self._ending is not None)
        self._over.set()
        self._woken.set()
        self._thread.join(self._plan.last + _SECONDS)

    def _now(self) -> float:
        return self._plan.clock().timestamp()

    def _run(self) -> None:
        while not self._over.is_set():
            if self._tell(_SECONDS):
                self._send_left()
            self._woken.wait(self._plan.every)
        until = time.monotonic() + self._plan.last
        while not self._tell(max(0.1, until - time.monotonic())):
            if time.monotonic() >= until:
                say(f"Assay did not hear the end; {self._spool.path} is sent with the next run.")
                return
            time.sleep(min(0.5, self._plan.every))
        self._spool.forget()

    def _tell(self, seconds: float) -> bool:
        """Keep and send all that is known; True when Assay has taken it."""
        try:
            return self._told_now(seconds)
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not end the telling
            self._once(f"a heartbeat failed ({type(fault).__name__}: {fault}).")
            return False

    def _told_now(self, seconds: float) -> bool:
        state = self._next()
        try:
            self._spool.save(state)
        except OSError as trouble:
            self._once(f"{self._spool.path} cannot be written ({trouble.strerror}).")
        answer = self._post(state, seconds)
        if answer and answer.get("order") == "stop" and not self._over.is_set():
            self._end(str(answer.get("why", "")))
        return answer is not None

    def _next(self) -> State:
        busy = self._nvml.busy(gpus.visible(self._plan.env))
        with self._lock:
            state = self._state
            if busy is not None:
                self._seen = [self._seen[0] + busy, self._seen[1] + 1]
                state.busy = self._seen[0] / self._seen[1]
            state.seq += 1
            state.told_at = self._now()
            if state.ended_at is None:
                state.seconds = time.monotonic() - self._began
            points = {name: some[-MOST_POINTS * 2 :] for name, some in state.metrics.items()}
            return replace(state, metrics=points)

    def _post(self, state: State, seconds: float) -> dict[str, Any] | None:
        place = path_of("v1", "experiments", state.experiment, "runs")
        try:
            answer = self._plan.server.once(
                place, spool.written(state, self._now()), seconds=seconds
            )
        except Stop as stop:
            if stop.problem in _AWAY:
                self._once(f"{stop.sentence} The training goes on; Assay hears of it later.")
            else:
                self._once(stop.sentence)
            return None
        self._told.clear()
        return answer

    def _send_left(self) -> None:
        """What earlier runs on this machine could not tell."""
        for one in spool.left(self._spool.path.parent):
            state = one.load()
            if state is not None and state.url == self._plan.server.url:
                if state.ended_at is None:
                    state.state, state.ended_at = "stopped", state.told_at
                state.seq += 1
                if self._post(state, _SECONDS) is not None:
                    one.forget()
            one.release()

    def _end(self, why: str) -> None:
        if not self._plan.stops or self._ending is not None:
            return
        say(f"{why}: ending the training.")
        given = (self._plan, self._leader, self._over, say)
        self._ending = Thread(target=ending.end, args=given, daemon=True)
        self._ending.start()

    def _once(self, line: str) -> None:
        """Say it, unless it was said since Assay last answered."""
        if line not in self._told:
            self._told.add(line)
            say(line)


def _ended(exit_code: int | None, *, by_us: bool) -> str:
    """How it ended: by us or a signal that asks for it, well, or not."""
    if by_us or exit_code is None or exit_code in (129, 130, 143):
        return "stopped"
    return "finished" if exit_code == 0 else "failed"
