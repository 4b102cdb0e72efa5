"""Correcting the posted digest in place: the post is edited, its thread says from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.digest import draft as rules
from core.digest import draft_text as texts
from core.digest.draft import Correction, DraftSection, Form, Sent
from core.errors import Refused
from core.facts import thaw
from models import form_draft as drafts
from models import outbox
from models.digest import digest as digests
from models.digest import draft as table
from models.digest.digest import Digest
from models.digest.draft import DigestCorrection
from services import form_draft
from services import team as teams
from services.desk import Desk, desk
from services.digest import draft as edition
from services.digest import issue, portfolio
from services.llm import narrate
from services.ports import Lab
from views.digest import draft as view

WHAT = "correct the digest"


@dataclass(frozen=True)
class Posted:
    """The newest digest as it stands: its row, its sections now, and how often corrected."""

    row: Digest
    parts: tuple[DraftSection, ...]
    corrections: list[DigestCorrection]


def opened(lab: Lab, team_id: int, *, by: str) -> Form:
    """The form with the posted sections, and what that person had typed and not sent.

    Raises NotAllowed, Refused (nothing was posted yet).
    """
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, WHAT)
        found = _posted(here)
        kept = drafts.offer(here.session, team_id, by, edition.form_name(found.row.week))
        typed = texts.typed(found.parts) | {k: str(v) for k, v in kept.items()}
        return Form("correct", found.row.on, _sent(found, typed))


def save(lab: Lab, team_id: int, sent: Sent, *, by: str) -> Correction | Form:
    """The correction, made; the form again when a sentence is not on the digest's own facts or
    somebody else was faster. Raises NotAllowed, Refused (nothing changed, a newer one was posted).
    """
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, WHAT)
        found = _posted(here)
        if found.row.id != sent.number:
            raise Refused("A newer digest was posted meanwhile.", "`/digest correct` opens it.")
        if len(found.corrections) != sent.version:
            return _overtaken(here, found, sent)
        teams.member(here.session, here.team, by, now=here.now)
        author = (by, here.name(by))
        sheet = thaw(found.row.sheet)
        template = texts.parts(narrate.plain(sheet).sections)
        shown = texts.typed(found.parts)
        edits, doubts = texts.rewritten(sent, shown, author, (template, sheet))
        if doubts:
            return Form("correct", found.row.on, sent, doubts)
        after = _applied(found.parts, edits, template)
        made = _keep(here, found, after, by)
        drafts.forget(here.session, team_id, by, edition.form_name(found.row.week))
        return made


def keep(lab: Lab, team_id: int, sent: Sent, *, by: str) -> None:
    """The form was closed: what differs from what it showed is offered next time."""
    with desk(lab, team_id) as here:
        row = digests.last_of(here.session, here.team_id)
        if row is None or row.id is None or row.id != sent.number:
            return
        found = Posted(row, (), table.corrections(here.session, row.id))
        typed = texts.differing(sent.texts, _seen(found, sent.version))
        name = edition.form_name(row.week)
        form_draft.keep(lab.within(here.session), team_id, by, name, typed)


def _posted(here: Desk) -> Posted:
    row = digests.last_of(here.session, here.team_id)
    if row is None or row.id is None:
        raise Refused("No digest was posted yet.", "`/digest edit` changes the draft.")
    made = table.corrections(here.session, row.id)
    return Posted(row, issue.parts_of(row, made), made)


def _applied(
    before: tuple[DraftSection, ...],
    edits: dict[str, rules.Edit | None],
    template: tuple[DraftSection, ...],
) -> tuple[DraftSection, ...]:
    own_text = {part.key: part for part in template}
    after = []
    for part in before:
        edit = edits.get(part.key)
        if part.key not in edits:
            after.append(part)
        elif edit is None:
            after.append(own_text.get(part.key, part))
        else:
            after.append(replace(part, lines=edit.lines, own=edit.name if edit.own else ""))
    return tuple(after)


def _keep(here: Desk, found: Posted, after: tuple[DraftSection, ...], by: str) -> Correction:
    row, number = found.row, len(found.corrections) + 1
    changes = texts.changes(found.parts, after)
    if not changes:
        raise Refused("Nothing was changed.", "Change a section, or press Cancel.")
    made = DigestCorrection(
        digest_id=row.pk, number=number, at=here.now, by=by,
        before=texts.plain(found.parts), after=texts.plain(after),
    )  # fmt: skip
    here.session.add(made)
    here.session.flush()
    key = edition.post_key(here.team_id, row.on)
    now = issue.issue_of(row, [made])
    here.edit(key, portfolio.page(here, row, now))
    if outbox.find(here.session, copied := edition.copy_key(here.team_id, row.on)):
        here.edit(copied, view.issue(now))
    said = Correction(row.on, by, here.now, changes)
    place = row.channel or here.team.digest_channel
    here.post(f"digest-correction:{row.pk}:{number}", place, view.correction(said), thread_of=key)
    portfolio.renew(here, row)
    return said


def _overtaken(here: Desk, found: Posted, sent: Sent) -> Form:
    who = here.name(found.corrections[-1].by)
    form = Form("correct", found.row.on, replace(sent, version=len(found.corrections)))
    seen = _seen(found, sent.version)
    return texts.overtaken(form, seen, texts.typed(found.parts), who)


def _seen(found: Posted, version: int) -> Mapping[str, str]:
    """The sections' text after that many corrections."""
    return texts.typed(issue.parts_of(found.row, found.corrections[:version]))


def _sent(found: Posted, typed: Mapping[str, str]) -> Sent:
    return Sent(found.row.pk, len(found.corrections), dict(typed))
