"""The digest's draft: look, edit, hold, release, post; and correcting what was posted."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from core.digest import draft as rules
from core.digest.draft import Form, Sent
from core.errors import UserError
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.digest.digest import preview
from services.digest import correction, draft_act, draft_form, draft_schedule, schedule
from services.digest.digest import Last
from services.ports import Lab
from views.digest import digest as said
from views.digest import draft as view
from views.digest import schedule as rhythms
from views.digest.draft_form import form
from views.kit import Message

T = TypeVar("T", covariant=True)
EDIT, CORRECT = "edition_edit", "edition_correct"


class Save(Protocol[T]):
    """What makes a form's texts the draft's or the post's, or gives the form again."""

    def __call__(self, lab: Lab, team_id: int, sent: Sent, *, by: str) -> T | Form:
        """What was saved; the form with what is not supported. Raises UserError."""


def state(lab: Lab, ask: Ask) -> Reply:
    """`/digest draft`: the draft with its buttons, or when it comes."""
    found = draft_schedule.state(lab, ask.team_id, by=ask.user)
    return Reply.of(
        view.upcoming(found) if isinstance(found, rules.Upcoming) else view.seen(found)
    )


def edit(lab: Lab, ask: Ask) -> Reply:
    """`/digest edit`, and the draft's Edit button."""
    number = _number(ask)
    return Reply(modal=form(draft_form.opened(lab, ask.team_id, number, by=ask.user)))


def save(lab: Lab, ask: Ask) -> Reply:
    """The form was sent: saved, or shown again with what is not supported."""
    return _tried(lab, ask, draft_form.save, view.saved)


def closed(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    draft_form.keep(lab, ask.team_id, _sent(ask), by=ask.user)
    return Reply()


def correct(lab: Lab, ask: Ask) -> Reply:
    """`/digest correct`."""
    return Reply(modal=form(correction.opened(lab, ask.team_id, by=ask.user)))


def corrected(lab: Lab, ask: Ask) -> Reply:
    """The correction was sent: made, or shown again with what is not supported."""
    return _tried(lab, ask, correction.save, view.corrected)


def correct_closed(lab: Lab, ask: Ask) -> Reply:
    """The correction was closed: what was typed is offered next time."""
    correction.keep(lab, ask.team_id, _sent(ask), by=ask.user)
    return Reply()


def hold(lab: Lab, ask: Ask) -> Reply:
    """`/digest hold`, and the button."""
    done, new = draft_act.hold(lab, ask.team_id, _number(ask), by=ask.user)
    return Reply.of(view.done(done, new=new))


def release(lab: Lab, ask: Ask) -> Reply:
    """`/digest release`, and the button."""
    done, new = draft_act.release(lab, ask.team_id, _number(ask), by=ask.user)
    return Reply.of(view.done(done, new=new))


def post(lab: Lab, ask: Ask) -> Reply:
    """`/digest post`, and the button."""
    done = draft_act.post_now(lab, ask.team_id, _number(ask), by=ask.user)
    if isinstance(done, Last):
        return Reply.of(said.last(done.text, done.on, done.closed))
    return Reply.of(view.done(done[0], new=done[1]))


def rhythm_(lab: Lab, ask: Ask) -> Reply:
    """`/digest rhythm [friday] [16] [draft=2]`."""
    if not ask.text.strip():
        return Reply.of(rhythms.current(schedule.current(lab, ask.team_id)))
    found = schedule.change(lab, ask.team_id, ask.text, by=ask.user)
    return Reply.of(rhythms.changed(found))


def copy(lab: Lab, ask: Ask) -> Reply:
    """`/digest copy on`, `off`."""
    return Reply(text=schedule.copy(lab, ask.team_id, ask.text, by=ask.user))


def _tried(lab: Lab, ask: Ask, save: Save[T], said: Callable[[T], Message]) -> Reply:
    """Saved; a refusal stands under the form's field, whose name may end with a tag."""
    sent = _sent(ask)
    try:
        done = save(lab, ask.team_id, sent, by=ask.user)
    except UserError as why:
        why.tagged(sent.tag)
        raise
    return Reply(update=form(done)) if isinstance(done, Form) else Reply.of(said(done))


def _sent(ask: Ask) -> Sent:
    texts = {key.partition("~")[0]: str(text or "") for key, text in ask.values.items()}
    own = ask.values.get("own") or []
    return Sent(
        number=ask.carried("number"),
        version=ask.carried("version"),
        texts={key: texts[key] for key in rules.LABELS if key in texts},
        own=tuple(str(key) for key in own),
        tag=ask.told("tag"),
    )


def _number(ask: Ask) -> int:
    return ask.number("`/digest draft` shows the draft.") if ask.value else 0


ROUTES = Routes(
    verbs=(
        Verb("/digest", "draft", "", "The next digest's draft", state, leads=True),
        Verb("/digest", "edit", "", "Edit the draft", edit, leads=True),
        Verb("/digest", "hold", "", "Keep the next digest back", hold, leads=True),
        Verb("/digest", "release", "", "Let a held digest go", release, leads=True),
        Verb("/digest", "post", "", "Post the draft now", post, leads=True),
        Verb("/digest", "copy", "on|off", "Post it in the team's channel too", copy, leads=True),
        Verb("/digest", "correct", "", "Correct the posted digest", correct, leads=True),
        Verb(
            "/digest", "rhythm", "friday 16 draft=2",
            "When the digest and its draft come", rhythm_, leads=True,
        ),
    ),
    actions={
        "edition_preview": preview,
        "edition_edit": edit,
        "edition_hold": hold,
        "edition_release": release,
        "edition_post": post,
    },
    forms={EDIT: save, CORRECT: corrected},
    closed={EDIT: closed, CORRECT: correct_closed},
)  # fmt: skip
