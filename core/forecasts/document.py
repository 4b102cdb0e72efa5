"""The source document's ETA, by its name: the gap over the mean gain by sprint, one number.

Linear, without a range, and it speaks after two sprints; kept for comparison.
"""

from collections.abc import Sequence

from core.stats.sample import Direction, NotComputable, sample


def document_eta(
    by_sprint: Sequence[float | None], target: float, *, direction: Direction = "higher"
) -> float | NotComputable:
    """Sprints until the target by the document's rule; 0.0 when it has been reached."""
    known = sample(by_sprint)
    if isinstance(known, NotComputable):
        return known
    sign = 1.0 if direction == "higher" else -1.0
    gap = sign * (target - float(known[-1]))
    pace = sign * float(known[-1] - known[0]) / (known.size - 1)
    if gap <= 0:
        return 0.0
    if pace <= 0:
        return NotComputable("no pace", "There has been no gain, so no number of sprints.")
    return gap / pace
