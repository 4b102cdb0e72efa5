"""Keys in what people write to Assay: their writers are told, whatever else comes of the input."""

from collections.abc import Iterator

from core.privacy.secrets import secrets
from handlers.ask import Ask
from services import say
from services.ports import Lab
from views import secret as view

_PLACES = {"submit": "the form you sent", "event": "your standup answer"}


def notice(lab: Lab, ask: Ask) -> None:
    """Tell who wrote it, once an input, when a key or a password is in what Assay keeps; what was
    written is not repeated.
    """
    if not any(secrets(text) for text in _texts(ask) if text):
        return
    place = _PLACES.get(ask.kind, f"your `{ask.name}` command")
    author = ask.told("author") or ask.user
    for user in dict.fromkeys([author, ask.user]):
        key = f"secret:{ask.key}:{user}"
        say.post(lab, ask.workspace, key, user, view.warning(place))


def _texts(ask: Ask) -> Iterator[str]:
    yield ask.text
    for value in ask.values.values():
        yield from (str(v) for v in (value if isinstance(value, list) else [value or ""]))
