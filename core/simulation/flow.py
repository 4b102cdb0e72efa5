"""A day on the simulated board: cards are pulled from the right, as far as the limits let them."""

from dataclasses import dataclass

import numpy as np

from core.simulation import events
from core.simulation import ideas as words
from core.simulation.card import Card, Luck, draw, predicted
from core.simulation.game import A_CREW, DAYS, MOST_EVENTS, GameSettings, Happening
from core.simulation.table import ROLLOUT, Table

EARLY = 3  # results without a gain end an experiment
MOST_TRIES = 1


@dataclass(frozen=True)
class Deck:
    """What chance decided beforehand: when ideas come (working day), how they fare, and spare
    ones for events.
    """

    arrivals: tuple[tuple[int, Luck], ...]
    spare: tuple[Luck, ...]


@dataclass(frozen=True)
class Played:
    """One game: what happened in order, the cards at the end, and what each event did at once."""

    wish: GameSettings
    log: tuple[Happening, ...]
    cards: tuple[Card, ...]
    told: tuple[str, ...]


def deal(wish: GameSettings, rng: np.random.Generator) -> Deck:
    """Draw every idea of the game; the first sprint starts with half as many again."""
    last = max(1, int(DAYS * (wish.sprints - wish.lull)))
    days = [day for day in range(last) if day % 5 == 0]
    weight = np.array([(2.0 if day == 0 else 1.4 if day % DAYS == 0 else 0.8) for day in days])
    drawn = rng.choice(days, size=wish.experiments, p=weight / weight.sum())
    lucks = [draw(rng) for _ in range(wish.experiments)]
    spare = tuple(draw(rng) for _ in range(MOST_EVENTS * 3 * wish.crews))
    return Deck(tuple(zip(sorted(int(d) for d in drawn), lucks, strict=True)), spare)


def play(wish: GameSettings, deck: Deck) -> Played:
    """Play the game; the same deck and wish give the same game."""
    table = Table(wish, list(deck.spare))
    for table.day in range(wish.sprints * DAYS):
        for day, luck in deck.arrivals:
            if day == table.day:
                table.write(luck)
        if table.day % DAYS == 0:
            _commit(table)
        events.happen(table)
        _serve(table)
        _decide(table)
        _refine(table)
        _train(table)
        _start(table)
        _prepare(table)
        _pull(table)
        table.end_day()
    return Played(wish, tuple(table.log), tuple(table.cards), tuple(table.told))


def _commit(table: Table) -> None:
    """The team commits to what runs, and to as much more as it usually decides."""
    past = table.decided_by_sprint()[-3:]
    usual = round(sum(past) / len(past)) if past else A_CREW * table.wish.crews
    running = [c for s in ("evaluation", "iteration", "experiment") for c in table.within(s)]
    waiting = [*table.within("hypothesis"), *table.within("backlog")]
    chosen = [*running, *waiting][: max(1, usual + 1, len(running))]
    table.say("committed", numbers=tuple(c.number for c in chosen))


def _serve(table: Table) -> None:
    for card in table.within("production"):
        if table.day - card.entered == ROLLOUT:
            table.say("served", card, text="live for all questions, monitoring is on")


def _decide(table: Table) -> None:
    for card in table.within("evaluation"):
        if table.waits(card):
            continue
        card.left -= 1
        if card.left > 0:
            continue
        if card.meets_target and not card.regressed:
            if table.has_room("production"):
                _close(table, card, "promoted")
        elif _deserves_more(card):
            card.tries += 1
            text = "Half of the gain is there; one change is left to try"
            table.enter(card, "iteration", card.luck.again_days, text)
        else:
            _close(table, card, "killed")


def _deserves_more(card: Card) -> bool:
    return card.tries < MOST_TRIES and card.luck.again and card.nearly


def _close(table: Table, card: Card, outcome: str) -> None:
    learned = card.technique.promoted if outcome == "promoted" else card.technique.killed
    card.outcome, card.decided, card.entered = outcome, table.day, table.day
    card.stage = "production" if outcome == "promoted" else "killed"
    if outcome == "promoted":
        table.levels[card.metric].append(card.best)
    table.say(outcome, card, text=learned)


def _refine(table: Table) -> None:
    for card in table.within("iteration"):
        card.left -= 1
        if card.left <= 0 and table.has_room("evaluation"):
            _report(table, card, final=True)
            card.regressed = card.regressed and not card.luck.survives
            table.enter(card, "evaluation", card.luck.eval_days)


def _train(table: Table) -> None:
    if table.day < table.stalled:
        return
    running = table.within("experiment")
    if table.day < table.short:
        running = running[:1]
    for card in running:
        if table.waits(card):
            continue
        if card.left > 0:
            card.left -= 1
            _report(table, card, final=card.left == 0)
        if len(card.values) - card.void >= EARLY and _has_no_gain(card):
            _close(table, card, "killed")
        elif card.left <= 0 and table.has_room("evaluation"):
            table.enter(card, "evaluation", card.luck.eval_days)


def _has_no_gain(card: Card) -> bool:
    return card.best <= card.baseline if card.metric != "cost" else card.best >= card.baseline


def _report(table: Table, card: Card, *, final: bool) -> None:
    value = card.measured()
    card.values.append(value)
    note = words.LOOKS[(card.number + len(card.values)) % len(words.LOOKS)]
    table.say("reported", card, value=value, gpu=card.luck.gpu, text=note, final=final)


def _start(table: Table) -> None:
    if table.day < table.stalled:
        return
    for card in table.within("hypothesis"):
        if card.ready and table.has_room("experiment"):
            table.enter(card, "experiment", card.luck.train_days)


def _prepare(table: Table) -> None:
    for card in table.within("hypothesis"):
        if card.ready or table.waits(card):
            continue
        card.left -= 1
        if card.left <= 0:
            card.ready = True
            seen = predicted(card)
            table.say("ready", card, text="the data are in place", predicted=seen)


def _pull(table: Table) -> None:
    for card in table.within("backlog"):
        if table.has_room("hypothesis"):
            take_up(table, card)


def take_up(table: Table, card: Card) -> None:
    """Into hypothesis, measured against what is in production by now."""
    events.aim_anew(table, card)
    if card.started is None:
        card.started = table.day
    table.enter(card, "hypothesis", card.luck.data_days)
