"""One table of everything Assay answers to; dispatch, help and the manifest read it."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.board.engineering import is_engineering_id
from core.data.dataset import is_dataset_id
from core.errors import NotAllowed, Refused, UserError
from core.quantity import is_blocker_id, is_experiment_id
from core.text import straighten
from handlers import access, meant
from handlers.ask import Ask, Handler, Reply, Routes, Verb
from handlers.assay import front, talk, welcome
from handlers.digest import question
from services.ports import Lab

_QUESTIONS = frozenset({("command", "/ask"), ("submit", "question")})
_IDS = (
    is_experiment_id,
    is_dataset_id,
    is_blocker_id,
    is_engineering_id,
)  # each opens its command's `show`


@dataclass(frozen=True)
class Table:
    """All routes together, looked up by kind and name."""

    verbs: Sequence[Verb]
    named: Mapping[tuple[str, str], Handler]
    events: Mapping[str, Sequence[Handler]]

    def commands(self) -> list[str]:
        """The slash commands, in table order."""
        return list(dict.fromkeys(verb.command for verb in self.verbs))

    @property
    def said(self) -> front.Commands:
        """What can be called in plain words."""
        return front.Commands(self.commands(), self.of, choose)

    def of(self, command: str) -> list[Verb]:
        """The verbs of one command, in table order. Raises Refused for one that it has not."""
        found = [verb for verb in self.verbs if verb.command == command]
        if not found:
            hint = "`/exp help` lists what I understand; an admin can renew the app's manifest."
            raise Refused(f"I don't know `{command[:30]}`.", hint)
        return found


def merge(parts: Iterable[Routes]) -> Table:
    """The nouns' routes as one table. Raises ValueError when two answer to the same name."""
    verbs: list[Verb] = []
    named: dict[tuple[str, str], Handler] = {}
    events: dict[str, list[Handler]] = {}
    for part in parts:
        verbs += part.verbs
        kinds = {
            "action": part.actions,
            "submit": part.forms,
            "closed": part.closed,
            "shortcut": part.shortcuts,
            "suggest": part.searches,
        }
        for kind, handlers in kinds.items():
            for name, handler in handlers.items():
                if (kind, name) in named:
                    raise ValueError(f"two handlers for {kind} {name}")
                named[kind, name] = handler
        for name, listeners in part.events.items():
            events.setdefault(name, []).extend(listeners)
    return Table(verbs, named, events)


def dispatch(table: Table, lab: Lab, ask: Ask) -> Reply:
    """Run what answers to this input. Raises UserError for unknown verbs and NotAllowed for what
    observers may not; unknown buttons, forms and events answer nothing.
    """
    typed = meant.resumed(lab, ask)
    if typed.kind == "action" and meant.is_said(typed):
        typed = front.resumed(lab, typed)
    asked = front.asked(lab, typed) if (typed.kind, typed.name) in _QUESTIONS else None
    verb, ask = _called(table, asked or typed)
    said = meant.is_said(ask) and not meant.is_reply(lab, ask)
    if said and (verb is None or not verb.verb) and ask.kind != "action":
        verb, ask = front.called(lab, table.said, ask)
    wide = verb.across(lab, ask) if verb and verb.across and not ask.team_id else ask
    if isinstance(wide, Reply):
        return wide
    settled = meant.settle(lab, wide, typed, verb)
    if isinstance(settled, Reply):
        return settled
    held = _held(lab, settled, meant.called(ask, verb), said=said and verb is None)
    if held == Reply() and said and verb is None:  # who answers no standup there is answered too
        verb, settled = front.unanswered(lab, table.said, settled)
        held = access.require(lab, settled, meant.called(settled, verb))
    reply = held if held is not None else _answered(table, lab, settled, verb)
    if settled.wish:
        talk.keep(lab, settled)
    if said and typed.channel.startswith("D") and reply.blocks:
        reply = meant.whose(lab, settled, reply, typed)
        reply = welcome.beside(lab, typed, reply) if typed.is_direct else reply
    reply = _in_place(typed, settled, reply)
    return meant.answered(lab, settled, meant.marked(reply, settled.team_id))


def _in_place(typed: Ask, settled: Ask, reply: Reply) -> Reply:
    """A question of the form that a command has answered is answered in the form."""
    in_form = typed.kind == "submit" and settled.kind == "command"
    return question.in_form(typed, reply) if in_form else reply


def _held(lab: Lab, ask: Ask, name: str, *, said: bool) -> Reply | None:
    """The answer to who may not use that. said: in words to us, where nothing is refused yet."""
    try:
        return access.require(lab, ask, name)
    except NotAllowed:
        if not said:
            raise
        return Reply()


def _called(table: Table, ask: Ask) -> tuple[Verb | None, Ask]:
    """The verb of a command, and the input with what follows it."""
    if ask.kind != "command":
        return None, ask
    try:
        verb, rest = choose(table.of(ask.name), ask.text)
    except Refused:
        words = front.in_other_words(ask)
        if words is None or front.COMMAND not in table.commands():
            raise
        return table.of(front.COMMAND)[0], words
    return verb, replace(ask, text=rest)


def _answered(table: Table, lab: Lab, ask: Ask, verb: Verb | None) -> Reply:
    """What came of it; a refusal tells which sentence it refuses. Raises UserError."""
    try:
        return _run(table, lab, ask, verb)
    except UserError as refusal:
        refusal.said = ask if ask.wish else None
        raise


def _run(table: Table, lab: Lab, ask: Ask, verb: Verb | None) -> Reply:
    if verb is not None:
        return verb.run(lab, ask)
    if ask.kind == "event":
        replies = [listener(lab, ask) for listener in table.events.get(ask.name, ())]
        return next((reply for reply in replies if reply != Reply()), Reply())
    handler = table.named.get((ask.kind, ask.name))
    return handler(lab, ask) if handler else Reply()


def only_reads(table: Table, ask: Ask) -> bool:
    """True for what changes nothing. Raises UserError for unknown verbs."""
    verb, ask = _called(table, ask)
    if meant.is_said(ask) and ask.kind != "action" and (verb is None or not verb.verb):
        return False  # it may mean anything
    if (ask.kind, ask.name) in _QUESTIONS and front.not_asks_own(ask):
        return False
    return ask.kind == "suggest" or access.only_reads(ask, meant.called(ask, verb))


def choose(verbs: Sequence[Verb], text: str) -> tuple[Verb, str]:
    """The verb that text calls, and the rest of the text.

    `/exp EXP-042` and `/blocker BLK-003` call `show`; a command with only a bare verb gets the
    whole text. Raises Refused for a word that is no verb.
    """
    by_name = {verb.verb: verb for verb in verbs}
    words = straighten(text).strip().split(None, 1)
    if not words:
        return by_name[""], ""
    word, rest = words[0].lower(), words[1] if len(words) > 1 else ""
    if word in by_name:
        return by_name[word], rest
    if "show" in by_name and any(known(word) for known in _IDS):
        return by_name["show"], straighten(text).strip()
    bare = by_name.get("")
    if set(by_name) <= {"", "help"} or (bare and bare.takes_rest):
        return by_name[""], straighten(text).strip()
    raise _unknown(verbs[0].command, word, list(by_name))


def _unknown(command: str, word: str, known: list[str]) -> Refused:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    guess = f"Did you mean `{command} {near[0]}`? " if near else ""
    hint = f"{guess}`{command} help` lists what I understand."
    return Refused(f"I don't know `{command} {word[:30]}`.", hint)
