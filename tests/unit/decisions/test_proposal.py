"""When the document's rules fire, and when they must not; what holds under either rule set."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import zone
from core.decisions.explanation import explain
from core.decisions.policy import Finding, Limits, Verdict
from core.decisions.proposal import by_strength, judge, warnings
from core.decisions.rules_document import bare, gap, plateau
from core.experiments.experiment import Experiment
from tests.tickets import MONDAY, experiment

UTC = zone("UTC")
BERLIN = ZoneInfo("Europe/Berlin")


DOCUMENT = Limits(rule_set="document")


def fired(ticket: Experiment, now=MONDAY) -> list[tuple[str, str]]:
    return [(v.rule, v.action) for v in judge(ticket, now, UTC, DOCUMENT)]


def spoken(finding: Finding) -> str | None:
    return finding.action if isinstance(finding, Verdict) else None


@pytest.mark.parametrize(
    ("ticket", "expected"),
    [
        (experiment(), []),
        # the source's rule 1, and the softer prompt at 100 %
        (experiment(gpu_used=24), [("GPU budget", "decide")]),
        (experiment(gpu_used=48), [("GPU budget", "decide")]),
        (experiment(gpu_used=48.1), [("2x budget", "kill")]),
        (experiment(gpu_used=99, gpu_budget=0), []),
        # rule 2
        (experiment((0.741, 0.744, 0.742), gpu_used=6), [("plateau", "kill")]),
        (experiment((0.86, 0.861, 0.862), gpu_used=6), [("plateau", "promote")]),
        (experiment((0.741, 0.742), gpu_used=6), []),
        (experiment((0.741, 0.744, 0.742), gpu_used=5.9), []),
        (experiment((0.74, 0.75, 0.76), gpu_used=6), []),
        (experiment((0.5, 0.5, 0.5), gpu_used=6, target=None), [("plateau", "decide")]),
        # rule 3: both when it also rests
        (experiment((0.5, 0.55, 0.6), gpu_used=6), [("gap", "kill")]),
        (experiment((0.5, 0.6, 0.7), gpu_used=6), []),
        (experiment((0.0, 0.1, 0.2), gpu_used=6), [("gap", "kill")]),
        (experiment((0.5,), gpu_used=20), []),
        (experiment((0.5, 0.5, 0.5), gpu_used=6), [("plateau", "kill"), ("gap", "kill")]),
        # time box: its last day is still inside
        (experiment(box_ends=date(2026, 11, 23)), []),
        (experiment(box_ends=date(2026, 11, 22)), [("time box", "decide")]),
        (experiment(stage="backlog", box_ends=date(2026, 11, 22)), []),
        # stale
        (experiment(progress_at=MONDAY - timedelta(days=5)), [("stale", "update")]),
        (experiment(progress_at=MONDAY - timedelta(days=4)), []),
        # nothing about closed tickets
        (experiment((0.5, 0.5, 0.5), gpu_used=99, stage="killed"), []),
        (experiment((0.5, 0.5, 0.5), gpu_used=99, stage="production"), []),
    ],
)
def test_the_documents_rules_fire_as_written(ticket, expected):
    assert fired(ticket) == expected


@pytest.mark.parametrize(
    ("ticket", "expected"),
    [
        (experiment((0.86,)), [("target", "promote")]),
        (experiment((0.849,)), []),
        (experiment((200.0,), target=200.0, direction="lower"), [("target", "promote")]),
        (experiment((0.86,), target=None), []),
        (experiment((0.86,), gpu_used=24), [("GPU budget", "decide")]),  # one that speaks goes on
        (experiment((0.86,), stage="backlog"), []),
        (experiment((0.86,), stage="production"), []),
        (experiment((0.86,), stage="iteration"), [("target", "promote")]),  # measured since
        (experiment((0.86,), stage="iteration", stage_since=MONDAY), []),  # sent back with it
    ],
)
@pytest.mark.parametrize("rules", ["honest", "document"])
def test_a_met_target_asks_for_its_promotion_where_no_rule_speaks(ticket, expected, rules):
    said = judge(ticket, MONDAY, UTC, Limits(rule_set=rules))
    assert [(v.rule, v.action) for v in said] == expected
    listed = explain(ticket, MONDAY, UTC, Limits(rule_set=rules)).fired
    assert [(v.rule, v.action) for v in listed] == expected


@pytest.mark.parametrize(
    ("metric", "target", "values", "expected"),
    [
        # milliseconds: 1 % and 15 % of the figure, not 0.01 and 0.15
        ("latency ms", 200.0, (300, 299, 301), ["plateau", "gap"]),
        ("latency ms", 200.0, (300, 260, 225), []),
        ("latency ms", 200.0, (190, 190, 191), ["plateau"]),
        # an error rate: a point is not a small difference
        ("error rate", 0.001, (0.009, 0.006, 0.0011), []),
        ("error rate", 0.001, (0.0011, 0.0011, 0.0011), ["plateau"]),
        ("loss", 1.5, (3.0, 2.0, 1.7), []),
        ("loss", 1.5, (3.0, 2.5, 2.0), ["gap"]),
        ("error rate", 0.2, (0.9, 0.8, 0.3), []),
        ("error rate", 0.2, (0.9, 0.8, 0.36), ["gap"]),
    ],
)
def test_lower_is_better_and_other_scales(metric, target, values, expected):
    ticket = experiment(
        tuple(map(float, values)), metric=metric, target=target, direction="lower",
        baseline=None, gpu_used=12,
    )  # fmt: skip
    assert [rule for rule, _ in fired(ticket)] == expected


def test_resting_at_target_is_a_promotion_also_when_lower_is_better():
    ticket = experiment((190.0, 190.0, 191.0), metric="latency ms", target=200.0,
                        direction="lower", baseline=None, gpu_used=12)  # fmt: skip
    assert fired(ticket) == [("plateau", "promote")]


def test_every_text_shows_its_arithmetic():
    ticket = experiment((0.5, 0.505, 0.508), gpu_used=50, box_ends=date(2026, 11, 20))
    texts = {v.rule: v.text for v in judge(ticket, MONDAY, UTC, DOCUMENT)}
    assert texts["2x budget"] == "50 GPU-h used, more than 2 × 24 = 48"
    assert texts["plateau"] == (
        "last 3 accuracy 0.5, 0.505, 0.508: spread 0.008 < 0.01; best 0.508, target 0.85"
    )
    assert texts["gap"] == "best accuracy 0.508 after 3 results, target 0.85: gap 0.342 > 0.15"
    assert texts["time box"].startswith("day 8 of its 14-day time box: time to decide (kill, ")


def test_rounding_does_not_fire_a_rule():
    # 0.85 - 0.70 is 0.15000000000000002, and 0.84 - 0.83 is 0.010000000000000009
    assert spoken(gap(experiment((0.5, 0.6, 0.7), gpu_used=6), Limits())) is None
    assert spoken(plateau(experiment((0.72, 0.71, 0.71), gpu_used=6), Limits())) is None


def test_the_owners_clock_decides_what_day_it_is():
    ticket = experiment(box_ends=date(2026, 11, 23))
    late = MONDAY.replace(hour=23, minute=30)
    assert judge(ticket, late, UTC) == ()
    assert [v.rule for v in judge(ticket, late, BERLIN)] == ["time box"]


@pytest.mark.parametrize(
    ("ticket", "expected"),
    [
        (experiment(gpu_used=19), []),
        (experiment(gpu_used=19.2), ["GPU budget 80%"]),
        (experiment(gpu_used=24), []),
        (experiment(box_days=10, box_ends=date(2026, 11, 25)), ["time box 80%"]),
        (experiment(box_days=7, box_ends=date(2026, 11, 22)), []),
        (experiment(gpu_used=23, stage="killed"), []),
        (experiment(gpu_used=20, box_days=8, box_ends=date(2026, 11, 23)),
         ["GPU budget 80%", "time box 80%"]),
    ],
)  # fmt: skip
def test_a_budget_warns_from_80_to_100_percent(ticket, expected):
    assert [v.rule for v in warnings(ticket, date(2026, 11, 23))] == expected


def test_kill_is_named_before_promote_decide_and_update():
    ticket = experiment(
        (0.86, 0.86, 0.86), gpu_used=50, progress_at=MONDAY - timedelta(days=9),
        box_ends=date(2026, 11, 20),
    )  # fmt: skip
    actions = [v.action for v in by_strength(judge(ticket, MONDAY, UTC, DOCUMENT))]
    assert actions == ["kill", "promote", "decide", "update"]


RESULTS = st.lists(st.floats(0.01, 1, allow_nan=False), max_size=6).map(tuple)


@given(RESULTS, st.floats(0, 60), st.floats(0.2, 1))
def test_plateau_and_gap_never_fire_before_the_minimum(values, used, target):
    ticket = experiment(values, gpu_used=used, target=target)
    found = [spoken(plateau(ticket, Limits())), spoken(gap(ticket, Limits()))]
    if len(values) < 3 or used < 6:
        assert found == [None, None]


@given(RESULTS, st.floats(0.2, 1), st.floats(6, 60))
def test_mirroring_the_metric_mirrors_nothing_else(values, target, used):
    """1 - x with lower is better is the same experiment seen from below."""
    up = experiment(values, target=target, gpu_used=used, baseline=None)
    down = replace(
        experiment(tuple(1 - v for v in values), gpu_used=used, baseline=None, metric="error"),
        target=1 - target,
        direction="lower",
    )
    near = [abs(target - v) for v in (*values, 1.0)]
    if max((1 - target, *(1 - v for v in values))) < 0.11 or max((target, *values)) < 0.11:
        return  # below a tenth the scale is relative, and that is not symmetric
    if any(abs(n - 0.15) < 1e-6 or n < 1e-6 for n in near) or len({*values}) != len(values):
        return  # on the line itself rounding decides
    assert spoken(gap(up, Limits())) == spoken(gap(down, Limits()))
    spread = max(values[-3:], default=0) - min(values[-3:], default=0)
    if abs(spread - 0.01) > 1e-6:
        assert spoken(plateau(up, Limits())) == spoken(plateau(down, Limits()))


@given(
    st.lists(st.floats(2, 500), min_size=3, max_size=5).map(tuple),
    st.floats(2, 500),
    st.sampled_from([4.0, 64.0, 1024.0]),
)
def test_beyond_shares_the_unit_of_the_metric_does_not_matter(values, target, factor):
    small = experiment(values, target=target, baseline=None, metric="score points", gpu_used=12)
    large = replace(
        experiment(tuple(v * factor for v in values), baseline=None, gpu_used=12),
        target=target * factor,
        metric="score points",
    )
    for rule in (plateau, gap):
        assert spoken(rule(small, Limits())) == spoken(rule(large, Limits()))


@given(RESULTS, st.floats(0, 100), st.sampled_from(["higher", "lower"]))
def test_whatever_comes_in_a_verdict_has_a_text_and_no_exception(values, used, direction):
    ticket = experiment(values, gpu_used=used, direction=direction)
    for verdict in judge(ticket, MONDAY, UTC, DOCUMENT):
        assert verdict.text
        assert "nan" not in verdict.text


@pytest.mark.parametrize(
    ("values", "used", "expected"),
    [
        ((0.86, 0.861, 0.862), 6, "plateau"),  # at its target
        ((0.5,), 1, "gap"),  # a slow start
        ((0.0,), 1, ""),  # best_metric > 0
        ((0.8,), 49, "2x budget"),
        ((0.6, 0.7, 0.75), 6, ""),
    ],
)
def test_the_document_as_printed_answers_as_printed(values, used, expected):
    assert bare(values, 0.85, used=used, budget=24) == expected
