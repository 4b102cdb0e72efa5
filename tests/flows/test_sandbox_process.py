"""The sandbox as a process of its own: python -m sandbox serve."""

import asyncio
import json
import signal
import sys

import aiohttp

READY_S = 120  # patience for a busy machine, no measure


async def test_serve_prints_its_address_and_stops_when_asked(tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"oauth_config": {"scopes": {"bot": ["chat:write"]}}}))
    serving = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "serve", "--port", "0",
        "--manifest", str(manifest), "--clock-file", str(tmp_path / "clock"),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(READY_S):
            line = (await serving.stdout.readline()).decode()
            address = line.split()[1]
            async with aiohttp.ClientSession() as session:
                await session.post(f"{address}control/clock", json={"preset": "+1h"})
                headers = {"Authorization": "Bearer xoxb-sandbox"}
                answer = await session.get(f"{address}api/auth.test", headers=headers)
                assert answer.headers["X-OAuth-Scopes"] == "chat:write"
            assert (tmp_path / "clock").read_text() == "3600.000000\n"
            serving.send_signal(signal.SIGTERM)
            assert await serving.wait() == 0
    finally:
        if serving.returncode is None:
            serving.kill()
            await serving.wait()


async def test_http_without_a_target_is_a_usage_error():
    serving = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "serve", "--transport", "http",
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await asyncio.wait_for(serving.communicate(), READY_S)
    assert (serving.returncode, b"--target URL" in said) == (2, True)
