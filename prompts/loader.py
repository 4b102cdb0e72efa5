"""Reads the prompts that ship with Assay."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Prompt:
    """A prompt, its examples as (question, answer), and its version: 12 hex digits of a sha256."""

    text: str
    version: str
    examples: tuple[tuple[str, str], ...] = ()


@cache
def load(name: str) -> Prompt:
    """The prompt in `prompts/<name>.md`. Raises FileNotFoundError for an unknown name."""
    text = _read(f"{name}.md")
    return Prompt(text, _version(text))


@cache
def digest() -> Prompt:
    """The digest's prompt with its examples; the version covers both and the notes' prompt."""
    text, shown = _read("digest.md"), _read("examples.json")
    pairs = tuple((_plain(one["user"]), _plain(one["assistant"])) for one in json.loads(shown))
    return Prompt(text, _version(text + shown + _read("notes.md")), pairs)


def _read(name: str) -> str:
    return resources.files("prompts").joinpath(name).read_text(encoding="utf-8")


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
