"""Friday's digest when the endpoint answers anything but a whole completion."""

import socket
from collections.abc import Callable, Iterator

import pytest

from tests.fridays import BAD, SILENT, Friday, RawServer, completion, http


@pytest.fixture
def raw() -> Iterator[Callable[..., str]]:
    """An address that answers with exactly these bytes."""
    servers: list[RawServer] = []

    def start(sent: bytes, *, drips: bool = False) -> str:
        servers.append(RawServer(sent, drips=drips))
        return servers[-1].address

    yield start
    for server in servers:
        server.close()


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        (http("<html>Please log in</html>", "text/html"), "malformed"),
        (http("<html>Please log in</html>"), "malformed"),
        (http(completion("{}")[:-40], longer=40), "unreachable"),
        (http(completion("{}")[:-40]), "malformed"),
        (http('{"id": "1", "object": "chat.completion", "created": 1, "model": "m", '
               '"choices": []}'), "empty"),
        (http(completion(None)), "empty"),
        (http(completion(None, refusal="I cannot do that")), "empty"),
        (http(completion("{}", "length")), "cut"),
        (http(completion("{}", "content_filter")), "filtered"),
        (http("[]"), "malformed"),
        (b"nonsense\r\n\r\n", "unreachable"),
        (b"", "unreachable"),
    ],
    ids=["html page", "html as json", "cut body", "half json", "no choices", "null content",
         "refusal", "length", "filter", "list", "no http", "hung up"],
)  # fmt: skip
def test_anything_but_a_whole_answer_leaves_the_template(sqlite_engine, raw, sent, outcome):
    friday = Friday(sqlite_engine, raw(sent))
    assert SILENT in friday.publish()
    assert [call.outcome for call in friday.calls()] == [outcome]


def test_a_server_that_drips_is_left_at_the_deadline(sqlite_engine, raw):
    endless = http("{", longer=10**8)
    friday = Friday(sqlite_engine, raw(endless, drips=True), LLM_DEADLINE_S="0.5")
    assert SILENT in friday.publish()
    (call,) = friday.calls()
    assert (call.outcome, call.estimated) == ("timeout", True)


def test_nobody_at_the_address_leaves_the_template(sqlite_engine):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    friday = Friday(sqlite_engine, f"http://127.0.0.1:{port}/v1")
    assert SILENT in friday.publish()


def test_an_answer_without_usage_is_counted_here(sqlite_engine, raw):
    friday = Friday(sqlite_engine, raw(http(completion("no JSON here"))))
    assert BAD in friday.publish()
    first = friday.calls()[0]
    assert (first.estimated, first.completion_tokens) == (True, 3)
    assert first.prompt_tokens > 500
