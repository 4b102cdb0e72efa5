"""What looser means, for every field: what was not called looser lets nothing more pass."""

from dataclasses import fields, replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from core.evals import loosening
from core.evals.definition_of_done import KINDS, Requirement, checked
from core.evals.judgement import Evidence, judge_all
from core.evals.loosening import Loosening, applied, as_strict, held, looser
from core.evals.push import Line, Push

TOXIC = Requirement("toxicity", "safety", "lower", threshold=0.001, margin=0.01, examples=1000)
LIMITS = st.one_of(st.none(), st.sampled_from([0.0, 0.02, 0.1, 0.3, 0.6]))
MADE = {
    "group": st.sampled_from(["safety", "model_quality"]),
    "direction": st.sampled_from(["higher", "lower"]),
    "kind": st.sampled_from(KINDS),
    "threshold": LIMITS,
    "margin": LIMITS,
    "relative": st.booleans(),
    "blocking": st.booleans(),
    "sequential": st.booleans(),
    "score": st.sampled_from(["", "m", "other"]),
    "slices": st.sampled_from([(), ("lang",), ("lang", "topic")]),
    "gap": st.one_of(st.none(), st.sampled_from([0.05, 0.5])),
    "examples": st.one_of(st.none(), st.sampled_from([10, 500])),
    "runs": st.sampled_from([2, 5]),
}
REQUIREMENTS = st.builds(Requirement, st.just("m"), **MADE)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"group": "model_quality"}, "group"),
        ({"direction": "higher"}, "direction"),
        ({"kind": "confirmed"}, "kind"),
        ({"threshold": 0.002}, "threshold"),
        ({"threshold": None}, "threshold"),
        ({"margin": 0.02}, "margin"),
        ({"margin": None}, "margin"),
        ({"relative": True}, "relative"),
        ({"blocking": False}, "blocking"),
        ({"score": "politeness"}, "score"),
        ({"examples": 500}, "examples"),
        ({"examples": None}, "examples"),
    ],
)
def test_each_way_to_loosen_is_named(change, what):
    assert looser(TOXIC, replace(TOXIC, **change)) == (what,)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ({"sequential": True}, {}, "sequential"),
        ({"slices": ("lang", "topic")}, {"slices": ("lang",)}, "slices"),
        ({"slices": ("lang",), "gap": 0.05}, {"slices": ("lang",)}, "gap"),
        ({"kind": "consistency"}, {"kind": "consistency", "runs": 3}, "runs"),
        ({"slices": ("lang",), "gap": 0.05}, {"slices": ("lang",), "gap": 0.1}, "gap"),
        ({"direction": "higher", "threshold": 0.9}, {"direction": "higher", "threshold": 0.8},
         "threshold"),
    ],
)  # fmt: skip
def test_and_so_is_what_takes_back_what_was_asked_for_beside(before, after, what):
    assert looser(replace(TOXIC, **before), replace(TOXIC, **after)) == (what,)


@pytest.mark.parametrize(
    "change",
    [
        {}, {"threshold": 0.0005}, {"margin": 0.005}, {"sequential": True}, {"examples": 3000},
        {"slices": ("lang",)}, {"slices": ("lang",), "gap": 0.05}, {"score": "toxicity"},
    ],
)  # fmt: skip
def test_what_is_tighter_or_the_same_is_not(change):
    assert looser(TOXIC, replace(TOXIC, **change)) == ()


def test_of_every_field_it_is_said_what_looser_means():
    assert set(loosening._LOOSER) == {field.name for field in fields(Requirement)}


@given(REQUIREMENTS, REQUIREMENTS, REQUIREMENTS)
def test_what_got_looser_in_no_step_is_not_looser_in_the_end(one, two, three):
    assert looser(one, one) == ()
    if not looser(one, two) and not looser(two, three):
        assert not looser(one, three)


def _side(role, values):
    lines = tuple(
        Line(f"q{i}", run, {"m": a, "other": 1 - a}, slices={"lang": "ed"[i % 2], "topic": "x"})
        for i, pair in enumerate(values)
        for run, a in zip("12", pair, strict=True)
    )
    return Push(role, lines, by="ci")


_SCORES = st.lists(st.tuples(*[st.sampled_from([0.0, 1.0])] * 2), min_size=1, max_size=4)
_SIDES = st.tuples(_SCORES, _SCORES, st.sampled_from([1, 12, 40]))


_CHANGES = st.lists(st.sampled_from(sorted(MADE)), max_size=2).flatmap(
    lambda names: st.fixed_dictionaries({name: MADE[name] for name in names})
)
# Alone, what does not block is on hold: nothing blocking was measured. So something else blocks.
_ELSE = Requirement("seen", kind="confirmed")


@settings(max_examples=60, deadline=None)
@given(REQUIREMENTS, _CHANGES, _SIDES)
@example(Requirement("m", "safety", threshold=0.1), {}, ([(1.0, 1.0)], [(1.0, 1.0)], 40))
@example(
    Requirement("m", threshold=0.0, blocking=False), {"blocking": True},
    ([(0.0, 0.0)] * 2, [(0.0, 0.0)] * 2, 1),
)  # fmt: skip
def test_nothing_passes_the_tighter_one_that_the_one_before_stopped(before, changes, sides):
    after = replace(before, **changes)
    for one in (before, after):
        try:
            checked(one)
        except Refused:  # nobody could save it
            assume(False)
    assume(not looser(before, after))
    candidate, baseline, times = sides
    size = min(len(candidate), len(baseline))
    evidence = Evidence(
        _side("candidate", candidate[:size] * times),
        _side("baseline", baseline[:size] * times),
        {"seen": "seen"},
    )
    verdicts = [judge_all([one, _ELSE], evidence).decision for one in (before, after)]
    assert not (verdicts[1] == "GO" and verdicts[0] != "GO")


def test_what_loosens_safety_waits_and_the_rest_holds_at_once():
    old = [Requirement("accuracy", threshold=0.9), TOXIC]
    new = [Requirement("accuracy", threshold=0.8), replace(TOXIC, threshold=0.5)]
    now, waits = held(old, new)
    assert now == [new[0], TOXIC]
    assert waits == (Loosening(TOXIC, new[1]),)
    assert applied(now, waits) == new
    assert held(old, old[:1]) == (old, (Loosening(TOXIC, None),))
    assert applied(old, [Loosening(TOXIC, None)]) == old[:1]


@given(st.lists(REQUIREMENTS, max_size=2), st.lists(REQUIREMENTS, max_size=2))
def test_two_definitions_made_one_are_looser_on_safety_than_neither(one, other):
    base, more = ([replace(r, name=f"m{i}") for i, r in enumerate(side)] for side in (one, other))
    made = as_strict(base, more)
    assert len({found.name for found in made}) == len(made)
    for side in (base, more):
        for found in side:
            asked = [replace(m, name=found.name, score=m.measures) for m in made]
            wanted = replace(found, score=found.measures)
            assert found.group != "safety" or any(not looser(wanted, m) for m in asked)
