"""The week's fact sheet: every figure its digest may use, computed and named."""

from collections import Counter

from core import facts, injection, redaction, risks
from core.experiment import Experiment, budget_share
from core.facts import Book, Sheet, count
from core.headline import Headline, better, headline, result, same_name
from core.quantity import experiment_id
from core.text import shorten
from core.week import Week, decided, finished

LEARNINGS = 2
MOST_HEARD = 400
LEARNING_LENGTH = 160
TITLE_LENGTH = 50
METRIC_LENGTH = 40


def sheet(week: Week) -> Sheet:
    """Every figure the digest of that week may use, computed and named."""
    book = Book()
    head = headline(week.metric, week.experiments, week.earlier, on=week.on)
    _dates(book, week)
    _standing(book, head)
    _progress(book, week, head)
    _learnings(book, week)
    risks.note_down(book, week)
    _milestone(book, week)
    first = {
        "metric": head.metric.name,
        "direction": head.metric.direction,
        "current": head.current,
        "target": head.metric.target,
        "trajectory": head.trajectory,
        "why": head.why,
    }
    as_of = week.as_of.isoformat(timespec="seconds")
    return Sheet(week.label, week.on.isoformat(), as_of, first, tuple(book.facts))


def named(e: Experiment) -> str:
    """`EXP-042 “Hard negatives”`."""
    return f"{e.id} “{quotable(e.title, TITLE_LENGTH)}”"


def quotable(text: str, limit: int) -> str:
    """Somebody's words on one line, fit to stand between typographic quotes."""
    return shorten(text, limit).replace("”", '"').replace("“", '"')


def _dates(book: Book, week: Week) -> None:
    year = f" {week.on.year}"
    book.note("on", week.on.isoformat(), facts.day(week.on) + year, unit="date")
    if week.today != week.on:
        read = week.today.isoformat()
        book.note("read", read, f"figures as of {facts.day(week.today)}", unit="date")
    if week.earlier:
        last = week.earlier[0].on
        book.note("last", last.isoformat(), f"since the report of {facts.day(last)}", unit="date")


def _standing(book: Book, head: Headline) -> None:
    metric, target, current = head.metric, head.metric.target, head.current
    if not metric.name:
        return
    percent = head.percent
    now = "not measured yet" if current is None else facts.metric(current, percent=percent)
    goal = "no target set" if target is None else facts.metric(target, percent=percent)
    if current is not None and target is not None:
        now, goal = facts.pair(current, target, percent=percent)
    label = shorten(metric.name, METRIC_LENGTH)
    unit = "share" if percent else "value"
    book.note("headline", current, f"{now} / {goal} {label}", unit=unit, other=target)
    if head.via:
        shown = f"result of {experiment_id(head.via)}"
        book.note("source", head.via, shown, subject=experiment_id(head.via))
    _movement(book, head)


def _movement(book: Book, head: Headline) -> None:
    if head.trajectory == "unchanged":
        book.note("weeks", head.weeks, f"no change for {count(head.weeks, 'week')}", unit="weeks")
        return
    if head.current is None or head.was is None or head.since is None:
        return
    if abs(head.current - head.was) <= 1e-9:
        return
    was, now = facts.pair(head.was, head.current, percent=head.percent)
    shown = f"{was} → {now} since {facts.day(head.since)}"
    book.note("movement", head.current, shown, other=head.was, unit=head.since.isoformat())


def _progress(book: Book, week: Week, head: Headline) -> None:
    counted = Counter(outcome for outcome, _ in decided(week))
    total = sum(counted.values())
    book.note("completed", total, f"Experiments completed: {total}", unit="experiments")
    for outcome in ("killed", "promoted", "iterating"):
        if counted[outcome]:
            amount = counted[outcome]
            book.note(outcome, amount, f"{amount} {outcome}", unit="experiments", other=total)
    running = [e for e in week.experiments if e.is_open and e.stage != "backlog"]
    book.note("open", len(running), f"{len(running)} under way", unit="experiments")
    used, budget = sum(e.gpu_used for e in running), sum(e.gpu_budget for e in running)
    if any(budget_share(e) is not None for e in running):
        shown = f"{facts.figure(used, 1)} of {facts.figure(budget, 1)} GPU-hours used"
        book.note("gpu", round(used, 6), shown, unit="GPU-hours", other=round(budget, 6))
    _best(book, week, head)


def _best(book: Book, week: Week, head: Headline) -> None:
    """The greatest step of the headline metric that an experiment made in this period."""
    steps = [(e, *step) for e in week.experiments if (step := _step(week, head, e))]
    if not steps:
        return
    e, start, end = max(steps, key=lambda s: (abs(s[2] - s[1]), -s[0].number))
    was, now = facts.pair(start, end, percent=head.percent)
    shown = f"{shorten(head.metric.name, METRIC_LENGTH)} {was} → {now} via {named(e)}"
    book.note("best", end, shown, other=start, subject=e.id)


def _step(week: Week, head: Headline, e: Experiment) -> tuple[float, float] | None:
    value = result(e)
    start = e.baseline if e.baseline is not None else head.was
    if value is None or start is None or not same_name(e.metric, head.metric.name):
        return None
    done = finished(e)
    reported = [c.at for c in e.checkpoints if c.value is not None]
    fresh = [*reported[-1:], *([done[1]] if done else [])]
    recent = any(week.since < at <= week.as_of for at in fresh)
    return (start, value) if recent and better(head.metric, value, start) else None


def _learnings(book: Book, week: Week) -> None:
    own = [(e.id, e.learnings) for _, e in decided(week) if e.learnings.strip()]
    heard = [("", text) for text in week.heard if text.strip()]
    fit = [(subject, text) for subject, text in own + heard if not injection.orders(text)]
    for subject, text in fit[:LEARNINGS]:
        source = f" — {subject}" if subject else ""
        shown = f"“{quotable(_safe(text), LEARNING_LENGTH)}”{source}"
        book.note("learning", text, shown, unit=facts.TEXT, subject=subject)
    for subject, text in fit[LEARNINGS:MOST_HEARD]:  # for a model that shortens; not quoted
        shown = quotable(_safe(text), LEARNING_LENGTH)
        book.note("heard", text, f"“{shown}”", unit="heard", subject=subject)
    for subject in dict.fromkeys(subject for subject, _ in fit if subject):
        book.note("learned in", subject, f"from {subject}", subject=subject)
    rest = len(own + heard) - min(len(fit), LEARNINGS)
    if rest > 0:
        shown = (
            count(rest, "more learning") if fit else f"{count(rest, 'learning')}, not quoted here"
        )
        book.note("more learnings", rest, shown, unit="learnings")


def _safe(text: str) -> str:
    """A team member's words for people outside the team: no secret, person, mention or link."""
    return injection.harmless(redaction.redact([text]).texts[0])


def _milestone(book: Book, week: Week) -> None:
    if any(note.kind == "milestone" for note in week.notes):
        return  # a lead's own words come from the notes
    ahead = [e for e in week.experiments if e.is_open and e.box_ends and e.box_ends >= week.on]
    waiting = [e for e in week.experiments if e.stage == "evaluation"]
    if ahead:
        first = min(ahead, key=lambda e: (str(e.box_ends), e.number))
        assert first.box_ends is not None
        shown = f"{named(first)} ends its time box on {facts.day(first.box_ends)}"
        ends = first.box_ends.isoformat()
        book.note("box end", ends, shown, unit="date", subject=first.id)
    elif waiting:
        book.note("evaluated", waiting[0].id, named(waiting[0]), subject=waiting[0].id)
