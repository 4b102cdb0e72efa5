"""What comes in from Slack (Ask), what goes back at once (Reply), and how they meet (Routes)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from core.errors import Refused, too_old
from core.quantity import whole
from services.ports import Lab
from views.kit import Message

View = dict[str, Any]
Blocks = Sequence[dict[str, Any]]
_SWITCH = {"": None, "on": True, "off": False}


@dataclass(frozen=True)
class Ask:
    """One input from Slack, whatever its shape on the wire.

    name: the command, action_id, callback_id or event type. text: what was typed (command text
    or message text, Slack-escaped as it came). value: a button's value or the chosen option.
    values: form fields by block id as plain Python values (str, list of str, None). meta: the
    form's private_metadata. once: a second key that may have an effect only once, for inputs that
    Slack sends under two triggers (a form submitted by a double click). foreign: the person
    belongs to another workspace (Slack Connect). message: what happened to a person's message:
    new | changed | gone, "" for anything else (joins, bots, other events). is_direct: it stands in
    the bot's DM. thread_ts: the thread a message replies to, "" for one that begins its own.
    """

    kind: str  # command | action | submit | closed | shortcut | suggest | event
    name: str
    workspace: str
    user: str
    now: datetime
    key: str
    channel: str = ""
    text: str = ""
    value: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    view_id: str = ""
    view_type: str = ""  # "" | modal | home
    message_ts: str = ""
    thread_ts: str = ""
    trigger: str = ""
    response_url: str = ""
    event: Mapping[str, Any] = field(default_factory=dict)
    once: str = ""
    foreign: bool = False
    message: str = ""  # new | changed | gone
    is_direct: bool = False
    team_id: int = 0  # which team is meant (services/which), once that is decided
    chosen: bool = False  # because its author has said so
    bot: str = ""  # our own user there, where the payload tells
    said: str = ""  # what was written, where the text is that of the command it means
    wish: Mapping[str, Any] = field(default_factory=dict)  # what of it was understood (Turn)
    others: Sequence[Sequence[Any]] = ()  # teams (id, name) that could have been meant as well
    shown_in: str = ""  # the thread of their own in the DM that it is answered in
    link: str = ""  # to the message that a shortcut was used on

    @property
    def is_plain(self) -> bool:
        """True for a message that somebody has just written, with files or without."""
        return self.message == "new"

    @property
    def short_key(self) -> str:
        """Names this input in a button of its answer, whose effect happens once however often it
        is pressed.
        """
        return hashlib.sha256(self.key.encode()).hexdigest()[:12]

    def number(self, hint: str) -> int:
        """The number on the button. Raises Refused when it carries none; hint: what to type."""
        return number_in(self.value, hint)

    def page(self, hint: str) -> tuple[str, int]:
        """What a button to another page carries, `wanted|first`. Raises Refused as `number`."""
        wanted, _, first = self.value.partition("|")
        return wanted, number_in(first or "0", hint)

    def told(self, name: str, default: str = "") -> str:
        """What the form carries under that name, as text."""
        kept = self.meta.get(name)
        return default if kept is None else str(kept)

    def carried(self, name: str, default: int | None = None) -> int:
        """The number the form carries under that name. Raises Refused when it carries another
        thing, or nothing and there is no default.
        """
        kept = self.meta.get(name)
        return default if kept is None and default is not None else _known(str(kept))

    def carried_day(self, name: str) -> date:
        """The day the form carries under that name. Raises Refused when it carries none."""
        try:
            return date.fromisoformat(self.told(name))
        except ValueError:
            raise _form_too_old() from None

    def written(self, name: str) -> str:
        """The text in that field of the form, "" when it is empty."""
        return str(self.values.get(name) or "")

    def switched(self, hint: str) -> bool | None:
        """What was typed after a switch: True, False, or None to only show it. Raises Refused."""
        word = self.text.strip().casefold()
        if word not in _SWITCH:
            raise Refused("I did not understand that.", hint)
        return _SWITCH[word]

    def picked(self, name: str, default: int = 0) -> int:
        """The number picked in that field. Raises Refused when another thing stands there."""
        return _known(self.written(name)) if self.values.get(name) else default

    def picked_all(self, name: str) -> list[int]:
        """The numbers ticked in that field. Raises Refused as `picked`."""
        return [_known(str(one)) for one in self.values.get(name) or []]


@dataclass(frozen=True)
class Reply:
    """What the person sees at once; what others see goes through the outbox.

    text/blocks: whispered to the person (ephemeral, or in the DM). replace: they replace the
    message whose button was pressed instead. modal: opened (or stacked on the open one).
    update: takes the place of the open modal. errors: sentences under form fields, by block id.
    options: answers to a search field. home: the person's App Home. secret: what it says is kept
    nowhere, so the same input again hears only that it was shown.
    """

    text: str = ""
    blocks: Blocks = ()
    replace: bool = False
    modal: View | None = None
    update: View | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    options: Blocks = ()
    home: View | None = None
    secret: bool = False

    @classmethod
    def of(cls, message: Message, *, replace: bool = False, secret: bool = False) -> Self:
        """That message, whispered, or in the place of the one whose button was pressed."""
        return cls(message.text, message.blocks, replace, secret=secret)


def _form_too_old() -> Refused:
    return too_old("Close it and open it again.", "form")


def _known(part: str) -> int:
    if (number := whole(part)) is None:
        raise _form_too_old()
    return number


def number_in(part: str, hint: str) -> int:
    """The number in a part of a button's value. Raises Refused when it is none."""
    if (number := whole(part)) is None:
        raise too_old(hint)
    return number


def day_in(part: str, hint: str) -> date:
    """The day in a part of a button's value. Raises Refused when it is none."""
    try:
        return date.fromisoformat(part)
    except ValueError:
        raise too_old(hint) from None


Handler = Callable[[Lab, Ask], Reply]
# Of what may be meant for several teams: an answer for these, or the input, with its team where it
# names one, as it goes on.
Across = Callable[[Lab, Ask], Reply | Ask]
Taker = Callable[[Lab, Ask], Reply | None]  # of a plain message; None lets it pass by


@dataclass(frozen=True)
class Verb:
    """One line of the command table; manifest, help and dispatch are made from it.

    verb "" is the bare command. usage: what follows, e.g. "EXP-042 3d reason". leads: shown in
    help as for leads (the service is what refuses). takes_rest: the bare command also gets words
    that are no verb. across: asked before it is decided which team is meant.
    """

    command: str
    verb: str
    usage: str
    summary: str
    run: Handler
    leads: bool = False
    takes_rest: bool = False
    across: Across | None = None


@dataclass(frozen=True)
class Routes:
    """Everything one noun answers to."""

    verbs: Sequence[Verb] = ()
    actions: Mapping[str, Handler] = field(default_factory=dict)  # button action_id
    forms: Mapping[str, Handler] = field(default_factory=dict)  # modal callback_id, submitted
    closed: Mapping[str, Handler] = field(default_factory=dict)  # modal callback_id, closed
    events: Mapping[str, Sequence[Handler]] = field(default_factory=dict)  # event type
    shortcuts: Mapping[str, Handler] = field(default_factory=dict)
    searches: Mapping[str, Handler] = field(default_factory=dict)  # external_select action_id
