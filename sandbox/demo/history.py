"""The demo team's past before its story: six sprints of a simulated board, and half of a seventh.

Rows are written in the order in which it all happened, by the rules people obey
(services/simulation/simulate); while the story runs, what is left is decided by the people
themselves.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlmodel import Session

from core.simulation.flow import deal, play
from core.simulation.game import LENGTH, GameSettings
from models.sprints.sprint import Commitment
from models.team import Team
from services.ports import Lab
from services.simulation import simulate, standups
from services.simulation.simulate import Crew, Replay
from services.sprints.review import stored
from services.sprints.sprint import open_book

EXPERIMENTS, SPRINTS = 35, 6
FIRST_STORY_NUMBER = EXPERIMENTS + 1
SEED = 8860  # the past that leads to the story's 76.8 % accuracy
LEADS = ("U0LENA", "U0KENJI")
WEEKS_OF_STANDUPS = 4  # with the two of the story
_LULL = 1.5  # the last sprint and a half bring no new ideas: the story's own come then


@dataclass(frozen=True)
class Decision:
    """What somebody decides during the story, as they type it."""

    who: str
    command: str
    text: str


def begin(lab: Lab, session: Session, team: Team, people: list[str], starts: date) -> Replay:
    """Write the sprints before `starts`, the story's first Monday; what is left comes later."""
    first = starts - timedelta(days=LENGTH * SPRINTS)
    game = GameSettings(SPRINTS + 1, EXPERIMENTS, people=len(people), lull=_LULL)
    played = play(game, deal(game, np.random.default_rng(SEED)))
    replay = Replay(played, Crew(people, LEADS), first)
    now = lab.clock()
    simulate.begin(session, team, first, now=now)
    replay.until(lab, session, team, simulate.midnight(team, starts))
    days = (first, starts - timedelta(weeks=WEEKS_OF_STANDUPS - 2), starts)
    standups.write(session, team, played, days, np.random.default_rng(SEED))
    return replay


def go_on(session: Session, team: Team, replay: Replay, now: datetime) -> Decision | None:
    """Write what happened until now, up to the next decision: that one is for its people to make.

    What the end of the week holds comes from the bot itself, which runs by now.
    """
    replay.steps(session, team, now, stop=("killed", "promoted"))
    one = replay.coming(team, now)
    if one is None:
        return None
    replay.skip()
    number = f"EXP-{one.number:03d}"
    if one.kind == "killed":
        who = replay.crew.people[one.who]
        return Decision(_handle(who), "/kill", f"{number} {one.text}")
    return Decision(_handle(LEADS[0]), "/exp", f"promote {number} {one.text}")


def commit(session: Session, team: Team, numbers: list[int], now: datetime) -> None:
    """Take the story's own experiments into the plan of its first sprint."""
    book = open_book(session, team, now)
    assert book.running is not None
    row = stored(book, book.running)
    row.planned_at, row.planned_by, row.goal = (
        now,
        LEADS[0],
        "Find out what lifts the hard questions",
    )
    for number in numbers:
        session.add(Commitment(sprint_id=row.pk, experiment=number, by=LEADS[0], at=now))
    session.flush()


def _handle(user: str) -> str:
    return user.removeprefix("U0").lower()
