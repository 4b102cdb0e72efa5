"""The class of each example and what the model took it for, where a tool writes both down."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

TRUTH = ("expected", "label", "truth", "ground_truth", "gold", "actual", "target", "true_label")
GUESS = ("predicted", "prediction", "pred", "predicted_label")
_MOST = 50  # kinds; where there are more these are answers, which are not kept
_SHORT = re.compile(r"\w[\w.:/+-]{0,39}(?: [\w.:/+-]{1,39}){0,2}")


def keys(fields: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The field of the class and the one of what it was taken for; "" and "" unless both are there
    and hold short words of few kinds: free answers are not kept.
    """
    known = {key.casefold(): key for one in fields for key in one}
    found = [
        next((known[name] for name in names if name in known), "") for names in (TRUTH, GUESS)
    ]
    if not all(found):
        return "", ""
    told = {str(one.get(key) or "") for one in fields for key in found} - {""}
    if len(told) > _MOST or not all(_SHORT.fullmatch(value) for value in told):
        return "", ""
    return found[0], found[1]
