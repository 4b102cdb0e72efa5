"""A key in somebody's words: its writer hears of it at once, by direct message."""

from collections.abc import Iterable

from core.privacy.secrets import secrets
from services.ports import Lab
from services.say import Voice
from views.kit import Message


def is_in(texts: Iterable[str]) -> bool:
    """True when one of the texts holds a key, a token or a password."""
    return any(secrets(text) for text in texts if text)


def warn(lab: Lab, workspace: str, author: str, key: str, message: Message) -> None:
    """Tell the author, once per key (that of the input); what was written is not repeated."""
    with lab.begin() as session:
        Voice(session, workspace, lab.clock()).post(f"secret:{key}:{author}", author, message)
