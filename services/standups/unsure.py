"""Direct messages that may be answers: asked about, kept meanwhile, posted once or not at all."""

from core.errors import NotFound
from core.standups.direct import Unsure
from core.text import clean
from models import form_draft as drafts
from services import form_draft
from services.ports import Lab
from services.standups.desk import Desk, Note, Words, sit_down

_FORM = "standup:said:"


def ask(lab: Lab, desk: Desk, note: Note, about: str) -> None:
    """Ask whether it was an answer. about: to what (`round:12`, `early:1:2026-11-24`,
    `evening:3`).
    """
    values = {"text": note.text, "about": about}
    joined = lab.within(desk.session)
    form_draft.keep(joined, desk.team.workspace, note.user, _FORM + _place(note), values)
    asked = Unsure(_place(note), desk.readable(note.text))
    desk.voice.post(_key(asked.place), note.user, desk.words.unsure(asked))


def take(desk: Desk, user_id: str, place: str) -> tuple[Note, str]:
    """The message at that place and what it may answer; whoever comes second finds it taken.

    Raises NotFound (settled already, deleted, or not that person's).
    """
    row = drafts.hold(desk.session, desk.team.workspace, user_id, _FORM + place)
    if row is None:
        raise NotFound("That is settled already.", "`/standup` shows and changes your answer.")
    desk.session.delete(row)
    desk.session.flush()
    channel, _, ts = place.partition("|")
    about = str(row.values["about"])
    return Note(user_id, channel, ts, str(row.values["text"]), direct=True), about


def tell(desk: Desk, note: Note, state: str) -> None:
    """Bring the question up to date: posted | late | dropped | gone."""
    now = Unsure(_place(note), desk.readable(note.text), state)
    desk.voice.edit(_key(now.place), desk.words.unsure(now))


def drop(lab: Lab, workspace: str, user_id: str, place: str, words: Words) -> None:
    """It was no answer: nothing of it is kept. Raises NotFound."""
    with sit_down(lab, workspace, words) as desk:
        note, _ = take(desk, user_id, place)
        tell(desk, note, "dropped")


def hear_change(lab: Lab, workspace: str, note: Note, words: Words, *, gone: bool) -> bool:
    """Follow an edit or the deletion of a message that was asked about: True for one."""
    with sit_down(lab, workspace, words) as desk:
        row = drafts.hold(desk.session, workspace, note.user, _FORM + _place(note))
        if row is None:
            return False
        if gone or not clean(note.text):
            desk.session.delete(row)
        else:
            row.values = {**row.values, "text": note.text}
        tell(desk, note, "gone" if gone or not clean(note.text) else "asked")
        return True


def _place(note: Note) -> str:
    return f"{note.channel}|{note.ts}"


def _key(place: str) -> str:
    return f"unsure:{place}"
