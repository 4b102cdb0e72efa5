"""What help says to whom: which verbs each role needs first, and topics for all the others."""

from collections.abc import Sequence

from core.text import straighten

Named = tuple[str, str]  # a command and its verb


def spoken(text: str) -> str | None:
    """The topic of a message that asks for help ("" for all of it), None for any other."""
    words = straighten(text).casefold().replace("`", "").split()
    known = len(words) < 3 and bool(words) and words[0].strip("!.?") == "help"
    return "".join(words[1:]).strip("?!.") if known else None


# The ten lines each role reads first, in the order they are needed. Verbs that are not there
# (yet) are left out, so that a page never names what nobody can type.
ROLES: dict[str, Sequence[Named]] = {
    "member": (
        ("/standup", ""), ("/standup", "ooo"), ("/exp", ""), ("/exp", "new"), ("/exp", "update"),
        ("/exp", "move"), ("/kill", ""), ("/blocker", "new"), ("/learn", "search"), ("/ask", ""),
    ),
    "lead": (
        ("/exp", "list"), ("/exp", "rules"), ("/kill", ""), ("/exp", "promote"), ("/gate", "show"),
        ("/blocker", ""), ("/board", ""), ("/digest", "preview"), ("/need", "add"),
        ("/sprint", ""),
    ),
    "admin": (
        ("/exp", "setup"), ("/team", "add"), ("/standup", "setup"), ("/standup", "test"),
        ("/standup", "off"), ("/gate", "done"), ("/digest", "money"), ("/sprint", "setup"),
        ("/exp", "token"), ("/exp", "llm"),
    ),
    "executive": (
        ("/digest", ""), ("/need", ""), ("/ask", ""), ("/forecast", ""), ("/sprint", "review"),
        ("/exp", "list"), ("/exp", "show"), ("/learn", "search"), ("/gate", ""), ("/data", ""),
    ),
}  # fmt: skip
_WHO = {
    "member": "for a team member",
    "lead": "for a lead",
    "admin": "for who sets Assay up",
    "executive": "for who reads and decides",
}
_COMMANDS = {  # the topic of a command's verbs, unless it says otherwise below
    "/exp": "experiments", "/kill": "decide", "/gate": "decide", "/blocker": "blockers",
    "/learn": "learnings", "/need": "digest", "/drift": "forecast", "/ask": "digest",
    "/track": "experiments", "/ticket": "experiments",
}  # fmt: skip
_VERBS = {
    "decide": ("rules", "move", "extend", "promote", "reopen"),
    "setup": (
        "setup",
        "leads",
        "token",
        "llm",
        "retention",
        "timezone",
        "pause",
        "resume",
        "off",
        "money",
        "limits",
    ),
    "settings": ("ooo", "back", "zone", "country", "nudges"),
}
_TOPICS = {verb: topic for topic, verbs in _VERBS.items() for verb in verbs}


def topic_of(named: Named) -> str:
    """The topic that a verb is explained under."""
    command, verb = named
    own = _TOPICS.get(verb, "")
    if own == "decide" and command != "/exp":
        own = ""
    return own or _COMMANDS.get(command, command.lstrip("/"))


def title_of(role: str) -> str:
    """`Help for a lead`."""
    return f"Help {_WHO[role]}"
