"""What CI calls: assay eval push | deploy | usage push | labels push | drift profile | drift push
| gate status. Files are read here, beside the data; a running Assay gets canonical JSON, counts.

Exit codes: 0 taken, or the gate passed; 1 the gate failed; 2 wrong usage; 3 a file was not
understood; 4 Assay is not reachable or refuses the token; 5 not enough data for a verdict.
"""

import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import push_report as report
from bot.push_client import TOO_FEW, UNREADABLE, USAGE, Stop, path_of, server_of
from core.errors import Refused, UserError
from core.quantity import experiment_id, experiment_number
from ingest.canonical import EvalDocument
from ingest.columns import read_columns
from ingest.convert import as_push, role_of
from ingest.drift import DriftProfile, read_profile, written_profile
from ingest.drift_columns import profile_of
from ingest.dvc import read_dvc
from ingest.evals import read_eval, without_texts
from ingest.file import MAX_BYTES, File
from ingest.labels import read_labels
from ingest.usage import read_usage
from ingest.wire import written

MAX_FILE_BYTES = 64 * 1024 * 1024  # beside the data more can be read than is ever sent
_POLL_SECONDS = 2.0
_RUN_IDS = ("GITHUB_RUN_ID", "CI_JOB_ID", "BUILD_TAG")


@dataclass(frozen=True)
class Setting:
    """Where a command runs: its environment, where it writes, how it waits."""

    env: Mapping[str, str]
    say: Callable[[str], None]
    clock: Callable[[], float]
    pause: Callable[[float], None]


def run(command: Callable[[Namespace, Setting], int]) -> Callable[[Namespace], int]:
    """The command as the command line calls it: refusals become a line and an exit code."""

    def started(given: Namespace) -> int:
        here = Setting(os.environ, _say, time.monotonic, time.sleep)
        try:
            return command(given, here)
        except Stop as stop:
            sys.stderr.write(f"assay: {stop.sentence}\n")
            return stop.code
        except UserError as refusal:
            sys.stderr.write(f"assay: {refusal.sentence}\n")
            return UNREADABLE

    return started


def push_eval(given: Namespace, here: Setting) -> int:
    """`assay eval push`: read, tell, send; with --gate the exit code is the verdict."""
    number = _number(given.exp)
    files, texts = [_file(path) for path in given.files], given.with_text
    document = read_eval(files, max_bytes=MAX_FILE_BYTES, texts=texts)
    document = document if texts else without_texts(document)
    role = role_of(given.role, document)
    found = as_push(document, role, by="", variant=given.variant)
    what = f"{found.examples} examples, {found.runs} runs, metrics {', '.join(found.metrics)}"
    here.say(f"Read {found.source}: {what}.")
    for note in document.notes:
        here.say(f"  note: {note}")
    if given.dry_run:
        return 0
    query = {"role": role, "gate": "1" if given.gate else "", "variant": given.variant}
    query |= {"dataset": given.dataset, "commit": given.commit}
    place = path_of("v1", "experiments", experiment_id(number), "evals")
    server = server_of(here.env)
    answer = server.post(place, _sendable(document), query, run_id=_run_id(given, here))
    again = " (these results were there already)" if answer.get("repeated") else ""
    here.say(f"Pushed as {role} of {answer['experiment']}{again}.")
    if answer.get("logged"):
        here.say(answer["logged"])
    return _judged(given, here, answer["gate"]) if answer.get("gate") else 0


def tell_deployment(given: Namespace, here: Setting) -> int:
    """`assay deploy`: how it is deployed now; said again it changes nothing."""
    place = path_of("v1", "experiments", experiment_id(_number(given.exp)), "deploy")
    answer = server_of(here.env).post(place, b"", {"status": given.status})
    already = " already" if answer["repeated"] else ""
    here.say(f"{answer['experiment']} is {answer['status']}{already}.")
    return 0


def push_usage(given: Namespace, here: Setting) -> int:
    """`assay usage push`: GPU-hours as totals."""
    file = _file(given.file)
    found = read_usage(file, max_bytes=MAX_BYTES)
    for note in found.notes:
        here.say(f"  note: {note}")
    answer = server_of(here.env).post("/v1/usage", file.content, {}, run_id=_run_id(given, here))
    for one in answer["experiments"]:
        used = f"{one['gpu_used']:g} of {one['gpu_budget']:g} GPU-hours"
        here.say(f"{one['experiment']}: {used} ({one['added']:+g})")
    here.say(f"Took {answer['records']} records.")
    return 0


def push_labels(given: Namespace, here: Setting) -> int:
    """`assay labels push`: a batch for a card of the data board."""
    file = _file(given.file)
    read_labels(file, max_bytes=MAX_BYTES)
    query = {"dataset": given.dataset, "vendor": given.vendor, "batch": given.batch}
    answer = server_of(here.env).post(
        "/v1/labels", file.content, query, run_id=_run_id(given, here)
    )
    here.say(f"{answer['dataset']} {answer['batch']}: {answer['verdict']}. {answer['reason']}")
    for issue in answer["issues"]:
        here.say(f"  {issue}")
    return 0


def push_version(given: Namespace, here: Setting) -> int:
    """`assay data version push`: the fingerprint that a .dvc file or dvc.lock keeps."""
    file = _file(given.file)
    read_dvc(file, out=given.out)
    query = {"dataset": given.dataset, "out": given.out, "rows": given.rows,
             "location": given.location}  # fmt: skip
    answer = server_of(here.env).post(
        "/v1/data/versions", file.content, query, run_id=_run_id(given, here)
    )
    again = "" if answer["kept"] else " (it was there already)"
    here.say(f"{answer['version']}: {answer['hash']} of {answer['path']}{again}.")
    return 0


def profile_drift(given: Namespace, here: Setting) -> int:
    """`assay drift profile`: counts of a data file, made here; no row leaves."""
    like = read_profile(_file(given.like)) if given.like else None
    made = _counted(given, like)
    _write(given.output, written_profile(made) + "\n")
    here.say(f"Counted {made.rows:,} rows of {len(made.features)} columns into {given.output}.")
    return 0


def push_drift(given: Namespace, here: Setting) -> int:
    """`assay drift push`: a profile, or a data file counted like the source's reference."""
    server = server_of(here.env)
    if given.file.suffix == ".json":
        made = read_profile(_file(given.file))
    else:
        made = _counted(given, None if given.reference else _reference(given, here))
    source = given.source or made.model
    if not source:
        raise Stop(USAGE, "Name the data set: --source customers.")
    query = {"source": source, "role": "reference" if given.reference else "current"}
    body = written_profile(made).encode()
    answer = server.post("/v1/drift", body, query, run_id=_run_id(given, here))
    here.say(str(answer["sentence"]))
    return 0


def tell_gate(given: Namespace, here: Setting) -> int:
    """`assay gate status`: the newest verdict; --wait waits for one that is current."""
    place = path_of("v1", "experiments", experiment_id(_number(given.exp)), "gate")
    server, until = server_of(here.env), here.clock() + given.wait
    gate = server.get(place)
    while not _settled(gate) and here.clock() < until:
        here.pause(min(_POLL_SECONDS, max(0.0, until - here.clock())))
        gate = server.get(place)
    if given.junit:
        _write(given.junit, report.junit(gate))
    if given.markdown:
        is_summary = str(given.markdown) == here.env.get("GITHUB_STEP_SUMMARY")
        _write(given.markdown, report.markdown(gate), append=is_summary)
    return _judged(given, here, gate)


def _judged(given: Namespace, here: Setting, gate: Mapping[str, Any]) -> int:
    here.say(report.terminal(gate))
    if given.no_fail or gate.get("overridden"):
        return 0
    if not _settled(gate):
        return TOO_FEW
    return {"GO": 0, "NO-GO": 1}.get(str(gate["decision"]), TOO_FEW)


def _settled(gate: Mapping[str, Any]) -> bool:
    return bool(gate["decision"]) and bool(gate.get("current", True))


def _sendable(document: EvalDocument) -> bytes:
    return written(document).encode()


def _counted(given: Namespace, like: DriftProfile | None) -> DriftProfile:
    only = given.columns.split(",") if given.columns else None
    found = read_columns(given.file, only=only)
    return profile_of(found, reference=like, model=given.source)


def _reference(given: Namespace, here: Setting) -> DriftProfile | None:
    """The source's reference, or None when this push will be its first."""
    if not given.source:
        raise Stop(USAGE, "Name the data set: --source customers.")
    try:
        answer = server_of(here.env).get(path_of("v1", "drift", given.source, "reference"))
    except Stop as stop:
        if stop.problem == "not-found":
            return None
        raise
    return DriftProfile.model_validate(answer)


def _number(text: str) -> int:
    try:
        return experiment_number(text)
    except Refused as refusal:
        raise Stop(USAGE, refusal.sentence) from None


def _file(path: Path) -> File:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise Stop(UNREADABLE, f"{path.name} has more than 64 MiB; push the scores only.")
        return File(path.name, path.read_bytes())
    except OSError as trouble:
        why = (trouble.strerror or "it cannot be read").lower()
        raise Stop(USAGE, f"{path}: {why}. Name a file that can be read.") from None


def _write(path: Path, text: str, *, append: bool = False) -> None:
    try:
        with path.open("a" if append else "w", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as trouble:
        why = (trouble.strerror or "it cannot be written").lower()
        raise Stop(USAGE, f"{path}: {why}.") from None


def _run_id(given: Namespace, here: Setting) -> str:
    if given.run_id:
        return str(given.run_id)
    found = next((here.env[name] for name in _RUN_IDS if here.env.get(name)), "")
    return f"{found}-{here.env.get('GITHUB_RUN_ATTEMPT', '')}" if found else ""


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
