"""Files of learning curves: which winners would the rules have proposed to kill, and what saved?

One curve is one experiment that spends its budget evenly; the target is the top 15 % of the
set's finals (an oracle: in use it comes from the ticket), winners are the finals that reach it.
Assumed where the file does not say: results are judged nine times by budget, after every third
epoch, starting at each of the first three (three passes, so that no verdict hangs on one epoch);
the k-th stands at k/9 of the budget; a kill in the last pass saves nothing; the order in which
experiments arrive does not matter to rules that know no other experiment. Lower is better is
judged on 1 - x, an error rate.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from core.decisions.policy import Limits, Verdict
from core.decisions.rules_document import bare
from core.decisions.rules_honest import out_of_reach
from core.experiments.experiment import Experiment
from core.experiments.measurement import Measurement
from tests.cases.result import Result

CHECKPOINTS, STRIDE = 9, 3
MOST_WRONG = 0.03
_START = datetime(2026, 1, 1, tzinfo=UTC)
_TEXTS = ("title", "hypothesis", "method", "owner", "metric", "success_primary", "kill_criteria")
_MORE = ("success_secondary", "success_blocking", "link", "outcome", "learnings", "decided_by")
Rule = Callable[[Experiment], bool]


@dataclass(frozen=True)
class Tally:
    """winners, lost: over all passes; saved: mean share of the compute."""

    winners: int
    lost: int
    saved: float


def is_curves_file(loaded: Any) -> bool:
    """True for {"sets": {name: {"curves": …, "target": …}}}."""
    sets = loaded.get("sets") if isinstance(loaded, dict) else None
    return isinstance(sets, dict) and all("curves" in s and "target" in s for s in sets.values())


def run(loaded: Any) -> list[Result]:
    """A result by set (its figures, always passing), and for the file with and without noise."""
    results, ours, without = [], [], []
    for name, one in loaded["sets"].items():
        for direction in ("higher", "lower"):
            honest, document = (tally(one, rule, direction) for rule in (proposes, document_says))
            ours.append(honest)
            said = f"{_told('honest', honest)}; {_told('document', document)}"
            results.append(Result("kill_curves", f"{name}, {direction}", note=said))
        without.append(tally(one | {"noise_sd": None}, proposes, "higher"))
    return [*results, _held("all sets", ours), _held("all sets, noise not told", without)]


def _held(name: str, found: Sequence[Tally]) -> Result:
    """Passes when few enough winners were lost."""
    lost = sum(one.lost for one in found) / max(1, sum(one.winners for one in found))
    saved = sum(one.saved for one in found) / max(1, len(found))
    note = f"winners wrongly killed {lost:.1%}, compute saved {saved:.1%}"
    failure = "" if lost <= MOST_WRONG else f"{note}: more than {MOST_WRONG:.0%}"
    return Result("kill_curves", name, failure, note=note)


def tally(one: dict[str, Any], rule: Rule, direction: str) -> Tally:
    """What the rule does to a set, over its passes."""
    winners = lost = 0
    saved = []
    for curve, final in zip(one["curves"], one["final_mean_last3"], strict=True):
        for start in range(STRIDE):
            at = killed_at(curve[start::STRIDE], one, rule, direction)
            saved.append(1 - (at or CHECKPOINTS) / CHECKPOINTS)
            winners += final >= one["target"]
            lost += final >= one["target"] and at is not None
    return Tally(winners, lost, sum(saved) / len(saved))


def killed_at(
    results: Sequence[float], one: dict[str, Any], rule: Rule, direction: str
) -> int | None:
    """The checkpoint at which the rule kills, or None; at the last one nothing is left to kill."""
    target, values = one["target"], list(results)
    if direction == "lower":
        target, values = 1 - target, [1 - value for value in values]
    whole = _experiment(
        values,
        target=target,
        direction=direction,
        noise_sd=one.get("noise_sd"),
    )
    for count in range(1, CHECKPOINTS):
        looks = whole.measurements[:count]
        if rule(replace(whole, measurements=looks, gpu_used=float(count))):
            return count
    return None


def proposes(ticket: Experiment) -> bool:
    """The honest rules, as the bot asks them."""
    return isinstance(out_of_reach(ticket, Limits()), Verdict)


def document_says(ticket: Experiment) -> bool:
    """The document's should_kill, as printed."""
    assert ticket.target is not None
    values, used, budget = ticket.values, ticket.gpu_used, ticket.gpu_budget
    return bool(bare(values, ticket.target, used=used, budget=budget))


def _experiment(values: list[float], **fields: Any) -> Experiment:
    looks = tuple(
        Measurement(_START, value, float(at), "", "") for at, value in enumerate(values, 1)
    )
    text = dict.fromkeys((*_TEXTS, *_MORE), "")
    known: dict[str, Any] = {
        **text,
        "number": 1,
        "baseline": None,
        "gpu_budget": float(CHECKPOINTS),
        "gpu_used": 0.0,
        "box_days": 14,
        "stage": "experiment",
        "dataset_ready": True,
        "blocking_ok": True,
    }
    known |= dict.fromkeys(("stage_since", "created_at", "progress_at"), _START)
    known |= dict.fromkeys(("box_starts", "box_ends", "final_metric", "decided_at"))
    return Experiment(**known | fields, measurements=looks)


def _told(name: str, found: Tally) -> str:
    return f"{name} wrongly kills {found.lost}/{found.winners} winners, saves {found.saved:.1%}"
