"""Which samples file of lm-evaluation-harness belongs to which results file.

A samples file names neither its task nor its run. The task is the one whose entry in
`task_hashes` is the hash over the lines' doc, prompt and target hashes. Runs of other seeds have
equal hashes, so among them the time in the file names decides, then the scores themselves: their
means have to be the reported ones. Nothing is guessed: no match or several is a refusal.
"""

import hashlib
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ingest.file import File, Unreadable
from ingest.pick import amount, table, word

_SAMPLES_NAME = re.compile(
    r"samples_(.{1,300}?)(?:_\d{4}-\d\d-\d\dT[\d.:-]{1,20})?\.jsonl", re.IGNORECASE
)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d[\d.:-]*\d")


@dataclass(frozen=True)
class Samples:
    """A samples file and its lines."""

    file: File
    lines: list[dict[str, Any]]

    @cached_property
    def task_hash(self) -> str:
        """What lm-eval 0.4 writes under `task_hashes` for these samples; "" when it cannot be."""
        keys = ("doc_hash", "prompt_hash", "target_hash")
        parts = [line.get(key) for line in self.lines for key in keys]
        if not all(isinstance(part, str) for part in parts):
            return ""
        joined = "".join(str(part) for part in parts)
        return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()

    @property
    def task_in_name(self) -> str:
        """The task that the file's name says, or ""."""
        found = _SAMPLES_NAME.search(self.file.name)
        return word(found.group(1)) if found else ""

    def means(self) -> dict[str, float]:
        """Mean per `metric,filter`, for those that every line of the filter scores."""
        scores: dict[str, list[float | None]] = {}
        for line in self.lines:
            metrics = line.get("metrics")
            for metric in metrics if isinstance(metrics, list) else []:
                key = f"{word(metric)},{word(line.get('filter')) or 'none'}"
                scores.setdefault(key, []).append(amount(line.get(word(metric))))
        return {
            key: sum(full) / len(full) for key, found in scores.items() if (full := _full(found))
        }


@dataclass(frozen=True)
class Results:
    """A results file and its content."""

    file: File
    content: dict[str, Any]

    @property
    def run(self) -> str:
        """The seed of this run, or ""."""
        return word(table(self.content.get("config"), "config").get("random_seed"))

    @property
    def tasks(self) -> dict[str, Any]:
        """What was measured per task."""
        return table(self.content.get("results"), "results")

    def task_by_hash(self, samples: Samples) -> str:
        """The task that was measured on exactly these samples, or ""."""
        hashes = table(self.content.get("task_hashes"), "task_hashes")
        found = [task for task, value in hashes.items() if value and value == samples.task_hash]
        return word(found[0]) if found else ""

    def task_by_name(self, samples: Samples) -> str:
        """The task in the samples' name, when nothing here says that its samples are others."""
        hashes = table(self.content.get("task_hashes"), "task_hashes")
        named = samples.task_in_name
        return named if named in self.tasks and not hashes.get(named) else ""

    def shares_time(self, samples: Samples) -> bool:
        """True when both files' names carry the same time, as lm-eval writes them."""
        mine, theirs = (_TIME.search(file.label) for file in (self.file, samples.file))
        return bool(mine and theirs and mine.group() == theirs.group())

    def shares_means(self, samples: Samples, task: str) -> bool:
        """True when the samples' means are the values reported here."""
        reported = self.tasks.get(task)
        reported = reported if isinstance(reported, dict) else {}
        means = samples.means()
        known = [key for key in means if key in reported]
        return bool(known) and all(_equal(means[key], reported[key]) for key in known)


def owner_of(samples: Samples, results: Sequence[Results]) -> tuple[int, str] | None:
    """(position of the results file, task) of these samples; None when they come alone.

    Raises Unreadable when they fit none, or several that nothing tells apart.
    """
    if not results and samples.task_in_name:
        return None
    found = [(i, task) for i, one in enumerate(results) if (task := one.task_by_hash(samples))]
    found = found or [
        (i, task) for i, one in enumerate(results) if (task := one.task_by_name(samples))
    ]
    found = _narrowed(found, lambda i, _task: results[i].shares_time(samples))
    found = _narrowed(found, lambda i, task: results[i].shares_means(samples, task))
    if len(found) == 1:
        return found[0]
    why = "it fits several results files" if found else "it fits no results file"
    if not results:
        why = "its lines do not say which task they are of"
    raise Unreadable(why, "Push it together with the results_….json of the same run.")


def _narrowed(
    found: list[tuple[int, str]], is_it: Callable[[int, str], bool]
) -> list[tuple[int, str]]:
    if len(found) < 2:
        return found
    return [one for one in found if is_it(*one)] or found


def _full(scores: list[float | None]) -> list[float]:
    """The scores, or none of them when one is missing."""
    found = [one for one in scores if one is not None]
    return found if len(found) == len(scores) else []


def _equal(one: float, other: Any) -> bool:
    number = amount(other)
    return number is not None and math.isclose(one, number, rel_tol=1e-9, abs_tol=1e-12)
