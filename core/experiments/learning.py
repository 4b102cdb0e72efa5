"""What the team has learned, wherever it was written."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Learning:
    """One thing learned. source: decision | standup | evening | logged. name: who wrote it.

    logged_by: display name of who kept it, when that is somebody else. team: what the team is
    called that learned it, when it is not the reader's.
    """

    id: int
    user: str
    name: str
    text: str
    experiments: tuple[int, ...]
    at: datetime
    source: str
    logged_by: str = ""
    team: str = ""
