"""Who words the digest: nobody without a key, any OpenAI-compatible endpoint with one."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from freezegun import freeze_time

from bot.clock import clock
from bot.config import read
from bot.writer import OpenAIWriter, PlainWriter, writer_for

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
ANSWERS: dict[str, tuple[int, str]] = {
    "good": (200, json.dumps({
        "id": "1", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop",
                     "message": {"role": "assistant", "content": "worded"}}],
    })),
    "empty": (200, json.dumps({
        "id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [],
    })),
    "busy": (429, '{"error": {"message": "slow down"}}'),
    "html": (200, "<html>proxy</html>"),
}  # fmt: skip


class Endpoint(BaseHTTPRequestHandler):
    """A chat-completions endpoint whose model name chooses its behaviour."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, body = ANSWERS[asked["model"]]
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    """The endpoint's base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def _writer(address: str, model: str) -> OpenAIWriter:
    env = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": address, "OPENAI_MODEL": model}
    made = writer_for(read(GOOD | env))
    assert isinstance(made, OpenAIWriter)
    return made


def test_an_endpoint_words_the_prompt(address):
    assert _writer(address, "good").write("{F1}") == "worded"


@pytest.mark.parametrize("model", ["empty", "busy", "html"])
def test_an_endpoint_that_fails_raises_so_that_the_template_stands(address, model):
    with pytest.raises(Exception):  # noqa: B017 - narrate takes any
        _writer(address, model).write("{F1}")


def test_without_a_key_the_templates_stand():
    assert isinstance(writer_for(read(GOOD)), PlainWriter)
    with pytest.raises(LookupError):
        PlainWriter().write("x")


def test_openai_is_not_even_imported_without_a_key():
    code = "import sys, bot.__main__; sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@freeze_time("2026-11-27 15:00:00")
def test_the_clock_is_the_machines_when_there_is_no_offset():
    assert clock("0")().isoformat() == "2026-11-27T15:00:00+00:00"
