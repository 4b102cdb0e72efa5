"""Adapters of the area eval: power, agreement of runs, repeated looks."""

from typing import Any

import numpy as np

from core.stats.consistency import flips, spread_against
from core.stats.power import (
    examples_for_change,
    examples_for_margin,
    visible_change,
    visible_over_seeds,
)
from core.stats.sample import NotComputable
from core.stats.sequential import mean_sequence, sign_evidence
from tests.cases.plain import ends, numbers, undefined

Case = dict[str, Any]


def power_binary(case: Case) -> Case:
    options = {
        "accuracy": case["accuracy"],
        "discordant_share": case.get("discordant_share"),
        "alpha_two_sided": case.get("alpha_two_sided", 0.05),
        "power": case.get("power", 0.8),
    }
    needed = examples_for_change(case["delta"], **options)
    seen = visible_change(case["n_have"], **options)
    if isinstance(needed, NotComputable) or isinstance(seen, NotComputable):
        return undefined(NotComputable("no usable limit", ""))
    return {
        "n_needed_unpaired_per_arm": needed.unpaired,
        "n_needed_paired": needed.paired,
        "mde_unpaired": seen.unpaired,
        "mde_paired": seen.paired,
    }


def power_seeds(case: Case) -> Case:
    found = visible_over_seeds(
        case["seeds_per_arm"],
        alpha_two_sided=case.get("alpha_two_sided", 0.05),
        power=case.get("power", 0.8),
    )
    if isinstance(found, NotComputable):
        return undefined(found)
    return {"mde_in_sd": found, "mde": found * case["sd_between_seeds"]}


def power_noninferiority_paired(case: Case) -> Case:
    found = examples_for_margin(
        case["margin"],
        discordant_share=case["discordant_share"],
        true_difference=case.get("true_diff", 0.0),
        alpha_one_sided=case.get("alpha_one_sided", 0.05),
        power=case.get("power", 0.8),
    )
    return undefined(found) if isinstance(found, NotComputable) else {"n_needed": found}


def consistency_sd(case: Case) -> Case:
    found = spread_against(numbers(case["run_means"]), limit=case["limit_sd"])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "sd_ddof0": found.sd_population,
        "sd_ddof1": found.sd,
        "upper95_one_sided": found.upper,
        "lower95_one_sided": found.lower,
        "verdict": found.verdict,
    }


def run_flip_rate(case: Case) -> Case:
    found = flips([numbers(row) for row in case["runs_by_example"]])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "examples": found.examples,
        "runs": found.runs,
        "unstable_examples": found.unstable,
        "mean_pairwise_flip_rate": found.rate,
        "run_means": list(found.run_means),
        "sd_of_run_means_ddof1": found.sd_of_run_means,
    }


def sequential_sign_evalue(case: Case) -> Case:
    found = sign_evidence(case["wins"], case["losses"])
    if isinstance(found, NotComputable):
        return undefined(found)
    e_value = "inf" if found.log_e > np.log(np.finfo(float).max) else float(np.exp(found.log_e))
    return {"e_value": e_value, "p_anytime": found.p_anytime}


def sequential_mean_interval(case: Case) -> Case:
    found = mean_sequence(
        numbers(case["diffs"]),
        alpha=case.get("alpha", 0.05),
        tuned_for_n=case.get("tuned_for_n", 100),
    )
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "n": found.n,
        "mean": found.mean,
        "rho": found.rho,
        "halfwidth": found.half_width,
        "interval": ends(found.interval),
        "fixed_n_t_halfwidth": found.fixed_half_width,
    }


ADAPTERS = {
    ("eval", "power_binary"): power_binary,
    ("eval", "power_seeds"): power_seeds,
    ("eval", "power_noninferiority_paired"): power_noninferiority_paired,
    ("eval", "consistency_sd"): consistency_sd,
    ("eval", "run_flip_rate"): run_flip_rate,
    ("eval", "sequential_sign_evalue"): sequential_sign_evalue,
    ("eval", "sequential_mean_interval"): sequential_mean_interval,
}
