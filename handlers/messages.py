"""Who takes a plain message: where it stands says whom to ask, in what order; the first that takes
it ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.ask import Ask, Reply, Routes, Taker
from handlers.standups import absence, early, evening, standup
from handlers.workspace import help as helps
from handlers.workspace import onboarding
from services import pending, which
from services.evals import upload
from services.evals.upload import Drop
from services.ports import Lab
from services.standups import note
from services.standups.note import Note
from views import meant

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

    return Routes(events={"message": (hear,)})


def written(parts: Sequence[Routes]) -> Choice:
    """Who is asked about what was just written, words before answers, the narrowest first."""
    said_to_us = (
        absence.word,
        early.word,
        helps.word(parts),
        answer,
        early.go_on,
        evening.reply,
        standup.skip_word,
    )

    def choose(lab: Lab, ask: Ask) -> tuple[Taker, ...]:
        if ask.thread_ts:
            return (*_BELOW.get(note.below(lab, ask.team_id, _note(ask)), ()), answer, files)
        return said_to_us if ask.is_direct else (files,)

    return choose


def answer(lab: Lab, ask: Ask) -> Reply | None:
    """A standup answer; a results file that comes with one is read as well."""
    taken = standup.reply(lab, ask)
    if taken is not None:
        files(lab, ask)
    return taken


def files(lab: Lab, ask: Ask) -> Reply | None:
    """Results files in a channel or thread about an experiment; most messages have none, or are
    about nothing of ours.
    """
    found = ask.event.get("files") or []
    if not found or ask.is_direct:  # there, a message answers the standup
        return None
    drop = Drop(ask.user, ask.channel, ask.message_ts, ask.text, found, ask.thread_ts)
    return Reply() if upload.hear(lab, ask.team_id, drop) else None


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
    return Reply.of(meant.went(name, taken=taken is not None), replace=True)
