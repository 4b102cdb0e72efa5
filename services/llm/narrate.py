"""From fact sheet to page: a model may word it, the program decides whether that is posted."""

import logging

from core import facts
from core.digest import page
from core.digest.page import Page, Section
from core.facts import Sheet
from prompts import loader
from services.llm import llm as service
from services.llm import narration
from services.ports import Lab

log = logging.getLogger(__name__)


def plain(sheet: Sheet, why: str = page.OFF) -> Page:
    """The page written from the template alone. why: core/llm/endpoint's reason for it."""
    return _page(page.filled(page.compose(sheet), sheet), sheet, why=why)


def write(lab: Lab, team_id: int, sheet: Sheet) -> Page:
    """The page, worded by a model where its answer passes every check, else by the template.

    May take as long as LLM_DEADLINE_S: never call it inside a transaction. Raises MustWrite when
    the lab only looks.
    """
    lab.require_writing()
    try:
        brief = service.brief(lab, team_id)
        if brief.why:
            return plain(sheet, brief.why)
        done = narration.word(lab.writer, sheet, brief)
        service.keep(lab, team_id, sheet.week, done.calls)
    except Exception:
        log.exception("the wording of the digest of team %d failed", team_id)
        return plain(sheet, page.SILENT)
    log.info("digest of team %d: %s", team_id, done.why or f"worded {', '.join(done.taken)}")
    return page_of(done, sheet)


def page_of(done: narration.Worded, sheet: Sheet) -> Page:
    """The page of a conversation that is over."""
    sections = page.filled(done.sections, sheet)
    if done.taken and page.untraced(page.flat(sections), sheet):
        log.warning("a worded digest had untraced figures in the whole")
        return plain(sheet, page.CHECK)
    if not done.taken:
        return plain(sheet, done.why or page.CHECK)
    own = tuple(
        s.title or "first line" for s in sections if s.key in set(done.asked) - {*done.taken}
    )
    return _page(sections, sheet, by_template=own, worded=True)


def _page(
    sections: tuple[Section, ...], sheet: Sheet, *, why: str = "", worded: bool = False,
    by_template: tuple[str, ...] = (),
) -> Page:  # fmt: skip
    frozen, sha256 = facts.freeze(sheet)
    return Page(
        week=sheet.week,
        sections=page.traceable(sections, sheet),
        sheet=frozen,
        sha256=sha256,
        written_by="assistant" if worded else "template",
        prompt=loader.digest().version if worded else "",
        why=why,
        by_template=by_template,
    )
