"""The demo team's past: experiments decided before the curtain rises.

The numbers begin at EXP-022, as in a team that brought its ids along from an older tracker.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from models.experiment import Change, Checkpoint, Experiment
from models.team import Team

KILLED, PROMOTED = "killed", "production"


@dataclass(frozen=True)
class Past:
    """One decided experiment: answer accuracy from the best before it to what it reached."""

    title: str
    owner: str
    stage: str
    reached: float
    gpu: float
    learnt: str


PASTS = (
    Past("BM25 baseline over product docs", "U0ANA", PROMOTED, 0.641, 2, "Titles carry half the signal; index them separately"),
    Past("Zero-shot Llama-3-8B with retrieved passages", "U0PRIYA", PROMOTED, 0.702, 6, "Three passages beat ten: long context distracts the 8B model"),
    Past("Sentence splitting by regex", "U0ZOE", KILLED, 0.655, 1, "Regex breaks on version numbers, which our customers always quote"),
    Past("Bigger embedding model", "U0ANA", KILLED, 0.704, 9, "Twice the latency for a change smaller than the eval noise"),
    Past("Prompt: answer only from the context", "U0MIA", PROMOTED, 0.720, 1, "Refusals rose to 9 %, nearly all on questions the docs do not answer"),
    Past("Few-shot examples from closed tickets", "U0MIA", KILLED, 0.713, 2, "Examples leak old product names into the answers"),
    Past("Distil GPT-4 answers into the 8B", "U0BEN", KILLED, 0.688, 30, "Style transferred, facts did not; hallucinations doubled"),
    Past("Query rewriting by the model itself", "U0ANA", KILLED, 0.716, 5, "Helps vague questions, hurts exact error codes; needs a router"),
    Past("Hard-negative mining for the retriever", "U0ANA", PROMOTED, 0.741, 14, "Negatives from the same product line matter, random ones do not"),
    Past("8-bit weights in serving", "U0BEN", KILLED, 0.731, 4, "Latency fell 12 %, not the 40 % we need; kernels are the limit"),
    Past("Chunk overlap 25 %", "U0ZOE", KILLED, 0.739, 3, "No change beyond noise on 500 questions; stop tuning overlap"),
    Past("Synthetic questions for rare products", "U0PRIYA", KILLED, 0.735, 18, "Synthetic questions are too easy: accuracy on them is 0.97"),
    Past("Reranker with cross-encoder", "U0ANA", PROMOTED, 0.768, 11, "Reranking fifty to five is the best gain per millisecond so far"),
    Past("Answer then cite", "U0MIA", KILLED, 0.759, 3, "Citations added after the answer are wrong one time in five"),
)  # fmt: skip
FIRST_NUMBER = 22


def write(session: Session, team: Team, *, until: datetime) -> None:
    """Insert the past, two decisions a week, the last one a day before `until`."""
    for place, past in enumerate(PASTS):
        decided = until - timedelta(days=1 + 3.5 * (len(PASTS) - 1 - place))
        row = _ticket(team, FIRST_NUMBER + place, past, decided)
        session.add(row)
        session.flush()
        assert row.id is not None
        look = Checkpoint(
            experiment_id=row.id,
            at=decided - timedelta(days=1),
            value=past.reached,
            gpu_used=past.gpu,
            note=past.learnt,
            author=past.owner,
        )
        session.add(look)
        session.add_all(_trail(team, row.id, row, decided))


def _trail(team: Team, row_id: int, ticket: Experiment, decided: datetime) -> list[Change]:
    """The audit rows of its way over the board."""
    road = [("", 11.0, "created"), ("backlog", 10.5, "moved"), ("hypothesis", 9.0, "moved"),
            ("experiment", 1.5, "moved"), ("evaluation", 0.0, ticket.outcome)]  # fmt: skip
    stages = ["backlog", "hypothesis", "experiment", "evaluation", ticket.stage]
    assert team.id is not None
    return [
        Change(
            team_id=team.id, experiment_id=row_id, at=decided - timedelta(days=back),
            who=ticket.owner if to != ticket.stage else ticket.decided_by, action=action,
            before={"stage": frm} if frm else {}, after={"stage": to},
        )
        for (frm, back, action), to in zip(road, stages, strict=True)
    ]  # fmt: skip


def _ticket(team: Team, number: int, past: Past, decided: datetime) -> Experiment:
    assert team.id is not None
    killed = past.stage == KILLED
    return Experiment(
        team_id=team.id,
        number=number,
        title=past.title,
        hypothesis=f"{past.title} raises answer accuracy on the 500-question eval set",
        owner=past.owner,
        baseline=max(0.6, past.reached - 0.02),
        target=past.reached if not killed else past.reached + 0.04,
        success_primary="accuracy on the 500-question eval set",
        kill_criteria="no gain after 3 checkpoints",
        gpu_budget=past.gpu * 1.2,
        gpu_used=past.gpu,
        box_starts=(decided - timedelta(days=9)).date(),
        box_ends=(decided + timedelta(days=2)).date(),
        dataset_ready=True,
        blocking_ok=True,
        stage=past.stage,
        stage_since=decided,
        outcome="killed" if killed else "promoted",
        final_metric=past.reached,
        learnings=past.learnt,
        decided_at=decided,
        deploy_status="" if killed else "live",
        monitoring_status="" if killed else "on",
        decided_by="U0LENA" if number % 2 else "U0KENJI",
        created_at=decided - timedelta(days=11),
        progress_at=decided - timedelta(days=1),
    )
