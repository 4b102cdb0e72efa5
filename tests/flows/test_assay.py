"""The command line, against a sandbox and from a wheel."""

import asyncio
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from bot import doctor, manifest
from bot.__main__ import main
from handlers.routes import table
from models import db
from models.team import workspace
from sandbox.play import free_port
from sandbox.server import Sandbox
from services import say
from tests import databases, seeded
from tests.conversation import WORKSPACE
from tests.flows.fortnight import Fortnight
from tests.sandboxed import opened, start_sandbox

ROOT = Path(__file__).parents[2]


def _env(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": f"sqlite:///{folder}/assay.db",
        "CLOCK_OFFSET": f"@{folder}/offset",
    }


def _workspace(folder: Path, made: dict[str, Any] | None = None):
    """A sandbox whose clock a process of its own follows, beside a migrated database; see _env."""
    databases.file(folder / "assay.db")
    shipped = made or manifest.manifest(table())
    return start_sandbox(shipped, clock_file=folder / "offset")


def test_the_shipped_manifest_is_the_one_the_command_table_makes():
    shipped = (ROOT / "manifest.json").read_text()
    assert shipped == manifest.as_text(table()), "run `make manifest`"


def test_the_http_manifest_names_the_address_everywhere():
    made = manifest.manifest(table(), url="https://assay.example")
    assert all(c["url"].startswith("https://assay") for c in made["features"]["slash_commands"])
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"].endswith("/slack/events")


async def test_the_doctor_finds_a_healthy_bot_healthy(tmp_path):
    async with opened(tmp_path, clock_file=tmp_path / "offset") as play:
        env = _env(play.sandbox, tmp_path)
        await play.sandbox.command("lena", "#ml-leads", "/exp", "setup")
        view = play.sandbox.views("lena")[-1]
        channels = {"team_channel": "C0STANDUP", "digest_channel": "C0DIGEST"}
        await play.sandbox.submit("lena", view["id"], channels)
        findings = await doctor.examine(env)
        told = "\n".join(map(str, findings))
    assert {f.state for f in findings} == {"ok"}, told
    for word in ("configuration", "database", "token", "scopes", "clock", "Socket Mode", "#exec"):
        assert word in told


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack refuses the bot token"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Socket Mode does not open"),
        ({"CLOCK_OFFSET": "+2h"}, "off Slack's"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "database does not open"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "not reachable"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN is missing"),
    ],
)
async def test_the_doctor_names_what_is_wrong_and_what_to_do(tmp_path, change, word):
    async with _workspace(tmp_path) as sandbox:
        findings = await doctor.examine(_env(sandbox, tmp_path) | change)
    wrong = [f for f in findings if f.state == "wrong"]
    assert any(word in str(finding) for finding in wrong), findings


async def test_the_doctor_misses_scopes_and_channels_one_by_one(tmp_path):
    made = manifest.manifest(table())
    made["oauth_config"]["scopes"]["bot"].remove("reactions:write")
    async with _workspace(tmp_path, made) as sandbox:
        findings = await doctor.examine(_env(sandbox, tmp_path))
    told = "\n".join(map(str, findings))
    assert "scopes missing: reactions:write" in told
    assert "no channels chosen yet" in told


@pytest.mark.parametrize(
    ("env", "state", "told"),
    [
        ({}, "ok", "no language model: digests are written from the template"),
        ({"LLM_MODEL": "m"}, "warning", "LLM_MODEL set but OPENAI_API_KEY is not"),
        ({"OPENAI_API_KEY": "sk-x"}, "ok",
         "gpt-4o-mini at api.openai.com (figures and names stay here)"),
        ({"OPENAI_API_KEY": "sk-x", "LLM_SHARE_VALUES": "yes", "LLM_MONTHLY_TOKEN_CAP": "9000"},
         "ok", "(names stay here, at most 9,000 tokens a month)"),
        ({"OPENAI_API_KEY": "sk-x"}, "ok", "0 tokens of the language model used this month"),
        ({"OPENAI_API_KEY": "sk-x", "LLM_MODE": "free"}, "wrong", "LLM_MODE is “free”"),
    ],
)  # fmt: skip
async def test_the_doctor_says_which_model_words_the_digest(tmp_path, env, state, told):
    async with _workspace(tmp_path) as sandbox:
        findings = await doctor.examine(_env(sandbox, tmp_path) | env)
    assert [f.state for f in findings if told in str(f)] == [state], findings


async def test_the_doctor_says_whose_policy_keeps_the_model_away(tmp_path):
    async with _workspace(tmp_path) as sandbox:
        env = _env(sandbox, tmp_path) | {"OPENAI_API_KEY": "sk-x"}
        engine = db.open_engine(env["DATABASE_URL"])
        seeded.team(engine)
        with db.transaction(engine) as session:
            workspace(session, WORKSPACE).llm_policy = "local_only"
        engine.dispose()
        findings = await doctor.examine(env)
    told = f"{WORKSPACE}: policy local_only keeps api.openai.com from being asked"
    assert [f.state for f in findings if told in str(f)] == ["warning"]


def test_migrate_and_backup_work_on_a_file(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/assay.db")
    assert main(["migrate"]) == 0
    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    assert (tmp_path / "copy.db").stat().st_size > 10_000
    assert "checked; rows: answer 0, digest 0, experiment 0, team 0" in capsys.readouterr().out
    assert not list(tmp_path.glob("*.part*"))


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("nothere.db", "good.db", "there is no database at"),
        ("empty.db", "good.db", "is no database of Assay"),
        ("words.db", "good.db", "was not written"),
        ("good.db", "good.db", "is the database itself"),
        ("good.db", "missing/copy.db", "make the folder first"),
        ("good.db", "", "make the folder first"),
    ],
)
def test_a_backup_that_cannot_be_made_leaves_the_earlier_copy(
    tmp_path, monkeypatch, capsys, source, target, why
):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/good.db")
    assert main(["migrate"]) == 0
    (tmp_path / "empty.db").touch()
    (tmp_path / "words.db").write_text("no database " * 500)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/{source}")
    assert main(["backup", str(tmp_path / target)]) == 1
    said = capsys.readouterr().err
    assert why in said
    assert "Traceback" not in said
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_run_without_tokens_says_everything_that_is_missing(monkeypatch, capsys):
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
    assert main(["run"]) == 1
    said = capsys.readouterr().err
    assert "SLACK_BOT_TOKEN" in said
    assert "SLACK_APP_TOKEN" in said


@pytest.mark.postgres
@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_the_main_journey_works_on_postgres_too(tmp_path, postgres_url, transport):
    settings = {"transport": transport, "database_url": postgres_url}
    async with opened(tmp_path, **settings) as play:
        them = Fortnight(play, cast=None)
        await them.type("lena", "/exp leads add @lena")
        await them.type("lena", "/exp new Late chunking")
        values = {
            "hypothesis": "It lifts recall",
            "metric": "recall",
            "target": "0.86",
            "gpu_budget": "12h",
            "kill_criteria": "recall < 0.8",
        }
        await them.submit("lena", play.sandbox.views("lena")[-1], values)
        killed = await them.type("lena", "/kill 1 the eval set cannot see two points")
        assert "EXP-001" in killed
        assert "EXP-001 killed" in str(them.find("lena", "#standup", "EXP-001 killed"))
        assert play.sandbox.violations == []


async def test_one_tick_sends_everything_that_is_due_and_stops(tmp_path):
    async with _workspace(tmp_path) as sandbox:
        env = _env(sandbox, tmp_path)
        engine = db.open_engine(env["DATABASE_URL"])
        with db.transaction(engine) as session:
            voice = say.Voice(
                session, "T0ASSAY", sandbox.clock.now(), seeded.team_row(session, "T0ASSAY").pk
            )
            for n in range(3):
                voice.post(f"m{n}", "C0STANDUP", (f"message {n}", []))
        engine.dispose()
        run = [sys.executable, "-m", "bot", "tick"]
        ticking = await asyncio.create_subprocess_exec(*run, cwd=ROOT, env=os.environ | env)
        assert await asyncio.wait_for(ticking.wait(), 240) == 0
        said = [message["text"] for message in sandbox.messages("ana", "#standup")]
        assert said == ["message 0", "message 1", "message 2"]
        assert sandbox.violations == []


def _heed_ctrl_c() -> None:
    # A suite that runs in the background of a shell was told to ignore it, and hands that on.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
def test_the_demo_prints_its_address_serves_the_page_and_ends_on_ctrl_c():
    port = free_port()
    env = os.environ | {"SANDBOX_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    demo = [sys.executable, "-m", "bot", "demo", "--no-browser"]
    with subprocess.Popen(
        demo, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True, preexec_fn=_heed_ctrl_c,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        lines = iter(running.stdout.readline, "")
        address = next(line for line in lines if "demo is at" in line)
        assert f"127.0.0.1:{port}/#as=U0LENA" in address
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert b"<html" in page.read()
        taken = subprocess.run(
            demo, cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert "is taken. Set another one" in taken.stderr
        os.killpg(running.pid, signal.SIGINT)
        said = running.stdout.read()
        assert "Traceback" not in said
        assert "The demo has ended." in said


@pytest.mark.slow
def test_the_wheel_runs_from_anywhere(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("assay_bot-*.whl")
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True)
    env = os.environ | {"PYTHONPATH": str(target), "DATABASE_URL": f"sqlite:///{tmp_path}/w.db"}
    run = [sys.executable, "-m", "bot", "migrate"]
    done = subprocess.run(run, cwd="/", env=env, check=True, capture_output=True, text=True)
    assert "up to date" in done.stdout
    assert (target / "sandbox" / "page" / "index.html").exists()
    assert (target / "prompts" / "digest.md").exists()
