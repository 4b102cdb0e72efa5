"""Examples that share a document, or turns that share a chat: the cluster is the unit.

Cluster-robust standard error of a mean with the factor C/(C-1), as ordinary least squares on a
constant gives it with the small-sample correction (Miller 2024, arXiv 2411.00640, leaves the
factor out). Fewer than two clusters have no standard error at all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from core.stats.sample import LENGTH_MISMATCH, TOO_FEW_CLUSTERS, Interval, NotComputable, sample

FEW_CLUSTERS = 20  # below it a clustered standard error is itself shaky


@dataclass(frozen=True)
class ClusteredMean:
    """A mean whose examples come in clusters. interval: 95 %, t with clusters-1 df."""

    mean: float
    n: int
    clusters: int
    se_naive: float
    se: float
    interval: Interval


def clustered_mean(
    values: Sequence[float | None], clusters: Sequence[str]
) -> ClusteredMean | NotComputable:
    """A mean with its cluster-robust standard error. Refuses fewer than two clusters."""
    known = sample(values)
    if isinstance(known, NotComputable):
        return known
    if len(clusters) != known.size:
        return NotComputable(LENGTH_MISMATCH, "Every score needs its cluster.")
    _, code = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    count = int(code.max()) + 1
    if count < 2:
        return NotComputable(TOO_FEW_CLUSTERS, "All examples come from one cluster.")
    mean, n = float(known.mean()), int(known.size)
    sums = np.bincount(code, weights=known - mean)
    se = math.sqrt(float(sums @ sums) * count / (count - 1)) / n
    half = float(scipy.stats.t.ppf(0.975, count - 1)) * se
    naive = float(known.std(ddof=1)) / math.sqrt(n)
    return ClusteredMean(mean, n, count, naive, se, Interval(mean - half, mean + half))


def effective_n(found: ClusteredMean) -> float:
    """How many independent examples the clustered ones are worth (Korn and Graubard 1998).

    n over the design effect, corrected for estimating it from few clusters; never above n.
    """
    if found.se_naive <= 0:
        worth = float(found.clusters)  # all the same: the clusters are all there is
    else:
        worth = found.n * min(1.0, (found.se_naive / found.se) ** 2 if found.se > 0 else 1.0)
    t = scipy.stats.t
    caution = (t.ppf(0.95, found.n - 1) / t.ppf(0.95, found.clusters - 1)) ** 2
    return float(max(1.0, worth * min(1.0, caution)))


def clusters_note(found: ClusteredMean) -> str:
    """` in 12 clusters, few for a clustered error`, for sentences."""
    few = ", few for a clustered error" if found.clusters < FEW_CLUSTERS else ""
    return f" in {found.clusters} clusters{few}"
