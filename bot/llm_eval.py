"""`assay llm eval`: the built-in weeks against your own endpoint, and how its wording fares.

Exit codes: 0 measured · 1 the endpoint gave no answer at all · 2 no key is set.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bot.config import BadConfig
from bot.config_llm import key_of, read_llm
from bot.writer import OpenAIWriter
from core.llm import sample_weeks
from core.llm.endpoint import Brief, Endpoint
from services.llm import narrate, narration
from services.llm.narration import Worded
from services.ports import Writer

NO_KEY = (
    "No language model is set up: set OPENAI_API_KEY (for a local server any word, with "
    "OPENAI_BASE_URL and LLM_MODEL), and LLM_MODE to placeholder or blank."
)


@dataclass(frozen=True)
class Trial:
    """One week's conversation. posted: who wrote the page in the end, template or assistant."""

    name: str
    worded: Worded
    posted: str


def run(env: Mapping[str, str]) -> int:
    """Measure and print; the exit code. Raises BadConfig for settings that are wrong."""
    faults: list[str] = []
    endpoint = read_llm(env, faults)
    if faults:
        raise BadConfig(faults)
    if not endpoint.is_on:
        print(f"assay: {NO_KEY}", file=sys.stderr)
        return 2
    print(f"{endpoint.model} at {endpoint.host}, {endpoint.deadline_s:g} s for each digest")
    trials = []
    for trial in trying(OpenAIWriter(endpoint, key_of(env)), endpoint):
        print(_line(trial), flush=True)
        trials.append(trial)
    print("\n".join(summary(trials)))
    return 0 if any(c.said.outcome == "ok" for t in trials for c in t.worded.calls) else 1


def trying(writer: Writer, endpoint: Endpoint) -> Iterator[Trial]:
    """Every built-in week, one conversation each, as on a Friday."""
    for name, sheet in sample_weeks.sheets().items():
        worded = narration.word(writer, sheet, Brief(endpoint))
        yield Trial(name, worded, narrate.page_of(worded, sheet).written_by)


def summary(trials: Sequence[Trial]) -> list[str]:
    """The rates over all weeks, as lines; calls that failed count as not passed."""
    calls = [call for t in trials for call in t.worded.calls]
    sections = [(s in t.worded.taken) for t in trials for s in t.worded.asked]
    codes = Counter(code for call in calls for code in call.findings)
    seconds = [call.said.seconds for call in calls] or [0.0]
    tokens = sum(call.said.tokens for call in calls)
    about = "about " if any(call.said.estimated for call in calls) else ""
    repairs = [any(c.purpose == "repair" for c in t.worded.calls) for t in trials]
    found = ", ".join(f"{code} {n}" for code, n in codes.most_common()) or "none"
    return [
        f"lint passed at once       {_rate([t.worded.lint_passed for t in trials])}",
        f"verifier passed at once   {_rate([t.worded.verified for t in trials])}",
        f"repair asked for          {_rate(repairs)}",
        f"sections from template    {_rate([not taken for taken in sections])}",
        f"digests from template     {_rate([t.posted == 'template' for t in trials])}",
        f"tokens                    {about}{tokens:,} in {len(calls)} calls",
        f"seconds a call            median {median(seconds):.1f}, longest {max(seconds):.1f}",
        f"findings                  {found}",
    ]


def _rate(seen: Sequence[bool]) -> str:
    return f"{sum(seen)} of {len(seen)}"


def _line(trial: Trial) -> str:
    outcomes = ", ".join(f"{c.purpose} {c.said.outcome}" for c in trial.worded.calls) or "no call"
    taken = ", ".join(trial.worded.taken) or "nothing"
    return f"- {trial.name}: {outcomes}; taken from the model: {taken}"
