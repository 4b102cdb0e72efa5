"""When an experiment should be decided on: the team's rule set, and what holds under any.

Two rule sets: "honest" (the default, core/decisions/rules_honest) and "document" (the source
document's, core/decisions/rules_document). The ticket's own kill lines come first under both, and
so do
budget, time box and silence count. A rule only proposes; a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.decisions import kill_criteria
from core.decisions import rules_document as document
from core.decisions import rules_honest as honest
from core.decisions.kill_criteria import Unjudged
from core.decisions.policy import ROUNDING, Finding, Limits, RuleSet, Silent, Verdict
from core.experiments.experiment import Experiment, budget_share, meets_target
from core.experiments.words import box_day, days_silent, is_late, is_stale, is_under_way
from core.figures import number, percent, spent

RETOLD_AFTER = 7  # days: how often the owner, and a lead, hear of what waits still
STRENGTH = {"kill": 0, "promote": 1, "decide": 2, "update": 3, "warn": 4}


@dataclass(frozen=True)
class Pending:
    """A proposal. verdicts: the strongest first. settled: what became of it; "" while open.

    snoozed_until, snoozed_by: who silenced it until when. owner_left: the owner is no longer in
    the workspace. today: the day where its reader is. rule_set: which rules spoke.
    """

    ticket: Experiment
    verdicts: tuple[Verdict, ...]
    at: datetime
    today: date
    unjudged: tuple[Unjudged, ...] = ()
    settled: str = ""
    snoozed_until: datetime | None = None
    snoozed_by: str = ""
    owner_left: bool = False
    rule_set: str = "honest"
    since: date | None = None
    lacks: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """For how many calendar days it has been waiting."""
        return (self.today - self.since).days if self.since else 0

    @property
    def is_good(self) -> bool:
        """True when its promotion is what is to be decided: the target is met, or a rule says so,
        and no rule asks for its kill.
        """
        asked = {verdict.action for verdict in self.verdicts}
        met = meets_target(self.ticket, self.ticket.best) or "promote" in asked
        return met and "kill" not in asked

    @property
    def strongest(self) -> Verdict:
        """The verdict to name first."""
        return self.verdicts[0]

    def is_snoozed(self, now: datetime) -> bool:
        """True while somebody's snooze lasts."""
        return self.snoozed_until is not None and self.snoozed_until > now


@dataclass(frozen=True)
class Regressed:
    """What is live and is proven worse than what went live. since: its first day."""

    ticket: Experiment
    text: str
    since: date


@dataclass(frozen=True)
class Waiting:
    """What waits for a decision in a team, the oldest first. snoozed: what somebody silenced;
    regressed: what is live and got worse; others: how many more wait for somebody else.
    """

    rows: tuple[Pending, ...] = ()
    snoozed: tuple[Pending, ...] = ()
    regressed: tuple[Regressed, ...] = ()
    others: int = 0

    @property
    def oldest(self) -> int:
        """For how many days the oldest has been waiting; 0 when nothing waits."""
        return max((one.days for one in self.rows), default=0)


def by_strength(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Kill before promote before decide before update; the rules' own order within each."""
    return tuple(sorted(verdicts, key=lambda verdict: STRENGTH[verdict.action]))


_DECIDE = "time to decide (kill, iterate or promote)"


def judge(
    experiment: Experiment, now: datetime, where: ZoneInfo, limits: Limits | None = None
) -> tuple[Verdict, ...]:
    """Every rule that fires on the experiment now, the strongest first. where: owner's zone."""
    if not experiment.is_open:
        return ()
    limits = limits or Limits()
    today = now.astimezone(where).date()
    found = (
        *kill_criteria.verdicts(experiment, today),
        *by_results(experiment, limits),
        *by_clock(experiment, now, where, limits),
    )
    fired = tuple(one for one in found if isinstance(one, Verdict))
    return fired or at_target(experiment)


def at_target(experiment: Experiment) -> tuple[Verdict, ...]:
    """What is said of a met target where no rule speaks: good news waits for a decision too. What
    was sent back to be refined was decided; there it takes a later result.
    """
    best = experiment.best_look
    if best is None or not meets_target(experiment, best.value) or not is_under_way(experiment):
        return ()
    if experiment.stage == "iteration" and best.at <= experiment.stage_since:
        return ()
    text = f"{experiment.metric} {number(best.value)} meets its target {number(experiment.target)}"
    inputs = {"best": best.value, "target": experiment.target}
    return (Verdict("target", "promote", text, inputs),)


def by_results(
    experiment: Experiment, limits: Limits, rule_set: RuleSet | None = None
) -> tuple[Finding, ...]:
    """What each rule of the set (the team's, unless named) says about results and compute."""
    if (rule_set or limits.rule_set) == "document":
        return (
            document.over_twice(experiment),
            document.plateau(experiment, limits),
            document.gap(experiment, limits),
        )
    return (
        honest.over_budget(experiment),
        honest.out_of_reach(experiment, limits),
        honest.at_target(experiment, limits),
    )


def by_clock(
    experiment: Experiment, now: datetime, where: ZoneInfo, limits: Limits
) -> tuple[Finding, ...]:
    """What the rules say that hold under either set: budget used up, time box, silence."""
    today = now.astimezone(where).date()
    return (
        budget_used_up(experiment, limits),
        box_over(experiment, today),
        stale(experiment, now, where, limits),
    )


def warnings(
    experiment: Experiment, today: date, limits: Limits | None = None
) -> tuple[Verdict, ...]:
    """The budgets that are nearly used up (from warn_share to just under 100 %)."""
    if not experiment.is_open:
        return ()
    share = (limits or Limits()).warn_share
    found = (_nearly_spent(experiment, share), _nearly_over(experiment, today, share))
    return tuple(verdict for verdict in found if verdict)


def budget_used_up(experiment: Experiment, limits: Limits) -> Finding:
    """All of the GPU budget is used; beyond it the set's own budget rule speaks."""
    rule, share = "GPU budget", budget_share(experiment)
    if share is None:
        return Silent(rule, "the ticket has no GPU budget")
    most = 2.0 if limits.rule_set == "document" else 1 + ROUNDING
    text = f"{_spent(experiment)} ({percent(share)})"
    if share < 1 - ROUNDING or share > most:
        return Silent(rule, text)
    used, budget = experiment.gpu_used, experiment.gpu_budget
    return Verdict(rule, "decide", f"{text}: {_DECIDE}", {"used": used, "budget": budget})


def box_over(experiment: Experiment, today: date) -> Finding:
    """The last day of the time box has passed."""
    day = box_day(experiment, today)
    text = "it has not started" if day is None else f"day {day} of {experiment.box_days}"
    if not is_late(experiment, today):
        return Silent("time box", text)
    said = f"day {day} of its {experiment.box_days}-day time box: {_DECIDE}"
    return Verdict("time box", "decide", said, {"day": day, "days": experiment.box_days})


def stale(experiment: Experiment, now: datetime, where: ZoneInfo, limits: Limits) -> Finding:
    """Nobody has reported anything for some working days."""
    last = experiment.progress_at.astimezone(where).date()
    if not is_stale(experiment, now, where, after=limits.stale_after):
        return Silent("stale", f"last update {last:%a} {last.day} {last:%b}")
    days = days_silent(experiment, now.astimezone(where).date(), where)
    text = f"no update for {days} working days, since {last:%a} {last.day} {last:%b}"
    text += f" (limit {limits.stale_after})"
    return Verdict("stale", "update", text, {"last": last.isoformat()})


def _nearly_spent(experiment: Experiment, from_share: float) -> Verdict | None:
    share = budget_share(experiment)
    if share is None or not from_share - ROUNDING <= share < 1 - ROUNDING:
        return None
    text = f"{_spent(experiment)} ({percent(share)})"
    return Verdict("GPU budget 80%", "warn", text, {"share": share})


def _nearly_over(experiment: Experiment, today: date, from_share: float) -> Verdict | None:
    day = box_day(experiment, today)
    if day is None or experiment.box_days <= 0 or is_late(experiment, today):
        return None
    if not from_share - ROUNDING <= day / experiment.box_days <= 1 or experiment.box_ends is None:
        return None
    ends = experiment.box_ends
    text = f"day {day} of its {experiment.box_days}-day time box"
    text += f", which ends on {ends:%a} {ends.day} {ends:%b}"
    return Verdict("time box 80%", "warn", text, {"day": day, "days": experiment.box_days})


def _spent(experiment: Experiment) -> str:
    return f"{spent(experiment.gpu_used, experiment.gpu_budget)} GPU-h used"
