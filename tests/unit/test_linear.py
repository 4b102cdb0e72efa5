"""No text, however it is made, holds the bot up: ten times the text is ten times the work.

What a reader costs is compared with itself and with a plain search of the same text, in this
process's own time, so a busy machine changes nothing. Patterns and readers are found by looking
through the modules: a new one is tried without being listed anywhere.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest

from handlers.access import READS
from tests.unit.hostile import attacks, has_long_runs, patterns, readers, work

SHORT = 4_000
FOUND = (
    " ",
    "-",
    "x-",
    "9",
    "1,",
    "<@",
    "\n",
    "a@b.co ",
    "1.2.3.4 ",
    "key=a1b2c3d4 ",
    "$1 ",
    "half an hour ",
    "EXP-1 < 2 after 3 days ",
)
_PLAIN = re.compile(r"[a-z]\d")
_GROWTH = 25.0  # for ten times the text: in between 10 (linear) and 100 (quadratic)
# What costs n + c·n² and grows by _GROWTH from 10,000 to 100,000 has c = 1/50,000, and grows by
# 6.5 from SHORT to five times that; what is linear, by 5. A sixth of the work tells them apart.
_NEARLY_LINEAR = 5.6


def _text(before: str, run: str, length: int) -> str:
    return before + run * ((length - len(before)) // len(run)) + "\x01"


def _plainly() -> float:
    """What a hundred and fifty plain searches of such a text cost here."""
    return work(lambda text: [_PLAIN.search(text) for _ in range(150)], "x" * SHORT, tries=5)


def _slow(act: Callable[[str], Any], tried: Iterable[tuple[str, str]], bar: float) -> list[str]:
    """Where the work grows faster than the text; only what costs much is measured twice."""
    found = []
    for before, run in tried:
        short = work(act, _text(before, run, SHORT), at_most=0.1)
        if short <= bar or (short < float("inf") and _grows_as(act, before, run, short)):
            continue
        some = work(act, _text(before, run, 10_000), tries=2)
        if some == float("inf"):
            found.append(f"{before!r} + {run!r}×: beyond all bounds at 10,000 characters")
            continue
        more = work(act, _text(before, run, 100_000), at_most=30.0 * max(some, 0.01))
        if more > _GROWTH * max(some, 0.004):
            found.append(f"{before!r} + {run!r}×: {some:.4f} s → {more:.4f} s")
    return found


def _grows_as(act: Callable[[str], Any], before: str, run: str, short: float) -> bool:
    """Whether it grows as the text does, as far as five times the text can tell."""
    short = min(short, work(act, _text(before, run, SHORT)))
    bound = _NEARLY_LINEAR * short
    return work(act, _text(before, run, 5 * SHORT), at_most=2 * bound) <= bound


def _endless(act: Callable[[str], Any], tried: Iterable[tuple[str, str]]) -> list[str]:
    lost = [run for run in tried if work(act, _text(*run, SHORT)) == float("inf")]
    return [f"{before!r} + {run!r}×: beyond all bounds" for before, run in lost]


def _done(pattern: re.Pattern[str], op: str, text: str) -> object:
    found = getattr(pattern, op)(text)
    return sum(1 for _ in found) if op == "finditer" else found


def _tried(reader: Callable[[str], Any], text: str) -> None:
    try:
        reader(text)
    except Exception:  # what it makes of it is another test's question
        return


@pytest.mark.slow
def test_no_pattern_works_faster_than_the_text_grows() -> None:
    bar = _plainly()
    slow = {}
    for (pattern, flags, op), where in patterns().items():
        act = partial(_done, re.compile(pattern, flags), op)
        if has_long_runs(pattern):
            found = _slow(act, sorted(attacks(pattern)), bar)
        else:  # grows as the text does, unless what it tries at one place has no end
            found = _endless(act, sorted(attacks(pattern)))
        if found:
            slow[f"{where} {op} {pattern[:60]}"] = found[:3]
    assert not slow, "\n".join(f"{name}: {found}" for name, found in slow.items())


@pytest.mark.slow
def test_no_reader_works_faster_than_the_text_grows() -> None:
    bar = _plainly()
    tried = [("", filler) for filler in FOUND]
    found = {
        name: _slow(partial(_tried, reader), tried, bar) for name, reader in readers().items()
    }
    slow = {name: where[:3] for name, where in found.items() if where}
    assert not slow, "\n".join(f"{name}: {where}" for name, where in slow.items())


def test_patterns_and_readers_are_found_by_looking() -> None:
    found = {where.partition(":")[0] for where in patterns().values()}
    assert {"core.privacy.secrets._NAMED", "core.grounding.horizons._END_BEFORE"} & found
    assert "core.decisions.kill_criteria.read" in readers()
    assert {one.pattern for one in READS.values()} <= {pattern for pattern, _, _ in patterns()}
    assert len(found) > 300
    assert len(readers()) > 50


def test_what_grows_too_fast_is_seen() -> None:
    cubic = re.compile(r"\s*,?\s*\bafter")
    act = partial(_done, cubic, "search")
    assert _slow(act, [("", " ")], _plainly())
    assert not _slow(partial(_done, _PLAIN, "finditer"), [("", "x")], 0.0)
