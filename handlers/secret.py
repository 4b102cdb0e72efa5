"""Keys in what people write to Assay: their writers are told, whatever else comes of the input."""

from collections.abc import Iterator

from handlers.ask import Ask
from services import secret
from services.ports import Lab
from views import secret as view

_PLACES = {"submit": "the form you sent", "event": "your standup answer"}


def notice(lab: Lab, ask: Ask) -> None:
    """Tell who wrote it when a secret is in the input; for what Assay keeps only."""
    if not secret.is_in(_texts(ask)):
        return
    place = _PLACES.get(ask.kind, f"your `{ask.name}` command")
    author = str(ask.meta.get("author") or ask.user)
    for user in dict.fromkeys([author, ask.user]):
        secret.warn(lab, ask.workspace, user, ask.key, view.warning(place))


def _texts(ask: Ask) -> Iterator[str]:
    yield ask.text
    for value in ask.values.values():
        yield from (str(v) for v in (value if isinstance(value, list) else [value or ""]))
