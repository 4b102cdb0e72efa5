"""What is said about experiments that wait for data cards and engineering tickets."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Freed:
    """The owner hears it: nothing blocks the experiment any more. closed: the last that did."""

    number: int
    experiment: str
    title: str
    stage: str
    closed: str


@dataclass(frozen=True)
class Blocked:
    """That was taken back: the experiment waits again, for these ids."""

    experiment: str
    title: str
    waits: tuple[str, ...]
