"""The command line that CI calls, as a process of its own, against a running door."""

import asyncio
import csv
import io
import json
import random
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from sqlalchemy import Engine
from sqlmodel import Session

from bot.__main__ import main
from core.evals.push import from_record
from core.workspace.token import NewToken
from models import db
from models.evals import gate
from services.experiments import experiment, history
from services.tracking import look
from services.workspace import token
from tests import databases
from tests.conversation import TEAM
from tests.datasets import stored_card
from tests.pushing import EVALS, Served, serving
from tests.tickets import experiment as ticket
from tests.tickets import stored
from views.tracking.look import seen


@pytest.fixture
def files(tmp_path) -> Engine:
    engine = db.open_engine(databases.file(tmp_path / "push.db"))
    yield engine
    engine.dispose()


@pytest_asyncio.fixture
async def door(files) -> Served:
    stored(files, ticket())
    async with serving(files) as served:
        yield served


async def _run(door: Served, monkeypatch, capsys, *words) -> tuple[int, str]:
    """As door.cli, in this process: a tenth of the time."""
    monkeypatch.setenv("ASSAY_URL", door.url)
    monkeypatch.setenv("ASSAY_TOKEN", door.token.secret)
    try:
        code = await asyncio.to_thread(main, [str(word) for word in words])
    except SystemExit as stop:
        code = int(stop.code or 0)
    told = capsys.readouterr()
    return code, told.out + told.err


@pytest.fixture
def run(door, monkeypatch, capsys):
    """A command of the real command line: run("gate", "status", "EXP-042")."""
    for name in ("GITHUB_RUN_ID", "CI_JOB_ID", "BUILD_TAG", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: _run(door, monkeypatch, capsys, *words)


def _scores(tmp_path, name: str, *, share: float, examples: int = 3000):
    """Results that meet every measured line of the default Definition of Done, or miss it."""
    dice = random.Random(name)
    table = io.StringIO()
    write = csv.writer(table)
    write.writerow(["example_id", "metric", "score"])
    for number in range(examples):
        write.writerow([f"q{number}", "accuracy", int(dice.random() < share)])
    path = tmp_path / f"{name}.csv"
    path.write_text(table.getvalue())
    return path


async def test_inputs_are_kept_only_with_text_and_then_their_beginning(run, tmp_path, files, door):
    path, asked = tmp_path / "new.csv", "Where is my parcel? " * 20
    rows = ["example_id,input,label,predicted,metric,score"]
    rows += [f"q1,{asked},a,b,accuracy,0", "q2,Hello there,a,a,accuracy,1"]
    path.write_text("\n".join(rows))
    words = ("eval", "push", path, "--exp", "EXP-042", "--role", "candidate")
    for more, kept in ((), ""), (("--with-text",), asked[:300]):
        code, told = await run(*words, *more)
        assert code == 0, told
        with Session(files) as session:
            pushed = gate.newest_push(session, 1, "candidate")
        first, _ = from_record("candidate", pushed.results).lines
        assert (first.label, first.predicted, first.text) == ("a", "b", kept)
        assert pushed.texts is bool(kept)
        shown = look.look(door.lab, TEAM, (42, ""), to="UANA", key=f"k{bool(kept)}")
        assert ("Where is my parcel?" in str(seen(shown).blocks)) is bool(kept)


async def test_a_job_pushes_both_sides_and_asks_for_the_verdict(door, tmp_path):
    base, new = (_scores(tmp_path, name, share=0.95) for name in ("base", "new"))
    code, told = await door.cli("eval", "push", base, "--exp", "EXP-042", "--role", "baseline")
    assert (code, "Pushed as baseline of EXP-042." in told) == (0, True), told
    code, told = await door.cli(
        "eval", "push", new, "--exp", "42", "--role", "candidate", "--gate"
    )
    assert (code, "EXP-042: HOLD" in told) == (5, True), told  # safety was not measured
    junit, summary = tmp_path / "gate.xml", tmp_path / "gate.md"
    code, told = await door.cli(
        "gate", "status", "EXP-042", "--wait", 1, "--junit", junit, "--markdown", summary
    )
    assert code == 5
    suite = ElementTree.parse(junit).getroot()
    cases = {case.get("name"): [one.tag for one in case] for case in suite}
    assert (cases["accuracy"], cases["toxicity"]) == ([], ["failure"])
    assert int(suite.get("failures", 0)) == sum(1 for found in cases.values() if found)
    assert "### EXP-042: HOLD" in summary.read_text()
    assert "| accuracy |" in summary.read_text()


async def test_a_failed_gate_exits_one_and_no_fail_reports_only(run, tmp_path):
    bad = _scores(tmp_path, "bad", share=0.5)
    words = ("eval", "push", bad, "--exp", "EXP-042", "--role", "candidate", "--gate")
    code, told = await run(*words)
    assert (code, "EXP-042: NO-GO" in told) == (1, True), told
    assert (await run(*words, "--no-fail"))[0] == 0
    assert (await run("gate", "status", "EXP-042"))[0] == 1
    assert (await run("gate", "status", "EXP-042", "--no-fail"))[0] == 0


async def test_a_pipeline_says_what_is_live_and_a_person_reads_who_said_so(door, run):
    live = ticket(number=7, stage="production", outcome="promoted", final_metric=0.88)
    stored(door.lab.engine, live)
    code, told = await run("deploy", "EXP-007", "live")
    assert (code, "This token may push, and this takes deploy" in told) == (4, True), told
    assert "`/exp token new LABEL may=deploy`" in told
    wish = NewToken("CD", ("deploy",))
    door.token = token.issue(door.lab, TEAM, wish, by="UANA")
    assert await run("deploy", "EXP-007", "live") == (0, "EXP-007 is live.\n")
    assert await run("deploy", "EXP-007", "live") == (0, "EXP-007 is live already.\n")
    assert await run("deploy", "7", "rolled-back") == (0, "EXP-007 is rolled back.\n")
    code, told = await run("deploy", "EXP-042", "live")
    assert (code, "nothing is rolled out from there" in told) == (2, True), told
    code, told = await run("deploy", "EXP-007", "perfect")
    assert (code, "“perfect” is nothing deploy can be." in told) == (3, True), told
    done = [(e.who, e.action) for e in history.history(door.lab, TEAM, 7)[1]]
    assert done == [("CD for UANA", "deployed")] * 2


async def test_before_any_verdict_the_status_says_so_and_exits_five(run):
    code, told = await run("gate", "status", "EXP-042", "--wait", "0.01")
    assert (code, "not judged yet" in told) == (5, True)


async def test_a_dry_run_needs_neither_server_nor_token(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("ASSAY_URL", raising=False)
    monkeypatch.delenv("ASSAY_TOKEN", raising=False)
    given = ["--exp", "EXP-042", "--role", "candidate", "--dry-run"]
    assert main(["eval", "push", str(EVALS / "long.csv"), *given]) == 0
    assert "examples" in capsys.readouterr().out
    assert main(["eval", "push", str(EVALS / "long.csv"), *given[:-1]]) == 2
    assert "Set ASSAY_URL" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["eval", "push", "{good}", "--exp", "EXP-999", "--role", "candidate"], 2, "no EXP-999"),
        (["eval", "push", "{good}", "--exp", "?", "--role", "candidate"], 2, "no experiment id"),
        (["eval", "push", "{good}", "--exp", "EXP-042"], 3, "candidate or the baseline?"),
        (["eval", "push", "{bad}", "--exp", "1", "--role", "candidate"], 3, "bad.json was not"),
        (["eval", "push", "{none}", "--exp", "1", "--role", "candidate"], 2, "no such file"),
        (["eval", "push", "{folder}", "--exp", "1", "--role", "candidate"], 2, "a directory"),
        (["eval", "push", "{good}"], 2, "--exp"),
        (
            [
                "eval",
                "push",
                "{good}",
                "--exp",
                "EXP-042",
                "--role",
                "candidate",
                "--dataset",
                "DATA-009@v1",
            ],
            2,
            "There is no DATA-009.",
        ),
        (
            [
                "eval",
                "push",
                "{good}",
                "--exp",
                "EXP-042",
                "--role",
                "candidate",
                "--commit",
                "main",
            ],
            2,
            "“main” is no commit.",
        ),
        (["usage", "push", "{bad}"], 3, "bad.json was not read"),
        (["labels", "push", "{good}", "--dataset", "DATA-003"], 3, "was not read"),
        (["data", "version", "push", "{good}", "--data", "DATA-003"], 3, "it is no .dvc file"),
        (["gate", "status", "EXP-999"], 2, "no EXP-999"),
        (["gate"], 2, "usage"),
    ],
)
async def test_what_goes_wrong_has_its_exit_code_and_a_sentence(run, tmp_path, words, code, said):
    (tmp_path / "bad.json").write_text("{")
    known = {"good": EVALS / "long.csv", "bad": tmp_path / "bad.json", "folder": tmp_path,
             "none": tmp_path / "none.json"}  # fmt: skip
    found, told = await run(*(word.format(**known) for word in words))
    assert (found, said in told) == (code, True), told
    assert "Traceback" not in told


async def test_nobody_there_or_a_refused_token_exits_four(door, run, monkeypatch):
    token.revoke(door.lab, TEAM, 1, by="UANA")
    code, told = await run("gate", "status", "EXP-042")
    assert (code, "unknown or revoked" in told, door.token.secret in told) == (4, True, False)
    monkeypatch.setattr("bot.push_client._PAUSES", ())
    door.url = "http://127.0.0.1:9"
    code, told = await run("gate", "status", "EXP-042")
    assert (code, "does not answer" in told) == (4, True)


async def test_the_same_run_pushes_once(door, run, tmp_path):
    path = tmp_path / "usage.csv"
    path.write_text("experiment,source_id,gpu_hours\nEXP-042,job-1,6.5\n")
    first = await run("usage", "push", path, "--run-id", "77")
    again = await run("usage", "push", path, "--run-id", "77")
    assert first == again == (0, "EXP-042: 6.5 of 24 GPU-hours (+6.5)\nTook 1 records.\n")
    assert (await run("usage", "push", path))[1].startswith("EXP-042: 6.5 of 24 GPU-hours (+0)")
    assert experiment.seen(door.lab, TEAM, 42).ticket.gpu_used == 6.5


async def test_a_version_that_dvc_tracks_reaches_its_card_once(door, run, tmp_path):
    stored_card(door.lab.engine)
    lock = EVALS.parent / "dvc" / "dvc_3_67_1_pipeline.lock"
    words = ("data", "version", "push", lock, "--data", "DATA-003")
    assert await run(*words) == (
        3,
        f"assay: {lock.name} was not read: it tracks 2 paths. Say which with --out: one.csv, "
        "prepared.\n",
    )
    words += ("--out", "prepared", "--rows", "2")
    hash_ = "md5 97af597fffc311f7c08d5afd3d5394c7.dir"
    assert await run(*words) == (0, f"DATA-003@v1: {hash_} of prepared.\n")
    assert (await run(*words))[1].endswith("(it was there already).\n")
    assert (await run(*words[:-1], "many"))[0] == 3


async def test_labels_reach_their_card(door, run, tmp_path):
    stored_card(door.lab.engine)
    path = tmp_path / "labels.csv"
    rows = [f"i{n},{who},{'yes' if n % 2 else 'no'}" for n in range(300) for who in ("a", "b")]
    path.write_text("\n".join(["item,annotator,label", *rows]))
    code, told = await run("labels", "push", path, "--dataset", "DATA-003", "--batch", "pilot")
    assert (code, told.startswith("DATA-003 pilot: PASS")) == (0, True), told


async def test_drift_is_counted_beside_the_data_against_the_reference(run, tmp_path):
    dice = random.Random(7)
    for name, shift, city in (("ref", 0, "Rome"), ("same", 0, "Rome"), ("new", 2, "Ur" * 150)):
        rows = [f"{dice.gauss(shift, 1):.4f},{dice.randrange(3)},{city}" for _ in range(1000)]
        (tmp_path / f"{name}.csv").write_text("\n".join(["age,kind,city", *rows]))
    given = ("--source", "prod/customers")
    first = await run("drift", "push", tmp_path / "ref.csv", *given)
    assert "prod/customers: reference of 1,000 rows kept." in first[1]
    assert "prod/customers: OK" in (await run("drift", "push", tmp_path / "same.csv", *given))[1]
    told = (await run("drift", "push", tmp_path / "new.csv", *given))[1]
    assert "prod/customers: ALERT" in told
    assert "check labels and evals" in told


async def test_a_profile_can_be_made_first_and_holds_no_row(run, tmp_path):
    data, made, like = (tmp_path / name for name in ("d.csv", "p.json", "q.json"))
    data.write_text("\n".join(["x,secret", *(f"{n},only-{n % 5}" for n in range(600))]))
    code, told = await run("drift", "profile", data, "-o", made, "--columns", "x")
    assert (code, "Counted 600 rows of 1 columns" in told) == (0, True)
    assert "only-" not in made.read_text()
    await run("drift", "profile", data, "-o", like, "--like", made, "--columns", "x")
    assert json.loads(like.read_text())["features"] == json.loads(made.read_text())["features"]
    assert (await run("drift", "push", made))[0] == 2
    code, told = await run("drift", "push", made, "--source", "x", "--reference")
    assert (code, "reference of 600 rows kept" in told) == (0, True), told
    assert len(made.read_text()) < 4096
