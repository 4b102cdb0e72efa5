"""/standup ooo and back, and the same words in a direct message."""

from datetime import UTC, datetime
from typing import Any

from core.standups import absence as rules
from core.standups.slack_status import SlackStatus
from core.text import clean, mentioned_users
from handlers.ask import Ask, Reply, Routes, Verb, day_in
from services import form_draft
from services.ports import Lab
from services.standups import absence, slack_status
from services.standups.absence import Note
from services.standups.slack_status import PersonStatus
from views.standups import absence as view


def ooo(lab: Lab, ask: Ask) -> Reply:
    """`/standup ooo [@ana] until Friday [reason]`; alone it lists who is away."""
    user, text = whose(ask)
    if not text and user == ask.user:
        return Reply.of(view.listed(absence.every(lab, ask.workspace)))
    said = Note(user, text, ask.user)
    away, new = absence.note(lab, ask.workspace, said, key=ask.key)
    return Reply.of(view.noted(away, to_self=user == ask.user, new=new))


def back(lab: Lab, ask: Ask) -> Reply:
    """`/standup back [@ana]`: the absence ends, or the next planned one is called off."""
    user, _ = whose(ask)
    was = absence.end(lab, ask.workspace, user, by=ask.user, key=ask.key)
    return Reply.of(view.ended(was, to_self=user == ask.user, running=was.running))


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The button I'm away."""
    today, kept = absence.offer(lab, ask.workspace, ask.user)
    return Reply(modal=view.form(today, kept))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent: the days are read as they would be typed."""
    first = str(ask.values.get("first") or "today")
    last = str(ask.values.get("last") or first)
    text = f"{first}..{last} {clean(ask.written('reason'), limit=200)}"
    said = Note(ask.user, text, ask.user)
    away, new = absence.note(lab, ask.workspace, said, key=ask.key)
    return Reply.of(view.noted(away, to_self=True, new=new))


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form_draft.keep(lab, ask.workspace, ask.user, absence.FORM, ask.values)
    return Reply()


def word(lab: Lab, ask: Ask) -> Reply | None:
    """`ooo until Friday` or `back`, written to the bot."""
    said = rules.word(ask.text) if ask.is_direct and not ask.thread_ts else None
    if said is None:
        return None
    word, rest = said
    act = ooo if word == "ooo" else back
    return act(lab, Ask(**(vars(ask) | {"text": rest})))


def look_at_status(lab: Lab, ask: Ask) -> Reply:
    """user_change: whoever looks away by their status is asked whether to skip them."""
    user = ask.event.get("user")
    if not isinstance(user, dict):
        return Reply()
    profile = user.get("profile")
    if profile and not user.get("is_bot") and not user.get("deleted"):
        found = PersonStatus(str(user["id"]), status_of(profile))
        slack_status.seen(lab, ask.workspace, found)
    return Reply()


def status_of(profile: dict[str, Any]) -> SlackStatus:
    """The status in a Slack profile."""
    ends = profile.get("status_expiration") or 0
    return SlackStatus(
        text=clean(profile.get("status_text"), limit=100),
        emoji=str(profile.get("status_emoji") or "").strip(":"),
        expires_at=datetime.fromtimestamp(int(ends), UTC) if ends else None,
    )


def yes(lab: Lab, ask: Ask) -> Reply:
    """Yes, skip me: away until the day in the button."""
    last = day_in(ask.value, "Write `ooo until Friday` to me.")
    away = slack_status.accept(lab, ask.workspace, ask.user, last)
    return Reply.of(view.noted(away, to_self=True, new=True), replace=True)


def no(_lab: Lab, _ask: Ask) -> Reply:
    """No: nothing changes."""
    return Reply.of(view.declined(), replace=True)


def whose(ask: Ask) -> tuple[str, str]:
    """Whom a command is about (somebody mentioned, or who asks), and the rest of its text."""
    people = mentioned_users(ask.text)
    if not people:
        return ask.user, ask.text.strip()
    start, _, rest = ask.text.partition(f"<@{people[0]}")
    return people[0], f"{start}{rest.partition('>')[2]}".strip()


ROUTES = Routes(
    verbs=(
        Verb("/standup", "ooo", "until Friday [reason]", "Away: not asked, not missed", ooo),
        Verb("/standup", "back", "", "Back early", back),
    ),
    actions={
        "absence_yes": yes,
        "absence_no": no,
        "absence_open": open_form,
        "absence_back": back,
    },
    forms={absence.FORM: send},
    closed={absence.FORM: close},
    events={"user_change": (look_at_status,)},
)
