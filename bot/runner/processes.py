"""The training's processes: which there are, which can save a checkpoint, how they are ended."""

import os
import signal
from pathlib import Path

PROC = Path("/proc")


def tree(pid: int) -> list[int]:
    """That process and all below it, also those that made a session of their own (torchrun's do).
    Only itself where there is no /proc.
    """
    children: dict[int, list[int]] = {}
    for one in PROC.glob("[0-9]*/stat"):
        try:
            fields = one.read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(one.parent.name))
        except (OSError, ValueError, IndexError):
            continue
    found, left = [], [pid]
    while left:
        found.append(one_pid := left.pop())
        left.extend(children.get(one_pid, ()))
    return found


def catching(pids: list[int], number: signal.Signals) -> list[int]:
    """Those that have a handler for that signal: others would die of it."""
    found = []
    for pid in pids:
        try:
            lines = (PROC / str(pid) / "status").read_text().splitlines()
            mask = next(int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:"))
        except (OSError, ValueError, IndexError, StopIteration):
            continue
        if mask >> (number - 1) & 1:
            found.append(pid)
    return found


def send(pids: list[int], number: signal.Signals) -> None:
    """The signal to each of them that is still there."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue


def send_group(leader: int, number: signal.Signals) -> None:
    """The signal to the whole process group."""
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        return
