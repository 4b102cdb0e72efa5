"""A gate's pictures stand once in its thread, whatever happened to the upload."""

from collections.abc import AsyncIterator

import pytest

from sandbox.play import Play
from services import outbox
from services.evals import gate
from tests.conversation import TEAM
from tests.evals import results
from tests.experiments import FORM
from tests.sandboxed import opened


@pytest.fixture
async def play(tmp_path) -> AsyncIterator[Play]:
    """Assay in a fresh sandbox, with EXP-001 written and the team's channel set."""
    async with opened(tmp_path) as running:
        await running.sandbox.command("lena", "#standup", "/exp", "leads add @lena")
        await running.sandbox.command("lena", "#standup", "/exp", "setup")
        view = running.sandbox.views("lena")[-1]
        await running.sandbox.submit("lena", view["id"], {"team_channel": "C0STANDUP"})
        await running.sandbox.command("lena", "#standup", "/exp", "new Late chunking")
        view = running.sandbox.views("lena")[-1]
        await running.sandbox.click("lena", "experiment_details", view_id=view["id"])
        await running.settle()
        texts = {k: v for k, v in FORM.items() if k not in ("owner", "direction", "title")}
        await running.sandbox.submit("lena", view["id"], texts)
        yield running


def push(play: Play, what) -> None:
    gate.push(play.assay.lab, TEAM, 1, what, gate=True)


def thread(play: Play):
    card = next(
        m for m in play.sandbox.messages("lena", "#standup") if "EXP-001 HOLD" in m["text"]
    )
    return play.sandbox.messages("lena", "#standup", thread_ts=card["ts"])


def files(play: Play):
    return [f for m in thread(play) for f in m.get("files") or []]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("kind", ["", "429", "500", "lost_answer"])
async def test_both_pictures_stand_once_in_the_thread(play, method, kind):
    if kind:
        await play.sandbox.fault(method, kind, times=1, seconds=0.2)
    push(play, results(runs=3))
    await play.settle()
    shown = files(play)
    assert len(shown) == 2, shown
    assert {file["mimetype"] for file in shown} == {"image/png"}
    assert {file["title"] for file in shown} == {
        "EXP-001 HOLD: intervals against limits",
        "EXP-001: accuracy over 3 runs",
    }
    assert outbox.waiting(play.assay.lab)[0] == 0
    assert play.sandbox.violations == []
