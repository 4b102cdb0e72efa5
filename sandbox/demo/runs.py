"""Trainings of one experiment as a tracker would tell them, for `/track EXP-042`.

Written beside what people typed: their results agree with it, and count nothing of their own.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from models.experiments import experiment as tickets
from models.team import Team
from models.tracking.run import Run, RunCurve
from models.tracking.tracker import Tracker

NUMBER = 42
# name, days ago, rank, learning rate, best accuracy, step from which the loss is no number
_RUNS: Sequence[tuple[str, float, str, str, float | None, int | None]] = (
    ("qlora-r8", 12, "8", "2e-4", 0.70, None),
    ("qlora-r16", 10, "16", "2e-4", 0.735, None),
    ("qlora-r16-slow", 6, "16", "5e-5", 0.741, None),
    ("qlora-r32", 5, "32", "5e-5", 0.738, None),
    ("qlora-r64-fast", 0.3, "64", "1e-3", None, 47),
)


def write(session: Session, team: Team, now: datetime) -> None:
    """The runs, the newest of last night; nothing where the experiment is not there."""
    ticket = tickets.find(session, team.pk, NUMBER)
    if ticket is None:
        return
    tracker = Tracker(team_id=team.pk, number=1, kind="assay", url="", projects=["support"],
                      connected_by="U0LENA", connected_at=now, swept_at=now)  # fmt: skip
    session.add(tracker)
    session.flush()
    for name, days, rank, rate, best, lost in _RUNS:
        ended = now - timedelta(days=days)
        row = Run(
            tracker_id=tracker.pk, source_id=name, project="support", name=name,
            experiment_id=ticket.pk, mapped="tag", status="failed" if lost else "finished",
            started_at=ended - timedelta(hours=6), ended_at=ended, heard_at=ended, gpus=1,
            gpu_hours=6.0, hours_known="measured", model="llama-3-8b", dataset="tickets-v7",
            params={"lora_rank": rank, "learning_rate": rate, "epochs": "3"},
            metric="val_accuracy",
            best=best, best_at=ended if best else None, diverged_step=lost,
            diverged_metric="train/loss" if lost else "", diverged_told=True, seen_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        for metric, points in _losses(float(rank), lost).items():
            session.add(RunCurve(run_id=row.pk, metric=metric, points=points))
    session.flush()


def _losses(rank: float, lost: int | None) -> dict[str, list[list[float | None]]]:
    """Training falls on; validation turns up again, the more the larger the rank."""
    steps = range(0, 101, 5)
    low = 1.2 - rank / 100
    training: list[list[float | None]] = [[s, low + 1.1 * 0.96**s] for s in steps]
    validation: list[list[float | None]] = [
        [s, 1.35 + 0.9 * 0.95**s + max(0, s - 50) * rank / 9000] for s in steps
    ]
    if lost is None:
        return {"train/loss": training, "val/loss": validation}
    return {"train/loss": [*[p for p in training if (p[0] or 0) < lost], [lost, None]]}
