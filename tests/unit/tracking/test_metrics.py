"""Which logged metric is the ticket's, as loggers name them."""

import pytest

from core.tracking.metrics import own_metric, worth_history


@pytest.mark.parametrize(
    ("logged", "metric", "found"),
    [
        ("accuracy val_accuracy loss val_loss", "accuracy", "val_accuracy"),  # Keras autolog
        ("train_loss_step train_loss_epoch val_acc_epoch", "accuracy", "val_acc_epoch"),
        ("eval_accuracy eval_loss loss learning_rate", "accuracy", "eval_accuracy"),
        ("train/loss eval/accuracy", "accuracy", "eval/accuracy"),
        ("val/acc test/acc train/acc", "accuracy", "val/acc"),  # the test set stays for the end
        ("accuracy_val accuracy_train", "accuracy", "accuracy_val"),
        ("accuracy", "Accuracy", "accuracy"),
        ("f1 precision", "F1", "f1"),
        ("loss val_loss", "val_loss", "val_loss"),
        ("test_accuracy val_accuracy", "test accuracy", "test_accuracy"),
        ("train_accuracy", "accuracy", ""),  # what it trains on is no result
        ("training_accuracy_score", "accuracy", ""),  # sklearn autolog
        ("val_acc_top1 val_acc_top5", "accuracy", ""),  # not certain
        ("system/gpu_0_utilization_percentage", "utilization", ""),
        ("bleu", "accuracy", ""),
    ],
)
def test_the_tickets_metric_is_found_by_what_loggers_call_it(logged, metric, found):
    assert own_metric(logged.split(), metric, {}) == found


def test_the_tickets_metric_and_the_losses_are_worth_their_steps():
    logged = ["lr", "train/loss", "eval/accuracy", "grad_norm", *(f"loss_{n}" for n in range(9))]
    found = worth_history(logged, "eval/accuracy")
    assert found[:2] == ("eval/accuracy", "grad_norm")
    assert len(found) == 6
    assert "lr" not in found
