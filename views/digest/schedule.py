"""When the digest and its draft come."""

from core.calendar import DAYS
from core.digest.schedule import DigestRhythm
from views import kit
from views.kit import Message


def current(found: DigestRhythm) -> Message:
    """The rhythm, and how to change it."""
    text = f"The digest posts {_words(found)}."
    hint = "`/digest rhythm friday 16 draft=2` sets day, hour and the draft's lead in hours."
    return Message(text, [kit.section(text), kit.context(hint)])


def changed(found: DigestRhythm) -> Message:
    """The rhythm as it was set."""
    text = f"Set: the digest posts {_words(found)}."
    return Message(text, [kit.section(text)])


def _words(found: DigestRhythm) -> str:
    when = f"on {DAYS[found.day]} at {found.hour:02d}:00, {kit.escape(found.zone)} time"
    hours = f"{found.draft} hour{'' if found.draft == 1 else 's'}"
    return f"{when}, {f'its draft {hours} before' if found.draft else 'without a draft'}"
