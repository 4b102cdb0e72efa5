"""Direct messages that may be answers: asked about, kept meanwhile, posted once or not at all."""

from core.errors import NotFound
from core.standups.direct import Unsure
from core.text import clean
from models import form_draft as drafts
from models.standups import message
from services import form_draft
from services.desk import Desk, desk
from services.ports import Lab
from services.standups.note import Note, readable
from views.standups import standup as view

_FORM = message.UNSURE


def ask(lab: Lab, here: Desk, note: Note, about: str) -> None:
    """Ask whether it was an answer. about: to what (`round:12`, `early:1:2026-11-24`,
    `evening:3`).
    """
    values = {"text": note.text, "about": about}
    joined = lab.within(here.session)
    form_draft.keep(joined, here.team_id, note.user, _FORM + _place(note), values)
    asked = Unsure(_place(note), readable(here, note.text))
    here.voice.post(_key(asked.place), note.user, view.unsure(asked))


def take(here: Desk, user_id: str, place: str) -> tuple[Note, str]:
    """The message at that place and what it may answer; whoever comes second finds it taken.

    Raises NotFound (settled already, deleted, or not that person's).
    """
    row = drafts.hold(here.session, here.team_id, user_id, _FORM + place)
    if row is None:
        raise NotFound("That is settled already.", "`/standup` shows and changes your answer.")
    here.session.delete(row)
    here.session.flush()
    channel, _, ts = place.partition("|")
    about = str(row.values["about"])
    return Note(user_id, channel, ts, str(row.values["text"]), direct=True), about


def tell(here: Desk, note: Note, state: str) -> None:
    """Bring the question up to date: posted | late | dropped | gone."""
    now = Unsure(_place(note), readable(here, note.text), state)
    here.voice.edit(_key(now.place), view.unsure(now))


def drop(lab: Lab, team_id: int, user_id: str, place: str) -> None:
    """It was no answer: nothing of it is kept. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        note, _ = take(here, user_id, place)
        tell(here, note, "dropped")


def hear_change(lab: Lab, team_id: int, note: Note, *, gone: bool) -> bool:
    """Follow an edit or the deletion of a message that was asked about: True for one."""
    with desk(lab, team_id, lock=False) as here:
        row = drafts.hold(here.session, team_id, note.user, _FORM + _place(note))
        if row is None:
            return False
        if gone or not clean(note.text):
            here.session.delete(row)
        else:
            row.values = {**row.values, "text": note.text}
        tell(here, note, "gone" if gone or not clean(note.text) else "asked")
        return True


def _place(note: Note) -> str:
    return f"{note.channel}|{note.ts}"


def _key(place: str) -> str:
    return f"unsure:{place}"
