"""From fact sheet to page: a model may word it, the program decides whether that is posted."""

import logging

from core import digest, facts, llm
from core.digest import Page, Section
from core.facts import Sheet
from prompts import loader
from services import llm as service
from services import narration
from services.ports import Lab

log = logging.getLogger(__name__)


def plain(sheet: Sheet, why: str = llm.OFF) -> Page:
    """The page written from the template alone. why: core/llm's reason for it."""
    return _page(digest.filled(digest.compose(sheet), sheet), sheet, why=why)


def write(lab: Lab, team_id: int, sheet: Sheet) -> Page:
    """The page, worded by a model where its answer passes every check, else by the template.

    May take as long as LLM_DEADLINE_S: never call it inside a transaction.
    """
    try:
        brief = service.brief(lab, team_id)
        if brief.why:
            return plain(sheet, brief.why)
        done = narration.word(lab.writer, sheet, brief)
        service.keep(lab, team_id, sheet.week, done.calls)
    except Exception:
        log.exception("the wording of the digest of team %d failed", team_id)
        return plain(sheet, llm.SILENT)
    log.info("digest of team %d: %s", team_id, done.why or f"worded {', '.join(done.taken)}")
    return page_of(done, sheet)


def page_of(done: narration.Worded, sheet: Sheet) -> Page:
    """The page of a conversation that is over."""
    sections = digest.filled(done.sections, sheet)
    if done.taken and digest.untraced(digest.flat(sections), sheet):
        log.warning("a worded digest had untraced figures in the whole")
        return plain(sheet, llm.CHECK)
    if not done.taken:
        return plain(sheet, done.why or llm.CHECK)
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
        sections=digest.traceable(sections, sheet),
        sheet=frozen,
        sha256=sha256,
        written_by="assistant" if worded else "template",
        prompt=loader.digest().version if worded else "",
        why=why,
        by_template=by_template,
    )
