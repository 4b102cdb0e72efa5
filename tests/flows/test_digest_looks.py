"""A good and a bad week's digest as leaders see them, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import expect

from core.digest.page import Page
from core.digest.rubric import failed
from core.digest.sheet import sheet
from core.forecasts.track_record import Foretold
from core.project.note import Note
from services.llm import narrate
from tests.flows.page_stage import NARROW, Stage, message, picture
from tests.flows.page_stage import browser_fixture as browser_fixture
from tests.flows.page_stage import stage_fixture as stage_fixture
from tests.weeks import (
    FORMULA,
    FRIDAY,
    NOW,
    experiment,
    killed,
    looks,
    past,
    promoted,
    pushed,
    week,
)
from views.digest import digest as view

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),  # one worker starts one browser for each file
]

NAMES = {"UANA": "Ana Ruiz", "UBEN": "Ben Ode"}
ASK = Note("need", "Approve extra labelling", owner="UBEN", by=FRIDAY + timedelta(days=5),
           amount="$3,000", otherwise="the safety test starts later", number=1)  # fmt: skip
DATE = Note("need", "Move the launch", owner="UANA", by=FRIDAY + timedelta(days=4), number=2,
            choice="to Fri 11 Dec | to Fri 18 Dec",
            otherwise="we launch with what we have")  # fmt: skip
RISK = Note("risk", "Labels for the safety test are late", "launch slips one sprint", "medium",
            "partial batch first", "UBEN", FRIDAY + timedelta(days=6), number=3)  # fmt: skip
SHOW = Note("milestone", "live demo on 20 real cases", by=FRIDAY + timedelta(days=7), number=4)


def _forecast(*chances: float) -> Foretold:
    days = [FRIDAY + timedelta(weeks=2 * n) for n in (1, 2, 3)]
    return Foretold(
        tuple((day, n, p) for n, (day, p) in enumerate(zip(days, chances, strict=True), start=7)),
        tuple((day, 0.88, 0.9, 0.92) for day in days),
        (8, 10),
    )


def good() -> Page:
    """A step ahead, one ask, one risk."""
    of = week(
        experiment(58, title="Routed search", gpu_used=9.0),
        killed(57, "Most errors come from rules that changed in September"),
        promoted(56, 0.883, title="Answers in German", baseline=0.869,
                 measurements=pushed(0.883, 500, 0.858, 0.905)),
        earlier=[past(0.869)], formula=FORMULA,
        forecast=_forecast(0.35, 0.6, 0.75), notes=[ASK, RISK, SHOW], names=NAMES,
    )  # fmt: skip
    return narrate.plain(sheet(of))


def bad() -> Page:
    """Worse than last week; late, over budget, silent, blocked."""
    late = {"box_ends": FRIDAY - timedelta(days=6), "progress_at": NOW - timedelta(days=9)}
    of = week(
        experiment(61, title="Bundle returns", **late), experiment(62, gpu_used=31.0),
        experiment(63, stage="evaluation", measurements=looks(0.841)),
        killed(59, "A sale brought questions that the model had never seen"),
        killed(60, "More data of the same kind did not help"),
        earlier=[past(0.889)], formula=FORMULA, forecast=_forecast(0.05, 0.2, 0.35),
        notes=[DATE, ASK], names=NAMES, blockers=[("data", NOW - timedelta(days=3))],
    )  # fmt: skip
    return narrate.plain(sheet(of))


@pytest.mark.parametrize(("made", "name"), [(good, "good"), (bad, "bad")])
async def test_a_weeks_digest_is_read_in_a_minute(stage: Stage, made, name) -> None:
    page = made()
    assert failed(page) == ()
    text, blocks = view.posted(page)
    await stage.post(text, blocks)
    first = page.sections[0].lines[0]
    for width, options in (("wide", {}), ("narrow", {"viewport": NARROW})):
        window = await stage.window("as=ana&channel=standup", **options)
        shown = message(window, first[:40]).get_by_test_id("message-content")
        await expect(shown.locator("strong").first).to_have_text(first)
        await expect(shown.locator("li").first).to_be_visible()
        await expect(shown).to_contain_text("written from a template")
        await picture(window, f"digest_{name}_{width}")
