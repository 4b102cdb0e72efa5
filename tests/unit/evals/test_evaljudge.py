"""Requirements over pushed sides: inputs, latency, seeds, slices, mixes."""

from core.evals.definition_of_done import Requirement
from core.evals.judgement import Evidence, judge_all, limits_of
from core.evals.push import Line, Push, RunMean, from_record
from core.evals.push import as_record as kept

ACCURACY = Requirement("accuracy", threshold=0.9, margin=0.02)


def side(role, scores, **more):
    return Push(role, tuple(Line(f"q{i}", "1", {"accuracy": s}, **more)
                            for i, s in enumerate(scores)))  # fmt: skip


def one(requirement, candidate=None, baseline=None):
    found = judge_all([requirement], Evidence(candidate, baseline))
    return found.decision, found.metrics[0]


GOOD = [1.0] * 490 + [0.0] * 10


def test_the_same_ids_with_other_inputs_are_no_pairs():
    sides = (
        side("candidate", GOOD, input_hash="a" * 16),
        side("baseline", GOOD, input_hash="b" * 16),
    )
    decision, verdict = one(ACCURACY, *sides)
    assert (decision, verdict.code) == ("HOLD", "example sets differ")
    assert "500 examples have another input on the baseline's side" in verdict.reason


def test_inputs_known_on_one_side_only_are_compared_by_id():
    sides = side("candidate", GOOD, input_hash="a" * 16), side("baseline", GOOD)
    assert one(ACCURACY, *sides)[0] == "GO"


def test_nothing_pushed_is_not_measured_and_a_hold():
    assert one(ACCURACY)[0] == "HOLD"
    assert one(ACCURACY)[1].code == "not measured"
    assert judge_all([], Evidence()).decision == "HOLD"


def test_a_latency_that_was_not_scored_is_the_one_the_results_carry():
    wanted = Requirement("p95", direction="lower", kind="p95", threshold=500.0, score="latency_ms")
    lines = tuple(Line(f"q{i}", latency_ms=float(i)) for i in range(400))
    assert one(wanted, Push("candidate", lines))[0] == "GO"
    gap = (*lines, Line("late"))
    assert one(wanted, Push("candidate", gap))[1].code == "missing or non-finite score"


def test_run_means_alone_cover_run_noise_only_and_say_so():
    means = tuple(RunMean("accuracy", str(i), 0.95 + i / 1000) for i in range(5))
    decision, verdict = one(Requirement("accuracy", threshold=0.9), Push("candidate", (), means))
    assert decision == "GO"
    assert "covers run noise only" in verdict.reason
    assert one(ACCURACY, Push("candidate", (), means[:1]))[0] == "HOLD"


def test_a_slice_that_got_worse_stops_what_looks_fine_as_a_whole():
    wanted = Requirement("accuracy", margin=0.05, slices=("lang",))
    lines = [Line(f"q{i}", "1", {"accuracy": 1.0}, slices={"lang": "de" if i < 40 else "en"})
             for i in range(1000)]  # fmt: skip
    worse = [Line(x.example, "1", {"accuracy": float(i >= 25)}, slices=x.slices)
             for i, x in enumerate(lines)]  # fmt: skip
    decision, verdict = one(
        wanted, Push("candidate", tuple(worse)), Push("baseline", tuple(lines))
    )
    assert (decision, verdict.code) == ("NO-GO", "slice regressed")


def test_what_is_kept_comes_back_the_same():
    line = Line("q", "2", {"a": 0.5}, {"b": "nan"}, "c", {"lang": "de"}, 12.5, "f" * 16)
    push = Push("candidate", (line,), (RunMean("a", "1", None),))
    assert from_record("candidate", kept(push)) == push


def test_the_hash_of_an_eval_set_does_not_depend_on_order_or_runs():
    lines = side("candidate", GOOD).lines
    again = [Line(x.example, "2", x.scores) for x in lines]
    sets = Push("candidate", lines), Push("baseline", (*reversed(lines), *again))
    assert sets[0].set_hash == sets[1].set_hash
    assert sets[0].content_hash != sets[1].content_hash


def test_limits_are_told_in_words():
    assert limits_of(ACCURACY) == "≥ 90%, not worse by 2 points"
    latency = Requirement("p95", direction="lower", kind="p95", threshold=500, margin=0.1,
                          relative=True)  # fmt: skip
    assert limits_of(latency) == "≤ 500, not worse by 10%"
    assert limits_of(Requirement("rollback", kind="confirmed")) == "somebody confirms it"
