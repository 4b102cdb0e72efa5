"""`python -m bot.alive` tells by its exit code whether the bot ticked lately, and is light."""

import os
import subprocess
import sys

from bot.clock import clock


def _asked(folder) -> int:
    env = os.environ | {"TMPDIR": str(folder)}
    return subprocess.run([sys.executable, "-m", "bot.alive"], env=env, check=False).returncode


def test_it_is_alive_once_it_ticked_and_not_when_that_is_long_ago(tmp_path):
    assert _asked(tmp_path) == 1
    heartbeat = tmp_path / "assay.alive"
    heartbeat.touch()
    now = clock("0")().timestamp()  # the kernel's files know no shifted clock
    os.utime(heartbeat, (now, now))
    assert _asked(tmp_path) == 0
    os.utime(heartbeat, (now - 3600, now - 3600))
    assert _asked(tmp_path) == 1


def test_it_loads_nothing_that_is_large():
    look = "import sys, bot.alive; print(*sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    large = {"sqlalchemy", "pydantic", "slack_bolt", "aiohttp", "numpy", "handlers", "models"}
    assert large.isdisjoint(said.stdout.split())
