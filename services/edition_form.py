"""Editing a draft section by section; nothing typed is lost, and nothing unsupported slips in."""

from core import edition as rules
from core.digest import Page
from core.edition import Draft, Form, Sent
from core.facts import thaw
from models import edition as table
from models.edition import Edition
from services import digest, draft, edition, edition_due, narrate
from services import team as teams
from services.desk import Desk, Show
from services.ports import Lab

WHAT = "edit the digest"


def form_name(week: str) -> str:
    """Under which name half-typed text is kept, for a draft and its correction alike."""
    return f"digest:{week}"


def opened(lab: Lab, workspace: str, number: int, show: Show, *, by: str) -> Form:
    """The form of a draft (0: the one that waits; one is made when there is none), with what
    that person had typed and not sent. Raises NotAllowed, Refused (posted, missed).
    """
    with edition.opened(lab, workspace, show, by=by, what=WHAT) as here:
        row = edition.find(here, number) if number else edition_due.current(here)
        edition.require_live(here, row)
        kept = draft.offer(here.session, workspace, by, form_name(str(row.sheet["week"])))
        texts = rules.typed(edition.parts_of(row)) | {k: str(v) for k, v in kept.items()}
        assert row.id is not None
        return Form("edit", row.on, Sent(row.id, row.version, texts))


def save(lab: Lab, workspace: str, sent: Sent, show: Show, *, by: str) -> Draft | Form:
    """The draft with what was typed; the form again when a sentence is not supported or the text
    was changed by somebody else meanwhile. Raises NotAllowed, Refused (posted, missed, too long).
    """
    with edition.opened(lab, workspace, show, by=by, what=WHAT) as here:
        row = edition.find(here, sent.number)
        edition.require_live(here, row)
        if row.version != sent.version:
            return _overtaken(here, row, sent)
        teams.member(here.session, here.team, by, now=here.now)
        author = (by, teams.name_of(here.session, here.team, by))
        page = _page_now(here, row)
        known = (rules.parts(page.sections), thaw(page.sheet))
        shown = rules.typed(edition.parts_of(row))
        edits, doubts = rules.rewritten(sent, shown, author, known)
        if doubts:
            return Form("edit", row.on, sent, doubts)
        _keep(here, row, edits, by)
        draft.forget(here.session, workspace, by, form_name(str(row.sheet["week"])))
        return edition.draft_of(here.team, row)


def _page_now(here: Desk, row: Edition) -> Page:
    """The draft as Assay would write it from the facts of this moment."""
    found = digest.collect(here.session, here.team, row.on, now=here.now, policy=here.policy)
    return edition.as_drafted(row, found) or narrate.plain(found)


def _keep(here: Desk, row: Edition, edits: dict[str, rules.Edit | None], by: str) -> None:
    if not edits:
        return
    before = dict(row.edits or {})
    after = {key: kept for key, kept in before.items() if key not in edits}
    after |= {key: edition.stored(edit) for key, edit in edits.items() if edit is not None}
    edition.step(here, row, "edited", by, before=before, after=after)
    row.edits, row.version = after, row.version + 1
    here.session.flush()
    edition.tell(here, row)


def _overtaken(here: Desk, row: Edition, sent: Sent) -> Form:
    steps = table.steps(here.session, row.id or 0)
    last = next((one.by for one in reversed(steps) if one.what == "edited"), "")
    who = teams.name_of(here.session, here.team, last) if last else "Assay, with newer facts,"
    standing = rules.typed(edition.parts_of(row))
    differing = [(rules.LABELS[key], text) for key, text in standing.items()
                 if sent.texts.get(key, text) != text]  # fmt: skip
    fresh = Sent(sent.number, row.version, sent.texts, sent.own)
    return Form("edit", row.on, fresh, overtaken=who, standing=tuple(differing))
