"""When the digest and its draft come."""

from core.calendar import DAYS
from core.digest.schedule import DigestRhythm
from views import kit
from views.kit import Message


def current(found: DigestRhythm) -> Message:
    """The rhythm, and how to change it."""
    text = f"The digest posts {_words(found)}."
    hint = "`/digest rhythm friday 16 draft=2` sets day, hour and the draft's lead in hours."
    return Message(text, [kit.section(text), *_common(found), kit.context(hint)])


def changed(found: DigestRhythm) -> Message:
    """The rhythm as it was set."""
    text = f"Set: the digest posts {_words(found)}."
    return Message(text, [kit.section(text), *_common(found)])


def _words(found: DigestRhythm) -> str:
    when = f"on {DAYS[found.day]} at {found.hour:02d}:00, {kit.escape(found.zone)} time"
    hours = f"{found.draft} hour{'' if found.draft == 1 else 's'}"
    return f"{when}, {f'its draft {hours} before' if found.draft else 'without a draft'}"


def _common(found: DigestRhythm) -> list[kit.Block]:
    """In a shared channel: when it is posted in fact, and why then."""
    common = found.common
    if common is None:
        return []
    names = kit.escape(", ".join(common.others), 300)
    when = f"{DAYS[common.day]} at {common.hour:02d}:00, {kit.escape(common.zone)} time"
    return [
        kit.section(
            f"In <#{common.channel}> it is one message with the digest of {names}: that posts on "
            f"{when}, when the last of them is due."
        )
    ]
