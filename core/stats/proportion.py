"""Shares of examples: bounds, tests against a limit, two shares compared.

Formulas: Wilson 1927; Clopper and Pearson 1934; Newcombe 1998 (hybrid score interval of a
difference); McNemar 1947 (exact); Miettinen and Nurminen 1985 without their n/(n-1) factor
(score test).
"One-sided 95 %" bounds are the ends of the 90 % two-sided interval.
"""

import math
from dataclasses import dataclass

import scipy

from core.stats.sample import Answer, Direction, Interval, NotComputable, is_number

Z_ONE_SIDED_95 = 1.6448536269514722  # scipy.stats.norm.ppf(0.95)
_ROUNDING = 1e-9


@dataclass(frozen=True)
class RateCheck:
    """A share against a limit. Both intervals are 90 % two-sided; verdict by one of them."""

    share: float
    wilson: Interval
    clopper_pearson: Interval
    verdict: Answer
    point_rule_passes: bool


@dataclass(frozen=True)
class Golden:
    """Golden examples, of which none may differ. bound: upper 95 % bound of the true rate."""

    rate: float
    bound: float
    verdict: Answer


@dataclass(frozen=True)
class TwoRates:
    """Candidate's share minus baseline's, with Newcombe's interval and the score test."""

    difference: float
    interval: Interval
    statistic: float | None
    p_noninferior: float | None


@dataclass(frozen=True)
class PairedRates:
    """Two pass/fail results on the same examples. interval: 90 % Wald.

    p_different: exact McNemar. p_noninferior: one-sided t on the differences, or None.
    """

    share_candidate: float
    share_baseline: float
    difference: float
    se: float
    interval: Interval
    p_different: float
    p_noninferior: float | None


def wilson(successes: float, n: float, *, confidence: float = 0.90) -> Interval | NotComputable:
    """Two-sided Wilson interval of a share. successes and n may be effective (fractional)."""
    fault = _fault(successes, n)
    if fault:
        return fault
    z = float(scipy.stats.norm.ppf(0.5 + confidence / 2))
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def clopper_pearson(
    successes: float, n: float, *, confidence: float = 0.90
) -> Interval | NotComputable:
    """Two-sided exact interval of a share, by beta quantiles."""
    fault = _fault(successes, n)
    if fault:
        return fault
    tail = (1 - confidence) / 2
    low = scipy.stats.beta.ppf(tail, successes, n - successes + 1) if successes > 0 else 0.0
    high = scipy.stats.beta.ppf(1 - tail, successes + 1, n - successes) if successes < n else 1.0
    return Interval(float(low), float(high))


def rate_against(
    successes: float,
    n: float,
    *,
    limit: float,
    direction: Direction,
    confidence_one_sided: float = 0.95,
) -> RateCheck | NotComputable:
    """A share against a limit: higher-is-better by Wilson, lower-is-better by Clopper-Pearson.

    PASS when the bound on the bad side keeps the limit, FAIL when the one on the good side
    breaks it, INCONCLUSIVE between.
    """
    two_sided = 2 * confidence_one_sided - 1
    score = wilson(successes, n, confidence=two_sided)
    exact = clopper_pearson(successes, n, confidence=two_sided)
    if isinstance(score, NotComputable) or isinstance(exact, NotComputable):
        return score if isinstance(score, NotComputable) else NotComputable("no data", "")
    share = successes / n
    if direction == "higher":
        verdict = _verdict(passes=score.low >= limit, fails=score.high < limit)
        return RateCheck(share, score, exact, verdict, share >= limit)
    verdict = _verdict(passes=exact.high <= limit, fails=exact.low > limit)
    return RateCheck(share, score, exact, verdict, share <= limit)


def golden(examples: int, mismatching: int) -> Golden | NotComputable:
    """A golden set: one example that differs in any of its repeats is a FAIL."""
    exact = clopper_pearson(mismatching, examples)
    if isinstance(exact, NotComputable):
        return exact
    return Golden(mismatching / examples, exact.high, "FAIL" if mismatching else "PASS")


def zero_failures_needed(max_rate: float, *, confidence: float = 0.95) -> int | NotComputable:
    """How many examples without a single failure show a rate of at most max_rate."""
    if not (0 < max_rate < 1 and 0 < confidence < 1):
        return NotComputable("no usable limit", "The limit must lie between 0 and 1.")
    return math.ceil(math.log(1 - confidence) / math.log1p(-max_rate))


def zero_failures_bound(n: int, *, confidence: float = 0.95) -> float:
    """The largest true rate that n clean examples still allow: 1 - (1-confidence)^(1/n)."""
    return -math.expm1(math.log(1 - confidence) / n)


def paired_rates(
    both: int, only_candidate: int, only_baseline: int, neither: int, *, margin: float
) -> PairedRates | NotComputable:
    """The 2x2 table of two pass/fail results on the same examples."""
    n = both + only_candidate + only_baseline + neither
    if n < 1 or min(both, only_candidate, only_baseline, neither) < 0:
        return NotComputable("no data", "There are no examples.")
    b, c = only_candidate, only_baseline
    difference = (b - c) / n
    se = math.sqrt(b + c - (b - c) ** 2 / n) / n
    half = float(scipy.stats.norm.ppf(0.95)) * se
    p_noninferior = None
    if n > 1 and se > 0:
        t = (difference + margin) / (se * math.sqrt(n / (n - 1)))
        p_noninferior = float(scipy.stats.t.sf(t, n - 1))
    p_different = float(scipy.stats.binomtest(b, b + c, 0.5).pvalue) if b + c else 1.0
    interval = Interval(difference - half, difference + half)
    shares = (both + b) / n, (both + c) / n
    return PairedRates(*shares, difference, se, interval, p_different, p_noninferior)


def newcombe(
    candidate: tuple[int, int], baseline: tuple[int, int], *, confidence: float = 0.90
) -> Interval | NotComputable:
    """Interval of the difference of two independent shares, each given as (successes, n)."""
    one = wilson(*candidate, confidence=confidence)
    two = wilson(*baseline, confidence=confidence)
    if isinstance(one, NotComputable):
        return one
    if isinstance(two, NotComputable):
        return two
    p, q = candidate[0] / candidate[1], baseline[0] / baseline[1]
    low = p - q - math.hypot(p - one.low, two.high - q)
    high = p - q + math.hypot(one.high - p, q - two.low)
    return Interval(low, high)


def two_rates(
    candidate: tuple[int, int],
    baseline: tuple[int, int],
    *,
    margin: float,
    as_statsmodels: bool = False,
    confidence: float = 0.90,
) -> TwoRates | NotComputable:
    """Two independent shares, (successes, n) each; H1: candidate > baseline - margin.

    as_statsmodels: the figure of statsmodels 0.15.0 (`test_proportions_2indep`, score). One
    coefficient of its cubic holds a count in place of n, so its shares under the limit are not
    the likeliest ones; p differs by up to 0.04 and is sometimes NaN (None here). For comparison.
    """
    interval = newcombe(candidate, baseline, confidence=confidence)
    if isinstance(interval, NotComputable):
        return interval
    p, q = candidate[0] / candidate[1], baseline[0] / baseline[1]
    shares = _shares_under(candidate, baseline, -margin, baseline[0 if as_statsmodels else 1])
    variance = 0.0
    if shares:
        one, two = (share * (1 - share) for share in shares)
        variance = one / candidate[1] + two / baseline[1]
    if variance <= 0:
        return TwoRates(p - q, interval, None, None)
    statistic = (p - q + margin) / math.sqrt(variance)
    return TwoRates(p - q, interval, statistic, float(scipy.stats.norm.sf(statistic)))


def _shares_under(
    candidate: tuple[int, int], baseline: tuple[int, int], difference: float, n_or_count: int
) -> tuple[float, float] | None:
    """The likeliest pair of shares that lie exactly `difference` apart (a cubic's root)."""
    (k1, n1), (k0, n0) = candidate, baseline
    total, successes = n1 + n0, k1 + k0
    if difference == 0:
        return successes / total, successes / total
    second = (n1 + 2 * n0) * difference - total - successes
    first = (n_or_count * difference - total - 2 * k0) * difference + successes
    zeroth = k0 * difference * (1 - difference)
    third = second / (3 * total)
    v = third**3 - second * first / (6 * total**2) + zeroth / (2 * total)
    u = math.copysign(math.sqrt(max(0.0, third**2 - first / (3 * total))), v)
    cosine = v / u**3 if u else 0.0
    if abs(cosine) > 1 + _ROUNDING:
        return None
    angle = (math.pi + math.acos(min(1.0, max(-1.0, cosine)))) / 3
    share = 2 * u * math.cos(angle) - third
    if n_or_count == n0:  # only the true maximum is known to lie inside; rounding aside
        share = min(min(1.0, 1 - difference), max(max(0.0, -difference), share))
    return share + difference, share


def _verdict(*, passes: bool, fails: bool) -> Answer:
    if passes:
        return "PASS"
    return "FAIL" if fails else "INCONCLUSIVE"


def _fault(successes: float, n: float) -> NotComputable | None:
    if not (is_number(successes) and is_number(n)) or n <= 0:
        return NotComputable("no data", "There are no examples.")
    if not 0 <= successes <= n:
        return NotComputable("not a share", "Scores outside 0..1 are no share.")
    return None
