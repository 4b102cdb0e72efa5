"""`assay simulate`: the source document's board played with a seed, and written into a database.

Exit codes: 0 played, 2 what was typed cannot be played (or the database holds a team already).
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.clock import clock
from bot.writer import PlainWriter
from core.calendar import monday
from core.errors import Refused, UserError
from core.simulation import game as rules
from core.simulation import report as simulate_told
from core.simulation.flow import Played, deal, play
from core.simulation.ideas import PEOPLE
from core.simulation.sprints import report
from models import db
from services.ports import Lab
from services.simulation import simulate

WORKSPACE = "T0SIMULATED"
Game = tuple[Played, np.random.Generator]
_LEADS = (1, 5)  # places among the people


def add_command(commands: Any) -> None:
    """Add simulate to the command line."""
    what = "play the document's board with a seed and with what goes wrong"
    part: ArgumentParser = commands.add_parser("simulate", help=what, description=what)
    part.add_argument("--seed", type=int, default=7, help="the same seed is the same game (7)")
    part.add_argument("--sprints", type=int, default=6, help="how often to advance a sprint (6)")
    part.add_argument("--experiments", type=int, default=40, help="ideas that come in (40)")
    part.add_argument("--crews", type=int, default=0, help="for their WIP limits", metavar="N")
    kinds = f"what goes wrong, repeatable: {', '.join(rules.EVENTS)}"
    part.add_argument("--event", action="append", default=[], help=kinds, metavar="KIND@SPRINT")
    part.add_argument("--json", action="store_true", help="print JSON")
    part.add_argument("--into", default="", metavar="URL", help="write the history there, e.g. "
                      "sqlite:///simulated.db; it must hold no such team yet")  # fmt: skip
    part.add_argument("--workspace", default=WORKSPACE, help=f"of the team ({WORKSPACE})")
    part.add_argument("--from", dest="starts", default="", metavar="DATE",
                      help="Monday the history begins (so that it ended last Sunday)")  # fmt: skip
    part.set_defaults(run=run)


def run(given: Namespace) -> int:
    """Play, print, and write down when asked to."""
    try:
        wish = rules.wish(given.sprints, given.experiments, given.event, crews=given.crews)
        if given.seed < 0:
            raise Refused(f"{given.seed} is no seed.", "Take 0 or more.")
        starts = _starts(given.starts, wish.sprints)
        rng = np.random.default_rng(given.seed)
        deck = deal(wish, rng)
        played = play(wish, deck)
        into = _write(given, (played, rng), starts) if given.into else ""
    except UserError as refused:
        sys.stderr.write(f"assay: {refused.sentence}\n")
        return 2
    found = report(played, deck)
    if given.json:
        sys.stdout.write(json.dumps(simulate_told.plain(found, seed=given.seed), indent=2) + "\n")
        sys.stderr.write(into)
    else:
        sys.stdout.write(simulate_told.text(found, seed=given.seed) + into)
    return 0


def _starts(typed: str, sprints: int) -> date:
    if not typed:
        today = clock("0")().date()
        return monday(today) - timedelta(days=rules.LENGTH * sprints)
    try:
        starts = date.fromisoformat(typed)
    except ValueError:
        raise Refused(f"“{typed[:20]}” is no day.", "Write it like 2026-08-31.") from None
    if starts.weekday() != 0:
        raise Refused(f"{starts} is no Monday.", f"Take {monday(starts)}.")
    return starts


def _write(given: Namespace, game: Game, starts: date) -> str:
    ends = starts + timedelta(days=rules.LENGTH * game[0].wish.sprints)
    now = datetime.combine(ends, time(6), tzinfo=UTC)
    ids = [f"U0SIM{place + 1}" for place in range(len(PEOPLE))]
    crew = simulate.Crew(ids, [ids[place] for place in _LEADS], PEOPLE)
    try:
        engine = db.open_engine(given.into)
        db.migrate(engine)
    except (ArgumentError, SQLAlchemyError, OSError) as wrong:
        raise Refused(
            f"{given.into.split('@')[-1][:60]} cannot be opened ({type(wrong).__name__}).",
            "Write sqlite:///simulated.db or postgresql://user@host/name.",
        ) from None
    try:
        lab = Lab(engine, lambda: now, PlainWriter())
        count = simulate.fill(lab, given.workspace, game, crew, starts)
    finally:
        engine.dispose()
    last = ends - timedelta(days=1)
    return f"Written: {count} steps of team {given.workspace}, {starts} to {last}.\n"
