"""The simulated board while it is played: its cards, the day, and what happened so far."""

from dataclasses import dataclass, field, replace
from typing import Any

from core.quantity import experiment_id
from core.simulation import ideas as words
from core.simulation.card import START, Card, Luck, aim
from core.simulation.game import DAYS, GameSettings, Happening

HOURS = 8 * 60  # minutes of a working day
ROLLOUT = 3  # working days a model takes to go live


@dataclass
class Table:
    """The state of one game. levels: the best in production by metric; spare: luck of ideas
    that events bring. stalled, short: the first day after a data issue, and a GPU shortage.
    """

    wish: GameSettings
    spare: list[Luck]
    day: int = 0
    cards: list[Card] = field(default_factory=list)
    log: list[Happening] = field(default_factory=list)
    today: list[Happening] = field(default_factory=list)
    levels: dict[str, list[float]] = field(
        default_factory=lambda: {k: [v] for k, v in START.items()}
    )
    stalled: int = 0
    short: int = 0
    told: list[str] = field(default_factory=list)

    def say(self, kind: str, card: Card | None = None, **more: Any) -> None:
        """Note what happens to that card today; by its owner unless `who` is given."""
        given: dict[str, Any] = {"number": card.number, "who": card.owner} if card else {}
        self.today.append(Happening(self.day, 0, kind, **{"number": 0, "who": 0} | given | more))

    def end_day(self) -> None:
        """Spread the day's happenings over its hours, in their order."""
        step = HOURS / (len(self.today) + 1)
        self.log += [replace(h, minute=int(step * (i + 1))) for i, h in enumerate(self.today)]
        self.today.clear()

    def level(self, metric: str) -> float:
        """The best that is in production."""
        pick = min if metric == "cost" else max
        return pick(self.levels[metric])

    def within(self, stage: str) -> list[Card]:
        """The cards of that column, in the order they came into it."""
        found = [card for card in self.cards if card.stage == stage]
        return sorted(found, key=lambda c: (not c.front, c.entered, c.number))

    def has_room(self, stage: str) -> bool:
        """True while its WIP limit lets one more in; production counts what is not live yet."""
        inside = self.within(stage)
        if stage == "production":
            inside = [c for c in inside if self.day - c.entered < ROLLOUT]
        return len(inside) < self.limit(stage)

    def limit(self, stage: str) -> int:
        """Its WIP limit today: one experiment at a time in a GPU shortage."""
        if stage == "experiment" and self.day < self.short:
            return 1
        return self.wish.limit(stage)

    def write(self, luck: Luck, *, text: str = "", front: bool = False) -> Card:
        """A new card in the backlog."""
        place = len(self.cards)
        card = Card(
            number=self.wish.first + place, place=place, owner=(place * 3) % self.wish.people,
            luck=luck, created=self.day, baseline=0.0, target=0.0, front=front, entered=self.day,
        )  # fmt: skip
        card.baseline = self.level(card.metric)
        card.target = aim(card.metric, card.baseline)
        self.cards.append(card)
        self.say("created", card, value=card.baseline, target=card.target, text=text)
        return card

    def enter(self, card: Card, stage: str, days: int, text: str = "") -> None:
        """Move a card; it has so many days of work there, and is stuck there if luck says so."""
        card.stage, card.left, card.entered, card.front = stage, days, self.day, False
        self.say("moved", card, to=stage, text=text)
        stuck = card.luck.stuck
        if stuck and stuck[0] == stage and not card.was_stuck:
            card.idle, card.was_stuck = stuck[2], True
            why = words.STUCK[stuck[1]].format(id=experiment_id(card.number))
            self.say("blocked", card, to=stuck[1], numbers=(card.number,), text=why)

    def waits(self, card: Card) -> bool:
        """True while it is held up; a day of waiting passes with it."""
        if card.idle == 0:
            return False
        card.idle -= 1
        if card.idle == 0 and card.luck.stuck:
            self.say("freed", card, to=card.luck.stuck[1], numbers=(card.number,))
        return card.idle > 0

    @property
    def sprint(self) -> int:
        """The sprint of the day, from 1."""
        return self.day // DAYS + 1

    def decided_by_sprint(self) -> list[int]:
        """Decisions in every sprint so far that is over."""
        days = [card.decided for card in self.cards if card.decided is not None]
        return [sum(d // DAYS == s for d in days) for s in range(self.day // DAYS)]
