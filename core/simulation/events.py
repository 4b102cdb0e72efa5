"""The five things that go wrong on the simulated board, and what each does at once."""

from collections.abc import Callable, Mapping

from core.quantity import experiment_id
from core.simulation import game as asked
from core.simulation import ideas as words
from core.simulation.card import Card, aim
from core.simulation.game import DAYS
from core.simulation.table import Table

STALL, SHORTAGE = 4, 8  # working days that a data issue and a GPU shortage last
NEW_WISHES = 3  # requirements of one change of scope, for every crew
_WHEN = {asked.ADD: 1, asked.DATA: 2, asked.GPU: 0, asked.REGRESSION: 4, asked.SCOPE: 4}
_NAMED = 6


def happen(table: Table) -> None:
    """Let come what the wish has for today, and end what is over."""
    for until, kind, back in (
        (table.stalled, "data", "The labels were checked and delivered again"),
        (table.short, "compute", "The reserved GPUs are back"),
    ):
        if until == table.day and until:
            table.say("freed", to=kind, text=back)
    for event in table.wish.events:
        if (event.sprint - 1) * DAYS + _WHEN[event.kind] == table.day:
            table.told.append(f"{event.typed}: {_DO[event.kind](table)}")


def aim_anew(table: Table, card: Card) -> None:
    """Set baseline and target to what is in production now, as long as nothing was tried."""
    level = table.level(card.metric)
    if level != card.baseline:
        card.baseline, card.target = level, aim(card.metric, level)
        table.say("edited", card, value=card.baseline, target=card.target)


def _add(table: Table) -> str:
    card = table.write(table.spare.pop())
    inside, limit = len(table.within("hypothesis")), table.limit("hypothesis")
    card.started = table.day
    table.enter(card, "hypothesis", card.luck.data_days)
    over = inside + 1 - limit
    what = f"{over} over" if over > 0 else "within"
    name = experiment_id(card.number)
    return f"{name} went straight to hypothesis: {inside + 1} there, {what} its limit of {limit}."


def _data(table: Table) -> str:
    hit = table.within("experiment")
    table.stalled = table.day + STALL
    table.say(
        "blocked", to="data", who=hit[0].owner if hit else 0, numbers=_numbers(hit),
        text="Data quality: one label in eight of the last delivery is wrong",
    )  # fmt: skip
    if not hit:
        return f"no experiment was running; none could start for {STALL} days."
    return f"{_all(hit)} stood still for {STALL} days, and nothing new could start."


def _gpu(table: Table) -> str:
    hit = table.within("experiment")
    table.short = table.day + SHORTAGE
    waiting = hit[1:]
    table.say(
        "blocked", to="compute", who=hit[0].owner if hit else 0, numbers=_numbers(waiting),
        text="GPU shortage: the cluster lends one experiment's worth of GPUs",
    )  # fmt: skip
    ready = sum(card.ready for card in table.within("hypothesis"))
    return (
        f"one experiment at a time for {SHORTAGE} days; {_all(waiting) or 'nothing'} had to wait "
        f"halfway, {ready} more were ready and could not start."
    )


def _regression(table: Table) -> str:
    live = [card for card in table.within("production") if card.outcome == "promoted"]
    if not live:
        return "nothing was in production, so nothing could regress."
    card = max(live, key=lambda one: (one.decided or 0, one.number))
    promoted = card.decided or 0
    table.levels[card.metric].remove(card.best)
    card.stage, card.outcome, card.decided, card.regressed = "evaluation", "", None, True
    card.left, card.entered = card.luck.eval_days + 1, table.day
    table.say("reopened", card, text="Regression: worse than its predecessor on fresh questions")
    built = [one for one in _downstream(table, card) if one.entered >= promoted]
    lost = sum(one.luck.gpu * len(one.values) for one in built)
    for one in built:
        _start_again(table, one)
    back = f"{experiment_id(card.number)} went back from production to evaluation; "
    if not built:
        return back + "nothing had been built on it yet."
    return back + f"{_all(built)} had built on it and start again: {lost:g} GPU-hours wasted."


def _start_again(table: Table, card: Card) -> None:
    card.void = len(card.values)
    if card.stage == "experiment":
        card.left = card.luck.train_days
    else:
        text = "It was built on a model that regressed: measured anew"
        table.enter(card, "iteration", card.luck.train_days, text)


def _downstream(table: Table, card: Card) -> list[Card]:
    found = [*table.within("experiment"), *table.within("evaluation")]
    return [one for one in found if one is not card and one.metric == card.metric]


def _scope(table: Table) -> str:
    why = words.REQUIREMENTS[table.sprint % len(words.REQUIREMENTS)]
    count = NEW_WISHES * table.wish.crews
    new = [table.write(table.spare.pop(), text=why, front=True) for _ in range(count)]
    waiting = [c for c in table.within("backlog") if c not in new][:count]
    table.say("added", numbers=_numbers(new), text=why)
    if waiting:
        table.say("dropped", numbers=_numbers(waiting), text=f"Makes room: {why.lower()}")
    told = f"“{why}”: {_all(new)} jumped the queue"
    return f"{told}; {_all(waiting)} had to wait." if waiting else f"{told}."


_DO: Mapping[str, Callable[[Table], str]] = {
    asked.ADD: _add,
    asked.DATA: _data,
    asked.GPU: _gpu,
    asked.REGRESSION: _regression,
    asked.SCOPE: _scope,
}


def _numbers(cards: list[Card]) -> tuple[int, ...]:
    return tuple(sorted(card.number for card in cards))


def _all(cards: list[Card]) -> str:
    names = [experiment_id(number) for number in _numbers(cards)]
    more = len(names) - _NAMED
    named = ", ".join(names[:_NAMED])
    return f"{named} and {more} more" if more > 0 else named
