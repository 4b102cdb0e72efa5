"""The process in the training's place: starts it, passes signals on, ends with its exit code.

Two processes look after a training, and neither death stops it: this one waits for it and starts
the other again when it dies; the other (`beside`) reads and tells, and goes on alone without this.
"""

import os
import signal
import subprocess
import sys
import time
from threading import Thread
from types import FrameType

from bot.runner import gpus
from bot.runner.beats import Beats, say
from bot.runner.beside import DEAF, PASSED_ON, Beside
from bot.runner.plan import Plan
from bot.runner.spool import Spool, State

_TO_GROUP = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)  # as a terminal sends them
_RESTARTS = 20  # of the process beside; more often something is wrong with it


class Supervisor:
    """One training and the process beside it."""

    def __init__(self, plan: Plan, kept: Spool) -> None:
        self._plan, self._spool = plan, kept
        self._out, self._print = os.pipe()
        self._hear, self._control = os.pipe()
        self._leader = self._beside = 0
        self._over = -1
        self._began = 0.0
        self._state: State | None = None
        self._early: list[int] = []  # signals that came before there was a training

    def run(self) -> int:
        """The training's exit code; 127 when there is no such command, 126 when it cannot run."""
        for one in PASSED_ON:
            signal.signal(one, self._pass_on)
        try:
            training = subprocess.Popen(  # noqa: S603 - the person's own command
                list(self._plan.command), env=dict(self._plan.env), stdout=self._print,
                start_new_session=True, restore_signals=True,
            )  # fmt: skip
        except OSError as trouble:
            say(f"{self._plan.command[0]}: {(trouble.strerror or 'it cannot be run').lower()}.")
            return 127 if isinstance(trouble, FileNotFoundError) else 126
        self._leader, self._began = training.pid, time.monotonic()
        # Asked before anybody has waited for it: afterwards its number may be another's.
        self._over = os.pidfd_open(training.pid) if sys.platform == "linux" else -1
        for number in self._early:
            self._pass_on(number, None)
        os.close(self._print)
        self._state = self._first()
        self._fork()
        return self._wait()

    def _first(self) -> State:
        plan, nvml = self._plan, gpus.Nvml()
        held, guessed = gpus.held(plan.env, nvml, plan.gpus)
        return State(
            plan.server.url, plan.experiment, plan.run, plan.name, plan.host,
            plan.clock().timestamp(),
            gpus=held, guessed=guessed, commit=plan.commit, stops=plan.stops,
        )  # fmt: skip

    def _fork(self) -> None:
        child = os.fork()
        if child:
            self._beside = child
            return
        code = 1
        try:
            os.close(self._control)
            state = self._spool.load() or self._state
            assert state is not None
            beats = Beats(self._plan, self._spool, state, self._began, self._leader)
            code = Beside(beats, self._out, self._hear, self._over).run()
        except Exception as fault:  # noqa: BLE001 - it says so and is started again
            say(f"the process beside failed ({type(fault).__name__}: {fault}).")
        finally:
            os._exit(code)

    def _wait(self) -> int:
        restarts = 0
        while True:
            pid, status = os.wait()
            if pid == self._leader:
                break
            if pid == self._beside:
                if os.waitstatus_to_exitcode(status) == DEAF and self._out >= 0:
                    os.close(self._out)  # now the training hears that nobody reads it
                    self._out = -1
                restarts += 1
                self._again(restarts)
        code = os.waitstatus_to_exitcode(status)
        code = code if code >= 0 else 128 - code
        os.write(self._control, str(code).encode())
        if self._beside:
            self._last(restarts)
        return code

    def _again(self, restarts: int) -> None:
        if restarts <= _RESTARTS:
            self._fork()
            return
        say("Assay is told no more; the training goes on.")
        self._beside = 0
        if self._out >= 0:
            Thread(target=self._copy, daemon=True).start()

    def _copy(self) -> None:
        while data := os.read(self._out, 65536):
            os.write(1, data)

    def _last(self, restarts: int) -> None:
        """The end is told by the process beside, also when that dies over it."""
        for _ in range(restarts, _RESTARTS):
            _, status = os.waitpid(self._beside, 0)
            if os.waitstatus_to_exitcode(status) == 0:
                return
            self._fork()

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        if not self._leader:
            self._early.append(number)
            return
        try:
            if number in _TO_GROUP:
                os.killpg(self._leader, number)
            else:
                os.kill(self._leader, number)
        except ProcessLookupError:
            return
