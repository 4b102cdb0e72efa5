"""The workflow of the source document (chapter 2): which moves there are and what each needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.errors import Refused
from core.experiments import guardrail, rollout
from core.experiments.experiment import STAGES, Experiment, meets_target, with_box
from core.experiments.metric import short_name
from core.text import says_nothing

LEAST_LEARNING = 10  # characters: enough for one short sentence


@dataclass(frozen=True)
class Criterion:
    """One exit criterion. lack: what is missing; remedy: what to type (`{id}`, `{acc}` filled)."""

    holds: Callable[[Experiment, str], bool]
    lack: str
    remedy: str

    def cure(self, experiment: Experiment) -> str:
        """What to type, with this ticket's id and metric."""
        return self.remedy.format(id=experiment.id, acc=short_name(experiment.metric))

    def told(self, experiment: Experiment) -> str:
        """What is missing and what to type."""
        return f"{self.lack}: type {self.cure(experiment)}"


def _new_result(experiment: Experiment, _note: str) -> bool:
    since = experiment.stage_since
    return any(look.at > since for look in experiment.looks)


_WRITTEN = (
    Criterion(lambda e, _: bool(e.hypothesis), "no hypothesis is written", "`/exp edit {id}`"),
    Criterion(lambda e, _: e.target is not None, "no target is set", "`/exp edit {id}`"),
    Criterion(lambda e, _: bool(e.kill_criteria), "no kill criteria", "`/exp edit {id}`"),
    Criterion(lambda e, _: e.gpu_budget > 0, "no compute budget", "`/exp edit {id}`"),
)
_PREPARED = (
    Criterion(
        lambda e, _: e.dataset_ready,
        "the dataset is not ready",
        "`/exp update {id} data=ready` once it is",
    ),
    Criterion(
        lambda e, _: e.baseline is not None,
        "no baseline is measured",
        "`/exp update {id} baseline=0.72` with yours",
    ),
)
_LOGGED = Criterion(
    lambda e, _: bool(e.values), "no result is logged", "`/exp update {id} {acc}=…`"
)
_TRAINED = Criterion(
    lambda e, _: rollout.is_training_over(e),
    "training is not complete",
    "`/exp update {id} training=complete`",
)
_REASONED = Criterion(
    lambda _, note: not says_nothing(note),
    "the decision needs a reason",
    "`/exp move {id} iteration why it is worth refining`",
)
_REFINED = Criterion(
    _new_result, "no new result since the iteration began", "`/exp update {id} {acc}=…`"
)
MOVES: Mapping[tuple[str, str], Sequence[Criterion]] = {
    ("backlog", "hypothesis"): _WRITTEN,
    ("hypothesis", "experiment"): _PREPARED,
    ("experiment", "evaluation"): (_LOGGED, _TRAINED),
    ("evaluation", "iteration"): (_LOGGED, _REASONED),
    ("iteration", "evaluation"): (_REFINED, _TRAINED),
}


def next_stages(stage: str) -> list[str]:
    """Where a ticket in that stage can go, decisions included."""
    after = [to for frm, to in MOVES if frm == stage]
    if stage == "evaluation":
        after += ["production"]
    return [*after, "killed"] if stage not in ("killed", "production") else []


def read_stage(text: str, experiment: Experiment) -> str:
    """The stage somebody typed: its name or the beginning of it. Raises Refused."""
    word = text.strip().strip("`*\"'.").lower()
    found = [stage for stage in STAGES if word and stage.startswith(word)]
    if len(found) == 1:
        return found[0]
    known = " or ".join(next_stages(experiment.stage))
    what = f"“{text[:30]}” is no stage" if word else "No stage is named"
    raise Refused(
        f"{what}. {experiment.id} is in {experiment.stage} and can go to {known or 'none'}.",
        f"Write `/exp move {experiment.id} {next_stages(experiment.stage)[0]}`." if known else "",
    )


def missing(experiment: Experiment, to: str, note: str = "") -> list[Criterion]:
    """The exit criteria that do not hold yet for that move."""
    return [c for c in MOVES[experiment.stage, to] if not c.holds(experiment, note)]


def moved(experiment: Experiment, to: str, *, note: str, now: datetime, today: date) -> Experiment:
    """The ticket in its new stage; entering `experiment` starts the time box.

    Raises Refused when there is no such move or an exit criterion is missing.
    """
    if to == experiment.stage:
        raise Refused(f"{experiment.id} is in {to} already.")
    if (experiment.stage, to) not in MOVES:
        raise _no_way(experiment, to)
    lacks = missing(experiment, to, note)
    if lacks:
        raise _held(experiment, to, lacks)
    new = replace(experiment, stage=to, stage_since=now, progress_at=now, outcome="")
    if to == "iteration":  # what is refined must be confirmed anew
        return replace(new, outcome="iterating", blocking_ok=False, training_status="")
    return with_box(new, starts=today) if to == "experiment" else new


def _no_way(experiment: Experiment, to: str) -> Refused:
    number = str(experiment.number)
    if to == "killed":
        return Refused(
            "Killing takes what was learned, so it has its own command.",
            f"Type `/kill {experiment.id} what we learned`.",
            offer=(f"Kill {experiment.id}…", "kill_open", number),
        )
    if to == "production" and experiment.stage == "evaluation":
        return Refused(
            "Going to production is a lead's decision with its own command.",
            f"A lead types `/exp promote {experiment.id} what we learned`.",
            offer=(f"Promote {experiment.id}…", "promote_open", number),
        )
    known = " or ".join(next_stages(experiment.stage))
    return Refused(
        f"{experiment.id} cannot go from {experiment.stage} to {to}; it can go to {known}.",
        "The stages are backlog → hypothesis → experiment → evaluation → iteration, production "
        "or killed.",
    )


def _held(experiment: Experiment, to: str, lacks: Sequence[Criterion]) -> Refused:
    what = " and ".join(c.lack for c in lacks)
    remedies = dict.fromkeys(c.cure(experiment) for c in lacks)
    return Refused(
        f"{experiment.id} stays in {experiment.stage}: {what}.",
        f"To go to {to}, type {', then '.join(remedies)}.",
    )


def promoted(
    experiment: Experiment, *, learnings: str, by: str, now: datetime, waived: bool = False
) -> Experiment:
    """The ticket in production. Raises Refused as `require_promotable`, or when nothing was
    learned.
    """
    require_promotable(experiment, waived=waived)
    # What is live of one that was sent back is the earlier model: the new one has to be told of.
    deployed = "" if experiment.live_since else experiment.deploy_status
    return replace(
        experiment,
        deploy_status=deployed,
        stage="production",
        stage_since=now,
        progress_at=now,
        outcome="promoted",
        final_metric=experiment.best,
        learnings=checked_learnings(learnings),
        decided_at=now,
        decided_by=by,
    )


def require_evaluation(experiment: Experiment) -> None:
    """Pass in the one stage that leads to production. Raises Refused."""
    if experiment.stage != "evaluation":
        known = " or ".join(next_stages(experiment.stage))
        raise Refused(
            f"{experiment.id} is in {experiment.stage}; only evaluation leads to production.",
            f"From {experiment.stage} it can go to {known}.",
        )


def require_promotable(experiment: Experiment, *, waived: bool = False) -> None:
    """Pass when it is in evaluation, its result meets the target, what blocks is confirmed and
    each guardrail is tested. waived: two leads let it pass with the results it has.

    Raises Refused naming what is missing.
    """
    require_evaluation(experiment)
    if not waived and not meets_target(experiment, experiment.best):
        best = "no result" if experiment.best is None else f"best {experiment.best:g}"
        sign = "at least" if experiment.direction == "higher" else "at most"
        wanted = "no target" if experiment.target is None else f"{sign} {experiment.target:g}"
        raise Refused(
            f"{experiment.id} does not meet its target: {experiment.metric} has {best}, "
            f"needed {wanted}.",
            f"Refine it (`/exp move {experiment.id} iteration why`) or `/kill {experiment.id}`.",
        )
    require_confirmed(experiment)
    guardrail.require_tested(experiment.id, experiment.guardrails)


def require_confirmed(experiment: Experiment) -> None:
    """Pass when somebody confirmed its blocking criterion, or there is none. Raises Refused."""
    if experiment.success_blocking and not experiment.blocking_ok:
        raise Refused(
            f"{experiment.id} has a blocking criterion nobody has confirmed: "
            f"“{experiment.success_blocking[:200]}”.",
            f"When it holds: `/exp update {experiment.id} safety=ok`.",
        )


def checked_learnings(text: str, *, field: str = "learnings") -> str:
    """What was learned. Raises Refused when it says nothing."""
    if says_nothing(text) or len(text.strip()) < LEAST_LEARNING:
        raise Refused(
            "What did we learn? A decision needs at least one sentence.",
            "Say what to do, or not to do, next time.",
            field=field,
        )
    return text.strip()


def bounced(experiment: Experiment, *, now: datetime) -> Experiment:
    """What got worse in production, back in evaluation: it stays live, what was learned stays."""
    return replace(
        experiment,
        stage="evaluation",
        stage_since=now,
        progress_at=now,
        outcome="",
        final_metric=None,
        decided_at=None,
        decided_by="",
    )


def reopened(experiment: Experiment, *, to: str, now: datetime) -> Experiment:
    """A closed ticket back in stage `to`; what was learned stays. Raises Refused when open."""
    if experiment.is_open:
        raise Refused(f"{experiment.id} is open: it is in {experiment.stage}.")
    return replace(
        experiment,
        stage=to,
        stage_since=now,
        progress_at=now,
        outcome="iterating" if to == "iteration" else "",
        final_metric=None,
        decided_at=None,
        decided_by="",
        deploy_status="",
        monitoring_status="",
        rollback_tested="",
    )
