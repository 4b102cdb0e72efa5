"""Suggested prompts in the Messages tab, and standups with and without Slack's agent view."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.manifest import Doors
from core.assay import intent
from models import team as teams
from sandbox.workspace.manifest import read_manifest
from tests.flows.fortnight import Fortnight, whole
from tests.flows.sandbox_parts import manifest, names
from tests.sandboxed import opened, start_sandbox, web_client
from views.assay import prompts as view

SUGGEST = "assistant.threads.setSuggestedPrompts"
ANSWER = "1. Batching helps\n2. Warm-up next\n3. Nothing"


async def _set_up(them: Fortnight) -> None:
    await them.type("lena", "/exp leads add @lena")
    await them.type("lena", "/standup setup")
    given = {"people": ["U0LENA", "U0ANA"]}
    await them.submit("lena", them.play.sandbox.views("lena")[-1], given)


async def _asked(them: Fortnight) -> None:
    while not any("your turn" in whole(m) for m in them.play.sandbox.messages("ana", "D0ANA")):
        them.play.sandbox.clock.advance(1800)
        await them.play.settle()


def _teams(play):
    with play.assay.lab.begin() as session:
        return teams.ever_of(session, play.sandbox.office.space.team_id)


def _suggested(play, who):
    return [one["title"] for one in play.sandbox.state(who)["suggested"]]


async def test_prompts_are_off_until_an_admin_wants_them_and_then_by_role(tmp_path):
    async with opened(tmp_path, doors=Doors(agent=True)) as play:
        them = Fortnight(play, cast=None)
        await _set_up(them)
        await play.sandbox.home_opened("ana", "messages")
        await play.settle()
        assert _suggested(play, "ana") == []
        assert "now suggests" in await them.type("lena", "/assay prompts on")
        assert "suggests what to ask" in await them.type("lena", "/assay prompts")
        assert len(_teams(play)) == 1  # nothing was begun for it
        for who in ("ana", "lena"):
            await play.sandbox.home_opened(who, "messages")
        await play.settle()
        assert _suggested(play, "ana")[0] == "My experiments"
        assert _suggested(play, "lena")[0] == "What needs a decision?"
        said = play.sandbox.state("ana")["suggested"][0]["message"]
        await play.sandbox.say("ana", "D0ANA", said)
        await play.settle()
        assert "experiment" in whole(play.sandbox.messages("ana", "D0ANA")[-1])
        assert play.sandbox.violations == []


@pytest.mark.parametrize("agent", [False, True])
async def test_standups_and_questions_work_in_threads_of_ones_own_in_the_dm(tmp_path, agent):
    async with opened(tmp_path, doors=Doors(agent=agent)) as play:
        them = Fortnight(play, cast=None)
        await _set_up(them)
        await _asked(them)
        head = (await play.sandbox.say("ana", "D0ANA", "who is blocked?"))["ts"]
        await play.settle()
        await play.sandbox.say("ana", "D0ANA", "how are we doing?", thread_ts=head)
        await play.settle()
        below = play.sandbox.messages("ana", "D0ANA", thread_ts=head)
        assert below[-1]["user"] == play.sandbox.office.space.bot.id  # answered where it was asked
        assert "We" in whole(below[-1]) or "experiment" in whole(below[-1])
        await play.sandbox.say("ana", "D0ANA", ANSWER, thread_ts=head)
        await play.settle()
        assert any("Batching helps" in whole(m) for m in them.said("lena", "#standup"))
        assert not any("how are we doing" in whole(m) for m in them.said("lena", "#standup"))
        assert play.sandbox.violations == []


def test_what_is_suggested_is_understood():
    for role in ("member", "lead", "admin", "executive"):
        found = view.of(role, {"EXP-042": "EXP-007"})
        assert len(found) == 4
        for title, message in found:
            assert intent.read(message).intent != "unknown", (role, title)


async def test_slack_takes_four_prompts_for_a_dm_as_a_whole_with_the_scope():
    one = {"title": "Help", "message": "help"}
    async with start_sandbox(manifest()) as sandbox, web_client(sandbox) as client:
        where = {"channel_id": "D0ANA"}
        await client.api_call(SUGGEST, json=where | {"prompts": [one]})
        assert sandbox.state("ana")["suggested"] == [one]
        for prompts in ([], [one] * 5, [{"title": "Help"}], "help", [one | {"icon": "x"}]):
            with pytest.raises(SlackApiError, match="invalid_arguments"):
                await client.api_call(SUGGEST, json=where | {"prompts": prompts})
        for channel in ("C0STANDUP", "D0NOBODY"):
            with pytest.raises(SlackApiError, match="channel_not_found"):
                await client.api_call(SUGGEST, json={"channel_id": channel, "prompts": [one]})
        before = len(names(sandbox))
        late = {"prompts": [one | {"title": "Late"}], "thread_ts": "1.000000", "color": "red"}
        await client.api_call(SUGGEST, json=where | late)
        assert names(sandbox)[before:] == ["unknown_argument", "ignored_thread_ts"]
        assert sandbox.state("ana")["suggested"] == [one]
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await client.api_call(SUGGEST, json=where, headers={"Authorization": "Bearer xoxb-1"})
    bare = manifest("assistant:write")
    async with start_sandbox(bare) as sandbox, web_client(sandbox) as client:
        with pytest.raises(SlackApiError, match="missing_scope"):
            await client.api_call(SUGGEST, json=where | {"prompts": [one]})


@pytest.mark.parametrize(
    ("agent", "without", "why"),
    [
        ({"agent_description": "Runs"}, ["assistant:write"], "without the scope"),
        ({"agent_description": ""}, [], "1 to 300"),
        ({"agent_description": "Runs", "assistant_description": "x"}, [], "agent_view takes"),
        ({"agent_description": "Runs", "suggested_prompts": [{}] * 5}, [], "at most 4"),
    ],
)
def test_a_manifest_with_a_wrong_agent_view_is_refused(agent, without, why):
    wrong = manifest(*without)
    wrong["features"]["agent_view"] = agent
    with pytest.raises(ValueError, match=why):
        read_manifest(wrong)
