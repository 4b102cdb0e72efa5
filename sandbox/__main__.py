"""``python -m sandbox serve``: the sandbox as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import errno
import json
import signal
import sys
from contextlib import suppress
from pathlib import Path

from bot import logs
from sandbox.demo.show import show
from sandbox.office import SIGNING_SECRET
from sandbox.server import Sandbox
from sandbox.shapes import Json


def main() -> None:
    """Read the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    demo = commands.add_parser("demo", help="with Assay in it and two weeks of story")
    demo.add_argument("--port", type=int, default=8765)
    demo.add_argument("--no-browser", action="store_true")
    serve = commands.add_parser("serve", help="alone; a bot may connect")
    serve.add_argument("--port", type=int, default=8765)
    serve.add_argument("--manifest", type=Path, help="the app's manifest.json")
    serve.add_argument("--clock-file", type=Path, help="where to write the clock's offset")
    serve.add_argument("--transport", choices=("socket", "http"), default="socket")
    serve.add_argument("--target", help="the bot's request URL, with --transport http")
    serve.add_argument("--signing-secret", default=SIGNING_SECRET)
    options = parser.parse_args()
    if options.what == "demo":
        _demo(options)
        return
    if options.transport == "http" and not options.target:
        parser.error("--transport http needs --target URL")
    asyncio.run(_serve(options))


def _demo(options: argparse.Namespace) -> None:
    logs.set_up()
    try:
        asyncio.run(show(port=options.port, browser=not options.no_browser))
    except KeyboardInterrupt:
        print("The demo has ended.")
    except OSError as taken:
        if taken.errno != errno.EADDRINUSE:
            raise
        sys.exit(f"Port {options.port} is taken. Set another one: SANDBOX_PORT=8766 make demo")


async def _serve(options: argparse.Namespace) -> None:
    manifest: Json | None = None
    if options.manifest:
        manifest = json.loads(options.manifest.read_text(encoding="utf-8"))
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    async with Sandbox(
        manifest,
        port=options.port,
        clock_file=options.clock_file,
        transport=options.transport,
        http_target=options.target,
        signing_secret=options.signing_secret,
    ) as sandbox:
        print(f"Sandbox:  {sandbox.url}/")
        print(f"Bot:      SLACK_API_URL={sandbox.api_url}")
        print(f"          SLACK_BOT_TOKEN={sandbox.bot_token} SLACK_APP_TOKEN={sandbox.app_token}")
        await stopped.wait()


if __name__ == "__main__":
    main()
