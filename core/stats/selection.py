"""The range of the best of several: who is picked for a high value was partly lucky.

The end that luck has moved is set back (the "winner's curse"). Each of k candidates overstates
itself beyond `z` standard errors with a chance of 1 - Phi(z); by Sidak (1967) none of them does
with Phi(z)**k, whatever their true values are and whichever is picked, and more often where they
share examples. So z = Phi^-1(0.95 ** (1 / k)) keeps that end in 95 of 100 cases as 1.645 does for
one; the other end needs no change, since luck only moves the best away from it. Simulated beside
the range of one: `python -m tests.best_of`.
"""

from core.stats.sample import Direction, Interval

CONFIDENCE = 0.95  # of each end: a 90 % range


def of_best(value: float, one: Interval, k: int, direction: Direction) -> Interval:
    """The 90 % range of the best of k that were measured on the same examples.

    one: the 90 % range of that value as if it had been the only one, in the same unit.
    """
    from scipy.stats import norm

    if k < 2:
        return one
    wider = float(norm.ppf(CONFIDENCE ** (1 / k)) / norm.ppf(CONFIDENCE))
    if direction == "higher":
        return Interval(value - wider * (value - one.low), one.high)
    return Interval(one.low, value + wider * (one.high - value))
