"""“How are we doing?”: one team as its digest's first line says it, or several, a line each."""

from collections.abc import Sequence

from core.digest import portfolio, template
from core.digest.page import Section, filled, traceable
from core.digest.portfolio_copies import Part
from core.digest.question_told import AskedQuestion, ToldAnswer
from core.facts import Sheet, freeze

_LINES = ("head", *portfolio.GROUPS)


def answer(asked: AskedQuestion, sheet: Sheet) -> ToldAnswer:
    """The answer for one team, from the sheet its digest would be written from now."""
    first, *more = template.headline(sheet)
    rest = [*more, *template.progress(sheet)]
    rest += template.needs(sheet)[:1] if sheet.of("need") else []
    parts = [Section("first", "", (first,)), Section("rest", "", tuple(rest))]
    told, lines = (part.lines for part in traceable(filled(parts, sheet), sheet))
    return ToldAnswer(asked.question, _plain((*told, *lines)), (), asked.at, freeze(sheet)[1])


def of_several(asked: AskedQuestion, parts: Sequence[Part]) -> ToldAnswer:
    """The same for several teams: how many stand how, then a line of each as in a portfolio."""
    on = asked.at.astimezone(asked.where).date()
    made = portfolio.portfolio(parts, on, asked.at)
    lines = [line for part in made.sections if part.key in _LINES for line in part.lines]
    return ToldAnswer(asked.question, _plain(lines), (), asked.at, freeze(made.sheet)[1])


def _plain(lines: Sequence[str]) -> tuple[str, ...]:
    """The first line without its full stop, which the message sets."""
    return (lines[0].rstrip("."), *lines[1:])
