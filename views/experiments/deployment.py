"""What the team reads when something goes live, or is live no more."""

from core import figures
from core.experiments.experiment import Experiment
from core.experiments.rollout import is_live
from views import kit
from views.kit import Message


def told(after: Experiment, by: str) -> Message:
    """That it went live, or how it is deployed instead; and on whose word."""
    who = f"told by {kit.person(by)}"
    if not is_live(after):
        how = "rolled back" if after.deploy_status == "rolled back" else "not live any more"
        return _line(f"{after.id} is {how}, {who}")
    value = figures.number(after.final_metric)
    return _line(
        f"{after.id} went live, {who} · {kit.escape(after.metric, 60)} {value} · "
        f"{kit.escape(after.title, 80)}"
    )


def _line(text: str) -> Message:
    return Message(text, [kit.section(text)])
