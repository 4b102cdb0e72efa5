"""An experiment as somebody of the story thinks of it, and how it is typed in."""

from dataclasses import dataclass

from sandbox.play import Play


@dataclass(frozen=True)
class Idea:
    """A ticket as somebody fills in the form."""

    who: str
    title: str
    hypothesis: str
    baseline: str
    target: str
    gpu: str
    box: str
    kill: str
    metric: str = "accuracy"
    direction: str = "higher"


async def write_ticket(play: Play, idea: Idea, number: int, channel: str = "#standup") -> None:
    """Somebody fills in the form, takes the ticket on, and has the data ready."""
    opened = await play.sandbox.command(idea.who, channel, "/exp", f"new {idea.title}")
    view_id = opened["opened_view"]["id"]
    await play.sandbox.click(idea.who, "experiment_details", view_id=view_id)
    values = {
        "hypothesis": idea.hypothesis,
        "metric": idea.metric,
        "direction": idea.direction,
        "baseline": idea.baseline,
        "target": idea.target,
        "gpu_budget": idea.gpu,
        "time_box": idea.box,
        "kill_criteria": idea.kill,
        "success_blocking": "No regression on the safety eval",
    }
    await play.sandbox.submit(idea.who, view_id, values)
    await play.sandbox.command(idea.who, channel, "/exp", f"move EXP-{number} hypothesis")
    await play.sandbox.command(idea.who, channel, "/exp", f"update EXP-{number} data=ready")
