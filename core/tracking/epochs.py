"""A run's training loss by epoch, where its tracker tells epochs."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.tracking.curve import is_training_loss

_PARAMS = ("epochs", "num_train_epochs", "max_epochs", "n_epochs", "num_epochs")

Points = Sequence[Sequence[Any]]  # [step, value or None]


def training_loss(
    curves: Mapping[str, Points], params: Mapping[str, str]
) -> tuple[tuple[float, float], ...]:
    """(epoch, loss) of the training loss: by the metric `epoch` beside it, or one value an epoch
    where the parameters say how many there are; () where nobody can tell.
    """
    names = [name for name in curves if is_training_loss(name)]
    if not names:
        return ()
    name = min(names, key=lambda one: ("train" not in one, "epoch" not in one, len(one), one))
    loss = [(int(step), float(value)) for step, value in curves[name] if value is not None]
    by_step = {int(step): float(value) for step, value in curves.get("epoch", ()) if value}
    if by_step:
        return tuple((_epoch_at(step, by_step), value) for step, value in loss)
    planned = next((int(params[one]) for one in _PARAMS if params.get(one, "").isdigit()), 0)
    if planned and len(loss) <= planned:
        return tuple((place + 1.0, value) for place, (_, value) in enumerate(loss))
    return ()


def _epoch_at(step: int, by_step: Mapping[int, float]) -> float:
    before = [at for at in by_step if at <= step]
    return by_step[max(before)] if before else 0.0
