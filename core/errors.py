"""What can go wrong and be said to a person.

UserError            a sentence for the person who asked, with what to do instead
├── NotFound         the thing named does not exist (here)
├── NotAllowed       it exists, but this person may not do this
└── Refused          it is theirs to do, but not now or not like this

Anything else that is raised is a fault of ours and gets a reference, never a stack trace.
"""


class UserError(Exception):
    """A refusal in plain words.

    message: what was not done and why. hint: what to type or whom to ask instead.
    field: the form field (block id) to show it under, when the input came from a form.
    offer: (button text, action id, value) of one button that turns the refusal into a flow.
    others: what else is wrong in the same form (core/faults). said: the sentence that wished it,
    when it was one: what is said next goes on with it.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        field: str = "",
        offer: tuple[str, str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.field = field
        self.offer = offer
        self.others: tuple[UserError, ...] = ()
        self.said: object = None

    @property
    def sentence(self) -> str:
        """Message and hint as one text."""
        return f"{self.message} {self.hint}".strip()

    @property
    def by_field(self) -> dict[str, str]:
        """Every fault of the form as a sentence, by field; of one field the first."""
        return {one.field: one.sentence for one in reversed((self, *self.others))}

    def tagged(self, suffix: str) -> None:
        """The form calls its fields by their name and a suffix."""
        for one in (self, *self.others):
            one.field += suffix if one.field else ""


class NotFound(UserError):
    """The thing named does not exist here."""


class NotAllowed(UserError):
    """This person may not do this."""


class Refused(UserError):
    """Not now, or not like this."""


def too_old(hint: str, what: str = "button") -> Refused:
    """A button or form that says nothing we can use any more. hint: what to type instead."""
    return Refused(f"This {what} is too old.", hint)
