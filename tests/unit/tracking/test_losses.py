"""“Training loss doesn't decrease after epoch 1”: read, and judged by curves."""

from datetime import date

import pytest

from core.decisions import kill_criteria, loss_line
from core.tracking.epochs import training_loss
from tests.tickets import experiment

TODAY = date(2026, 11, 24)
LINE = "Training loss doesn't decrease after epoch 1 = KILL (data issue)"


def _run(*losses):
    return tuple((n / 4, loss) for n, loss in enumerate(losses, start=1))  # four values an epoch


FALLS = _run(2.3, 2.2, 2.1, 2.0, 1.7, 1.6, 1.5, 1.4)
FLAT = _run(2.3, 2.31, 2.29, 2.3, 2.3, 2.31, 2.29, 2.3)
CONVERGED = _run(2.3, 1.8, 1.4, 1.2, 1.2, 1.21, 1.19, 1.2)
EARLY = _run(2.3, 2.31, 2.29, 2.3, 2.3, 2.31)


@pytest.mark.parametrize(
    ("line", "epoch"),
    [
        (LINE, 1),
        ("training loss does not decrease after 3 epochs", 3),
        ("Kill if the training loss fails to drop after the first epoch", 1),
        ("validation loss doesn't decrease after epoch 1", None),
        ("training loss doesn't decrease after epoch 1 on tickets", None),
        ("training loss decreases after epoch 1", None),
    ],
)
def test_the_line_is_read_when_all_of_it_is_understood(line, epoch):
    found = loss_line.read(line)
    assert (found.epoch if found else None) == epoch


@pytest.mark.parametrize(
    ("runs", "met"),
    [
        ((FLAT,), True),
        ((_run(*[2.3] * 4, *[2.9] * 4),), True),  # it rises
        ((FALLS,), False),
        ((CONVERGED,), False),  # it fell in the first epoch: nothing is wrong with its data
        ((EARLY,), False),  # two values past the epoch are too few
        ((FLAT, FALLS), False),  # one that learns is one that learns
        ((FLAT, FLAT), True),
    ],
)
def test_it_is_met_when_no_run_has_become_lower(runs, met):
    ticket = experiment((0.8,), kill_criteria=LINE, losses=runs)
    fired = kill_criteria.verdicts(ticket, TODAY)
    assert bool(fired) == met
    assert bool(kill_criteria.unmet(ticket, TODAY)) != met
    assert kill_criteria.unjudged(ticket) == ()
    if met:
        assert fired[0].action == "kill"
        assert "training loss 2.3 up to epoch 1" in fired[0].text


def test_without_a_curve_a_person_judges_it_and_hears_why():
    [left] = kill_criteria.unjudged(experiment(kill_criteria=LINE))
    assert left.why == "no tracker tells its training loss by epoch"
    assert kill_criteria.verdicts(experiment(kill_criteria=LINE), TODAY) == ()


def test_epochs_come_from_the_metric_beside_it_or_from_one_value_an_epoch():
    loss = [[0, 2.3], [10, 2.2], [20, None], [30, 2.0]]
    beside = {"loss": loss, "epoch": [[0, 0.1], [10, 1.0], [20, 2.0]]}
    assert training_loss(beside, {}) == ((0.1, 2.3), (1.0, 2.2), (2.0, 2.0))
    assert training_loss({"loss": loss}, {"epochs": "3"}) == ((1, 2.3), (2, 2.2), (3, 2.0))
    assert training_loss({"loss": loss}, {"epochs": "2"}) == ()  # steps, not epochs
    assert training_loss({"loss": loss}, {}) == ()
    assert training_loss({"val_loss": loss, "epoch": [[0, 1.0]]}, {}) == ()
