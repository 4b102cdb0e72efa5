"""Tickets of every numbered noun, for two teams at once, from several threads or processes."""

from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Engine
from sqlmodel import Session, select

from models import db
from models.blockers.blocker import Blocker
from models.board.engineering import Engineering
from models.data.dataset import Dataset
from models.experiments.experiment import Experiment
from models.team import Team
from services.audited import ChangeRequest
from services.blockers import report
from services.blockers.report import BlockerReport
from services.board import engineering_changes
from services.data import card
from services.experiments import form
from services.ports import Lab
from tests.conversation import START, PlainTestWriter
from tests.databoard import NEED
from tests.experiments import FORM

NOUNS = (Experiment, Dataset, Engineering, Blocker)
ROUNDS = 6


def lab(engine: Engine) -> Lab:
    """The house on that database."""
    return Lab(engine=engine, clock=lambda: START, writer=PlainTestWriter())


def write(engine: Engine, who: str, teams: tuple[int, int]) -> None:
    """Six of each noun for these teams in turn, and as many that are not kept."""
    here = lab(engine)
    for turn in range(ROUNDS):
        for act in _acts(here, teams[turn % 2], f"{who} {turn}"):
            act()
        for act in _acts(here, teams[turn % 2], f"{who} {turn} lost"):
            _lost(here, act)


def run(url: str, who: str, teams: tuple[int, int]) -> None:
    """The same in a process of its own."""
    engine = db.open_engine(url)
    write(engine, who, teams)
    engine.dispose()


def given(engine: Engine, noun: type) -> list[int]:
    """Every number of that noun, in order."""
    with Session(engine) as session:
        return sorted(session.exec(select(noun.number)))  # type: ignore[attr-defined]


def teams(engine: Engine) -> tuple[int, int]:
    """The ids of the two teams."""
    with Session(engine) as session:
        first, second = session.exec(select(Team.id).order_by(Team.id))  # type: ignore[arg-type]
        return first, second  # type: ignore[return-value]


def _acts(here: Lab, team_id: int, title: str) -> list[Callable[[Lab], object]]:
    def experiment(lab: Lab = here) -> object:
        return form.create(lab, team_id, FORM | {"title": title}, by="UANA")

    def dataset(lab: Lab = here) -> object:
        return card.create(lab, team_id, _typed(NEED | {"title": title}))

    def engineering(lab: Lab = here) -> object:
        typed = {"title": title, "kind": "infra", "owner": "UANA"}
        return engineering_changes.create(lab, team_id, _typed(typed))

    def blocker(lab: Lab = here) -> object:
        return report.report(lab, team_id, BlockerReport("UANA", title))

    return [experiment, dataset, engineering, blocker]


def _typed(values: dict[str, str]) -> ChangeRequest:
    return ChangeRequest(0, "UANA", typed=values)


class _LostError(Exception):
    pass


def _lost(here: Lab, act: Callable[[Lab], object]) -> None:
    with suppress(_LostError), here.begin() as session:
        act(here.within(session))
        _lose()


def _lose() -> None:
    raise _LostError
