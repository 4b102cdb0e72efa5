"""What somebody in two teams sees, in a real browser: Home, the question which team, a prompt."""

from __future__ import annotations

import pytest
from playwright.async_api import expect
from sqlalchemy import Engine

from handlers.routes import table
from jobs.decisions import proposal
from jobs.standups import standup as job
from services import outbox, team
from services.outbox import Busy
from tests.conversation import Conversation
from tests.dialog.workspace.test_home_of_teams import LATE, tickets
from tests.flows.page_stage import NARROW, Stage, by_id, message, picture
from tests.flows.page_stage import browser_fixture as browser_fixture
from tests.flows.page_stage import stage_fixture as stage_fixture
from tests.two_teams import LANGUAGE, VISION, standups
from tests.weeks import experiment

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]
SIZES = (("wide", {}), ("narrow", {"viewport": NARROW}))


def _busy(engine: Engine) -> Conversation:
    """Ben leads two teams, is asked by both, and owns work in both."""
    talk = Conversation(engine=engine, table=table())
    standups(talk)
    with talk.lab.begin() as session:
        for team_id in (LANGUAGE, VISION):
            theirs = session.get_one(team.Team, team_id)
            team.set_role(session, theirs, "UBEN", "lead", now=talk.now)
    tickets(talk, LANGUAGE, experiment(7, **LATE, owner="UBEN"), experiment(8, owner="UANA"))
    tickets(talk, VISION, experiment(9, **LATE, owner="UBEN", title="Depth from one camera"))
    talk.say("/blocker new no quota on the cluster", by="UBEN", channel="CVIS")
    talk.later(minutes=91)
    talk.run(job.run)
    talk.run(proposal.propose)
    return talk


async def test_home_of_two_teams_is_read_from_the_top(stage: Stage, sqlite_engine: Engine) -> None:
    talk = _busy(sqlite_engine)
    shown = talk.event("app_home_opened", {"tab": "home"}, by="UBEN").home
    assert shown
    for name, options in SIZES:
        window = await stage.window("as=ana&channel=D0ANA", **options)
        await by_id(window, "tab-home").click()
        home = by_id(window, "home")
        await expect(home).to_contain_text("Opened")
        await stage.client.views_publish(user_id="U0ANA", view=shown)
        await expect(home).to_contain_text("Your answer is due: Standup · Language")
        await expect(home).to_contain_text("These buttons are for the team")
        await expect(home).to_contain_text("Language: 1 waiting for a decision")
        await expect(home).to_contain_text("Depth from one camera · Vision")
        await expect(home.get_by_role("button", name="More…")).to_be_visible()
        await picture(window, f"home_teams_{name}")


async def test_a_prompt_names_its_team_and_the_question_its_buttons(
    stage: Stage, sqlite_engine: Engine
) -> None:
    talk = _busy(sqlite_engine)
    calls = outbox.claim(talk.lab, "w", Busy(), limit=100)
    prompts = [call for call in calls if call.key.startswith("prompt:") and call.channel == "UBEN"]
    for call in prompts:
        await stage.post(call.payload["text"], call.payload["blocks"], channel="U0ANA")
    asked = talk.write("lr matters most", by="UBEN", channel="DBEN")
    await stage.post(asked.text, list(asked.blocks), channel="U0ANA")
    for name, options in SIZES:
        window = await stage.window("as=ana&channel=D0ANA", **options)
        question = message(window, "Which team is this for?")
        for team_name in ("Language", "Vision"):
            await expect(question.get_by_role("button", name=team_name)).to_be_visible()
        await expect(message(window, "Team Language").first).to_be_visible()
        await picture(window, f"team_meant_{name}")
