"""A posted digest as it stands: its text with every correction of it, and who wrote in it."""

from core.digest import draft_text as texts
from core.digest.draft import DraftSection, Issue
from core.digest.page import Page
from core.facts import thaw
from models.digest.digest import Digest
from models.digest.draft import DigestCorrection
from services.llm import narrate


def current(row: Digest, corrections: list[DigestCorrection]) -> Page:
    """The digest as it stands in its channel."""
    parts = parts_of(row, corrections)
    how = {"written_by": row.written_by, "prompt": row.prompt}
    return texts.page(row.week, texts.marked(parts), (row.sheet, row.sha256), how)


def issue_of(row: Digest, corrections: list[DigestCorrection]) -> Issue:
    """The same with its editors' names, and when it was last corrected."""
    names = tuple(name for name in row.edited_by.split(", ") if name)
    own = any(part.own for part in parts_of(row, corrections))
    at = corrections[-1].at if corrections else None
    return Issue(current(row, corrections), names, own, corrected_at=at)


def parts_of(row: Digest, corrections: list[DigestCorrection]) -> tuple[DraftSection, ...]:
    """Its sections after these corrections."""
    kept = corrections[-1].after if corrections else row.sections
    # Digests of before sections were stored are written again from their facts.
    return texts.restored(kept) or texts.parts(narrate.plain(thaw(row.sheet)).sections)
