"""What a program tells: a result or a blocker, in its own name, for the person it acts for.

What it writes is shown as its words and never does anything: it names nobody who would hear of
it, and a key or password in it is refused, since it would be kept and shown.
"""

from dataclasses import dataclass

from core.blockers.blocker import Blocker as Stuck
from core.errors import Refused
from core.experiments import metric
from core.experiments.checkpoint import CheckpointReport
from core.privacy.secrets import secrets
from core.text import clean
from core.workspace.token import Pusher
from models.blockers import blocker as table
from services.blockers import report
from services.blockers.report import BlockerReport
from services.desk import desk
from services.experiments import checkpoint, experiment, ticket
from services.experiments.checkpoint import Recorded
from services.experiments.experiment import TicketRequest
from services.ports import Lab

MOST_OPEN = 5


@dataclass(frozen=True)
class ToldResult:
    """A result of that experiment. gpu_hours: since the last report."""

    number: int
    value: float | None
    gpu_hours: float | None
    note: str


@dataclass(frozen=True)
class ToldBlocker:
    """What holds up these experiments. kind "": read from the words."""

    text: str
    kind: str
    experiments: tuple[int, ...]


def result(lab: Lab, who: Pusher, told: ToldResult) -> Recorded:
    """Take over the result; the team hears of the first that meets the target.

    Raises NotFound, and Refused (closed, not running yet, nothing in it, off the metric's scale,
    a key in the note).
    """
    note = harmless(told.note)
    with desk(lab, who.team_id, lock=False) as here:
        before = experiment.find(here.session, here.team, told.number)
        value = None if told.value is None else metric.read(repr(told.value), before)
        said = CheckpointReport(value=value, gpu_added=told.gpu_hours, note=note)
        act = TicketRequest(who.team_id, told.number, who.who, "reported")
        return checkpoint.record_result(lab.within(here.session), act, said)


def blocker(lab: Lab, who: Pusher, told: ToldBlocker) -> Stuck:
    """Open it for the token's owner and say it in the team's channel.

    Raises NotFound, and Refused (no words, told already, a key in it, too many open ones).
    """
    text = harmless(told.text)
    with desk(lab, who.team_id, lock=False) as here:
        ticket.known(here.session, here.team, told.experiments)
        if table.open_told_by(here.session, who.team_id, who.who) >= MOST_OPEN:
            raise Refused(
                f"{MOST_OPEN} blockers that {who.who} reported are open.",
                "People resolve some first.",
            )
        wish = BlockerReport(
            by=who.owner, text=text, kind=told.kind, experiments=told.experiments,
            program=who.who,
        )  # fmt: skip
        return report.report(lab.within(here.session), who.team_id, wish)[0]


def harmless(typed: str) -> str:
    """The text as it is kept. Raises Refused when a key or a password is in it."""
    text = clean(typed)
    if secrets(text):
        raise Refused("There is a key or password in this text.", "Send it without.")
    return text
