"""The environment is read whole, and every fault is told at once."""

import base64
from datetime import timedelta

import pytest

from bot.clock import clock
from bot.config import BadConfig, read
from bot.outside import headers_for

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def test_two_tokens_are_enough():
    config = read(GOOD)
    assert (config.mode, config.database_url) == ("socket", "sqlite:///assay.db")
    assert config.api_url == "https://slack.com/api/"


def test_a_signing_secret_without_app_token_means_http():
    env = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "a" * 32, "PORT": "8080"}
    assert (read(env).mode, read(env).port) == ("http", 8080)


def test_all_faults_are_reported_together_with_what_to_do():
    env = {
        "SLACK_MODE": "http",
        "PORT": "none",
        "SLACK_API_URL": "slack.com",
        "DATABASE_URL": "mysql://x",
        "OPENAI_BASE_URL": "http://localhost",
    }
    with pytest.raises(BadConfig) as bad:
        read(env)
    told = "\n".join(bad.value.faults)
    for word in (
        "SLACK_BOT_TOKEN",
        "SIGNING",
        "PORT",
        "SLACK_API_URL",
        "DATABASE",
        "LLM_MODEL",
    ):
        assert word in told


def test_secrets_are_not_in_the_repr():
    assert "xoxb" not in repr(read(GOOD))


@pytest.mark.parametrize(("offset", "days"), [("+3d", 3), ("-48h", -2), ("0", 0), ("86400", 1)])
def test_the_clock_can_be_offset(offset, days):
    gap = clock(offset)() - clock("0")()
    assert abs(gap - timedelta(days=days)) < timedelta(seconds=5)


def test_the_clock_follows_a_file(tmp_path):
    path = tmp_path / "offset"
    follow = clock(f"@{path}")
    before = follow()
    path.write_text("7200")
    assert timedelta(hours=1, minutes=59) < follow() - before < timedelta(hours=2, minutes=1)


def test_a_wrong_offset_is_told_in_plain_words():
    with pytest.raises(BadConfig, match="write it like"):
        clock("tomorrow")


def test_signed_pushes_need_a_real_secret():
    good = f"whsec_{base64.b64encode(b'k' * 24).decode()}"
    found = read(GOOD | {"PUSH_SECRET": f"{good} {good}", "PUSH_PORT": "8080"})
    assert (found.push_keys, found.push_port) == ((b"k" * 24,) * 2, 8080)
    assert (read(GOOD).push_keys, read(GOOD).push_port) == ((), 0)
    for bad in ("short", "whsec_äöü", "whsec_a2s="):
        with pytest.raises(BadConfig, match="PUSH_SECRET"):
            read(GOOD | {"PUSH_SECRET": bad})
    assert "k" * 24 not in repr(found)


def test_networks_that_webhooks_may_reach_are_named_or_there_are_none():
    assert read(GOOD).webhook_nets == ()
    found = read(GOOD | {"WEBHOOK_NETS": "10.0.0.0/8, 127.0.0.1"})
    assert found.webhook_nets == ("10.0.0.0/8", "127.0.0.1/32")
    for bad in ("10.0.0.0/8,example.com", "10.0.0.1/8"):
        with pytest.raises(BadConfig, match="WEBHOOK_NETS are no networks"):
            read(GOOD | {"WEBHOOK_NETS": bad})


def test_a_trackers_key_goes_with_its_host_and_networks_of_trackers_are_named():
    found = read(GOOD | {"TRACKER_TOKENS": "mlflow.example=t0k host:5000=ana:pw"})
    assert found.tracker_keys == {"mlflow.example": "t0k", "host:5000": "ana:pw"}
    assert "t0k" not in repr(found)
    assert headers_for("https://mlflow.example/x", found.tracker_keys, "mlflow") == {
        "Authorization": "Bearer t0k"
    }
    typed = headers_for("http://host:5000", found.tracker_keys, "mlflow")["Authorization"]
    assert typed == "Basic " + base64.b64encode(b"ana:pw").decode()
    key = headers_for("https://mlflow.example", found.tracker_keys, "wandb")["Authorization"]
    assert key == "Basic " + base64.b64encode(b"api:t0k").decode()
    for other in (
        "https://mlflow.example.evil",
        "https://evil/mlflow.example",
        "http://host:6000",
    ):
        assert headers_for(other, found.tracker_keys, "mlflow") == {}
    with pytest.raises(BadConfig, match="TRACKER_TOKENS is not understood"):
        read(GOOD | {"TRACKER_TOKENS": "t0k"})
    assert read(GOOD | {"TRACKER_HOOK_SECRET": "k" * 24}).tracker_hook == "k" * 24
    with pytest.raises(BadConfig, match="TRACKER_HOOK_SECRET is too short"):
        read(GOOD | {"TRACKER_HOOK_SECRET": "k" * 23})
    with pytest.raises(BadConfig, match="TRACKER_NETS are no networks"):
        read(GOOD | {"TRACKER_NETS": "home"})
