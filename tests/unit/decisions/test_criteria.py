"""Kill criteria as people write them."""

import pytest

from core.decisions.kill_criteria import Criterion, metric_name, read

READ = [  # line, metric, operator, value, moment, amount
    ("Accuracy < 78% after full training = KILL", "accuracy", "<", 0.78, "full", 1),
    ("acc < 0.78 after 3 checkpoints", "accuracy", "<", 0.78, "checkpoints", 3),
    ("loss > 2.0", "loss", ">", 2.0, "any", 0),
    ("- kill if F1 below 0.6 after 2 days", "f1", "<", 0.6, "days", 2),
    ("F1-score is less than 60% on the eval set by day 5 -> kill", "f1", "<", 0.6, "days", 5),
    ("After 12 GPU-hours accuracy <= 0.7", "accuracy", "<=", 0.7, "gpu_hours", 12),
    ("accuracy doesn't reach 80% after full training", "accuracy", "<", 0.8, "full", 1),
    ("accuracy doesn’t exceed 80% at the end", "accuracy", "<=", 0.8, "full", 1),
    ("val_loss ≥ 1.5 after 4 evals", "loss", ">=", 1.5, "checkpoints", 4),
    ("latency_ms > 500 ms after 3 results", "latency ms", ">", 500, "checkpoints", 3),
    ("acc < 0,78 after 3 checkpoints", "accuracy", "<", 0.78, "checkpoints", 3),
    ("gpu hours > 30", "gpu", ">", 30, "any", 0),
    ("GPU-h > 30h", "gpu", ">", 30, "any", 0),
    ("2. stop if recall@10 drops below 0.4 after 1 week", "recall@10", "<", 0.4, "days", 7),
    ("perplexity at least 20 after training", "perplexity", ">=", 20, "full", 1),
    ("accuracy at most 0.70 after 10 hours", "accuracy", "<=", 0.7, "gpu_hours", 10),
    ("EM < 40% after the full run.", "em", "<", 0.4, "full", 1),
    ("Kill: accuracy < 0.5 at checkpoint 2", "accuracy", "<", 0.5, "checkpoints", 2),
    ("toxicity > 1% , kill", "toxicity", ">", 0.01, "any", 0),
    ("BLEU under 20 after 25% of the GPU budget then stop", "bleu", "<", 20, "share", 0.25),
    ("accuracy greater than or equal to 0.99 = KILL", "accuracy", ">=", 0.99, "any", 0),
    ("WER above 12% (on clean audio) after 5 reports", "wer", ">", 0.12, "checkpoints", 5),
]
UNREAD = [
    "Training loss doesn't decrease after epoch 1 = KILL (data issue)",
    "latency > 500ms",
    "cost > 1,200",
    "accuracy < 0.7 and loss > 2",
    "loss > 2.0 for 3 checkpoints",
    "no improvement after 3 checkpoints",
    "accuracy < 78% after epoch 3",
    "Safety eval regresses",
    "we lose interest",
    "accuracy < 78% unless the data is late",
    "accuracy < 78-80%",
    "78% accuracy not reached",
    "0.7 > accuracy",
    "accuracy < 0.7 in two runs",
]


@pytest.mark.parametrize(("line", "metric", "operator", "value", "moment", "amount"), READ)
def test_a_plain_condition_is_read(line, metric, operator, value, moment, amount):
    (found,) = read(line)
    assert isinstance(found, Criterion), line
    assert (found.metric, found.operator, found.value) == (metric, operator, value)
    assert (found.moment, found.amount) == (moment, amount)


@pytest.mark.parametrize("line", UNREAD)
def test_what_is_not_understood_word_by_word_is_left_for_a_person(line):
    assert read(line) == (line,)


def test_baseline_and_target_stand_for_the_tickets_figures():
    below, short = read("accuracy stays under baseline after 50% of budget\nF1 below the target")
    assert (below.reference, below.moment, below.amount) == ("baseline", "share", 0.5)
    assert (short.reference, short.moment) == ("target", "any")


def test_every_line_is_kept_and_or_makes_two():
    text = "- acc < 0.7 or loss > 2; \n\n* the client leaves\n1) F1 < 0.2"
    found = read(text)
    assert [x if isinstance(x, str) else x.metric for x in found] == [
        "accuracy",
        "loss",
        "the client leaves",
        "f1",
    ]


def test_less_than_or_equal_is_one_condition():
    (found,) = read("accuracy less than or equal to 0.7")
    assert found.operator == "<="


def test_percent_signs_are_remembered():
    assert [x.percent for x in read("acc < 78%\nacc < 0.78")] == [True, False]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Accuracy", "acc"), ("F1-score", "f1"), ("val_loss", "loss"), ("Final Acc.", "accuracy"),
     ("eval accuracy", "test accuracy")],
)  # fmt: skip
def test_a_metric_has_one_name(one, other):
    assert metric_name(one) == metric_name(other)


def test_training_loss_is_not_the_loss_on_the_eval_set():
    assert metric_name("training loss") != metric_name("loss")
