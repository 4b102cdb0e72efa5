"""What somebody is told who wrote a key or a password where others read it."""

from views import kit
from views.kit import Message


def warning(place: str) -> Message:
    """The hint; nothing of the secret is in it. place: `your standup answer`."""
    text = (
        f"In {place} something looks like a key or a password. If it is one, rotate it: others "
        "can read it here. Then edit or delete what you wrote. No language model is sent it, and "
        "no digest quotes it."
    )
    return Message(text, [kit.section(text)])
