"""What is typed beside what a tracker tells."""

from core.errors import Refused
from core.experiments.checkpoint import CheckpointReport
from core.experiments.experiment import Experiment
from core.figures import number


def require_beside(experiment: Experiment, report: CheckpointReport, typed: str) -> None:
    """Pass unless a tracker tells that result. Raises Refused, which offers to record `typed`
    beside it.
    """
    look = experiment.best_look
    if report.value is None or look is None or look.source != "pulled":
        return
    pulled = number(look.value)
    raise Refused(
        f"{experiment.id} is tracked: {pulled} was pulled, and what is typed beside it does not "
        "count.",
        "Record it beside all the same?",
        offer=(f"Record beside the pulled {pulled}", "update_beside", f"{experiment.id} {typed}"),
    )
