"""The Experiment column's three blockers (source document, chapter 11): why somebody is stuck."""

import re

from core.errors import Refused

CAUSES = ("data_quality", "gpu_shortage", "training_divergence")
NAMES = {
    "data_quality": "data quality",
    "gpu_shortage": "GPU shortage",
    "training_divergence": "training divergence",
}
_DIVERGED = re.compile(
    r"\bdiverg\w*|\bnans?\b|\bexplod(?:ed|es|ing)\b|\bloss\b.{0,20}\b(?:inf|spik\w+|blew up)\b"
    r"|\bnot converg\w+|\b(?:doesn't|does not|won't) converge\b",
    re.IGNORECASE,
)
_BAD_DATA = re.compile(
    r"\bquality\b|\bnois(?:y|e)\b|\bmis-?label\w*|\bwrong labels?\b|\bbad (?:data|labels?)\b"
    r"|\bcorrupt\w*|\bduplicat\w*|\bmissing values?\b|\bimbalanced?\b|\bleak\w*|\bdirty\b"
    r"|\binconsistent\b|\bdisagree\w*",
    re.IGNORECASE,
)
_GPUS = re.compile(
    r"\b(?:gpus?|gpu[- ]hours?|tpus?|quota|capacity|cluster\w*|a100s?|h100s?|nodes?)\b",
    re.IGNORECASE,
)


def of(kind: str, text: str) -> str:
    """The cause that the words of a blocker of that kind name, or ""."""
    if _DIVERGED.search(text):
        return "training_divergence"
    if kind == "compute" and _GPUS.search(text):
        return "gpu_shortage"
    if kind == "data" and _BAD_DATA.search(text):
        return "data_quality"
    return ""


def read(text: str) -> str:
    """A cause as typed, or the beginning of one; `none` takes it away. Raises Refused."""
    plain = re.sub(r"[\W_]+", "_", text.strip().casefold()).strip("_")
    if plain == "none":
        return ""
    found = [cause for cause in CAUSES if plain and cause.startswith(plain)]
    if len(found) == 1:
        return found[0]
    what = f"“{text[:30]}” is no cause" if plain else "No cause is named"
    raise Refused(
        f"{what}: there are {', '.join(CAUSES)} and none.",
        "Write `/blocker cause BLK-003 gpu_shortage`.",
    )
