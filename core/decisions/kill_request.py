"""Asking those who may decide to kill an experiment."""

from dataclasses import dataclass
from datetime import datetime

from core.experiments.experiment import Experiment


@dataclass(frozen=True)
class KillRequest:
    """A request as its readers see it. state: open | killed | kept | closed (decided otherwise).

    to_leads: False when it went to the owner because the team has no leads. closed: the channel
    that does not take it and Slack's word for why; each lead has it by direct message then.
    """

    id: int
    ticket: Experiment
    requester: str
    reason: str
    at: datetime
    state: str = "open"
    decided_by: str = ""
    to_leads: bool = True
    closed: tuple[str, str] = ("", "")
