"""A portfolio of five teams as executives see it, in a real browser."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.async_api import expect

from core import facts
from core.digest.need import Need
from core.digest.page import Page
from core.digest.portfolio import HELD, portfolio
from core.digest.portfolio_copies import Part
from core.digest.sheet import sheet
from core.project.note import Note
from services.llm import narrate
from tests.flows.page_stage import NARROW, Stage, message, picture
from tests.flows.page_stage import browser_fixture as browser_fixture
from tests.flows.page_stage import stage_fixture as stage_fixture
from tests.flows.test_digest_looks import ASK, DATE, bad, good
from tests.weeks import FRIDAY, NOW, week
from views.digest import portfolio as view
from views.digest.portfolio import AskedNeed, Shown

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]


def _part(name: str, page: Page) -> Part:
    return Part(name, facts.thaw(page.sheet), page.sha256)


def _need(note: Note, number: int) -> Need:
    kept = Note(**{**vars(note), "number": number, "owner": "ULENA"})
    return Need(kept, by="UANA", at=NOW, today=FRIDAY)


def shown() -> Shown:
    """One team off track with two asks, one on track with one, one new, one held, one late."""
    empty = narrate.plain(sheet(week()))
    made = portfolio(
        [_part("Support", good()), _part("Returns", bad()), _part("Speech", empty),
         Part("Vision", state=HELD, by="Lena Vogt"), Part("Search")], FRIDAY, NOW)  # fmt: skip
    decided = Note(
        "need", "Two annotators for the safety set", amount="2 people", number=9,
        decision="Approved", decided_by="ULENA", decided_at=NOW.isoformat(),
    )  # fmt: skip
    asked = (
        AskedNeed(1, "Support", _need(ASK, 3)),
        AskedNeed(2, "Returns", _need(DATE, 5)),
        AskedNeed(2, "Returns", Need(decided, "UANA", NOW, FRIDAY, "decided",
                                     decided_on=date(2026, 11, 27))),
    )  # fmt: skip
    return Shown(made.sections, asked, made.sheet.week, facts.freeze(made.sheet)[1], True, NOW)


async def test_a_portfolio_is_one_screen_with_who_needs_a_decision_first(stage: Stage) -> None:
    text, blocks = view.posted(shown())
    await stage.post(text, blocks)
    for width, options in (("wide", {}), ("narrow", {"viewport": NARROW})):
        window = await stage.window("as=ana&channel=standup", **options)
        post = message(window, "Waiting for a decision").get_by_test_id("message-content")
        await expect(post.locator("strong").first).to_have_text(text.splitlines()[0])
        await expect(post.locator("li").first).to_contain_text("Returns —")
        await expect(post.get_by_role("button", name="Approve")).to_be_visible()
        await post.scroll_into_view_if_needed()
        await picture(window, f"portfolio_{width}")
