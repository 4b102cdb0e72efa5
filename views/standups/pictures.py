"""What is said about names and pictures on answers."""

from views import kit
from views.kit import Message

_INSTALL = (
    "`assay manifest --pictures` has the permission it takes (`chat:write.customize`): an admin "
    "pastes it and installs the app again."
)


def stands(signed: bool, *, changed: bool) -> Message:
    """Whether answers carry names and pictures; changed: it was just said."""
    which = "their writers' names and pictures" if signed else "my name, with the writer's in them"
    when = "From now on answers" if changed else "Answers"
    text = f"{when} in the round carry {which}."
    note = "Slack marks them APP all the same, and a posted one keeps the name it has."
    return Message(
        text, [kit.section(text), kit.context(f"{note} {_INSTALL}" if signed else note)]
    )


def ignored() -> Message:
    """Slack leaves names and pictures out, so they are off."""
    text = "Answers carry my name again: Slack leaves out names and pictures I am not allowed."
    note = f"{_INSTALL} Then `/standup pictures on`."
    return Message(f"{text} {note}", [kit.section(text), kit.context(note)])
