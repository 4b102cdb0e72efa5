"""Adapters of the area annotation."""

from typing import Any

from core.data.label_agreement import agreement_verdict
from core.data.label_batch import document_kappa
from core.stats.agreement import Kappa, cohen, cohen_table, fleiss, krippendorff
from core.stats.sample import LENGTH_MISMATCH, NotComputable
from tests.cases.plain import ends, undefined

Case = dict[str, Any]


def cohen_kappa(case: Case) -> Case:
    options = {"labels": case.get("labels"), "weights": case.get("weights")}
    if "table" in case:
        found = cohen_table(case["table"], **options)
        a, b = _from_table(case["table"])
    else:
        a, b = case["a"], case["b"]
        found = cohen(a, b, **options)
    if isinstance(found, NotComputable):
        return undefined(found)
    return {**_shown(found), **_document(a, b)}


def fleiss_kappa(case: Case) -> Case:
    found = fleiss(case["labels_by_item"])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {"fleiss": found.fleiss, "randolph": found.randolph}


def krippendorff_alpha(case: Case) -> Case:
    found = krippendorff(case["raters_by_item"], level=case.get("level", "nominal"))
    return undefined(found) if isinstance(found, NotComputable) else {"alpha": found.alpha}


def degenerate(case: Case) -> Case:
    a, b = case["a"], case["b"]
    found = cohen(a, b)
    if isinstance(found, NotComputable) and found.code == LENGTH_MISMATCH:
        return {"error": found.code}
    verdict = agreement_verdict(found)
    observed = sum(x == y for x, y in zip(a, b, strict=True)) / len(a) if a else None
    shown = {"kappa": None} if isinstance(found, NotComputable) else _shown(found)
    return {**shown, "p_observed": observed, "status": verdict.verdict, "reason": verdict.code}


def _shown(found: Kappa) -> Case:
    return {
        "kappa": found.kappa,
        "p_observed": found.observed,
        "p_chance": found.chance,
        "scott_pi": found.scott_pi,
        "se_asymptotic": found.se,
        "ci95": ends(found.interval),
    }


def _document(a: list[Any], b: list[Any]) -> Case:
    found = document_kappa(a, b)
    if isinstance(found, NotComputable):
        return {"seed_formula_value": None, "seed_formula_swapped": None}
    return {"seed_formula_value": found.value, "seed_formula_swapped": found.swapped}


def _from_table(table: list[list[int]]) -> tuple[list[int], list[int]]:
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [i for i, _ in pairs], [j for _, j in pairs]


ADAPTERS = {
    ("annotation", "cohen_kappa"): cohen_kappa,
    ("annotation", "fleiss_kappa"): fleiss_kappa,
    ("annotation", "krippendorff_alpha"): krippendorff_alpha,
    ("annotation", "degenerate"): degenerate,
}
