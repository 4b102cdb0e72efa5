"""Starting while Slack is away: one line a try, and on as soon as it answers."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

from bot import __main__ as main
from bot import manifest, run
from handlers.routes import table
from sandbox.play import config_for, free_port
from tests.sandboxed import start_sandbox


@pytest.mark.parametrize("kind", ["reset", "500", "429", "malformed"])
async def test_it_waits_until_slack_answers(tmp_path, kind, caplog):
    async with start_sandbox(manifest.manifest(table())) as sandbox:
        await sandbox.fault("auth.test", kind, times=2)
        config = config_for(sandbox, f"sqlite:///{tmp_path}/assay.db")
        assay = await run.wired(config, sandbox.clock.now, asyncio.Event(), pause_s=0.0)
        assert assay is not None
        await assay.close()
    assert [r.message for r in caplog.records if "cannot be reached" in r.message]


async def test_a_token_that_is_refused_is_not_tried_again(tmp_path):
    async with start_sandbox(manifest.manifest(table())) as sandbox:
        await sandbox.shut_out("invalid_auth")
        config = config_for(sandbox, f"sqlite:///{tmp_path}/assay.db")
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await run.wired(config, sandbox.clock.now, asyncio.Event(), pause_s=0.0)


def test_a_tick_without_slack_is_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-nobody")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-nobody")
    monkeypatch.setenv("SLACK_API_URL", f"http://127.0.0.1:{free_port()}/api/")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/assay.db")
    assert main.main(["tick"]) == 1
    assert capsys.readouterr().err.startswith("assay: Slack cannot be reached (")
