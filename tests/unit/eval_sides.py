"""Candidates and baselines for the tests of the gate."""

from core.evals.metric import Metric
from core.evals.scores import Score, arm

ACCURACY = Metric("accuracy", kind="rate", threshold=0.85, margin=0.05)


def by_example(values, run="1", clusters=(), prefix="q"):
    known = clusters or [""] * len(values)
    return arm(
        Score(f"{prefix}{i}", v, run=run, cluster=c)
        for i, (v, c) in enumerate(zip(values, known, strict=True))
    )


def right(n, wrong):
    return [0.0] * wrong + [1.0] * (n - wrong)
