"""A model's answer, read: JSON of exactly our shape, or nothing."""

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from core.llm.wording import Answer, Sentence


class _Line(BaseModel):
    """A line with what it refers to."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str
    refs: list[str]


class _Digest(BaseModel):
    """The answer as it is asked for."""

    model_config = ConfigDict(extra="forbid", strict=True)

    headline: list[_Line]
    progress: list[_Line]
    learned: list[_Line]
    suspicious_notes: list[str]


def read(text: str) -> Answer | None:
    """The answer in the outermost braces of the text (fences happen); None for anything else."""
    start, end = text.find("{"), text.rfind("}")
    if not 0 <= start < end:
        return None
    try:
        said = _Digest.model_validate_json(text[start : end + 1])
    except ValidationError:
        return None
    lines = {key: _sentences(getattr(said, key)) for key in ("headline", "progress", "learned")}
    return Answer(**lines, suspicious=tuple(said.suspicious_notes))


def _sentences(lines: list[_Line]) -> tuple[Sentence, ...]:
    return tuple(Sentence(line.text, tuple(line.refs)) for line in lines)


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_LINES = {"type": "array", "items": _object(text=_TEXT, refs=_TEXTS)}
# Objects, arrays and strings only: endpoints differ in what else they allow. Lengths and counts
# are checked here.
SCHEMA = _object(headline=_LINES, progress=_LINES, learned=_LINES, suspicious_notes=_TEXTS)
