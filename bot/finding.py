"""What `assay doctor` finds, as lines of its report."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line of the report. state: ok | warning | wrong; remedy: what to do.

    is_fatal: nothing that needs it can be looked at.
    """

    state: str
    what: str
    remedy: str = ""
    is_fatal: bool = False

    def __str__(self) -> str:
        """`[ok] what` or `[wrong] what → remedy`."""
        return f"[{self.state}] {self.what}" + (
            f"\n        → {self.remedy}" if self.remedy else ""
        )
