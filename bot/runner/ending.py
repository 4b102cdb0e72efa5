"""Ending a training when Assay says so: checkpoint, hook, SIGTERM, grace, SIGKILL."""

import signal
import subprocess
from collections.abc import Callable
from threading import Event

from bot.runner import processes
from bot.runner.plan import Plan

Say = Callable[[str], None]
_HOOK_SECONDS = 60


def end(plan: Plan, leader: int, over: Event, say: Say) -> None:
    """End the training whose process group `leader` leads; over: set once it has ended."""
    _save(plan, leader, over, say)
    if plan.on_kill and not over.is_set():
        _shell(plan, plan.on_kill, _HOOK_SECONDS, say)
    if not over.is_set():
        processes.send_group(leader, signal.SIGTERM)
    if over.wait(plan.grace):
        return
    below = processes.tree(leader)
    say(f"it did not end within {plan.grace:g} s of SIGTERM: SIGKILL.")
    processes.send_group(leader, signal.SIGKILL)
    processes.send(below, signal.SIGKILL)


def _save(plan: Plan, leader: int, over: Event, say: Say) -> None:
    if plan.checkpoint:
        _shell(plan, plan.checkpoint, plan.grace, say)
        return
    able = processes.catching(processes.tree(leader), signal.SIGUSR1)
    if not able:
        say("nothing of it handles SIGUSR1, so no checkpoint is asked for.")
        return
    processes.send(able, signal.SIGUSR1)
    over.wait(plan.grace)


def _shell(plan: Plan, command: str, seconds: float, say: Say) -> None:
    try:
        done = subprocess.run(  # noqa: S602 - the person's own command
            command, shell=True, env=dict(plan.env), timeout=seconds, check=False,
            stdin=subprocess.DEVNULL, stdout=2,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as trouble:
        say(f"`{command}` was given up: {type(trouble).__name__}.")
        return
    if done.returncode:
        say(f"`{command}` ended with {done.returncode}.")
