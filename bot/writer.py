"""Writers: who words the digest. Without a key nobody but the templates.

What a writer is sent holds placeholders only: no figure, no name and nobody's words leave
(services/narrate.py), and what it answers is checked before it is posted.
"""

from bot.config import Config
from services.ports import Writer

DEFAULT_MODEL = "gpt-4o-mini"
DEADLINE_S = 30.0


class PlainWriter:
    """The writer that ships: it has nothing to add, so every template stands as it is."""

    def write(self, prompt: str) -> str:
        """Raise LookupError: there is no model to ask."""
        raise LookupError(f"no language model is configured ({len(prompt)} characters not sent)")


class OpenAIWriter:
    """Any endpoint that speaks OpenAI's chat completions (OPENAI_BASE_URL, OPENAI_MODEL)."""

    def __init__(self, config: Config) -> None:
        from openai import OpenAI  # only with a key: it costs half a second and 40 MB

        self._model = config.openai_model or DEFAULT_MODEL
        self._client = OpenAI(
            api_key=config.openai_key,
            base_url=config.openai_base_url or None,
            timeout=DEADLINE_S,
            max_retries=0,  # the digest is due now; the template is always ready
        )

    def write(self, prompt: str) -> str:
        """The model's answer. Raises whatever the endpoint did, and LookupError for none."""
        answer = self._client.chat.completions.create(
            model=self._model, messages=[{"role": "user", "content": prompt}], temperature=0
        )
        text = answer.choices[0].message.content if answer.choices else None
        if not text:
            raise LookupError("the model answered nothing")
        return text


def writer_for(config: Config) -> Writer:
    """The writer that configuration asks for."""
    return OpenAIWriter(config) if config.openai_key else PlainWriter()
