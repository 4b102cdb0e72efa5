"""Commands: assay run | demo | simulate | tickets | doctor | migrate | backup | tick | manifest;
CI calls eval | deploy | usage | labels | drift | gate, a training is started with `run EXP-042 --`
or `track start EXP-042 --`. `llm eval` tries a language model out.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import agent, doctor, llm_eval, logs, manifest, simulate, tickets
from bot.clock import clock
from bot.config import BadConfig, database_url, read
from bot.courier import Courier
from bot.push_options import add_commands
from bot.run import serve
from bot.runner import command
from bot.runner.command import add_run_options, add_track, split
from bot.wiring import wire
from handlers.routes import table
from models import backup, db


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 well, 1 something is wrong, 2 wrong usage."""
    words, theirs = split(list(sys.argv[1:] if argv is None else argv))
    given = _parser().parse_args(words)
    given.command = theirs
    logs.set_up(verbose=bool(os.environ.get("ASSAY_VERBOSE")))
    try:
        return int(given.run(given) or 0)
    except BadConfig as bad:
        for fault in bad.faults:
            print(f"assay: {fault}", file=sys.stderr)
    except SlackApiError as refused:
        print(f"assay: Slack answered {refused.response.get('error')}.", file=sys.stderr)
        print("assay: `assay doctor` says what to do about it.", file=sys.stderr)
    except (aiohttp.ClientError, TimeoutError) as away:
        print(f"assay: Slack cannot be reached ({type(away).__name__}).", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="assay", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: object, what: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=what, description=what)
        command.set_defaults(run=run)
        return command

    add_run_options(add("run", _run, "run the bot; with EXP-042 -- COMMAND a training"))
    add_track(commands)
    demo = add("demo", _demo, "play with a local Slack workspace in the browser")
    demo.add_argument("--no-browser", action="store_true", help="only print the address")
    add("doctor", _doctor, "check tokens, scopes, channels, clock and database")
    add("migrate", _migrate, "bring the database up to date")
    backup = add("backup", _backup, "copy the SQLite database while it is in use")
    backup.add_argument("file", type=Path)
    add("tick", _tick, "do once what is due now, send it, and stop (for an external cron)")
    add_commands(commands)
    agent.add_options(add("mcp", agent.run, "Assay as tools of an agent (MCP), over stdio"))
    simulate.add_command(commands)
    tickets.add_command(commands)
    model = commands.add_parser("llm", help="try the language model out").add_subparsers(
        required=True, metavar="COMMAND"
    )
    tried = model.add_parser("eval", help="word built-in weeks, and see how many pass the checks")
    tried.set_defaults(run=_llm_eval)
    shown = add("manifest", _manifest, "print the Slack app manifest")
    shown.add_argument("--url", default="", help="public address, for the HTTP variant")
    shown.add_argument("--all-commands", action="store_true", help="/board, /gate … as well")
    shown.add_argument("--links", default="", metavar="HOST", help="show its links as cards")
    shown.add_argument("--agent", action="store_true", help="suggested prompts in the DM")
    shown.add_argument("--pictures", action="store_true", help="answers with names and pictures")
    return parser


def _run(given: argparse.Namespace) -> int:
    if given.exp or given.command:
        return command.run(given)
    config = read(os.environ)
    asyncio.run(serve(config, clock(config.clock_offset)))
    return 0


def _demo(given: argparse.Namespace) -> None:
    port = os.environ.get("SANDBOX_PORT", "8765")
    options = ["--no-browser"] if given.no_browser else []
    # The sandbox stands above the bot in the house, so it is started, never imported. It takes the
    # place of this process: whatever ends `assay demo` ends the demo, and its port is free again.
    demo = [sys.executable, "-m", "sandbox", "demo", "--port", port, *options]
    os.execv(sys.executable, demo)  # noqa: S606 - our own module


def _doctor(_given: argparse.Namespace) -> int:
    findings = asyncio.run(doctor.examine())
    for finding in findings:
        print(finding)
    return int(any(finding.state == "wrong" for finding in findings))


def _migrate(_given: argparse.Namespace) -> None:
    engine = db.open_engine(database_url(os.environ))
    db.migrate(engine)
    engine.dispose()
    print("The database is up to date.")


def _backup(given: argparse.Namespace) -> int:
    engine = db.open_engine(database_url(os.environ))
    try:
        counts = backup.copy(engine, given.file)
    except ValueError as wrong:
        print(f"assay: {wrong}", file=sys.stderr)
        return 1
    finally:
        engine.dispose()
    held = ", ".join(f"{name} {number}" for name, number in counts.items())
    print(f"Copied to {given.file}, checked; rows: {held}.")
    return 0


def _tick(_given: argparse.Namespace) -> None:
    asyncio.run(_tick_once())


async def _tick_once() -> None:
    config = read(os.environ)
    assay = await wire(config, clock(config.clock_offset))
    try:
        await assay.tick()
        await assay.poster.finish()
        await Courier(assay.lab).drain()
    finally:
        await assay.close()


def _llm_eval(_given: argparse.Namespace) -> int:
    return llm_eval.run(os.environ)


def _manifest(given: argparse.Namespace) -> None:
    doors = manifest.Doors(pictures=given.pictures, agent=given.agent, links=given.links)
    url = given.url.rstrip("/")
    print(manifest.as_text(table(), url=url, every=given.all_commands, doors=doors), end="")


if __name__ == "__main__":
    sys.exit(main())
