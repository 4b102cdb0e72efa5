"""What a file is, by its content and never by its name."""

from dataclasses import dataclass
from typing import Any

from ingest.csv_scores import is_long
from ingest.file import MAX_BYTES, File, Unreadable, decoded, parsed, parsed_lines, unpacked
from ingest.grid import read_grid
from ingest.inspect_zip import is_inspect_zip, read_log
from ingest.pick import listed, tables, word
from ingest.promptfoo import is_promptfoo_csv
from ingest.xml_tree import read_tree

FORMATS = (
    "canonical JSON, CSV, lm-eval, inspect_ai (.json, .eval), promptfoo, DeepEval and JUnit XML"
)
_OTHER_DOCUMENTS = {
    "usage": "usage: push it with `assay usage push`",
    "drift": "a drift profile: push it with `assay drift push`",
    "labels": "labels: push it with `assay labels push`",
}


@dataclass(frozen=True)
class Detected:
    """The format's name and the parsed content that its adapter takes."""

    format: str
    content: Any


def detect(file: File, *, max_bytes: int = MAX_BYTES) -> Detected:
    """The format and the parsed content. Raises Unreadable when no adapter reads it."""
    content = unpacked(file, max_bytes=max_bytes)
    if is_inspect_zip(content):
        return Detected("inspect_ai", read_log(File(file.name, content)))
    if content.startswith(b"PAR1"):
        raise Unreadable("it is Parquet", "Push scores as CSV; Parquet is read for drift only.")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Detected("junit", read_tree(content))
    text = decoded(content)
    if text.lstrip()[:1] in ("{", "["):
        return _json(text)
    grid = read_grid(text)
    if is_promptfoo_csv(grid):
        return Detected("promptfoo_csv", grid)
    if grid.column("annotator", "rater") is not None and grid.column("label") is not None:
        raise _elsewhere("labels")
    if not is_long(grid) and grid.column("gpu_hours") is not None:
        raise _elsewhere("usage")
    return Detected("csv", grid)


def _json(text: str) -> Detected:
    first, _, rest = text.strip().partition("\n")
    if rest.lstrip().startswith("{") and first.rstrip().endswith("}"):
        return _lines(parsed_lines(text))
    value = parsed(text)
    if isinstance(value, list):
        raise Unreadable(
            "it is a list of JSON values of no eval tool known here",
            f"Known are {FORMATS}; write other scores as CSV: example_id, metric, score.",
        )
    return _object(value)


def _object(value: dict[str, Any]) -> Detected:
    schema = word(value.get("schema")).partition("/")[0]
    if schema in _OTHER_DOCUMENTS:
        raise _elsewhere(schema)
    if (line := _line_format(value)) and "results" not in value:
        return Detected(line, [value])
    found = "canonical" if schema == "eval" else _tool(value)
    if not found:
        keys = listed([f"“{word(key)[:30]}”" for key in value]) or "none"
        raise Unreadable(
            f"it is JSON of no eval tool known here (its keys: {keys})",
            f"Known are {FORMATS}; write other scores as CSV: example_id, metric, score.",
        )
    return Detected(found, value)


def _tool(value: dict[str, Any]) -> str:
    keys, results = value.keys(), value.get("results")
    inner = results.keys() if isinstance(results, dict) else set()
    if keys & {"testRunData", "testRunLink", "testCases", "conversationalTestCases"}:
        return "deepeval"
    if isinstance(value.get("eval"), dict) and keys & {"plan", "status", "version"}:
        return "inspect_ai"
    if inner & {"prompts", "results"} or (inner and "evalId" in keys):
        return "promptfoo"
    return "lm_eval" if inner and keys & {"versions", "config", "lm_eval_version"} else ""


def _line_format(row: dict[str, Any]) -> str:
    if "promptIdx" in row and "vars" in row:
        return "promptfoo_jsonl"
    return "lm_eval_samples" if "doc_id" in row and "metrics" in row else ""


def _lines(values: list[Any]) -> Detected:
    rows = tables(values, "the file")
    if found := _line_format(rows[0]):
        return Detected(found, rows)
    if "annotator" in rows[0] and "label" in rows[0]:
        raise _elsewhere("labels")
    raise Unreadable(
        "it is JSON lines of no eval tool known here",
        f"Known are {FORMATS}; write other scores as CSV: example_id, metric, score.",
    )


def _elsewhere(schema: str) -> Unreadable:
    what, _, todo = _OTHER_DOCUMENTS[schema].partition(": ")
    return Unreadable(f"it holds no scores but {what}", f"{todo[:1].upper()}{todo[1:]}.")
