"""The options of what CI calls."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from bot import push


def add_commands(commands: Any) -> None:
    """Add eval, deploy, usage, labels, drift and gate to the command line."""
    _eval(_part(commands, "eval", "push eval results of a candidate or a baseline"))
    _deploy(commands)
    _usage(_part(commands, "usage", "push GPU-hours"))
    _labels(_part(commands, "labels", "push labels of a card of the data board"))
    _data(_part(commands, "data", "push versions of datasets"))
    _drift(_part(commands, "drift", "count a data file, push the counts"))
    _gate(_part(commands, "gate", "ask for the gate's verdict"))


def _part(commands: Any, name: str, what: str) -> Any:
    part: ArgumentParser = commands.add_parser(name, help=what, description=what)
    return part.add_subparsers(required=True, metavar="COMMAND")


def _add(part: Any, name: str, command: Any, what: str) -> ArgumentParser:
    """A command that pushes; its docstring's exit codes are shown by --help."""
    added: ArgumentParser = part.add_parser(
        name, help=what, description=what, epilog=(push.__doc__ or "").split("\n\n")[-1]
    )
    added.set_defaults(run=push.run(command))
    return added


def _eval(part: Any) -> None:
    added = _add(part, "push", push.push_eval, "push results as the eval tool wrote them")
    added.add_argument("files", nargs="+", type=Path, metavar="FILE")
    added.add_argument("--exp", required=True, metavar="EXP-042")
    added.add_argument("--role", choices=("candidate", "baseline", "production"), default="")
    added.add_argument("--variant", default="", help="which one, when the file compares several")
    used = "what the model was trained on (several with commas; default: what the ticket says)"
    added.add_argument("--dataset", default="", metavar="DATA-003@v2", help=used)
    added.add_argument("--commit", default="", metavar="SHA", help="commit of its code")
    texts = "with the first 300 letters of each input, shown beside the hardest examples"
    added.add_argument("--with-text", action="store_true", help=texts)
    added.add_argument("--gate", action="store_true", help="judge now; the exit code says it")
    added.add_argument("--dry-run", action="store_true", help="only say what was found")
    _verdict(added)
    _run(added)


def _deploy(commands: Any) -> None:
    what = "tell how a promoted experiment is deployed: live, rolled-back …"
    added = _add(commands, "deploy", push.tell_deployment, what)
    added.add_argument("exp", metavar="EXP-042")
    added.add_argument(
        "status", metavar="STATUS", help="planned, shadow, canary, live, rolled-back"
    )


def _usage(part: Any) -> None:
    added = _add(part, "push", push.push_usage, "push totals: JSON, CSV or `sacct -P`")
    added.add_argument("file", type=Path, metavar="FILE")
    _run(added)


def _labels(part: Any) -> None:
    added = _add(part, "push", push.push_labels, "push item, annotator, label")
    added.add_argument("file", type=Path, metavar="FILE")
    added.add_argument("--dataset", required=True, metavar="DATA-003")
    added.add_argument("--vendor", default="", help="who labelled, when not the card's vendor")
    added.add_argument("--batch", default="", help="name of the batch")
    _run(added)


def _data(part: Any) -> None:
    version = _part(part, "version", "push the version a .dvc file or dvc.lock tracks")
    added = _add(version, "push", push.push_version, "push FILE.dvc or dvc.lock")
    added.add_argument("file", type=Path, metavar="FILE.dvc")
    where = "--data", "--dataset"
    added.add_argument(*where, dest="dataset", required=True, metavar="DATA-003")
    added.add_argument("--out", default="", metavar="PATH", help="which, where it tracks several")
    added.add_argument("--rows", default="", metavar="N", help="how many rows it has")
    added.add_argument("--location", default="", help="where it lies (default: as DVC says)")
    _run(added)


def _drift(part: Any) -> None:
    made = _add(part, "profile", push.profile_drift, "count a CSV or Parquet file; no row leaves")
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("-o", "--output", required=True, type=Path, metavar="PROFILE.json")
    made.add_argument("--like", type=Path, metavar="REFERENCE.json", help="count in its buckets")
    _columns(made)
    added = _add(part, "push", push.push_drift, "push a profile, or a data file counted here")
    added.add_argument("file", type=Path, metavar="FILE")
    added.add_argument("--reference", action="store_true", help="judge later pushes against it")
    _columns(added)
    _run(added)


def _columns(added: ArgumentParser) -> None:
    added.add_argument("--source", default="", help="name of the data set, like customers")
    added.add_argument("--columns", default="", help="only these, separated by commas")


def _gate(part: Any) -> None:
    added = _add(part, "status", push.tell_gate, "the newest verdict; the exit code says it")
    added.add_argument("exp", metavar="EXP-042")
    added.add_argument("--wait", type=float, default=0.0, metavar="SECONDS")
    added.add_argument("--junit", type=Path, metavar="FILE", help="write it as JUnit XML")
    added.add_argument("--markdown", type=Path, metavar="FILE", help="write it as Markdown")
    _verdict(added)


def _verdict(added: ArgumentParser) -> None:
    added.add_argument("--no-fail", action="store_true", help="report only: exit 0 on any verdict")


def _run(added: ArgumentParser) -> None:
    what = "the same id and file have one effect (default: the CI's own)"
    added.add_argument("--run-id", default="", metavar="ID", help=what)
