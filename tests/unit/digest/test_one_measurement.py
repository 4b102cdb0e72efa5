"""No sentence takes its value and its size from two measurements."""

import random
import re
from dataclasses import replace

import pytest

from core import figures
from core.digest.sheet import sheet
from core.experiments.measurement import Measurement, counting
from core.experiments.metric import Metric
from services.llm import narrate
from tests.weeks import NOW, experiment, past, week
from views.experiments import experiment as view

_SIZES = (120, 300, 4000)


def _history(r: random.Random, number: int = 0) -> tuple[Measurement, ...]:
    """Typed and pushed results of both sides, in any order; each value and size comes once."""
    values = r.sample([0.7 + (4 * n + number) / 1000 for n in range(50)], 6)
    found = []
    for n in range(r.randint(1, 6)):
        at = NOW.replace(day=1 + 3 * n)
        look = Measurement(at, round(values[n], 3), 1.0, "", "UANA")
        if r.random() < 0.6:
            size = r.choice(_SIZES)
            look = replace(
                look, source="pushed", author="ci", role=r.choice(["candidate", "baseline"]),
                examples=size, eval_set=f"set of {size}", low=values[n] - 0.01,
                high=values[n] + 0.01,
            )  # fmt: skip
        found.append(look)
    counts = counting(found)
    return tuple(replace(m, counts=c) for m, c in zip(found, counts, strict=True))


@pytest.mark.parametrize("seed", range(200))
def test_value_size_and_range_are_of_one_measurement(seed):
    r = random.Random(seed)
    tickets = [
        experiment(n + 1, stage=r.choice(["evaluation", "iteration"]), measurements=_history(r, n))
        for n in range(r.randint(1, 4))
    ]
    made = sheet(week(*tickets, metric=Metric("accuracy", 0.95), earlier=[past(0.7)]))
    text = narrate.plain(made).text
    every = [look for e in tickets for look in e.measurements]
    (told,) = re.findall(r"measured on ([\d,]+) test cases", text) or ("0",)
    headline = next((f for f in made.facts if f.kind == "headline"), None)
    if headline is None or headline.value is None:
        assert told == "0"
        return
    same = [m for m in every if m.role == "candidate" and m.value == headline.value]
    assert [m.examples for m in same] == [int(told.replace(",", ""))]
    for fact in (f for f in made.facts if f.kind == "expected"):
        assert (fact.value, fact.other) == (same[0].low, same[0].high)


@pytest.mark.parametrize("seed", range(60))
def test_a_card_tells_value_size_and_range_of_one_measurement(seed):
    one = experiment(1, measurements=_history(random.Random(seed)))
    shown = view.measured(one)
    look = one.best_look
    if look is None or look.is_typed:
        assert shown == ""
        return
    assert f"{figures.number(look.value)} pushed" in view.result(one)
    assert f"{look.examples:,} examples" in shown
    assert f"{figures.number(look.low)} to {figures.number(look.high)}" in shown


def test_the_newest_eval_set_counts_and_pushed_before_typed():
    typed = Measurement(NOW.replace(day=1), 0.9, 1.0, "", "UANA")
    old = replace(typed, source="pushed", eval_set="a", at=NOW.replace(day=2))
    new = replace(typed, source="pushed", eval_set="b", at=NOW.replace(day=3))
    late = replace(typed, at=NOW.replace(day=4))
    assert counting([typed]) == (True,)
    assert counting([typed, old]) == (False, True)
    assert counting([typed, old, new]) == (False, False, True)
    assert counting([typed, old, new, late]) == (False, False, True, False)
    assert counting([typed, replace(old, role="baseline")]) == (True, True)
    assert counting([replace(old, own=False), late]) == (False, True)


def test_the_best_of_ten_is_expected_lower_than_the_only_one():
    one = replace(_pushed(), low=0.85, high=0.91)
    ticket = experiment(1, stage="evaluation", measurements=(one,))
    alone = sheet(week(ticket)).of("expected")[0]
    made = sheet(week(ticket, tried={"s": 10, "other": 40}))
    assert (alone.value, alone.other) == (0.85, 0.91)
    assert (round(made.of("expected")[0].value, 4), made.of("expected")[0].other) == (0.8332, 0.91)
    text = narrate.plain(made).text
    assert "expect 83.3% to 91% on new cases (90% range); it is the best of 10 tried" in text


def _pushed() -> Measurement:
    return Measurement(NOW, 0.88, 1.0, "", "ci", source="pushed", examples=500, eval_set="s")
