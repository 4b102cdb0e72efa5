"""`assay run EXP-042 -- COMMAND` and `assay track start EXP-042 -- COMMAND`."""

import os
import re
import socket
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.clock import clock
from bot.push_client import USAGE, Assay, Stop, path_of, server_of
from bot.runner import started
from bot.runner.beats import say
from bot.runner.plan import Plan
from bot.runner.spool import Spool
from bot.runner.supervise import Supervisor
from core.errors import Refused
from core.quantity import experiment_id, experiment_number
from core.workspace.token import PREFIX

_START_SECONDS = 5.0
_AWAY = ("", "unavailable", "fault")
_SECRET = re.compile(rf"{PREFIX}[\w-]{{20,}}")


def run(given: Namespace) -> int:
    """Run a training and tell Assay of it; its exit code is ours."""
    return _safely(given, _run)


def start(given: Namespace) -> int:
    """Become the training, with the fields of its run in its environment."""
    return _safely(given, _start)


def _safely(given: Namespace, command: Any) -> int:
    try:
        return int(command(given))
    except Stop as stop:
        say(stop.sentence)
        return stop.code


def _run(given: Namespace) -> int:
    experiment = _experiment(given, "assay run EXP-042 -- python train.py")
    if os.environ.get("RANK", "0") != "0" or os.environ.get("SLURM_PROCID", "0") != "0":
        return _become(given.command, os.environ)  # one of several: the first tells of all
    server = server_of(os.environ)
    told = _fields(given, experiment, server)
    now = clock("0")
    run_id = f"{now():%Y%m%d-%H%M%S}-{uuid4().hex[:12]}"
    name = given.name or _name_of(given.command)
    env = started.environment(os.environ, told, name=f"{experiment} {name}", run=run_id)
    plan = Plan(
        command=given.command, env={"PYTHONUNBUFFERED": "1", **env}, server=server,
        experiment=experiment, run=run_id, name=name, host=socket.gethostname(),
        folder=given.spool, clock=now, commit=told.get("commit", ""), gpus=given.gpus,
        stops=given.stop_on_kill, checkpoint=given.checkpoint, on_kill=given.on_kill,
        every=given.every, grace=given.grace,
    )  # fmt: skip
    kept = Spool(plan.folder, run_id)
    try:
        kept.hold()
    except OSError as trouble:
        say(f"{plan.folder} cannot be written ({trouble.strerror}); name another with --spool.")
    return Supervisor(plan, kept).run()


def _start(given: Namespace) -> int:
    experiment = _experiment(given, "assay track start EXP-042 -- python train.py")
    told = _fields(given, experiment, server_of(os.environ))
    name = f"{experiment} {given.name or _name_of(given.command)}"
    return _become(given.command, started.environment(os.environ, told, name=name))


def _fields(given: Namespace, experiment: str, server: Assay) -> dict[str, str]:
    """What the run is told. Raises Stop when Assay says that nothing is to be started."""
    answer: dict[str, Any] = {}
    try:
        answer = server.once(path_of("v1", "experiments", experiment, "start"),
                             seconds=_START_SECONDS)  # fmt: skip
    except Stop as stop:
        if stop.problem not in _AWAY:
            raise
        say(f"{stop.sentence} The training starts all the same.")
    own = {"model_type": given.model_type, "dataset_version": given.dataset,
           "commit": started.commit()}  # fmt: skip
    return started.fields(answer, experiment, now=clock("0")(), **own)


def _experiment(given: Namespace, example: str) -> str:
    if any(_SECRET.search(one) for one in sys.argv):
        say("a token stands in the command line, where everybody on this machine can read it. "
            "Put it into ASSAY_TOKEN and end this one: `/exp token revoke`.")  # fmt: skip
    if not given.command:
        raise Stop(USAGE, f"There is nothing to run. Write it like `{example}`.")
    try:
        return experiment_id(experiment_number(given.exp))
    except Refused as refusal:
        raise Stop(USAGE, refusal.sentence) from None


def _name_of(command: list[str]) -> str:
    """What the run is called: the script, else the program."""
    script = next(
        (one for one in command[1:] if one.endswith((".py", ".sh", ".yaml"))), command[0]
    )
    return Path(script).name


def _become(command: list[str], env: Any) -> int:
    try:
        os.execvpe(command[0], command, env)  # noqa: S606 - the person's own command
    except OSError as trouble:
        say(f"{command[0]}: {(trouble.strerror or 'it cannot be run').lower()}.")
        return 127 if isinstance(trouble, FileNotFoundError) else 126


def add_run_options(added: ArgumentParser) -> None:
    """The options of `assay run EXP-042`."""
    added.add_argument("exp", nargs="?", default="", metavar="EXP-042",
                       help="run what stands after -- for it, and tell Assay of it")  # fmt: skip
    _add_common(added)
    added.add_argument("--gpus", type=int, help="how many it holds (default: SLURM, CUDA, NVML)")
    added.add_argument("--stop-on-kill", action="store_true",
                       help="end it when Assay says so: killed, paused, nothing left")  # fmt: skip
    added.add_argument("--checkpoint", default="", metavar="COMMAND",
                       help="saves a checkpoint before the end (default: SIGUSR1)")  # fmt: skip
    added.add_argument("--on-kill", default="", metavar="COMMAND",
                       help="run before SIGTERM, like 'scancel $SLURM_JOB_ID'")  # fmt: skip
    added.add_argument("--grace", type=float, default=30.0, metavar="SECONDS",
                       help="between checkpoint, SIGTERM and SIGKILL (default 30)")  # fmt: skip
    added.add_argument("--every", type=float, default=30.0, metavar="SECONDS",
                       help="between heartbeats (default 30)")  # fmt: skip
    home = os.environ.get("XDG_STATE_HOME", "") or str(Path.home() / ".local" / "state")
    added.add_argument("--spool", type=Path, default=Path(home) / "assay" / "runs",
                       metavar="FOLDER", help="where it waits while Assay is away")  # fmt: skip


def add_track(commands: Any) -> None:
    """`assay track start`."""
    part = commands.add_parser("track", help="start a training with its run's fields set")
    added = part.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "start", help="set the fields of MLflow's or W&B's run, and become the command after --"
    )
    added.add_argument("exp", metavar="EXP-042")
    _add_common(added)
    added.set_defaults(run=start)


def _add_common(added: ArgumentParser) -> None:
    added.add_argument("--name", default="", help="of the run (default: the script's)")
    added.add_argument("--model-type", default="", help="tag of the run, like llama-3-8b")
    added.add_argument("--dataset", default="", metavar="DATA-003@v2",
                       help="what it trains on (default: what the ticket says)")  # fmt: skip


def split(argv: list[str]) -> tuple[list[str], list[str]]:
    """Our own words, and the command after the first `--`."""
    if "--" not in argv:
        return argv, []
    at = argv.index("--")
    return argv[:at], argv[at + 1 :]
