"""Writers: who words the digest. Without a key nobody but the templates."""

import threading
import time

from bot.config import Config
from core.llm.endpoint import Endpoint, LlmAnswer, LlmQuestion
from services.ports import Writer

GRACE_S = 1.0


class PlainWriter:
    """The writer that ships: it has nothing to add, so every template stands as it is."""

    def write(self, asked: LlmQuestion) -> LlmAnswer:
        """Raise LookupError: there is no model to ask."""
        raise LookupError(f"no language model is configured ({len(asked.messages)} not sent)")


class OpenAIWriter:
    """Any endpoint that speaks OpenAI's chat completions: bot/chat.py, in a thread of its own.

    The deadline is kept twice: the conversation is cancelled when its seconds are over, and a
    thread that does not end by that (a name server that hangs) is left behind.
    """

    def __init__(self, endpoint: Endpoint, key: str) -> None:
        self._endpoint, self._key = endpoint, key

    def write(self, asked: LlmQuestion) -> LlmAnswer:
        """What the model said, or why it said nothing, within `asked.seconds`."""
        started, box = time.monotonic(), list[LlmAnswer | None]([None])

        def work() -> None:
            from bot import (
                chat,
            )  # openai: only when it is called, it costs half a second and 40 MB

            box[0] = chat.talk(self._endpoint, self._key, asked)

        thread = threading.Thread(target=work, name="assay-llm", daemon=True)
        thread.start()
        thread.join(asked.seconds + GRACE_S)
        if box[0] is not None:
            return box[0]
        outcome = "timeout" if thread.is_alive() else "error"
        return LlmAnswer(outcome, rung=asked.rung, seconds=time.monotonic() - started)


def writer_for(config: Config) -> Writer:
    """The writer that configuration asks for."""
    return OpenAIWriter(config.llm, config.openai_key) if config.llm.is_on else PlainWriter()
