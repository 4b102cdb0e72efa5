"""Who takes a plain message: where it stands says whom to ask, in what order; the first that takes
it ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.assay import said
from handlers import meant
from handlers.ask import Ask, Reply, Routes, Taker
from handlers.assay import dropped, front, talk
from handlers.standups import absence, early, evening, standup
from handlers.table import choose
from handlers.workspace import help as helps
from handlers.workspace import onboarding
from services import pending, which
from services.ports import Lab
from services.standups import note
from services.standups.note import Note
from views import meant as asked_team

Choice = Callable[[Lab, Ask], tuple[Taker, ...]]


def routes(parts: Sequence[Routes]) -> Routes:
    """What hears messages; parts: the commands that the word `help` tells about."""
    takers = written(parts)

    def hear(lab: Lab, ask: Ask) -> Reply:
        if ask.is_plain:
            now = _as_it_is_now(lab, ask)
            taken = _first(takers(lab, now), lab, now) if now else Reply()
            return _chosen(lab, ask, taken) if ask.chosen else taken or Reply()
        return _first(FOLLOWERS, lab, ask) or Reply()

    def mentioned(lab: Lab, ask: Ask) -> Reply:
        """Below a standup's message, what mentions us may be an answer."""
        return hear(lab, replace(ask, message="new", text=front.text_of(ask)))

    return Routes(events={"message": (hear,), "app_mention": (mentioned,)})


def written(parts: Sequence[Routes]) -> Choice:
    """Who is asked about what was just written, words before answers, the narrowest first."""
    commands = _commands(parts)

    def router(lab: Lab, ask: Ask) -> Reply:
        """Whatever is left is answered all the same."""
        verb, called = front.unanswered(lab, commands, ask)
        talk.keep(lab, called)
        return verb.run(lab, called)

    said_to_us = (
        bare_file,
        absence.word,
        early.word,
        helps.word(parts),
        answer,
        files,
        early.go_on,
        evening.reply,
        standup.skip_word,
    )

    def choose(lab: Lab, ask: Ask) -> tuple[Taker, ...]:
        if ask.name == "message" and not ask.is_direct and ask.bot and f"<@{ask.bot}>" in ask.text:
            return (files,)  # its words come once more, as app_mention
        if ask.thread_ts:
            below = _BELOW.get(note.below(lab, ask.team_id, _note(ask)), ())
            return (*below, answer, files, *((router,) if meant.is_said(ask) else ()))
        if not ask.is_direct:
            return (files,)
        late = ask.chosen and said.is_structured(ask.text)  # its team is asked no more
        return said_to_us if late else (*said_to_us, router)

    return choose


def answer(lab: Lab, ask: Ask) -> Reply | None:
    """A standup answer; a results file that comes with one is read as well."""
    taken = standup.reply(lab, ask)
    if taken is not None and not ask.is_direct:
        dropped.heard(lab, ask)
    return taken


def files(lab: Lab, ask: Ask) -> Reply | None:
    """Results files in a channel or thread about an experiment; most messages have none, or are
    about nothing of ours.
    """
    if not ask.event.get("files"):
        return None
    if ask.is_direct and not dropped.is_dropped(ask):  # there, a message answers the standup
        return None
    return dropped.read(lab, ask)


def bare_file(lab: Lab, ask: Ask) -> Reply | None:
    """A results file without a word answers no standup."""
    return None if ask.text.strip() else files(lab, ask)


def remember(lab: Lab, ask: Ask) -> Reply | None:
    """An edit or a deletion of a message that has not come, where it may be an answer."""
    if ask.is_direct or ask.thread_ts:
        note.remember(lab, ask.team_id, _note(ask), gone=ask.message == "gone")
    return Reply()


def follow_open(lab: Lab, ask: Ask) -> Reply | None:
    """An edit or a deletion of a message whose team is not chosen yet."""
    text = "" if ask.message == "gone" else ask.text
    known = ask.is_direct and pending.follow(lab, (ask.workspace, ask.user), _note(ask), text)
    return Reply() if known else None


# Who is asked first about a reply below a message of ours, by the kind of that message's key.
_BELOW: dict[str, tuple[Taker, ...]] = {
    "trial": (onboarding.reply_trial,),
    "early": (early.reply,),
    "evening": (evening.reply,),
}

# Who follows a message that was edited or deleted.
FOLLOWERS: tuple[Taker, ...] = (
    follow_open,
    standup.follow_unsure,
    early.follow,
    evening.follow,
    standup.follow,
    remember,
)


def _commands(parts: Sequence[Routes]) -> front.Commands:
    verbs = [verb for part in parts for verb in part.verbs]
    names = list(dict.fromkeys(verb.command for verb in verbs))
    return front.Commands(names, lambda name: [v for v in verbs if v.command == name], choose)


def _as_it_is_now(lab: Lab, ask: Ask) -> Ask | None:
    if not (ask.is_direct or ask.thread_ts):
        return ask
    now = note.as_it_is_now(lab, _note(ask))
    return replace(ask, text=now.text) if now else None


def _note(ask: Ask) -> Note:
    return Note(ask.user, ask.channel, ask.message_ts, ask.text, ask.thread_ts, ask.is_direct)


def _first(takers: Sequence[Taker], lab: Lab, ask: Ask) -> Reply | None:
    for taker in takers:
        taken = taker(lab, ask)
        if taken is not None:
            return taken
    return None


def _chosen(lab: Lab, ask: Ask, taken: Reply | None) -> Reply:
    """What becomes of the question which team it was for, once that was answered."""
    if taken not in (None, Reply()):
        return taken
    name = which.name_of(lab, ask.team_id)
    return Reply.of(asked_team.went(name, taken=taken is not None), replace=True)
