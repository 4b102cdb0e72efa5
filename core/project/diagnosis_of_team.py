"""Three symptoms of a team's sprints (source document, chapter 2): velocity that jumps, planning
that takes hours, researchers who skip it. Each with its cause and remedy, and what the records
show of it; what nobody records (how long a meeting took, who came) is not guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import scipy

from core.project.diagnosis import Finding
from core.quantity import experiment_id

CASES = ("velocity", "planning", "skipping")
NAMES = {
    "velocity": "velocity jumps from sprint to sprint",
    "planning": "planning takes too long",
    "skipping": "researchers skip planning",
}
CAUSES = {
    "velocity": "Story points on uncertain work.",
    "planning": "Experiments are fully specified before they begin.",
    "skipping": "They see it as bureaucracy that slows research.",
}
FIXES = {
    "velocity": "Count throughput: completed experiments a sprint, each with a decision and what "
    "was learned (`/sprint velocity`). Promise what 85% of the past sprints held, and look at the "
    "causes of a short one in `/sprint retro`.",
    "planning": "Specify the hypothesis and the success and kill criteria only. Details of the "
    "method emerge during execution: `/sprint plan` ranks what has these three; write the "
    "missing ones before the meeting.",
    "skipping": "Make planning about their priorities. Ask each: what do YOU want to try, what do "
    "you need from the team? Start with the ideas below; `/exp update EXP-042 worth=8` says how "
    "much one matters to its owner.",
}
MIN_SPRINTS = 4
CHANCE = 0.05
LONG = 100  # words of a method beyond which it says more than planning needs
WAITED = 14  # days an idea waits before it counts as passed over
_SHOWN = 6


@dataclass(frozen=True)
class Idea:
    """A ticket that has not begun. lacks: of what planning needs; words: of its method; days since
    it was written; planned: committed to in a sprint.
    """

    number: int
    lacks: tuple[str, ...]
    words: int
    days: int
    planned: bool


@dataclass(frozen=True)
class PlanningEvidence:
    """What is recorded. counts: decided a sprint, oldest first; sprint: the planned one that runs,
    0 without; people: members who may own tickets; owners: of them, with one in that plan.
    """

    counts: tuple[int, ...]
    ideas: tuple[Idea, ...]
    sprint: int = 0
    people: int = 0
    owners: int = 0


def judge(case: str, seen: PlanningEvidence) -> Finding:
    """The case by the records."""
    return {"velocity": _velocity, "planning": _planning, "skipping": _skipping}[case](seen)


def swings(counts: Sequence[int]) -> float:
    """p that equal sprints differ as much by chance: the index of dispersion of Poisson counts
    against chi-square with n − 1 degrees of freedom; 1.0 when nothing was decided.
    """
    mean = sum(counts) / len(counts)
    if not mean:
        return 1.0
    spread = sum((count - mean) ** 2 for count in counts) / mean
    return float(scipy.stats.chi2.sf(spread, len(counts) - 1))


def _velocity(seen: PlanningEvidence) -> Finding:
    shown = ", ".join(str(count) for count in seen.counts) or "none"
    if len(seen.counts) < MIN_SPRINTS:
        return Finding("velocity", None, f"decided a sprint: {shown}; it takes {MIN_SPRINTS}")
    chance = swings(seen.counts)
    mean = sum(seen.counts) / len(seen.counts)
    why = f"decided in the last {len(seen.counts)} sprints: {shown} (mean {mean:.1f})"
    if chance < CHANCE:
        said = f"they differ more than chance does (p {chance:.2g}), so something else moves them"
    else:
        said = (
            f"small numbers differ as much by chance (p {chance:.2g}): this is no sign by itself"
        )
    return Finding("velocity", chance < CHANCE, why, (said,))


def _planning(seen: PlanningEvidence) -> Finding:
    if not seen.ideas:
        return Finding("planning", None, "no ticket waits for planning")
    bare = [one for one in seen.ideas if one.lacks]
    long = [one.number for one in seen.ideas if one.words > LONG]
    ready = len(seen.ideas) - len(bare)
    why = f"{ready} of the {len(seen.ideas)} tickets that wait are ready for planning"
    lines = [f"{experiment_id(one.number)}: no {', no '.join(one.lacks)}" for one in bare[:_SHOWN]]
    lines += [f"and {len(bare) - _SHOWN} more"] if len(bare) > _SHOWN else []
    if long:
        lines.append(f"method of more than {LONG} words, which can wait: {_ids(long)}")
    holds = 2 * len(bare) > len(seen.ideas) or 2 * len(long) > len(seen.ideas)
    return Finding("planning", holds, why, tuple(lines))


def _skipping(seen: PlanningEvidence) -> Finding:
    passed = [one.number for one in seen.ideas if not one.planned and one.days > WAITED]
    lines = [f"in no plan although written more than {WAITED} days ago: {_ids(passed)}"]
    lines = lines if passed else []
    if not seen.sprint or not seen.people:
        why = "no sprint that runs was planned, so whose ideas are in it cannot be said"
        return Finding("skipping", None, why, tuple(lines))
    without = seen.people - seen.owners
    why = f"{without} of {seen.people} people have no ticket of their own in the plan of sprint "
    return Finding("skipping", 3 * without >= seen.people, f"{why}{seen.sprint}", tuple(lines))


def _ids(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return ", ".join(experiment_id(one) for one in numbers[:_SHOWN]) + more
