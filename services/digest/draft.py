"""A digest's draft as it lives: its row, its messages, and what leads do to it: hold, release,
post; the first of several wins.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from core import calendar, facts
from core.digest import draft as rules
from core.digest import draft_text as texts
from core.digest.draft import Draft, DraftSection, Edit, Fallen
from core.digest.page import Page
from core.errors import Refused
from core.facts import Sheet
from models import occurrence, outbox
from models.digest import draft as table
from models.digest.draft import Edition, EditionStep
from models.team import Team
from services import standing
from services.announcement import places
from services.desk import Desk
from services.digest import rhythm
from views.digest import draft as view

DIGEST, DRAFT = "digest", "digest-draft"  # kinds of occurrences, by team and Monday
Sides = tuple[dict[str, Any], dict[str, Any]]
NONE_YET = "`/digest draft` says when it comes; `/digest hold` and `/digest edit` make one now."


def post_key(team_id: int, on: date) -> str:
    """The outbox key of that day's digest in its channel."""
    year, week, _ = on.isocalendar()
    return f"digest:{team_id}:{year}-W{week:02d}"


def copy_key(team_id: int, on: date) -> str:
    """The outbox key of the same in the team's own channel."""
    return f"{post_key(team_id, on)}:copy"


def form_name(week: str) -> str:
    """Under which name half-typed text is kept, for a draft and its correction alike."""
    return f"digest:{week}"


def edits_of(row: Edition) -> list[Edit]:
    """What leads typed into it, in the order of its sections."""
    kept = row.edits or {}
    return [
        Edit(key, tuple(e["lines"]), e["by"], e["name"], e["own"])
        for key in rules.LABELS
        if (e := kept.get(key))
    ]


def stored(edit: Edit) -> dict[str, Any]:
    """An edit as the row keeps it."""
    return {"lines": list(edit.lines), "by": edit.by, "name": edit.name, "own": edit.own}


def parts_of(row: Edition) -> tuple[DraftSection, ...]:
    """The draft's sections as its message shows them: as written, with the edits in place."""
    edits = {edit.key: edit for edit in edits_of(row) if edit.key not in (row.fallen or ())}
    kept = []
    for part in texts.restored(row.sections):
        edit = edits.get(part.key)
        own = edit.name if edit and edit.own else ""
        kept.append(DraftSection(part.key, part.title, edit.lines, own) if edit else part)
    return tuple(kept)


def page_of(row: Edition) -> Page:
    """The same as a page."""
    sections, sha256 = texts.marked(parts_of(row)), facts.fingerprint(row.sheet)
    return texts.page(str(row.sheet["week"]), sections, (row.sheet, sha256), row.written)


def as_drafted(row: Edition, now: Sheet) -> Page | None:
    """The page as it was drafted, with those facts; None when they say something else by now."""
    frozen, sha256 = facts.freeze(now)
    if not texts.same_facts(row.sheet, frozen):
        return None
    sections = texts.marked(texts.restored(row.sections))
    return texts.page(now.week, sections, (frozen, sha256), row.written)


def draft_of(here: Desk, row: Edition) -> Draft:
    """The row as a value, for its message."""
    key = post_key(row.team_id, row.on) if row.state == rules.POSTED else ""
    early = here.now < row.due_at and row.state in rules.LIVE
    others = rhythm.sharing(here.session, here.team) if early else ()
    return Draft(
        number=row.pk,
        on=row.on,
        due=row.due_at,
        state=row.state,
        channel=here.team.digest_channel,
        page=page_of(row),
        edits=tuple(edits_of(row)),
        fallen=tuple(row.fallen or ()),
        by=row.by,
        at=row.at,
        reason=row.reason,
        post_key=key,
        unsaid=outbox.refused(here.session, key)[1] if key else "",
        others=tuple(standing.name_of(team) for team in others),
    )


def tell(here: Desk, row: Edition) -> None:
    """Show the draft to the leads, or bring what they see up to date."""
    shown = draft_of(here, row)
    message = view.draft(shown)
    if row.told:
        for key in row.told:
            here.edit(key, message, link_to=shown.post_key)
        return
    row.told = [f"edition:{row.id}:{place}" for place in places(here)]
    for key in row.told:
        here.post(key, key.rpartition(":")[2], message)


def move(here: Desk, row: Edition, state: str, *, by: str = "", reason: str = "") -> None:
    """Bring the draft into another state and show it."""
    _set(here, row, state, by=by, reason=reason)
    tell(here, row)


def _set(here: Desk, row: Edition, state: str, *, by: str = "", reason: str = "") -> None:
    row.state, row.by, row.at, row.reason = state, by, here.now, reason
    here.session.flush()


def step(here: Desk, row: Edition, what: str, by: str, sides: Sides = ({}, {})) -> None:
    """Keep what was done to it; for a change of its text what it said before and after."""
    kept = EditionStep(
        edition_id=row.pk, at=here.now, by=by, what=what, version=row.version,
        before=sides[0], after=sides[1],
    )  # fmt: skip
    here.session.add(kept)


def posted(here: Desk, row: Edition, fallen: Sequence[Fallen], *, told: bool = True) -> None:
    """It stands in its channel; editors hear what of theirs does not, and keep it.

    told: False while it waits for its portfolio, which then shows the draft.
    """
    row.fallen = [one.edit.key for one in fallen]
    _set(here, row, rules.POSTED, by=row.by if row.state == rules.POSTING else "")
    if told:
        tell(here, row)
    for editor in dict.fromkeys(one.edit.by for one in fallen):
        theirs = tuple(one for one in fallen if one.edit.by == editor)
        message = view.fell_back(row.on, theirs)
        here.post(f"edition-fell:{row.id}:{editor}", editor, message)


def give_up(here: Desk, before: date) -> None:
    """Drafts of weeks before that Monday are missed: the next one is due."""
    for row in table.live(here.session, here.team_id):
        if row.week >= before:
            continue
        reason = "the next digest was due before it was posted"
        if row.state == rules.HELD:
            name = here.name(row.by)
            reason = f"held by {name} until the next digest was due"
        miss(here, row.week, reason)
        move(here, row, rules.MISSED, reason=reason)


def miss(here: Desk, week: date, reason: str) -> bool:
    """Mark the digest of the week of that Monday as missed; False when it was dealt with."""
    subject = str(here.team_id)
    if not occurrence.claim(here.session, DIGEST, subject, week, now=here.now):
        return False
    occurrence.miss(here.session, DIGEST, subject, week, reason=reason)
    return True


def week_of(on: date) -> date:
    """The Monday under which a digest's row is kept."""
    return calendar.monday(on)


def dealt_with(session: Session, team_id: int, day: date) -> bool:
    """True when the digest of that day's week was posted, or missed."""
    return occurrence.done(session, DIGEST, str(team_id), calendar.monday(day))


def waiting(session: Session, theirs: Team) -> Edition | None:
    """The team's draft that waits to be posted, or None."""
    found = table.live(session, theirs.pk)
    return found[-1] if found else None


def unsaid(here: Desk) -> Edition | None:
    """The newest draft when it was posted and Slack does not take it in its channel, else None."""
    row = table.last(here.session, here.team_id)
    return row if row is not None and draft_of(here, row).unsaid else None


def find(here: Desk, number: int = 0) -> Edition:
    """The draft with that number, else the one that waits, else the newest. Raises Refused."""
    if number:
        row = here.session.get(Edition, number, populate_existing=True)
        if row is None or row.team_id != here.team_id:
            raise Refused("I don't find that draft any more.", "`/digest draft` shows the newest.")
        return row
    waiting = table.live(here.session, here.team_id)
    row = waiting[-1] if waiting else table.last(here.session, here.team_id)
    if row is None:
        raise Refused("There is no draft of the digest yet.", NONE_YET)
    return row


def require_live(row: Edition) -> None:
    """Pass while it can still be changed. Raises Refused."""
    if row.state == rules.POSTED:
        raise Refused(
            f"The digest of {facts.day(row.on)} was already posted.",
            "`/digest correct` corrects it in place.",
        )
    if row.state == rules.MISSED:
        raise Refused(
            f"The digest of {facts.day(row.on)} was never posted: {row.reason}.", NONE_YET
        )
