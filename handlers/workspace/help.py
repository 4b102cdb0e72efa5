"""Help: by role, by topic, and for every command, made from the table it is part of."""

from collections.abc import Sequence

from core.errors import Refused
from core.text import straighten
from core.workspace import help as rules
from handlers.ask import Ask, Handler, Reply, Routes, Taker, Verb
from services.ports import Lab
from services.workspace import audience
from services.workspace.audience import Reader
from views.assay import welcome
from views.kit import Message
from views.workspace import help as view

FRONT = "/assay"
MAIN, ALL = "/exp", "all"  # the help of /exp names the other commands too


def routes(parts: Sequence[Routes]) -> Routes:
    """The verb `help` for every command of these parts, and the buttons."""
    verbs = _verbs(parts)
    commands = list(dict.fromkeys(verb.command for verb in verbs))
    helps = [
        Verb(name, "help", "[topic]" if name == MAIN else "", "This text", _about(name, verbs))
        for name in commands
    ]
    return Routes(
        verbs=helps,
        actions={"help": _pressed(verbs), "help_open": _opened(verbs)},
    )


def start(lab: Lab, ask: Ask) -> Reply:
    """What one can say and press, by role: the answer to `help` and no more."""
    reader = audience.reader(lab, ask.team_id, ask.user)
    page = welcome.help_page(reader.role, reader.leads, reader.examples)
    return Reply.of(view.of_team(page, reader.team))


def word(parts: Sequence[Routes]) -> Taker:
    """Takes `help`, and one more word behind it, written to the bot."""
    verbs = _verbs(parts)

    def tell(lab: Lab, ask: Ask) -> Reply | None:
        wanted = rules.spoken(ask.text)
        if not wanted:
            return None if wanted is None else start(lab, ask)
        reader = audience.reader(lab, ask.team_id, ask.user)
        return Reply.of(_page(MAIN, wanted, _seen(verbs, reader), reader))

    return tell


def _verbs(parts: Sequence[Routes]) -> list[Verb]:
    return [verb for part in parts for verb in part.verbs]


def _about(command: str, verbs: Sequence[Verb]) -> Handler:
    def tell(lab: Lab, ask: Ask) -> Reply:
        if command == FRONT and not ask.text.strip():
            return start(lab, ask)
        reader = audience.reader(lab, ask.team_id, ask.user)
        return Reply.of(_page(command, straighten(ask.text), _seen(verbs, reader), reader))

    return tell


def _page(command: str, wanted: str, seen: Sequence[Verb], reader: Reader) -> Message:
    """The page, and for whom there are several teams, whose it is. Raises Refused."""
    return view.of_team(_wanted(command, wanted, seen, reader), reader.team)


def _wanted(command: str, wanted: str, seen: Sequence[Verb], reader: Reader) -> Message:
    """Help for one command, or with MAIN for a role or a topic. Raises Refused."""
    word = wanted.strip().casefold().strip("`/")
    if command != MAIN:
        return _command(command, seen, reader)
    if word == ALL:
        own = [verb for verb in seen if verb.command == MAIN]
        bare = [verb for verb in seen if not verb.verb and verb.command != MAIN]
        return view.everything(_pairs(own), _more(bare, seen), reader.examples)
    if not word or word in rules.ROLES:
        return _role(word or reader.role, seen, reader)
    return _topic(word, seen, reader)


def _role(role: str, seen: Sequence[Verb], reader: Reader) -> Message:
    by_name = {(verb.command, verb.verb): verb for verb in seen}
    first = [by_name[named] for named in rules.ROLES[role] if named in by_name]
    roles = [other for other in rules.ROLES if other != role and _may_read(other, reader)]
    page = view.Page(rules.title_of(role), _pairs(first), _topics(seen), roles)
    return view.page(page, reader.examples, reader.channel)


def _may_read(role: str, reader: Reader) -> bool:
    return reader.leads or role in {"member", "executive"}


def _topic(word: str, seen: Sequence[Verb], reader: Reader) -> Message:
    topics = _topics(seen)
    named = f"/{word}"
    found = next((topic for topic in topics if topic.startswith(word)), "")
    if found:
        own = [verb for verb in seen if rules.topic_of((verb.command, verb.verb)) == found]
        return view.page(view.Page(f"Help on {found}", _pairs(own), topics), reader.examples)
    if any(verb.command == named for verb in seen):
        return _command(named, seen, reader)
    raise Refused(f"I have no help on “{word[:30]}”.", f"Topics: {', '.join(topics)}.")


def _command(command: str, seen: Sequence[Verb], reader: Reader) -> Message:
    own = [verb for verb in seen if verb.command == command]
    topics: list[str] = []
    if len(own) > view.MOST_ENTRIES:
        topic = rules.topic_of((command, ""))
        kept = [v for v in own if rules.topic_of((command, v.verb)) == topic]
        topics = list(dict.fromkeys(rules.topic_of((command, v.verb)) for v in own))
        topics, own = [one for one in topics if one != topic], kept
    return view.page(view.Page(f"{command}: what you can type", _pairs(own), topics),
                     reader.examples)  # fmt: skip


def _topics(seen: Sequence[Verb]) -> list[str]:
    return list(dict.fromkeys(rules.topic_of((verb.command, verb.verb)) for verb in seen))


def _more(bare: Sequence[Verb], seen: Sequence[Verb]) -> list[tuple[str, str]]:
    """The bare verbs of other commands, pointing to their own help when they have more verbs."""
    several = {v.command for v in seen if v.verb not in {"", "help"}}
    hints = [f" (more: `{v.command} help`)" if v.command in several else "" for v in bare]
    return [(typed, what + hint) for (typed, what), hint in zip(_pairs(bare), hints, strict=True)]


def _pairs(verbs: Sequence[Verb]) -> list[tuple[str, str]]:
    return [
        (" ".join(part for part in (v.command, v.verb, v.usage) if part), v.summary) for v in verbs
    ]


def _seen(verbs: Sequence[Verb], reader: Reader) -> list[Verb]:
    return [verb for verb in verbs if reader.leads or not verb.leads]


def _pressed(verbs: Sequence[Verb]) -> Handler:
    def tell(lab: Lab, ask: Ask) -> Reply:
        return _about(ask.value or MAIN, verbs)(lab, ask)

    return tell


def _opened(verbs: Sequence[Verb]) -> Handler:
    """The button Help of Home, and the topics in the window it opens; its value is the topic."""

    def tell(lab: Lab, ask: Ask) -> Reply:
        reader = audience.reader(lab, ask.team_id, ask.user)
        seen = _seen(verbs, reader)
        word = "" if ask.value == "start" else ask.value
        shown = view.window(_page(MAIN, word, seen, reader), _topics(seen))
        return Reply(update=shown) if ask.view_type == "modal" else Reply(modal=shown)

    return tell
