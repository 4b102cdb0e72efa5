"""What is said of an approved compute budget, and who agreed to run a ticket."""

from core import figures
from core.experiments.experiment import Experiment
from views import kit
from views.kit import Message


def approved(ticket: Experiment) -> Message:
    """What the team reads."""
    hours = figures.number(ticket.budget_ok, 1)
    text = f"{ticket.id}: {kit.person(ticket.budget_ok_by)} approved its {hours} GPU-hours"
    return Message(text, [kit.section(text)])


def agree(number: int, sprint: int) -> list[kit.Block]:
    """For a lead whose ticket left the backlog outside the sprint's plan; sprint: 0 when it is in
    it, or there is none.
    """
    if not sprint:
        return []
    press = kit.button(f"Take it into sprint {sprint}", "sprint_agree", str(number))
    said = f"It is not in the plan of sprint {sprint}; the backlog is left when the team agrees."
    return [kit.context(said), kit.actions(press)]


def told(ticket: Experiment, sprint: int, agreed_by: str) -> list[str]:
    """A line of the card: whose word it runs on, "" when nobody gave one."""
    parts = [f"agreed for sprint {sprint} by {kit.person(agreed_by)}"] if sprint else []
    if ticket.budget_ok is not None:
        hours = figures.number(ticket.budget_ok, 1)
        parts.append(f"{hours} GPU-hours approved by {kit.person(ticket.budget_ok_by)}")
    line = " · ".join(parts)
    return [f"{line[0].upper()}{line[1:]}"] if line else []
