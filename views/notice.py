"""Everything this bot says by itself about decisions, gates and digests, by the kind of thing."""

from collections.abc import Callable, Mapping
from typing import Any

from core.digest import draft
from views.digest import draft as editions
from views.kit import Message

_VIEWS: Mapping[type, Callable[[Any], Message]] = {
    draft.Correction: editions.correction,
    draft.Draft: editions.draft,
    draft.FellBack: editions.fell_back,
    draft.Issue: editions.issue,
    draft.Reminder: editions.reminder,
}


def show(what: object) -> Message:
    """The message for a value of one of the kinds above."""
    return _VIEWS[type(what)](what)
