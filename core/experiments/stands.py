"""What is said beside the headline's value, whoever says it: whose it is when it is not what is
in production, and a target that is another one than the last report's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core import facts, figures
from core.experiments.experiment import Experiment
from core.experiments.headline import Headline
from core.experiments.rollout import is_live


@dataclass(frozen=True)
class Stands:
    """called: candidate | earlier model, "" for what is in production. moved: `target moved from
    64.1% to 66.9% since Fri 16 Jan`, or "".
    """

    called: str = ""
    moved: str = ""

    @property
    def words(self) -> str:
        """Both, as they stand in brackets."""
        return "; ".join(filter(None, (self.called, self.moved)))


NOTHING = Stands()


def stands(head: Headline, experiments: Sequence[Experiment]) -> Stands:
    """What is said beside that value. experiments: the one it comes from is among them."""
    return Stands(called(head, experiments), moved(head))


def called(head: Headline, experiments: Sequence[Experiment]) -> str:
    """What the model is called whose value it is."""
    if not head.is_candidate:
        return ""
    e = next(e for e in experiments if e.number == head.via)
    was_there = is_live(e) or e.deploy_status == "rolled back"
    return "earlier model" if was_there else "candidate"


def goals(head: Headline) -> tuple[str, str]:
    """The target of the last report and that of now as text; "none" where there is none."""
    past = head.goal_was
    targets = (past.target if past else None, head.metric.target)
    told = iter(figures.apart([t for t in targets if t is not None], percent=head.percent))
    was, now = ("none" if target is None else next(told) for target in targets)
    return was, now


def moved(head: Headline) -> str:
    """That the target is another one than in the last report, "" when it is not."""
    if head.goal_was is None:
        return ""
    was, now = goals(head)
    return f"target moved from {was} to {now} since {facts.day(head.goal_was.on)}"
