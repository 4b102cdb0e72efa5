"""The week's fact sheet: every figure its digest may use, computed and named."""

from collections import Counter
from typing import Any

from core import facts, figures
from core.digest import page, sheet_headline, sheet_learned, sheet_needs, sheet_risks
from core.digest.page_budget import BULLETS, ROOMS, WORDS, Room
from core.digest.sheet_headline import label
from core.digest.sheet_learned import quotable
from core.digest.week import Week, decided, is_within
from core.experiments.experiment import Experiment, budget_share, meets_target
from core.experiments.headline import Headline, headline
from core.experiments.metric import better
from core.experiments.rates import Rates
from core.experiments.rollout import is_live
from core.experiments.words import is_under_way, refined, spent
from core.facts import Book, Sheet, count
from core.privacy import injection
from core.text import words_in

TITLE_LENGTH = 50
OUTCOMES = {"killed": "stopped", "promoted": "promoted"}
_PART_OF = dict.fromkeys(OUTCOMES, "completed") | dict.fromkeys(("iterating", "met"), "open")


def sheet(week: Week) -> Sheet:
    """Every figure the digest of that week may use, computed and named.

    As much of the week as fits on one page: what does not is counted.
    """
    made = _sheet(week, ROOMS[0])
    for room in ROOMS[1:]:
        if _fits(made):
            return made
        made = _sheet(week, room)
    return made


def _fits(made: Sheet) -> bool:
    text = page.flat(page.filled(page.compose(made), made))
    return words_in(text) <= WORDS and text.count("\n• ") <= BULLETS


def _sheet(week: Week, room: Room) -> Sheet:
    book = Book()
    head = headline(week.metric, week.experiments, week.earlier, on=week.on)
    _dates(book, week)
    health = sheet_headline.note_down(book, week, head)
    _progress(book, week, head, room)
    sheet_learned.note_down(book, week, room)
    sheet_risks.note_down(book, week, room)
    sheet_needs.note_down(book, week, room)
    _milestone(book, week, room)
    sheet_needs.amounts(book, week)
    first = {
        "metric": head.metric.name,
        "direction": head.metric.direction,
        "current": head.current,
        "target": head.metric.target,
        "trajectory": head.trajectory,
        "why": health.why or head.why,
        "health": health.word,
        "by": health.by,
        "noise": head.noise,
    }
    as_of = week.as_of.isoformat(timespec="seconds")
    return Sheet(week.label, week.on.isoformat(), as_of, first, tuple(book.facts))


def named(e: Experiment) -> str:
    """`EXP-042 “Hard negatives”`."""
    return f"{e.id} “{_title(e)}”"


def _title(e: Experiment) -> str:
    return quotable(injection.harmless(e.title), TITLE_LENGTH) or "untitled"


def _titled(e: Experiment) -> dict[str, str]:
    return {"kind": "text", "subject": e.id, "label": "title", "value": _title(e)}


def _dates(book: Book, week: Week) -> None:
    year = f" {week.on.year}"
    today = {"kind": "date", "label": "as of", "value": week.on.isoformat()}
    book.note("on", week.on.isoformat(), facts.day(week.on) + year, unit="date", label="as of",
              says=(today,))  # fmt: skip
    if week.today != week.on:
        read = week.today.isoformat()
        book.note("read", read, f"figures read on {facts.day(week.today)}", unit="date",
                  says=({"kind": "date", "label": "figures read", "value": read},))  # fmt: skip
    if week.place:
        book.note("phase", week.place.week, week.place.told, unit="weeks", label="project week",
                  says=({"kind": "count", "label": "project week", "value": week.place.week,
                         "unit": "weeks"},))  # fmt: skip
    if week.earlier:
        last = week.earlier[0].on
        book.note("last", last.isoformat(), f"previous report {facts.day(last)}", unit="date",
                  label="previous report",
                  says=({"kind": "date", "label": "previous report", "value": last.isoformat()},)
                  )  # fmt: skip


def _progress(book: Book, week: Week, head: Headline, room: Room) -> None:
    counted = Counter(outcome for outcome, _ in decided(week))
    total = sum(counted.values())
    _counted(book, "completed", (total, 0), f"{count(total, 'experiment')} finished", "finished")
    for outcome, words in OUTCOMES.items():
        if counted[outcome]:
            amount = counted[outcome]
            _counted(book, outcome, (amount, total), f"{amount} {words}", words)
    _went_live(book, week, promoted=counted["promoted"])
    _under_way(book, week, room)
    if week.readiness and week.readiness.share is not None and room.extras:
        _readiness(book, week)
    if room.extras:
        _best(book, week, head)


def _went_live(book: Book, week: Week, *, promoted: int) -> None:
    """How many customers get since the last report: a promotion alone brings nothing to them."""
    live = [e for e in week.experiments if is_live(e)]
    fresh = sum(is_within(week, e.live_since) for e in live)
    if fresh or promoted:
        _counted(book, "live", (fresh, 0), f"{fresh or 'None'} went live", "live")


def _under_way(book: Book, week: Week, room: Room) -> None:
    running = [e for e in week.experiments if is_under_way(e)]
    way = f"{len(running)} {'is' if len(running) == 1 else 'are'}" if running else "None is"
    _counted(book, "open", (len(running), 0), f"{way} under way", "under way")
    back = sum(is_within(week, refined(e)) for e in running)
    met = sum(meets_target(e, e.best) for e in running)
    some = (("iterating", back, "sent back to be refined"), ("met", met, "at the target"))
    for kind, amount, words in some:
        if amount and room.extras:
            size, shown = (amount, len(running)), f"{amount} of them {words}"
            _counted(book, kind, size, shown, words)
    if week.gpu_spent is not None:
        _spent(book, week.gpu_spent, week.rates)
    if any(budget_share(e) is not None for e in running):
        _compute(book, running)


def _spent(book: Book, hours: float, rates: Rates) -> None:
    """GPU-hours that all experiments used in the time the digest is about."""
    said = {"kind": "metric", "label": "GPU-hours used since the last report",
            "unit": "GPU-hours", "value": round(hours, 6), "better": "lower"}  # fmt: skip
    shown = f"{figures.number(hours, 1)} GPU-hours used since the last report"
    says = [said]
    if rates.gpu is not None and hours > 0:
        shown += f", about {rates.gpu_cost(hours)}"
        says.append({"kind": "money", "label": "cost of GPU-hours", "value": rates.gpu * hours,
                     "unit": rates.currency})  # fmt: skip
    book.note("gpu spent", round(hours, 6), shown, unit="GPU-hours", says=tuple(says))


def _counted(book: Book, kind: str, size: tuple[int, int], shown: str, name: str) -> None:
    """A number of experiments. size: how many, of how many (0: of no total)."""
    value, total = size
    said = {"kind": "count", "label": f"experiments {name}", "unit": "experiments", "value": value}
    said |= {"of": total} if total else {}
    book.note(kind, value, shown, unit="experiments", other=total or None, says=(said,),
              parents=book.ids(_PART_OF[kind]) if total else ())  # fmt: skip


def _compute(book: Book, running: list[Experiment]) -> None:
    used, budget = spent(running)
    said = {"kind": "metric", "label": "GPU-hours budget used", "unit": "GPU-hours",
            "value": round(used, 6), "target": round(budget, 6), "better": "lower"}  # fmt: skip
    shown = f"{figures.number(used, 1)} of {figures.number(budget, 1)} GPU-hours used"
    gpu = book.note("gpu", round(used, 6), shown, unit="GPU-hours", other=round(budget, 6),
                    says=(said,))  # fmt: skip
    if budget > 0:
        share = f"{figures.number(used / budget * 100, 0)}%"
        said = {"kind": "metric", "label": "share of the compute budget", "unit": "%",
                "value": used / budget * 100, "better": "lower"}  # fmt: skip
        book.note("gpu share", round(used / budget, 6), f"{share} of the compute budget",
                  unit="share", label="share of budget used", parents=(gpu.id,),
                  says=(said,))  # fmt: skip


def _readiness(book: Book, week: Week) -> None:
    assert week.readiness is not None
    ready, of = week.readiness.on_time, week.readiness.planned
    said = {"kind": "count", "label": "data there on time", "unit": "experiments",
            "value": ready, "of": of}  # fmt: skip
    shown = f"Data was there on time for {ready} of {count(of, 'experiment')}"
    book.note("readiness", week.readiness.share, shown, unit="share", other=of, says=(said,),
              label="Data Readiness Rate")  # fmt: skip


def _best(book: Book, week: Week, head: Headline) -> None:
    """The experiment whose step moved the headline metric, with the day of its result."""
    e = next((e for e in week.experiments if e.number == head.via), None)
    if e is None or head.look is None or head.current is None:
        return
    on, start = head.look.at.astimezone(week.where).date(), e.compared_with
    if start is None or not better(head.metric, head.current, start) or not _stepped(week, head):
        return
    was, now = figures.pair(start, head.current, percent=head.percent)
    shown = f"{named(e)}: from {was} to {now} on {facts.day(on)}"
    day = {"kind": "date", "label": "step reported", "value": on.isoformat()}
    said = {"kind": "metric", "subject": e.id, "label": label(head),
            "unit": "%" if head.percent else "score", "better": head.metric.direction,
            "value": facts.told(now), "baseline": facts.told(was)}  # fmt: skip
    book.note("best", head.current, shown, other=start, subject=e.id,
              says=(said, day, _titled(e)))  # fmt: skip


def _stepped(week: Week, head: Headline) -> bool:
    """The metric is better than in the last report; before the first one, its result is new."""
    if head.was is None:
        return head.look is not None and is_within(week, head.look.at)
    return head.moved and better(head.metric, head.current or 0, head.was)


def _milestone(book: Book, week: Week, room: Room) -> None:
    written = sorted((n for n in week.notes if n.kind == "milestone"),
                     key=lambda n: (n.by or week.on, n.number))  # fmt: skip
    if written:
        first = written[0]
        who, what = (
            sheet_needs.owner_of(week, first),
            room.fit(injection.harmless(first.text), 140),
        )
        due = f"{facts.day(first.by)}" if first.by else "No date set"
        late = bool(first.by and first.by < week.today)
        said_by = sheet_needs.author_of(week, first)
        shown = f"{due}{' (overdue)' if late else ''}: {sheet_needs.quoted(what)}, says {said_by}"
        shown += f"; owner: {who}." if who and room.extras else "."
        said: list[dict[str, Any]] = [{"kind": "text", "label": "next milestone", "value": what}]
        people = (("owner of the milestone", who), ("who wrote the milestone", said_by))
        said += [{"kind": "person", "label": as_, "value": one} for as_, one in people if one]
        on = first.by.isoformat() if first.by else None
        said += [{"kind": "date", "label": "next milestone", "value": on}] if on else []
        book.note("milestone", first.text, shown, unit=facts.TEXT, other=on, says=tuple(said),
                  subject=f"N{first.number}")  # fmt: skip
        return
    _own_milestone(book, week)


def _own_milestone(book: Book, week: Week) -> None:
    """The next decision that the records show, where no lead wrote a milestone."""
    ahead = [e for e in week.experiments if e.is_open and e.box_ends and e.box_ends >= week.on]
    waiting = [e for e in week.experiments if e.stage == "evaluation"]
    if ahead:
        first = min(ahead, key=lambda e: (str(e.box_ends), e.number))
        assert first.box_ends is not None
        ends = first.box_ends.isoformat()
        shown = f"{facts.day(first.box_ends)}: the result of {named(first)} and its decision"
        day = {"kind": "date", "subject": "project", "label": "result and decision", "value": ends}
        book.note("box end", ends, shown, unit="date", subject=first.id,
                  says=(day, _titled(first)))  # fmt: skip
    elif waiting:
        book.note("evaluated", waiting[0].id, named(waiting[0]), subject=waiting[0].id,
                  says=(_titled(waiting[0]),))  # fmt: skip
