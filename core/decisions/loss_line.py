"""A ticket's kill line about its training loss, judged by the curves its tracker tells.

`Training loss doesn't decrease after epoch 1` means: past epoch 1 it is not lower than up to it.
Medians are compared, since a loss of batches swings, and a hundredth lower is no decrease. A line
is met only when it holds for every run that is far enough: one that learns is one that learns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.decisions.policy import Verdict
from core.figures import number

Losses = Sequence[Sequence[tuple[float, float]]]  # of each run (epoch, training loss)

_LINE = re.compile(
    r"(?:the )?training loss (?:does ?n[o'’]t|does not|did not|didn['’]t|fails to) "
    r"(?:decrease|drop|fall|go down|improve)(?: after (?:epoch (?P<n>\d{1,4})"
    r"|(?P<n2>\d{1,4}) epochs?|the first epoch))?",
)
_ENDS = re.compile(r" ?(?:={1,3}>?|[-–]{1,3}>|→|⇒|:|,)? ?(?:then )?(?:kill|stop|abort)[.!]?$")
_ENOUGH = 3  # values past the epoch
_SAME = 0.01


@dataclass(frozen=True)
class LossLine:
    """The line as typed, and the epoch after which it holds."""

    text: str
    epoch: int


def read(line: str) -> LossLine | None:
    """The line when all of it is understood, else None."""
    plain = " ".join(re.sub(r"\([^()]*\)", " ", line.casefold()).split())
    plain = re.sub(r"^(?:kill|stop)? ?(?:if|when) ", "", plain)
    found = _LINE.fullmatch(_ENDS.sub("", plain).strip(" .!"))
    if not found:
        return None
    return LossLine(line, int(found["n"] or found["n2"] or 1))


def unclear(line: str, losses: Losses) -> str:
    """Why a line that names no limit cannot be judged; "" when it can."""
    if read(line) is None:
        return "I cannot read it as “metric < number after …”"
    return "" if losses else "no tracker tells its training loss by epoch"


def met(lines: Sequence[object], losses: Losses) -> list[Verdict]:
    """The kills that those of the lines ask for which are about a training loss, and met."""
    found = (_verdict(one, losses) for one in _among(lines))
    return [one for one in found if one]


def unmet(lines: Sequence[object], losses: Losses) -> list[str]:
    """Those about a training loss that can be judged, and are not met."""
    about = _among(lines) if losses else []
    return [one.text for one in about if _verdict(one, losses) is None]


def _among(lines: Sequence[object]) -> list[LossLine]:
    found = (read(one) for one in lines if isinstance(one, str))
    return [one for one in found if one]


def _verdict(line: LossLine, losses: Losses) -> Verdict | None:
    judged = [one for one in (_sides(run, line.epoch) for run in losses) if one]
    if not judged or any(late < early - _SAME * abs(early) for early, late in judged):
        return None
    early, late = judged[-1]
    runs = "in its run" if len(judged) == 1 else f"in all {len(judged)} runs"
    text = (
        f"its kill criterion is met: training loss {number(early)} up to epoch {line.epoch}, "
        f"{number(late)} since, {runs} (“{line.text}”)"
    )
    inputs = {"line": line.text, "early": early, "late": late, "epoch": line.epoch}
    return Verdict("own kill line", "kill", text, inputs)


def _sides(run: Sequence[tuple[float, float]], epoch: int) -> tuple[float, float] | None:
    """The median loss up to that epoch and past it; None while there is too little of either."""
    early = [loss for at, loss in run if at <= epoch]
    late = [loss for at, loss in run if at > epoch]
    return (median(early), median(late)) if early and len(late) >= _ENOUGH else None
