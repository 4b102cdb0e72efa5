"""What a judgement of an experiment rests on: both sides, requirements, confirmations."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from core.evals import definition_of_done as rules
from core.evals.definition_of_done import Requirement
from core.evals.judgement import Evidence
from core.evals.push import digest, from_record
from models.evals import gate as table
from models.evals.gate import EvalPush
from models.experiments.experiment import Experiment as Row
from models.team import Team


@dataclass(frozen=True)
class Inputs:
    """What a judgement of one experiment rests on at this moment. confirmed: name → evidence.

    baseline: what is live on the candidate's eval set, else what was pushed as the baseline; live:
    the number of the live experiment it is, 0 for the pushed one. others: what is compared with in
    metrics that the baseline did not measure.
    """

    requirements: tuple[Requirement, ...]
    by_default: bool
    candidate: EvalPush | None
    baseline: EvalPush | None
    confirmed: Mapping[str, str]
    others: tuple[EvalPush, ...] = ()
    live: int = 0

    @property
    def hash(self) -> str:
        """Changes whenever a judgement could come out differently."""
        sides = [row.content_hash if row else "" for row in (self.candidate, self.baseline)]
        sides += [row.content_hash for row in self.others]
        return digest([sides, rules.as_records(self.requirements), sorted(self.confirmed)])

    @property
    def set_hash(self) -> str:
        """The eval set the candidate was measured on."""
        return self.candidate.eval_set_hash if self.candidate else ""


def inputs_of(session: Session, theirs: Team, row: Row, *, results: bool = False) -> Inputs:
    """What a judgement would rest on now. results: load the pushed results too."""
    requirements, by_default = requirements_of(session, theirs)
    newest = table.newest_push if results else table.newest_head
    candidate, given = (newest(session, row.pk, role) for role in ("candidate", "baseline"))
    live = table.of_live(session, row, candidate.eval_set_hash) if candidate else []
    sides = [*(push for _, push in live), *([given] if given else [])]
    return Inputs(
        requirements,
        by_default,
        candidate,
        sides[0] if sides else None,
        {c.name: c.evidence for c in table.confirmations(session, row.pk)},
        tuple(sides[1:]),
        live[0][0] if live else 0,
    )


def requirements_of(session: Session, theirs: Team) -> tuple[tuple[Requirement, ...], bool]:
    """The team's Definition of Done, and whether it is the document's because none was written."""
    found = table.definition(session, theirs.pk)
    return (rules.from_records(found.requirements), False) if found else (rules.DEFAULTS, True)


def evidence_of(inputs: Inputs, *, look: int = 1) -> Evidence:
    """The pushed sides as values; the inputs must have been read with their results."""
    candidate, baseline = (
        from_record(role, row.results) if row else None  # type: ignore[arg-type]
        for role, row in (("candidate", inputs.candidate), ("baseline", inputs.baseline))
    )
    others = tuple(from_record("baseline", row.results) for row in inputs.others)
    return Evidence(candidate, baseline, inputs.confirmed, look, others)
