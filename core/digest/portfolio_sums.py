"""What several teams come to: money, GPU-hours and people, as facts with their parts."""

from collections.abc import Sequence

from core import figures
from core.digest import amount, money
from core.digest.portfolio_copies import Copies, Part, put
from core.facts import count


def asked(copies: Copies, parts: Sequence[Part], kind: str) -> list[str]:
    """What all open asks of that kind come to, a line a currency."""
    found = copies.every(parts, f"asked {kind}")
    lines = []
    for unit in dict.fromkeys(fact.unit for fact in found):
        of_unit = [fact for fact in found if fact.unit == unit]
        value = sum(float(fact.value or 0) for fact in of_unit)
        words = amount.Amount(kind, value, unit).words
        asks = count(len(of_unit), "decision")
        total = copies.book.note(f"total {kind}", value, f"{words} asked for, in {asks}",
                                 unit=unit, parents=tuple(f.id for f in of_unit))  # fmt: skip
        lines.append(f"{put(total)}.")
    return lines


def used(copies: Copies, parts: Sequence[Part]) -> list[str]:
    """What experiments under way have used of their budgets."""
    found = copies.every(parts, "gpu")
    if not found:
        return []
    value = round(sum(float(fact.value or 0) for fact in found), 6)
    budget = round(sum(float(fact.other or 0) for fact in found), 6)
    shown = f"{figures.number(value, 1)} of {figures.number(budget, 1)} GPU-hours used"
    total = copies.book.note("total used", value, shown, unit="GPU-hours", other=budget,
                             parents=tuple(fact.id for fact in found))  # fmt: skip
    return [f"{put(total)} by experiments under way."]


def costs(copies: Copies, parts: Sequence[Part]) -> list[str]:
    """What wrong answers cost, where more than nothing is known, a line a currency and period."""
    known = copies.every(parts, "cost")
    lines = []
    for unit in dict.fromkeys(fact.unit for fact in known):
        of_unit = [fact for fact in known if fact.unit == unit]
        value = sum(float(fact.value or 0) for fact in of_unit)
        currency, _, period = unit.partition(" a ")
        likely = money.shown(money.rounded((value, value, value))[1], currency)
        total = copies.book.note("total cost", value, f"about {likely} a {period}", unit=unit,
                                 parents=tuple(fact.id for fact in of_unit))  # fmt: skip
        lines.append(f"Wrong answers cost {put(total)}.")
    return lines
