"""From fact sheet to page: a writer may word it, the program decides whether that is posted."""

import logging

from core import digest, facts, wording
from core.digest import Page, Section
from core.facts import Sheet
from prompts import loader
from services.ports import Writer

log = logging.getLogger(__name__)


def plain(sheet: Sheet) -> Page:
    """The page written from the template alone."""
    return _page(digest.filled(digest.compose(sheet), sheet), sheet, "template")


def write(writer: Writer, sheet: Sheet) -> Page:
    """The page, worded by the writer if its answer passes every check, else by the template.

    May take as long as the writer does: never call it inside a transaction.
    """
    template = digest.compose(sheet)
    try:
        answer = writer.write(loader.load("digest").text + wording.task(template))
        sections = digest.filled(wording.reworded(template, answer), sheet)
    except wording.Unusable as reason:
        log.warning("the writer's digest was refused: %s", reason)
        return plain(sheet)
    except Exception as fault:  # noqa: BLE001 - a digest is posted whatever the writer does
        log.info("no writer for the digest: %s", type(fault).__name__)
        return plain(sheet)
    found = digest.untraced(digest.flat(sections), sheet)
    if found:
        log.warning("the writer's digest was refused: %d untraced figures", len(found))
        return plain(sheet)
    return _page(sections, sheet, "assistant")


def _page(sections: tuple[Section, ...], sheet: Sheet, written_by: str) -> Page:
    frozen, sha256 = facts.freeze(sheet)
    kept = digest.traceable(sections, sheet)
    return Page(sheet.week, kept, frozen, sha256, written_by)
