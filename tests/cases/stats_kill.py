"""Adapters of the areas kill and priority."""

from typing import Any

from core.sprints.plan import KindRecord, priority
from core.stats.learning_curve import look
from core.stats.sample import NotComputable
from tests.cases.plain import undefined

Case = dict[str, Any]


def kill_decision(case: Case) -> Case:
    found = look(
        case["history"],
        case["target"],
        budget_share=case["budget_used"],
        direction=case.get("direction", "higher"),
        noise_sd=case.get("noise_sd") or 0.0,
    )
    if isinstance(found, NotComputable):
        return undefined(found, kill=False)
    return {
        "kill": found.out_of_reach,
        "rule": found.rule,
        "optimistic_bound_at_full_budget": found.bound,
    }


def expected_information_gain(case: Case) -> Case:
    prior = (case.get("prior_a", 1), case.get("prior_b", 4))
    found = priority(
        KindRecord(case["promoted_before"], case["decided_before"], prior),
        power=case["power"],
        alpha=case.get("alpha", 0.05),
        value=case["value"],
        cost=case["cost"],
    )
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "p_success": found.p,
        "prob_positive_result": found.p_positive,
        "eig_bits": found.eig_bits,
        "score": found.score,
    }


ADAPTERS = {
    ("kill", "kill_decision"): kill_decision,
    ("priority", "expected_information_gain"): expected_information_gain,
}
