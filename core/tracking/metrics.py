"""Which of the metrics a run logs is its ticket's, and which are worth their history.

Loggers name the same metric of several splits: Keras writes accuracy (of what it trains on!) and
val_accuracy, Lightning val_acc_epoch, Hugging Face eval_accuracy, others eval/accuracy.
"""

import re
from collections.abc import Collection, Iterable, Mapping

from core.evals.measured import own_name
from core.experiments.metric import plain
from core.tracking.curve import is_loss

MOST_CURVES = 6  # of one run: each costs a request
# Results are chosen by what training does not see; of several held-out sets by the one that is
# for choosing, so that the test set stays for the end.
_SPLITS = (r"val|valid|validation", r"eval|evaluation", r"dev", r"test|holdout|held[_-]?out")
_TRAIN = re.compile(r"^(?:train|training|tr)(?:[\W_]|$)|[\W_](?:train|training)$", re.IGNORECASE)
_SYSTEM = re.compile(r"^(?:system|sys)[/.]", re.IGNORECASE)
_PACE = re.compile(r"_(epoch|step)$", re.IGNORECASE)


def own_metric(logged: Iterable[str], metric: str, required: Mapping[str, str]) -> str:
    """The logged name that is the ticket's metric: written just so, else of a held-out set, else
    of no set at all; "" when there is none or it is not certain.

    required: the score that each requirement of the Definition of Done goes by.
    """
    names = [name for name in logged if not _SYSTEM.match(name)]
    if _split_of(metric) and (same := [one for one in names if plain(one) == plain(metric)]):
        return same[0] if len(same) == 1 else ""
    for split in _SPLITS:
        if found := _named({_bare(one, split): one for one in names if _of(one, split)}, metric):
            return found
    rest = [one for one in names if not _TRAIN.search(one) and not _split_of(one)]
    return own_name(rest, metric, required) or _named({_PACE.sub("", n): n for n in rest}, metric)


def worth_history(logged: Collection[str], own: str) -> tuple[str, ...]:
    """The metrics whose steps are read: the ticket's, the losses, which show a divergence, and the
    epochs they are of.
    """
    losses = sorted(name for name in logged if is_loss(name) and name != own)
    epoch = ["epoch"] if losses and "epoch" in logged else []
    return tuple([*([own] if own else []), *epoch, *losses][:MOST_CURVES])


def _of(name: str, split: str) -> bool:
    return bool(re.search(rf"^(?:{split})[\W_]|[\W_](?:{split})$", name, re.IGNORECASE))


def _split_of(name: str) -> bool:
    return any(_of(name, split) for split in _SPLITS)


def _bare(name: str, split: str) -> str:
    bare = re.sub(
        rf"^(?:{split})[\W_]{{1,9}}|[\W_]{{1,9}}(?:{split})$", "", name, flags=re.IGNORECASE
    )
    return _PACE.sub("", bare)


def _named(bare: Mapping[str, str], metric: str) -> str:
    wanted = next((_bare(metric, split) for split in _SPLITS if _of(metric, split)), metric)
    return bare.get(own_name(list(bare), wanted, {}), "")
