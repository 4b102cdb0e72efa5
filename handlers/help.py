"""`help` for every command, made from the table it is part of."""

from collections import Counter
from collections.abc import Sequence

from handlers.ask import Ask, Handler, Reply, Routes, Verb
from services import audience
from services.ports import Lab
from views import help as view

MAIN = "/exp"  # its help names the other commands too


def routes(parts: Sequence[Routes]) -> Routes:
    """The verb `help` for every command of these parts, and the button `help`."""
    verbs = [verb for part in parts for verb in part.verbs]
    commands = list(dict.fromkeys(verb.command for verb in verbs))
    helps = tuple(Verb(name, "help", "", "This text", _about(name, verbs)) for name in commands)
    return Routes(verbs=helps, actions={"help": _pressed(verbs)})


def _about(command: str, verbs: Sequence[Verb]) -> Handler:
    def tell(lab: Lab, ask: Ask) -> Reply:
        reader = audience.reader(lab, ask.workspace, ask.user)
        seen = [verb for verb in verbs if reader.leads or not verb.leads]
        own = [verb for verb in seen if verb.command == command]
        bare = [verb for verb in seen if not verb.verb and verb.command != command]
        others = _more(bare, seen) if command == MAIN else []
        text, blocks = view.overview(command, _pairs(own), others, id_=reader.example)
        return Reply(text=text, blocks=blocks)

    return tell


def _more(bare: Sequence[Verb], seen: Sequence[Verb]) -> list[tuple[str, str]]:
    """The bare verbs of other commands, pointing to their own help when they have more verbs."""
    counts = Counter(verb.command for verb in seen)
    hints = [
        f" (more: `{verb.command} help`)" if counts[verb.command] > 1 else "" for verb in bare
    ]
    return [(typed, what + hint) for (typed, what), hint in zip(_pairs(bare), hints, strict=True)]


def _pairs(verbs: Sequence[Verb]) -> list[tuple[str, str]]:
    return [
        (" ".join(part for part in (v.command, v.verb, v.usage) if part), v.summary) for v in verbs
    ]


def _pressed(verbs: Sequence[Verb]) -> Handler:
    def tell(lab: Lab, ask: Ask) -> Reply:
        return _about(ask.value or MAIN, verbs)(lab, ask)

    return tell
