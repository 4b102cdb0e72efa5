"""Yes and no as people write them."""

import re

from core.errors import Refused

_YES = {"ready", "ok", "okay", "yes", "y", "done", "true", "passed", "pass", "confirmed", "1"}
_NO = {"no", "n", "not", "missing", "false", "failed", "fail", "open", "0", "notready"}


def read(text: str, example: str) -> bool:
    """True for yes, ready, ok …; False for no, missing … Raises Refused with the example."""
    plain = re.sub(r"\W", "", text).lower()
    if plain in _YES | _NO:
        return plain in _YES
    raise Refused(f"“{text[:30]}” is neither yes nor no.", f"Write `{example}`.")
