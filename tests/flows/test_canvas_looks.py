"""The canvas, the phase and a diagnosis as people see them, in a real browser."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.async_api import expect

from handlers.routes import table
from tests.conversation import Conversation
from tests.dialog.project.test_canvas import DOCUMENT
from tests.dialog.project.test_phase import running
from tests.flows.page_stage import NARROW, Stage, message, picture
from tests.flows.page_stage import browser_fixture as browser_fixture
from tests.flows.page_stage import stage_fixture as stage_fixture
from tests.sprints import arrange, idea

TALL = {"width": 1100, "height": 1400}  # the whole page at once

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),  # one worker starts one browser for each file
]


@pytest.fixture
def talk(sqlite_engine):
    """A team in week 11 that explores, with boxes that ran over and a canvas."""
    found = Conversation(engine=sqlite_engine, table=table())
    over = {"box_ends": date(2026, 11, 18)}
    waiting = idea(5, dataset_ready=False, baseline=None)
    arrange(found, running(1, values=(0.78, 0.80, 0.81), **over), running(2, **over), running(3),
            running(4, "optimisation"), waiting)  # fmt: skip
    found.say("/exp update EXP-003 acc=0.7 gpu=6h first look")
    found.say("/exp update EXP-004 acc=0.71 gpu=4h tuned")
    found.say("/canvas edit")
    found.submit_open(DOCUMENT)
    return found


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("/canvas", "Project canvas: Customer Support Chatbot"),
        ("/canvas history", "The canvas has 1 version."),
        ("/phase", "Productionization: week 3 of the phase"),
        ("/diagnose we haven't shipped in 3 sprints", "Diagnosis over 3 sprints"),
        ("/gate done", "Definition of Done"),
    ],
    ids=["canvas", "history", "phase", "diagnosis", "done"],
)
async def test_the_page_reads_well(stage: Stage, talk: Conversation, said, first) -> None:
    reply = talk.say(said)
    await stage.post(reply.text, list(reply.blocks))
    name = said.split()[0].strip("/") + ("_history" if "history" in said else "")
    for width, options in (("wide", {"viewport": TALL}), ("narrow", {"viewport": NARROW})):
        window = await stage.window("as=ana&channel=standup", **options)
        shown = message(window, first).get_by_test_id("message-content")
        await expect(shown).to_contain_text(first)
        await picture(window, f"{name}_{width}")
