"""Pictures on the wire: drawn, uploaded as one message, where they belong, with their words."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models import db
from models.outbox import Outbox
from sandbox.play import Play
from services.say import Voice
from tests import forecasts
from tests.sandboxed import opened
from tests.tickets import stored
from tests.weeks import experiment

FRIDAY = datetime(2026, 11, 27, 16, 1, tzinfo=UTC)


@pytest.fixture
async def play(tmp_path):
    """Assay after five sprints, at the hour of the digest."""
    async with opened(tmp_path, at=FRIDAY) as running:
        engine = running.assay.lab.engine
        forecasts.risen(engine, workspace="T0ASSAY", digest_channel="C0DIGEST")
        stored(engine, experiment(42), workspace="T0ASSAY")
        yield running
        assert running.sandbox.violations == []


def _files(messages):
    return [file for message in messages for file in message.get("files") or []]


async def test_the_digests_thread_holds_one_message_with_three_pictures(play: Play):
    await play.settle()
    await play.settle()
    (digest,) = [m for m in play.sandbox.messages("omar", "#exec-digest") if "92%" in m["text"]]
    _, *replies = play.sandbox.messages("omar", "#exec-digest", thread_ts=digest["ts"])
    assert len(replies) == 1
    files = _files(replies)
    assert [file["title"] for file in files] == [
        "Forecast: accuracy", "accuracy over time", "19 of 24 GPU-hours used",
    ]  # fmt: skip
    assert all(file["alt_txt"] and file["size"] > 5000 for file in files)


async def test_the_cone_comes_privately_and_is_shared_by_the_button(play: Play):
    await play.sandbox.command("lena", "#standup", "/forecast")
    await play.settle()
    shown = play.sandbox.messages("lena", "#standup")[-1]
    assert shown["text"].startswith("accuracy at 86%")
    assert play.sandbox.messages("kenji", "#standup") == []
    (file,) = _files(play.sandbox.messages("lena", "@assay"))
    assert "the chance of the target by then is" in file["alt_txt"]
    await play.sandbox.click("lena", "forecast_share", channel="#standup", ts=shown["ts"])
    await play.settle()
    public = play.sandbox.messages("kenji", "#standup")[-1]
    thread = play.sandbox.messages("kenji", "#standup", thread_ts=public["ts"])
    assert len(_files(thread)) == 1


async def test_a_picture_that_cannot_be_drawn_is_left_out_and_blocks_nothing(play: Play):
    with db.transaction(play.assay.lab.engine) as session:
        voice = Voice(session, "T0ASSAY", FRIDAY)
        voice.post("parent", "C0STANDUP", ("Here", []))
        broken = {"kind": "cone", "title": "broken", "alt": ""}
        fine = {"kind": "burn", "title": "fine", "alt": "x", "rows": [["all open", 1.0, 2.0]]}
        voice.pictures("some", "C0STANDUP", [broken, fine], thread_of="parent")
        voice.pictures("none", "C0STANDUP", [broken], thread_of="parent")
    await play.settle()
    (said,) = [m for m in play.sandbox.messages("lena", "#standup") if m["text"] == "Here"]
    files = _files(play.sandbox.messages("lena", "#standup", thread_ts=said["ts"]))
    assert [file["title"] for file in files] == ["fine"]
    with db.transaction(play.assay.lab.engine) as session:
        states = {row.key: row.state for row in session.exec(select(Outbox))}
    assert (states["some"], states["none"]) == ("sent", "sent")
