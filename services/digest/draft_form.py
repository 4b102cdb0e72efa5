"""Editing a draft section by section; nothing typed is lost, and nothing unsupported slips in."""

from collections.abc import Mapping
from dataclasses import replace

from core.digest import draft as rules
from core.digest import draft_text as texts
from core.digest.draft import Draft, Form, Sent
from core.digest.page import Page
from core.facts import thaw
from models import form_draft as drafts
from models.digest import draft as table
from models.digest.draft import Edition, EditionStep
from services import form_draft
from services import team as teams
from services.desk import Desk, desk
from services.digest import digest, draft_schedule
from services.digest import draft as edition
from services.llm import narrate
from services.ports import Lab

WHAT = "edit the digest"


def opened(lab: Lab, team_id: int, number: int, *, by: str) -> Form:
    """The form of a draft (0: the one that waits; one is made when there is none), with what
    that person had typed and not sent. Raises NotAllowed, Refused (posted, missed).
    """
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, WHAT)
        row = edition.find(here, number) if number else draft_schedule.current(here)
        edition.require_live(row)
        kept = drafts.offer(here.session, team_id, by, edition.form_name(str(row.sheet["week"])))
        typed = texts.typed(edition.parts_of(row)) | {k: str(v) for k, v in kept.items()}
        return Form("edit", row.on, Sent(row.pk, row.version, typed))


def save(lab: Lab, team_id: int, sent: Sent, *, by: str) -> Draft | Form:
    """The draft with what was typed; the form again when a sentence is not supported or the text
    was changed by somebody else meanwhile. Raises NotAllowed, Refused (posted, missed, too long).
    """
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, WHAT)
        row = edition.find(here, sent.number)
        edition.require_live(row)
        if row.version != sent.version:
            return _overtaken(here, row, sent)
        teams.member(here.session, here.team, by, now=here.now)
        author = (by, here.name(by))
        page = _page_now(here, row)
        known = (texts.parts(page.sections), thaw(page.sheet))
        shown = texts.typed(edition.parts_of(row))
        edits, doubts = texts.rewritten(sent, shown, author, known)
        if doubts:
            return Form("edit", row.on, sent, doubts)
        _keep(here, row, edits, by)
        drafts.forget(here.session, team_id, by, edition.form_name(str(row.sheet["week"])))
        return edition.draft_of(here, row)


def _page_now(here: Desk, row: Edition) -> Page:
    """The draft as Assay would write it from the facts of this moment."""
    found = digest.collect(here.session, here.team, row.on, now=here.now, policy=here.policy)
    return edition.as_drafted(row, found) or narrate.plain(found)


def _keep(here: Desk, row: Edition, edits: dict[str, rules.Edit | None], by: str) -> None:
    if not edits:
        return
    before = texts.typed(edition.parts_of(row))
    kept = {key: edit for key, edit in (row.edits or {}).items() if key not in edits}
    kept |= {key: edition.stored(edit) for key, edit in edits.items() if edit is not None}
    row.edits = kept
    after = texts.typed(edition.parts_of(row))
    edition.step(here, row, "edited", by, (before, after))
    row.version += 1
    here.session.flush()
    edition.tell(here, row)


def keep(lab: Lab, team_id: int, sent: Sent, *, by: str) -> None:
    """The form was closed: what differs from what it showed is offered next time."""
    with desk(lab, team_id) as here:
        row = here.session.get(Edition, sent.number)
        if row is None or row.team_id != here.team_id:
            return
        typed = texts.differing(sent.texts, _seen(here, row, sent.version))
        name = edition.form_name(str(row.sheet["week"]))
        form_draft.keep(lab.within(here.session), team_id, by, name, typed)


def _seen(here: Desk, row: Edition, version: int) -> Mapping[str, str]:
    """The sections' text as they were at that version."""
    later = [one for one in _rewritten(here, row) if one.version >= version]
    return later[0].before if later else texts.typed(edition.parts_of(row))


def _rewritten(here: Desk, row: Edition) -> list[EditionStep]:
    steps = table.steps(here.session, row.pk)
    return [one for one in steps if one.what in {"edited", "refreshed"}]


def _overtaken(here: Desk, row: Edition, sent: Sent) -> Form:
    last = _rewritten(here, row)[-1].by
    who = here.name(last) if last else "Assay, with newer facts,"
    form = Form("edit", row.on, replace(sent, version=row.version))
    standing = texts.typed(edition.parts_of(row))
    return texts.overtaken(form, _seen(here, row, sent.version), standing, who)
