"""The routes that read, each with what its query may have and what it answers with."""

from collections.abc import Callable
from dataclasses import dataclass

from core.experiments.experiment import STAGES
from core.workspace.token import Pusher
from ingest.api import reads, shapes
from ingest.api.asked import PAGED, TEAM, Asked, Word
from services.ports import Lab
from services.programs.pages import BLOCKER_STATES, STATES


@dataclass(frozen=True)
class Read:
    """One route: what it says of itself, what it does, its answer's model, its query."""

    summary: str
    serve: Callable[[Lab, Pusher, Asked], shapes.Shape]
    shape: type[shapes.Shape]
    words: tuple[Word, ...] = ()


READS: dict[str, Read] = {
    "/v1/me": Read("Who this token is, what it may do and which teams it sees", reads.me,
                   shapes.Me),
    "/v1/experiments": Read(
        "Experiments, the highest number first", reads.experiments, shapes.Experiments,
        (TEAM, Word("state", "which ones; all unless you say", STATES),
         Word("stage", "only in this stage", STAGES),
         Word("owner", "only this person's: a Slack user id"), *PAGED),
    ),
    "/v1/experiments/{id}": Read(
        "One experiment with its decision, last results and learnings", reads.experiment,
        shapes.ExperimentPage,
    ),
    "/v1/experiments/{id}/results": Read(
        "An experiment's results, the newest first", reads.results, shapes.Results, PAGED
    ),
    "/v1/decisions": Read(
        "What was killed or promoted, the last one first", reads.decisions, shapes.Decisions,
        (TEAM, Word("decision", "only these", ("killed", "promoted")), *PAGED),
    ),
    "/v1/learnings": Read(
        "What was learned, the newest first", reads.learnings, shapes.Learnings,
        (TEAM, Word("q", "every one of these words is in it, in any case"),
         Word("experiment", "only about EXP-042"), *PAGED),
    ),
    "/v1/blockers": Read(
        "What people are stuck on, the newest first", reads.blockers, shapes.Blockers,
        (TEAM, Word("state", "open unless you say", BLOCKER_STATES), *PAGED),
    ),
    "/v1/digest": Read("The last digest as it was posted", reads.digest, shapes.Digest, (TEAM,)),
    "/v1/forecast": Read(
        "Where the headline metric may go, as ranges", reads.forecast, shapes.Forecast, (TEAM,)
    ),
    "/v1/ask": Read(
        "What leadership asks, answered from the records or not at all", reads.ask, shapes.Answer,
        (TEAM, Word("question", "like: when will it be ready", required=True)),
    ),
}  # fmt: skip
