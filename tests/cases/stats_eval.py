"""Adapters of the area eval: bounds and tests of one figure."""

from functools import partial
from typing import Any

from core.stats.clusters import clustered_mean
from core.stats.latency import p95_against
from core.stats.multiplicity import benjamini_hochberg, holm
from core.stats.proportion import (
    clopper_pearson,
    golden,
    paired_rates,
    rate_against,
    two_rates,
    zero_failures_needed,
)
from core.stats.sample import NotComputable
from core.stats.significance import independent_noninferiority, paired_noninferiority, welch
from tests.cases.plain import ends, numbers, undefined

Case = dict[str, Any]


def welch_two_sided(case: Case) -> Case:
    found = welch(numbers(case["candidate"]), numbers(case["baseline"]))
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "mean_diff": found.difference,
        "t": found.t,
        "df": found.df,
        "p": found.p,
        "ci95": ends(found.interval),
        "sd_candidate_ddof1": found.sd_candidate,
        "sd_baseline_ddof1": found.sd_baseline,
    }


def noninferiority(case: Case, *, paired: bool) -> Case:
    test = paired_noninferiority if paired else independent_noninferiority
    found = test(
        numbers(case["candidate"]),
        numbers(case["baseline"]),
        margin=case["margin_abs"],
        direction=case.get("direction", "higher"),
        alpha=case.get("alpha", 0.05),
    )
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "n": found.n,
        "mean_diff": found.difference,
        "se": found.se,
        "t": found.t,
        "p_noninferior": found.p,
        "one_sided_bound_95": found.bound,
        "interval90": ends(found.interval),
        "verdict": found.verdict,
    }


def paired_binary(case: Case) -> Case:
    found = paired_rates(
        case["both_right"],
        case["only_candidate_right"],
        case["only_baseline_right"],
        case["both_wrong"],
        margin=case.get("margin_abs", 0.02),
    )
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "acc_candidate": found.share_candidate,
        "acc_baseline": found.share_baseline,
        "diff": found.difference,
        "se_wald": found.se,
        "interval90_wald": ends(found.interval),
        "mcnemar_exact_p": found.p_different,
        "p_noninferior_t": found.p_noninferior,
    }


def proportion_vs_threshold(case: Case) -> Case:
    found = rate_against(
        case["k"],
        case["n"],
        limit=case["threshold"],
        direction=case["direction"],
        confidence_one_sided=case.get("confidence_one_sided", 0.95),
    )
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "point": found.share,
        "wilson_one_sided_95": ends(found.wilson),
        "clopper_pearson_one_sided_95": ends(found.clopper_pearson),
        "verdict": found.verdict,
        "point_rule_would_pass": found.point_rule_passes,
    }


def zero_failure_sample_size(case: Case) -> Case:
    confidence = case.get("confidence", 0.95)
    needed = zero_failures_needed(case["max_rate"], confidence=confidence)
    if isinstance(needed, NotComputable):
        return undefined(needed)
    bound = clopper_pearson(0, needed, confidence=2 * confidence - 1)
    high = None if isinstance(bound, NotComputable) else bound.high
    return {"n_required": needed, "upper_bound_at_n": high}


def two_proportions(case: Case) -> Case:
    found = two_rates(
        (case["k_candidate"], case["n_candidate"]),
        (case["k_baseline"], case["n_baseline"]),
        margin=case["margin_abs"],
        as_statsmodels=True,  # the cases hold that library's figure; gates use the likelihood
    )
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "diff": found.difference,
        "newcombe_interval90": ends(found.interval),
        "score_test_stat": found.statistic,
        "score_test_p": found.p_noninferior,
    }


def clustered_se(case: Case) -> Case:
    found = clustered_mean(numbers(case["scores"]), [str(g) for g in case["groups"]])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "mean": found.mean,
        "n": found.n,
        "clusters": found.clusters,
        "se_naive": found.se_naive,
        "se_clustered": found.se,
        "ci95_t": ends(found.interval),
    }


def multiple_testing(case: Case) -> Case:
    alpha = case.get("alpha", 0.05)
    one, two = holm(case["p"], alpha=alpha), benjamini_hochberg(case["p"], alpha=alpha)
    return {
        "holm_adjusted": list(one.p),
        "holm_reject": list(one.rejected),
        "bh_adjusted": list(two.p),
        "bh_reject": list(two.rejected),
    }


def latency_p95(case: Case) -> Case:
    values = numbers(case["latencies_ms"])
    found = p95_against(values, limit=case["limit_ms"])
    if isinstance(found, NotComputable):
        return undefined(found, n=len(values))
    return {
        "n": found.n,
        "p95_inverted_cdf": found.p95,
        "over_limit": found.over_limit,
        "p_value": found.p_below,
        "upper95_bound": found.upper,
        "upper95": found.upper,
        "p_value_worse": found.p_above,
        "verdict": found.verdict,
    }


def golden_set(case: Case) -> Case:
    found = golden(case["examples"], case["mismatching_examples"])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "verdict": found.verdict,
        "mismatch_rate": found.rate,
        "upper95_true_mismatch_rate": found.bound,
    }


ADAPTERS = {
    ("eval", "welch_two_sided"): welch_two_sided,
    ("eval", "noninferiority_independent"): partial(noninferiority, paired=False),
    ("eval", "noninferiority_paired"): partial(noninferiority, paired=True),
    ("eval", "paired_binary"): paired_binary,
    ("eval", "proportion_vs_threshold"): proportion_vs_threshold,
    ("eval", "zero_failure_sample_size"): zero_failure_sample_size,
    ("eval", "noninferiority_two_proportions"): two_proportions,
    ("eval", "clustered_se"): clustered_se,
    ("eval", "multiple_testing"): multiple_testing,
    ("eval", "latency_p95"): latency_p95,
    ("eval", "golden_set"): golden_set,
}
