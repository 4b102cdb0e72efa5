"""The researcher's view of one experiment: hypothesis, results, cost, rules, what next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core import facts, figures
from core.decisions.kill import Evidence
from core.digest import brief
from core.digest.brief import Brief, put
from core.digest.page import Section
from core.digest.sheet import named
from core.digest.sheet_learned import quotable
from core.experiments.experiment import Experiment, meets_target
from core.experiments.learning import Learning
from core.experiments.measurement import Measurement, is_change
from core.experiments.rollout import is_live
from core.experiments.words import box_day
from core.facts import TEXT, Book

LOOKS, LEARNED, WORDS = 8, 5, 400
_NEXT = {
    "kill": "A rule proposes to kill it: decide",
    "promote": "A rule proposes to promote it: decide",
    "decide": "A decision is due",
    "update": "A result is due",
    "warn": "Close to its limit: plan the decision",
}


@dataclass(frozen=True)
class BriefSource:
    """What the page is written from. owner: display name; learned: newest last."""

    evidence: Evidence
    owner: str
    learned: Sequence[Learning]
    now: datetime
    where: ZoneInfo

    @property
    def ticket(self) -> Experiment:
        """The experiment."""
        return self.evidence.ticket

    @property
    def today(self) -> date:
        """The day on the team's calendar."""
        return self.now.astimezone(self.where).date()


def write(told: BriefSource) -> Brief:
    """The page."""
    book, e = Book(), told.ticket
    head = book.note("ticket", e.id, f"{named(e)}: {e.stage}, owner {told.owner}", subject=e.id)
    sections = [
        Section("question", "Hypothesis", _quoted(book, "hypothesis", e.hypothesis)),
        Section("result", "Result", tuple(_result(book, told))),
        Section("looks", "Checkpoints", tuple(_looks(book, told))),
        Section("cost", "Budget", tuple(_cost(book, told))),
        Section("rules", "What the rules say", tuple(_rules(book, told))),
        Section("learned", "What we learned", tuple(_learned(book, told))),
        Section("next", "What next", (_next(book, told),)),
    ]
    return brief.written(e.id, book, put(head), sections, (told.today, told.now))


def _quoted(book: Book, kind: str, text: str) -> tuple[str, ...]:
    if not text.strip():
        return ("Nothing was written down",)
    shown = f"“{quotable(text, WORDS)}”"
    return (put(book.note(kind, text, shown, unit=TEXT)),)


def _result(book: Book, told: BriefSource) -> list[str]:
    e = told.ticket
    value = e.final_metric if e.final_metric is not None else e.best
    name = quotable(e.metric, 40)
    goal = "no target" if e.target is None else f"target {_figure(e.target)}"
    if value is None:
        start = "" if e.baseline is None else f", baseline {_figure(e.baseline)}"
        shown = f"{name}: no result yet{start}, {goal}"
        return [put(book.note("result", None, shown))]
    start = "no baseline" if e.compared_with is None else _figure(e.compared_with)
    shown = f"{name}: {start} → {_figure(value)}, {goal}, {e.direction} is better"
    line = put(book.note("result", value, shown, other=e.compared_with))
    how = "best so far" if e.final_metric is None else "final"
    met = "no target was set"
    if e.target is not None:
        met = "target met" if meets_target(e, value) else "target not met"
    return [f"{line} ({how}; {met})"]


def _looks(book: Book, told: BriefSource) -> list[str]:
    lines: list[str] = []
    every = [c for c in told.ticket.measurements if c.role == "candidate" and c.own]
    looks = [c for c in every if c.value is not None or c.note or c.gpu_used]
    rest = len(looks) - LOOKS
    if rest > 0:
        lines.append(put(book.note("more looks", rest, f"{rest} earlier")))
    before = next((c for c in reversed(looks[:-LOOKS]) if c.value is not None), None)
    for look in looks[-LOOKS:]:
        on = facts.day(look.at.astimezone(told.where).date())
        value = _told(told.ticket, before, look)
        said = f" “{quotable(look.note, 160)}”" if look.note else ""
        shown = f"{on}: {value}, {figures.number(look.gpu_used, 1)} GPU-hours{said}"
        lines.append(put(book.note("look", look.value, shown)))
        before = look if look.value is not None else before
    return lines or ["None yet"]


def _told(e: Experiment, before: Measurement | None, look: Measurement) -> str:
    if look.value is None:
        return "no value"
    was = e.compared_with if before is None else None
    was = before.value if before and is_change(before, look) else was
    shown = _figure(look.value) if was is None else f"{_figure(was)} → {_figure(look.value)}"
    return shown if look.is_typed else f"{shown} ({look.source})"


def _cost(book: Book, told: BriefSource) -> list[str]:
    e = told.ticket
    budget = f"of {figures.number(e.gpu_budget, 1)}" if e.gpu_budget > 0 else "and no budget;"
    used = f"{figures.number(e.gpu_used, 1)} {budget} GPU-hours used"
    lines = [put(book.note("gpu", e.gpu_used, used, other=e.gpu_budget, unit="GPU-hours"))]
    until = told.today if e.is_open or e.decided_at is None else e.decided_at.date()
    day = box_day(e, until)
    if day is None:
        shown = f"Time box of {facts.count(e.box_days, 'day')}, not started"
    else:
        ends = f", ends {facts.day(e.box_ends)}" if e.box_ends else ""
        shown = f"Day {day} of {e.box_days} of its time box{ends}"
    return [*lines, put(book.note("box", day, shown, other=e.box_days))]


def _rules(book: Book, told: BriefSource) -> list[str]:
    if not told.ticket.is_open:
        return ["It is closed: no rule judges it any more"]
    lines = [
        put(book.note("rule", v.rule, quotable(f"{v.rule}: {v.text}", WORDS), unit=TEXT))
        for v in told.evidence.verdicts
    ]
    lines += [
        put(book.note("unjudged", x.text, f"For a person to judge: {quotable(x.text, 200)}",
                      unit=TEXT))
        for x in told.evidence.unjudged
    ]  # fmt: skip
    return lines or ["No rule fires"]


def _learned(book: Book, told: BriefSource) -> list[str]:
    own = told.ticket.learnings
    lines = list(_quoted(book, "learning", own)) if own.strip() else []
    for one in [found for found in told.learned if found.text != own][-LEARNED:]:
        shown = f"“{quotable(one.text, WORDS)}” — {one.name}"
        lines.append(put(book.note("learning", one.text, shown, unit=TEXT)))
    return lines or ["Nothing was written down yet"]


def _next(book: Book, told: BriefSource) -> str:
    e = told.ticket
    if not e.is_open:
        since = e.live_since if is_live(e) else None
        decided = (since or e.decided_at or e.stage_since).astimezone(told.where).date()
        how = "Killed" if e.stage == "killed" else "Live" if since else "Promoted, not live,"
        return (
            f"{how} since {put(book.note('since', None, facts.day(decided)))}: nothing to decide"
        )
    if told.evidence.verdicts:
        return _NEXT[told.evidence.verdicts[0].action]
    if e.box_ends:
        return f"A decision by {put(book.note('ends', None, facts.day(e.box_ends)))}"
    return "Start its time box with a move to the stage experiment"


def _figure(value: float) -> str:
    return figures.number(value, 4)
