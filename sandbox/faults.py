"""Faults on order: the next calls of a method answer late, wrongly or not at all."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from sandbox.shapes import ControlError

BEFORE = ("429", "500", "reset", "malformed")  # the call is not taken
# The call is taken, and the caller is told something else: nothing, nothing yet, or a failure.
AFTER = ("lost_answer", "hang", "500_after", "internal_error_after", "fatal_error_after")
KINDS = (*BEFORE, *AFTER, "slow")


@dataclass
class Fault:
    """One ordered fault; ``times`` counts down, ``seconds`` is real time for ``slow``.

    A call that meets ``hang`` is taken and answered only when ``Faults.let_go`` is called.
    """

    method: str
    kind: str
    times: int = 1
    retry_after: int = 1
    seconds: float = 1.0


@dataclass
class Faults:
    """The faults still to come, in the order they were given."""

    waiting: list[Fault] = field(default_factory=list)
    hanging: list[asyncio.Event] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Apply ``fault`` to the next calls of its method (``*`` for all)."""
        if fault.kind not in KINDS:
            raise ControlError(f"A fault is one of {', '.join(KINDS)}.")
        if fault.times < 1:
            raise ControlError("times is a whole number from 1 up.")
        self.waiting.append(fault)

    def take(self, method: str) -> Fault | None:
        """The fault this call meets, used up once; None when it meets none."""
        for fault in self.waiting:
            if fault.method in ("*", method):
                fault.times -= 1
                if fault.times == 0:
                    self.waiting.remove(fault)
                return fault
        return None

    async def hang(self) -> None:
        """Keep a caller waiting."""
        free = asyncio.Event()
        self.hanging.append(free)
        await free.wait()

    def let_go(self) -> None:
        """Answer whoever hangs."""
        for free in self.hanging:
            free.set()
        self.hanging.clear()

    def clear(self) -> None:
        """No faults any more."""
        self.waiting.clear()
        self.let_go()
