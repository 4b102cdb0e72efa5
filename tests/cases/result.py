"""What became of one case."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """failure: "" when it passed. known: False when no runner knows this kind of case.

    note: a figure to be printed whatever became of it.
    """

    area: str
    case: str
    failure: str = ""
    known: bool = True
    note: str = ""

    @property
    def passed(self) -> bool:
        return not self.failure and self.known
