"""A sprint's review: its facts as they stand, or as they were frozen when it was held."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from core.evals import chart
from core.evals.gate import regressed
from core.evals.loosening import GUARDED
from core.experiments.experiment import Experiment
from core.experiments.learning import bare
from core.experiments.rates import Rates
from core.facts import fingerprint
from core.sprints import velocity as rules
from core.sprints.review import (
    MOST_LEARNED,
    WINDOW,
    Judged,
    Learned,
    Open,
    Result,
    Review,
    freeze,
    thaw,
)
from core.sprints.sprint import Span
from core.sprints.velocity import Decision
from models.drift import drift
from models.evals import gate
from models.experiments import experiment as tickets
from models.experiments import learning as learnings
from models.sprints.sprint import Sprint
from services.data import dataset
from services.desk import Desk, desk
from services.evals.gate import status_of
from services.evals.inputs import requirements_of
from services.experiments import learning
from services.experiments import ticket as original
from services.ports import Lab
from services.sprints.setup import capacity_of
from services.sprints.sprint import Book, book_of, meant
from views.sprints import review as view

_PICTURES = 3  # of the eval gate below a review
_NEARLY = timedelta(days=3)  # from then on a sprint counts in its own trend


def look(lab: Lab, team_id: int, typed: str) -> tuple[Review, bool]:
    """The review of the sprint meant, and whether its facts are frozen. Raises Refused."""
    with desk(lab, team_id, lock=False) as here:
        book = book_of(here)
        span = meant(book, typed)
        row = book.rows.get(span.number)
        if row is not None and row.review:
            return _kept(book, span, row), True
        return collect(book, span), False


def hold(book: Book, span: Span) -> Review:
    """Freeze the sprint's review, once; what was frozen stands."""
    row = stored(book, span)
    if not row.review:
        row.review = freeze(collect(book, span))
        row.sha256, row.reviewed_at = fingerprint(row.review), book.now
        book.session.flush()
    return _kept(book, span, row)


def _kept(book: Book, span: Span, row: Sprint) -> Review:
    """As it was frozen. One from before all surfaces counted decisions alike is counted again."""
    if "gate" in row.review:
        return thaw(row.review)
    old = ("decided", "killed", "promoted", "sprints")
    plain = {name: value for name, value in row.review.items() if name not in old}
    window = _window(book.past(span.starts), span)
    return thaw(plain | _gate(book, window))


def _window(past: Sequence[rules.Past], span: Span) -> list[Span]:
    """The sprints that rates are taken over: one alone decides too few."""
    return [*(one.span for one in past[-(WINDOW - 1) :]), span]


def _gate(book: Book, window: Sequence[Span]) -> dict[str, Any]:
    found = book.decided_over([one.bounds(book.where) for one in window])
    return {"gate": asdict(found), "first": window[0].number}


def stored(book: Book, span: Span) -> Sprint:
    """The sprint's row, made when it was never planned."""
    row = book.rows.get(span.number)
    if row is None:
        row = Sprint(team_id=book.team_id, number=span.number, starts=span.starts, ends=span.ends)
        book.session.add(row)
        book.session.flush()
        book.rows[span.number] = row
    return row


def collect(book: Book, span: Span) -> Review:
    """The facts of that sprint's review as they stand now."""
    row, past = book.rows.get(span.number), book.past(span.starts)
    window = _window(past, span)
    decided, kept = book.decided_in(span), book.kept(span)
    first = [one for one in kept if not one.late]
    learned, more = _learned(book, span)
    ended = book.today >= span.ends - _NEARLY
    trend = rules.trend([*past, *([rules.Past(span, decided)] if ended else [])])
    return Review(
        number=span.number,
        starts=span.starts.isoformat(),
        ends=span.ends.isoformat(),
        as_of=book.now.isoformat(timespec="seconds"),
        goal=row.goal if row else "",
        learned=learned,
        more_learned=more,
        results=_results(book, decided, {one.number for one in kept}),
        open=tuple(
            Open(one.number, one.title, one.stage)
            for one in kept
            if not one.gone and one.state != "decided"
        ),
        planned=row is not None and row.planned_at is not None,
        committed=len(first),
        kept=sum(one.state == "decided" for one in first),
        added=sum(one.late for one in kept),
        removed=sum(one.gone for one in kept),
        counts=tuple(one.count for one in past),
        trend=(trend.recent, trend.before, trend.p, trend.word) if trend else None,
        gate=book.decided_over([one.bounds(book.where) for one in window]),
        first=window[0].number,
        gpu_used=book.gpu_in(span),
        capacity=row.capacity if row and row.planned_at else capacity_of(book.team),
        data=dataset.rate(book.session, book.team, _until(book, span)).text,
        judged=_judged(book, span),
        drift=drift.checks_between(book.session, book.team_id, *span.bounds(book.where)),
        rates=Rates(**book.team.chosen.rates),
        work=_work(book, decided),
    )


def _work(book: Book, decided: Sequence[Decision]) -> float:
    """Hours of work that the decided ones were planned with."""
    found = book.bare(tickets.numbered(one.number for one in decided)) if decided else []
    return sum(one.people_hours or 0.0 for one in found)


def _judged(book: Book, span: Span) -> tuple[Judged, ...]:
    start, end = span.bounds(book.where)
    found = gate.judged_between(book.session, book.team_id, start, end)
    known, _ = requirements_of(book.session, book.team) if found else ((), True)
    guarded = {one.name for one in known if one.group == GUARDED}
    return tuple(
        Judged(
            number, one.decision, next(iter(one.reasons), ""), regressed(one.verdicts),
            safety=any(v["metric"] in guarded and v["estimate"] is not None for v in one.verdicts),
            sliced=any(check["name"] in ("slices", "gap")
                       for v in one.verdicts for check in v.get("checks", ())),
        )
        for number, one in found
    )  # fmt: skip


def _until(book: Book, span: Span) -> datetime:
    """Now, or the end of a sprint that is over."""
    return min(book.now, span.bounds(book.where)[1])


def _results(book: Book, decided: Sequence[Decision], committed: set[int]) -> tuple[Result, ...]:
    which = tickets.numbered(one.number for one in decided)
    about = {one.number: one for one in book.bare(which)}
    return tuple(_result(about[one.number], one, committed) for one in decided)


def _result(ticket: Experiment, decision: Decision, committed: set[int]) -> Result:
    return Result(
        number=ticket.number,
        title=ticket.title,
        outcome=decision.outcome,
        metric=ticket.metric,
        direction=ticket.direction,
        final=ticket.final_metric,
        target=ticket.target,
        committed=ticket.number in committed,
    )


def _learned(book: Book, span: Span) -> tuple[tuple[Learned, ...], int]:
    """What was learned in the sprint, with decisions first, and how many more there are."""
    start, end = span.bounds(book.where)
    rows = learnings.kept(book.session, book.team_id, start, end)
    rows.sort(key=lambda row: (row.source != "decision", row.at))
    found = [learning.value(book.session, book.team, row) for row in rows[:MOST_LEARNED]]
    told = tuple(
        Learned(bare(one.text, one.experiments), one.name, one.experiments) for one in found
    )
    return told, max(0, len(rows) - MOST_LEARNED)


def post(here: Desk, review: Review) -> None:
    """The review as a thread in the team's channel: what was learned first, then figures."""
    key = f"sprint-review:{here.team_id}:{review.number}"
    place = here.team.team_channel
    here.post(key, place, view.held(review))
    here.post(f"{key}:figures", place, view.figures(review), thread_of=key)
    if review.results or review.open or review.judged:
        here.post(f"{key}:results", place, view.results(review), thread_of=key)
    pictures = _pictures(here, review)
    if pictures:
        here.voice.pictures(f"{key}:evals", place, pictures, thread_of=key)


def _pictures(here: Desk, review: Review) -> list[dict[str, Any]]:
    """The intervals of those that the gate judged in the sprint, what is no GO first."""
    order = sorted(review.judged, key=lambda one: (one.decision == "GO", one.number))
    requirements, _ = requirements_of(here.session, here.team)
    found = []
    for one in order[:_PICTURES]:
        status = status_of(
            here.session, here.team, original.row(here.session, here.team, one.number)
        )
        spec = chart.intervals(status, requirements) if status else None
        found += [spec] if spec else []
    return found
