"""Pushed eval files -> one canonical document, or one sentence that refuses them."""

from collections.abc import Callable, Sequence
from typing import Any

from core.errors import Refused
from ingest.canonical import EvalDocument
from ingest.csv_scores import read_csv
from ingest.deepeval import read_deepeval
from ingest.detect import Detected, detect
from ingest.file import MAX_BYTES, File, told
from ingest.inspect_ai import read_inspect
from ingest.junit import read_junit
from ingest.lm_eval import read_lm_eval
from ingest.lm_eval_files import Results, Samples
from ingest.merge import merged
from ingest.promptfoo import read_promptfoo, read_promptfoo_csv, read_promptfoo_lines
from ingest.wire import from_json

MAX_FILES = 100
_Adapter = Callable[[File, Any, Sequence[str] | None], EvalDocument]
_ADAPTERS: dict[str, _Adapter] = {
    "canonical": lambda _file, content, _slices: from_json(content),
    "csv": read_csv,
    "deepeval": read_deepeval,
    "inspect_ai": read_inspect,
    "junit": read_junit,
    "promptfoo": read_promptfoo,
    "promptfoo_csv": read_promptfoo_csv,
    "promptfoo_jsonl": read_promptfoo_lines,
}


def read_eval(
    files: Sequence[File],
    *,
    slices: Sequence[str] | None = None,
    max_bytes: int = MAX_BYTES,
    texts: bool = False,
) -> EvalDocument:
    """The document of all files together: several seeds, or results with their samples.

    slices: fields to slice by; None takes every field of short words with at most 20 values.
    texts: with the beginning of every input; else only a canonical document keeps those it has.
    Raises Refused with one sentence: which file, why, and what to push instead.
    """
    if not files:
        raise Refused("No file was pushed.", "Name at least one file.")
    if len(files) > MAX_FILES:
        raise Refused(f"{len(files)} files are too many at once.", f"Push at most {MAX_FILES}.")
    found = []
    for file in files:
        with told(file):
            found.append((file, detect(file, max_bytes=max_bytes)))
    documents = [_kept(one, texts=texts) for one in _lm_eval(found, slices)]
    for file, what in found:
        if what.format in _ADAPTERS:
            with told(file):
                read = _ADAPTERS[what.format](file, what.content, slices)
                documents.append(read if what.format == "canonical" else _kept(read, texts=texts))
    with told(files[-1]):
        return merged(documents)


def without_texts(document: EvalDocument) -> EvalDocument:
    """The same without any input's text."""
    if not any(one.text for one in document.results):
        return document
    results = tuple(
        one.model_copy(update={"text": ""}) if one.text else one for one in document.results
    )
    return document.model_copy(update={"results": results})


def _kept(document: EvalDocument, *, texts: bool) -> EvalDocument:
    return document if texts else without_texts(document)


def _lm_eval(
    found: Sequence[tuple[File, Detected]], slices: Sequence[str] | None
) -> list[EvalDocument]:
    results = [Results(file, what.content) for file, what in found if what.format == "lm_eval"]
    samples = [
        Samples(file, what.content) for file, what in found if what.format == "lm_eval_samples"
    ]
    return read_lm_eval(results, samples, slices)
