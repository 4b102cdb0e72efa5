"""Who takes a plain message: each chain is asked in order, and the first that takes it ends."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.ask import Ask, Reply, Routes, Taker
from handlers.evals import upload
from handlers.standups import absence, early, evening, standup
from handlers.workspace import help as helps
from handlers.workspace import onboarding
from services.ports import Lab
from services.standups import note
from services.standups.note import Note


def routes(parts: Sequence[Routes]) -> Routes:
    """What hears messages; parts: the commands that the word `help` tells about."""
    takers = written(parts)

    def hear(lab: Lab, ask: Ask) -> Reply:
        if ask.is_plain:
            now = _as_it_is_now(lab, ask)
            return _first(takers, lab, now) if now else Reply()
        return _first(FOLLOWERS, lab, ask) if ask.message else Reply()

    return Routes(events={"message": (hear,)})


def written(parts: Sequence[Routes]) -> tuple[Taker, ...]:
    """Who takes what was just written, words before answers, the narrowest first."""
    return (
        absence.word,
        early.word,
        helps.word(parts),
        onboarding.reply_trial,
        early.reply,
        answer,
        early.go_on,
        evening.reply,
        standup.skip_word,
        upload.files,
    )


def answer(lab: Lab, ask: Ask) -> Reply | None:
    """A standup answer; a results file that comes with one is read as well."""
    taken = standup.reply(lab, ask)
    if taken is not None:
        upload.files(lab, ask)
    return taken


def remember(lab: Lab, ask: Ask) -> Reply | None:
    """An edit or a deletion of a message that has not come, where it may be an answer."""
    if ask.is_direct or ask.thread_ts:
        note.remember(lab, ask.team_id, _note(ask), gone=ask.message == "gone")
    return Reply()


# Who follows a message that was edited or deleted.
FOLLOWERS: tuple[Taker, ...] = (
    standup.follow_unsure,
    early.follow,
    evening.follow,
    standup.follow,
    remember,
)


def _as_it_is_now(lab: Lab, ask: Ask) -> Ask | None:
    if not (ask.is_direct or ask.thread_ts):
        return ask
    now = note.as_it_is_now(lab, ask.team_id, _note(ask))
    return replace(ask, text=now.text) if now else None


def _note(ask: Ask) -> Note:
    return Note(ask.user, ask.channel, ask.message_ts, ask.text)


def _first(takers: Sequence[Taker], lab: Lab, ask: Ask) -> Reply:
    for taker in takers:
        taken = taker(lab, ask)
        if taken is not None:
            return taken
    return Reply()
