"""The real browser for the page's tests: Debian's Chromium, or a loud word that there is none."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

LOUD = "BROWSER TESTS SKIPPED"
LOCK = Path(tempfile.gettempdir()) / "assay-chromium.lock"
NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL_TIMEOUT_S = 600
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@cache
def find_chromium() -> str | None:
    """The path of a Chromium, or None; root on Debian gets one installed when it is missing."""
    with LOCK.open("w") as lock:  # two workers must not run apt-get at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = os.environ.get("CHROMIUM") or _on_path()
        if found or os.geteuid() != 0 or not shutil.which("apt-get"):
            return found if found and Path(found).exists() else None
        return _install()


def _install() -> str | None:
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]):
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=INSTALL_TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired:
            return None
        if done.returncode:
            return None
    return _on_path()


def require_chromium() -> str:
    """The path of a Chromium, or a skip that tests/conftest.py repeats in bold."""
    path = find_chromium()
    if path:
        return path
    reason = "no Chromium here and it could not be installed (apt-get install chromium)"
    pytest.skip(f"{LOUD}: {reason}")


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    """A running headless browser; it is closed at the end.

    It does not bear the library that shifts the clock; its pages are told, see clocks.script.
    """
    env: dict[str, str | float | bool] = {**os.environ}
    env.pop("LD_PRELOAD", None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env=env)
        try:
            yield browser
        finally:
            await browser.close()
