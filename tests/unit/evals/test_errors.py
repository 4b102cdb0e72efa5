"""The hardest examples and the confusion matrix of a push."""

from core.evals import errors
from core.evals.push import Line, Push, as_record, from_record


def push(*lines):
    return Push("candidate", lines)


def test_the_worst_come_first_by_their_mean_over_runs():
    scored = {"a": (1.0, 0.0), "b": (0.0, 0.0), "c": (1.0, 1.0)}
    lines = [Line(name, run, {"acc": value}) for name, both in scored.items()
             for run, value in zip("12", both, strict=True)]  # fmt: skip
    lines.append(Line("d", "1", {}, {"acc": "error"}))
    found = errors.hardest(push(*lines), "acc", "higher")
    assert [(one.example, one.score, one.runs) for one in found] == [("b", 0.0, 2), ("a", 0.5, 2)]
    slow = [Line("a", scores={"s": 1.0}), Line("b", scores={"s": 9.0})]
    assert [one.example for one in errors.hardest(push(*slow), "s", "lower")] == ["b"]


def test_twenty_at_most_and_none_where_all_are_alike():
    lines = [Line(f"e{n:02}", scores={"acc": n / 50}) for n in range(50)]
    assert len(errors.hardest(push(*lines), "acc", "higher")) == 20
    assert errors.hardest(push(Line("a", scores={"acc": 1.0})), "acc", "higher") == ()
    assert errors.hardest(push(*lines), "f1", "higher") == ()


def test_rare_classes_are_one():
    lines = [Line(f"{kind}{n}", label=f"c{kind:02}", predicted="c00" if n else f"c{kind:02}")
             for kind in range(12) for n in range(12 - kind)]  # fmt: skip
    found = errors.confusion(push(*lines))
    assert len(found.classes) == 10
    assert found.classes[0] == "c00"
    assert found.classes[-1] == errors.OTHERS
    assert found.total == len(lines)
    assert found.worst == ("c01", "c00", 10)
    assert errors.confusion(push(Line("a", label="x"))) is None


def test_what_a_push_does_not_tell_changes_no_hash():
    plain = Line("a", scores={"acc": 1.0})
    [fields] = as_record(push(plain))["lines"]
    assert len(fields) == 8
    told = Line("a", scores={"acc": 1.0}, label="x", predicted="y")
    again = from_record("candidate", as_record(push(plain, told)))
    assert again.lines == (plain, told)
    assert push(plain).content_hash != push(told).content_hash
