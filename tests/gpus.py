"""A team with one GPU for tests."""

from typing import Any

from core.experiments.experiment import Experiment
from tests import seeded
from tests.conversation import Conversation
from tests.experiments import a_ticket


def ready(number: int, owner: str = "UANA", **fields: Any) -> Experiment:
    """A ticket that could start but for compute."""
    known = {
        "stage": "hypothesis",
        "box_starts": None,
        "box_ends": None,
        "title": f"Idea {number}",
    }
    return a_ticket(number=number, owner=owner, **(known | fields))


def one_gpu(talk: Conversation) -> Conversation:
    """One GPU, held by EXP-042; EXP-043 (Ben) and EXP-044 (Cem) are ready; ULEE leads."""
    talk.say("/exp setup", by="ULEE")
    talk.submit_open({"team_channel": "CTEAM"}, by="ULEE")
    seeded.tickets(talk.engine, a_ticket(), ready(43, "UBEN"), ready(44, "UCEM"))
    talk.say("/gpu 1", by="ULEE")
    return talk
