"""Which lines and axes the pictures of runs have."""

from core.tracking import chart
from core.tracking.kept import Kept


def kept(key, best=None, **params):
    return Kept(key, f"run {key}", "p", "finished", None, None, None, "unknown", "acc", best, None,
                "", params=params)  # fmt: skip


def test_training_and_validation_loss_are_told_apart():
    points = [[0, 2.0], [1, 1.0]]
    curves = {1: {"loss": points, "val_loss": points, "val_acc": points, "grad_norm": points}}
    spec = chart.losses("EXP-001", [kept(1), kept(2)], curves)
    assert [line[:2] for line in spec["lines"]] == [["run 1", "training"], ["run 1", "validation"]]
    assert chart.losses("EXP-001", [kept(1)], {1: {"val_acc": points}}) is None
    assert chart.losses("EXP-001", [kept(1)], {1: {"loss": [[0, None]]}}) is None


def test_only_the_newest_runs_are_drawn():
    curves = {key: {"loss": [[0, 1.0]]} for key in range(9)}
    spec = chart.losses("EXP-001", [kept(key) for key in range(9)], curves)
    assert [line[0] for line in spec["lines"]] == ["run 4", "run 5", "run 6", "run 7", "run 8"]


def test_axes_are_what_differs_and_no_paths():
    runs = [kept(n, 0.1 * n, lr=str(10.0**-n), seed="1", out=f"/tmp/{n}", m="ab"[n % 2])
            for n in (1, 2, 3)]  # fmt: skip
    spec = chart.sweep("EXP-001", "accuracy", runs, "higher")
    assert [name for name, _ in spec["axes"]] == ["m", "lr", "accuracy"]
    # lr spans two powers of ten: its middle value stands in the middle
    assert [round(line[1][1], 3) for line in spec["lines"]] == [1.0, 0.5, 0.0]
    assert [line[2] for line in spec["lines"]] == [False, False, True]
    lowest = chart.sweep("EXP-001", "loss", runs, "lower")
    assert [line[2] for line in lowest["lines"]] == [True, False, False]


def test_a_parameter_a_run_does_not_tell_is_a_gap():
    runs = [kept(1, 0.1, lr="1", m="a"), kept(2, 0.2, lr="2", m="b"), kept(3, 0.3, m="b")]
    spec = chart.sweep("EXP-001", "acc", runs, "higher")
    assert [line[1][0] for line in spec["lines"]] == [0.0, 1.0, None]


def test_nothing_is_drawn_of_one_run_or_equal_ones():
    assert chart.sweep("EXP-001", "acc", [kept(1, 0.5, lr="1")], "higher") is None
    assert (
        chart.sweep("EXP-001", "acc", [kept(1, 0.5, lr="1"), kept(2, 0.6, lr="1")], "higher")
        is None
    )
    assert (
        chart.sweep("EXP-001", "acc", [kept(1, 0.5, lr="1"), kept(2, None, lr="2")], "higher")
        is None
    )
