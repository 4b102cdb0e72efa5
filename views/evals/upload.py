"""What is answered to a results file in its thread."""

from core.evals.upload import FileRefused, FileTaken
from views import kit
from views.kit import Message

_METRICS = 8


def taken(done: FileTaken) -> Message:
    """What was read and where it went; the verdict, when it was judged."""
    pushed = done.pushed
    names = ", ".join(pushed.metrics[:_METRICS])
    rest = len(pushed.metrics) - _METRICS
    names += f" and {rest} more" if rest > 0 else ""
    text = (
        f"{pushed.experiment}: read as {pushed.role}, {_count(pushed.examples, 'example')} in "
        f"{_count(pushed.runs, 'run')}, {names}."
    )
    if pushed.repeated:
        text += " These results were there already."
    if pushed.status:
        text += f" The gate says {pushed.status.decision}."
    return Message(
        text, [kit.section(kit.escape(text)), kit.context(kit.escape(done.source, 300))]
    )


def refused(why: FileRefused) -> Message:
    """Why it was not taken."""
    return Message(why.sentence, [kit.section(kit.escape(why.sentence))])


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
