"""What is in production, as facts: beside a candidate's value, and what it means for customers.

Customers get what is live (core/experiments/rollout), so wrong answers and their cost are counted
of that alone; a candidate is told as one.
"""

from typing import Any

from core import facts, figures
from core.digest import money
from core.digest.week import Week
from core.experiments.headline import Headline
from core.experiments.rollout import awaits_word
from core.experiments.stands import called
from core.facts import Book
from core.quantity import experiment_id


def stands(book: Book, week: Week, head: Headline, label: str) -> None:
    """Whose value the headline's is when it is not what is in production, and what is there."""
    if not head.is_candidate:
        return
    book.note("candidate", head.current, called(head, week.experiments),
              subject=experiment_id(head.via), parents=book.ids("headline"))  # fmt: skip
    if head.live is None:
        _none(book, week)
        return
    value = figures.metric(head.live.value, percent=head.percent)
    live = {"kind": "status", "label": "deployment", "value": "live"}
    said = {"kind": "metric", "label": f"{label} in production", "value": facts.told(value),
            "unit": "%" if head.percent else "score", "better": head.metric.direction}  # fmt: skip
    book.note("production", head.live.value, f"In production is {value}", says=(live, said),
              subject=experiment_id(head.live.via))  # fmt: skip


def _none(book: Book, week: Week) -> None:
    """Nothing is in production, as far as anybody said."""
    unsaid = any(awaits_word(e) for e in week.experiments)
    told = "No deployment is recorded yet" if unsaid else "Nothing is in production yet"
    book.note("production", None, told)


def impact(book: Book, week: Week, head: Headline) -> None:
    """How many customers get a wrong answer from what is in production, and what that costs, where
    that is known.
    """
    share = money.wrong_share(head, week.formula, week.wrong_by)
    if share is None:
        return
    mine = week.formula if week.formula and head.metric.name.strip().casefold() == (
        week.formula.metric.strip().casefold()) else None  # fmt: skip
    reached = share * (mine.reach if mine else 1.0)
    many, whole = money.per(reached)
    who = "customers get" if mine else "answers are"
    if many == 1:
        who = "customers gets" if mine else "answers is"
    what = " a wrong answer" if mine else " wrong"
    shown = f"{many} of {figures.number(whole)} {who}{what}"
    said = {"kind": "count", "label": "wrong answers", "value": many, "of": whole,
            "unit": who.split()[0]}  # fmt: skip
    of = book.ids("production") or book.ids("headline")
    per = book.note("wrong", many, shown, other=whole, unit=who.split()[0], says=(said,),
                    label="wrong answers", parents=of)  # fmt: skip
    if mine:
        _cost(book, mine, share, per.id)


def _cost(book: Book, formula: money.Formula, share: float, parent: str) -> None:
    cost = money.cost(formula, share)
    each = money.shown(formula.likely, formula.currency)
    people = figures.number(formula.customers)
    given = book.note(
        "formula", formula.likely, f"{people} customers a {formula.period}, {each} a wrong answer",
        unit=formula.currency, other=formula.customers, label="confirmed formula",
    )  # fmt: skip
    low, likely, high = money.rounded((cost.low, cost.likely, cost.high))
    what: dict[str, Any] = {"kind": "money", "label": "cost of wrong answers",
                            "unit": formula.currency, "period": formula.period}  # fmt: skip
    more = {"unit": f"{formula.currency} a {formula.period}", "parents": (parent, given.id)}
    shown = f"about {money.shown(likely, formula.currency)} a {formula.period}"
    book.note("cost", cost.likely, shown, label="cost of wrong answers",
              says=({**what, "value": likely},), **more)  # fmt: skip
    if low == high:
        return
    ends = [money.shown(v, formula.currency) for v in (low, high)]
    book.note("cost range", cost.low, f"between {ends[0]} and {ends[1]} a {formula.period}",
              other=cost.high, label="range of the cost", **more,
              says=({**what, "value": low}, {**what, "value": high}))  # fmt: skip
