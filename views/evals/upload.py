"""What is answered to a results file in its thread."""

from core.evals.card import Pushed
from views import kit
from views.kit import Message

_METRICS = 8


def taken(pushed: Pushed, source: str) -> Message:
    """What was read and where it went; the verdict, when it was judged. source: tool and files."""
    names = ", ".join(pushed.metrics[:_METRICS])
    rest = len(pushed.metrics) - _METRICS
    names += f" and {rest} more" if rest > 0 else ""
    text = (
        f"{pushed.experiment}: read as {pushed.role}, {_count(pushed.examples, 'example')} in "
        f"{_count(pushed.runs, 'run')}, {names}."
    )
    if pushed.repeated:
        text += " These results were there already."
    text += f" {pushed.logged}" if pushed.logged else ""
    if pushed.status:
        text += f" The gate says {pushed.status.decision}."
    return Message(text, [kit.section(kit.escape(text)), kit.context(kit.escape(source, 300))])


def refused(sentence: str) -> Message:
    """Why it was not taken: which file, why, what to drop instead."""
    return Message(sentence, [kit.section(kit.escape(sentence))])


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
