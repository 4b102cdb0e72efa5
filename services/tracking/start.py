"""What a run of an experiment is told when it starts: the fields of a logger, ready to write."""

from core import calendar
from core.errors import Refused
from core.quantity import experiment_id
from models.tracking import run as runs
from services.desk import desk
from services.experiments import ticket
from services.ports import Lab


def told(lab: Lab, team_id: int, number: int) -> dict[str, str]:
    """exp_id, title, sprint_id, hypothesis, compute_budget_hrs, kill_criteria, model_type and
    dataset_version, "" where nobody said. Raises NotFound, and Refused for one that is over.
    """
    with desk(lab, team_id, lock=False) as here:
        row = ticket.row(here.session, here.team, number)
        if not ticket.value(here.session, row).is_open:
            when = f" on {row.decided_at:%d %b %Y}" if row.decided_at else ""
            word = "killed" if row.stage == "killed" else "promoted and is in production"
            by = f" by {here.name(row.decided_by)}" if row.decided_by else ""
            raise Refused(
                f"{experiment_id(number)} was {word}{by}{when}; nothing is started for it.",
                f"A lead can bring it back with `/exp reopen {experiment_id(number)} reason`.",
            )
        today = here.now.astimezone(calendar.zone(here.team.zone)).date()
        span = here.team.sprints.at(today)
        last = runs.newest(here.session, row.pk)
        return {
            "exp_id": experiment_id(number), "title": row.title,
            "sprint_id": f"sprint-{span.number}" if span else "",
            "hypothesis": row.hypothesis, "compute_budget_hrs": f"{row.gpu_budget:g}",
            "kill_criteria": row.kill_criteria, "model_type": last.model if last else "",
            "dataset_version": row.trained_on,
        }  # fmt: skip
