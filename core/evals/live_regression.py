"""What is live got worse: proven, on the eval set of the results it went live with.

Every metric is held to its own margin, else to 2 points of a share or 2 % of anything else; only
what lies beyond the margin as a whole counts, and every later look takes more certainty.
"""

from collections.abc import Sequence

from core.evals.definition_of_done import NO_REGRESSION, Requirement
from core.evals.judgement import Evidence, judge_all
from core.evals.push import Push, side

MARGIN = 0.02
_REST = Requirement(NO_REGRESSION, "regression", kind=NO_REGRESSION, margin=MARGIN)


def proven(
    requirements: Sequence[Requirement], own: Requirement | None, sides: tuple[Push, Push],
    *, look: int,
) -> tuple[str, ...]:  # fmt: skip
    """A sentence for each metric that is proven worse, () for none. own: the ticket's metric where
    no requirement is about it; sides: measured now, and what it went live with.
    """
    held = [one for one in requirements if one.margin is not None and one.kind != "confirmed"]
    known = {one.measures for one in held}
    held += [own] if own and own.measures not in known else []
    held += [] if any(one.kind == NO_REGRESSION for one in held) else [_REST]
    found = judge_all(held, Evidence(sides[0], sides[1], look=look))
    checks = [check for one in found.metrics for check in one.checks]
    return tuple(c.reason for c in checks if c.name == "regression" and c.verdict == "FAIL")


def of_ticket(score: str, direction: str, push: Push) -> Requirement | None:
    """The ticket's own metric as a requirement; None when it was not measured."""
    arm = side(push, score) if score else None
    if arm is None:
        return None
    shares = all(0 <= value <= 1 for value in arm.values)
    kind = "rate" if shares else "mean"
    return Requirement(score, "regression", direction, kind, margin=MARGIN, relative=not shares)
