"""“Can we launch at 85%?”: what the wrong answers cost a week against what a week's delay costs,
and the share at which both are even. The decision is people's.
"""

from core.digest import money
from core.digest.money import Formula
from core.digest.question_told import AskedQuestion, ToldAnswer, put, told
from core.experiments.headline import Headline
from core.experiments.rates import Rates
from core.facts import Book, Fact
from core.figures import number
from core.text import shorten

_WEEKS = {"week": 1.0, "month": 52 / 12}
_PROPOSE = (
    "Look at failures before deciding; the source document proposes a human for low-confidence "
    "answers, and guardrails stand on the ticket"
)


def answer(
    asked: AskedQuestion, head: Headline, formula: Formula | None, rates: Rates
) -> ToldAnswer:
    """The answer. formula: what a wrong answer costs, None when no lead confirmed it."""
    book = Book()
    right = _right(asked, head, formula)
    if right is None:
        line = "Not known: at which share, and no headline metric tells right from wrong answers"
        return told(asked, book, [line], ["`/ask can we launch at` and a share in per cent"])
    wrong = _note(book, "wrong", 1 - right, f"{number(100 * (1 - right), 1)} of 100 answers wrong")
    if formula is None:
        line = f"At {put(_share(book, right))} it is {put(wrong)}; what one costs nobody confirmed"
        return told(asked, book, [line], ["`/digest money` sets it; then both sides can be told"])
    errors = money.cost(formula, 1 - right).likely / _WEEKS[formula.period]
    cost = _note(book, "errors", errors, f"about {_money(errors, rates)} a week")
    first = f"At {put(_share(book, right))} it is {put(wrong)}, which costs {put(cost)}"
    if rates.delay is None:
        line = f"{first}; what a week without it costs nobody said"
        return told(
            asked, book, [line], ["`/digest money delay=` and an amount sets it", _PROPOSE]
        )
    delay = _note(book, "delay", rates.delay, f"{rates.shown(rates.delay)} a week")
    way = "more" if errors > rates.delay else "less"
    lines = [f"{first}: {way} than the delay at {put(delay)}", *_even(book, formula, rates)]
    return told(asked, book, lines, [_PROPOSE, "Costs of trust and safety are in neither figure"])


def _right(asked: AskedQuestion, head: Headline, formula: Formula | None) -> float | None:
    if asked.question.thing:
        return float(asked.question.thing.removesuffix("%")) / 100
    wrong = money.share_of(head.current, head.metric, formula)
    return None if wrong is None else 1 - wrong


def _even(book: Book, formula: Formula, rates: Rates) -> list[str]:
    """The share of right answers from which on errors cost less than the delay."""
    each = money.cost(formula, 1.0).likely / _WEEKS[formula.period]
    if not each or not rates.delay or rates.delay >= each:
        return []
    right = 1 - rates.delay / each
    even = _note(book, "even", right, f"{number(100 * right, 1)}% right")
    return [f"Both are even at {put(even)}"]


def _share(book: Book, right: float) -> Fact:
    return _note(book, "share", right, f"{number(100 * right, 1)}% right")


def _money(amount: float, rates: Rates) -> str:
    return rates.shown(money.rounded((amount, amount, amount))[1])


def _note(book: Book, kind: str, value: float, shown: str) -> Fact:
    return book.note(kind, round(value, 6), shorten(shown, 80))
