"""`assay tickets import`: tickets of a file become ours, in the database the bot runs on.

Exit codes: 0 all are here, 1 some are not, 2 what was typed or the file cannot be read.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from bot.clock import clock
from bot.config import database_url
from bot.writer import PlainWriter
from core.errors import UserError
from ingest import issue_csv
from models import db
from services.ports import Lab
from services.tracking import issue_import
from views.tracking import issue as view


def add_command(commands: Any) -> None:
    """Add tickets to the command line."""
    what = "tickets from elsewhere"
    part = commands.add_parser("tickets", help=what, description=what)
    parts = part.add_subparsers(required=True, metavar="COMMAND")
    more = "make tickets of a CSV file ours: Experiment, Data Task, ML Engineering"
    added: ArgumentParser = parts.add_parser("import", help=more, description=more)
    added.add_argument("file", type=Path, metavar="FILE.csv")
    added.add_argument("--team", default="", help="whose they are, when there are several teams")
    added.set_defaults(run=run)


def run(given: Namespace) -> int:
    """Read the file, take what can be taken, and say what became of each."""
    try:
        text = given.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        sys.stderr.write(f"assay: {given.file} cannot be read ({type(fault).__name__}).\n")
        return 2
    engine = db.open_engine(database_url(os.environ))
    try:
        lab = Lab(engine, clock("0"), PlainWriter())
        found = issue_csv.given(text)
        team_id, by = issue_import.team_of(lab, given.team)
        made = issue_import.take(lab, team_id, found, by=by)
    except UserError as refusal:
        sys.stderr.write(f"assay: {refusal.sentence}\n")
        return 2
    finally:
        engine.dispose()
    for one in made:
        sys.stdout.write(f"{view.became(one)}\n")
    return int(any(not one.id for one in made))
