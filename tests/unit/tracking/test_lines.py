"""What trainings print, as their makers' own programs print it."""

import pytest

from core.tracking.lines import read


@pytest.mark.parametrize(
    ("line", "step", "values"),
    [
        ("{'loss': 2.41, 'learning_rate': 1.9e-04, 'epoch': 0.3}", None,
         {"loss": 2.41, "epoch": 0.3}),
        ("{'eval_loss': 0.62, 'eval_runtime': 3.1, 'epoch': 1.0}", None,
         {"eval_loss": 0.62, "epoch": 1.0}),
        ("{'loss': nan, 'grad_norm': nan, 'epoch': 2.0}", None,
         {"loss": None, "grad_norm": None, "epoch": 2.0}),
        ("{'loss': '0.58', 'epoch': '2.9'}", None, {"loss": 0.58, "epoch": 2.9}),
        ('{"step": 40, "train/loss": 0.5, "val/acc": 0.81}', 40,
         {"train/loss": 0.5, "val/acc": 0.81}),
        ("step 250: train loss 2.1031, val loss 2.3044", 250,
         {"train_loss": 2.1031, "val_loss": 2.3044}),
        ("iter 4980: loss 0.8010, time 271.05ms, mfu 2.10%", 4980, {"loss": 0.8010}),
        ("938/938 - 4s - loss: 0.2935 - accuracy: 0.9148 - val_loss: 0.1421", None,
         {"loss": 0.2935, "accuracy": 0.9148, "val_loss": 0.1421}),
        ("Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.300230", None, {"Loss": 2.30023, "Epoch": 1.0}),
        ("Test set: Average loss: 0.0500, Accuracy: 9837/10000 (98%)", None, {"loss": 0.05}),
        ("\x1b[32mepoch=3 val_acc=81.5%\x1b[0m", None, {"epoch": 3.0, "val_acc": 0.815}),
        ("accuracy 0.91", None, {"accuracy": 0.91}),
    ],
)  # fmt: skip
def test_metrics_are_read_where_they_stand(line, step, values):
    told = read(line)
    assert told is not None
    assert (told.step, dict(told.values)) == (step, pytest.approx(values))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Loading checkpoint shards: 100%|##########| 4/4 [00:05<00:00]",
        "INFO 2026-12-01 18:25:07 worker: listening on 10.0.0.7:29500",
        "Epoch 3/10",
        "{'train_runtime': 12.2, 'train_samples_per_second': 8.1}",
        "trainable params: 4194304 || all params: 6742609920",
        "{" * 5000,
    ],
)
def test_other_lines_tell_nothing(line):
    assert read(line) is None
