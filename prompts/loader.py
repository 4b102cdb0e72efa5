"""Reads the prompts that ship with Assay."""

import hashlib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True)
class Prompt:
    """A prompt and its version (the first 12 hex digits of its sha256)."""

    text: str
    version: str


def load(name: str) -> Prompt:
    """The prompt in `prompts/<name>.md`. Raises FileNotFoundError for an unknown name."""
    text = resources.files("prompts").joinpath(f"{name}.md").read_text(encoding="utf-8")
    return Prompt(text, hashlib.sha256(text.encode()).hexdigest()[:12])
