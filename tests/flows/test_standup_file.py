"""The report as a file, over the wire: once, also when Slack's answer is lost."""

import pytest

from services.say import Voice
from tests import seeded
from tests.flows.fortnight import Fortnight
from tests.sandboxed import opened


async def test_the_report_comes_as_a_file_by_direct_message(tmp_path):
    async with opened(tmp_path) as play:
        them = Fortnight(play, cast=None)
        await them.type("lena", "/exp leads add @lena")
        await them.type("lena", "/standup setup")
        await them.submit("lena", play.sandbox.views("lena")[-1], {"people": ["U0LENA", "U0ANA"]})
        assert "no round to export" in await them.type("lena", "/standup report last 2w csv")
        play.sandbox.clock.advance(26 * 3600)
        await play.settle()
        told = await them.type("lena", "/standup report last 2w csv")
        assert "comes to you as a direct message" in told
        message = them.find("lena", "D0LENA", "Standup report")
        [file] = message["files"]
        assert file["name"].startswith("standup-")
        [kept] = [f for f in play.sandbox.office.space.files.values() if f.id == file["id"]]
        assert kept.content.decode().startswith("\ufeffdate,standup,person")
        assert play.sandbox.violations == []


@pytest.mark.parametrize("kind", ["429", "500", "lost_answer", "reset"])
async def test_a_file_arrives_once_whatever_happens_to_the_call(tmp_path, kind):
    async with opened(tmp_path) as play:
        await play.sandbox.fault("files.completeUploadExternal", kind, times=1)
        with play.assay.lab.begin() as session:
            voice = Voice(
                session, "T0ASSAY", play.assay.lab.clock(), seeded.team_row(session, "T0ASSAY").pk
            )
            voice.upload("csv:1", "U0ANA", ("a-1.csv", "x,y\n"), "A file")
            assert not voice.upload("csv:1", "U0ANA", ("a-1.csv", "x,y\n"), "A file")
        await play.settle()
        found = [m for m in play.sandbox.messages("ana", "D0ANA") if m.get("files")]
        assert [m["files"][0]["name"] for m in found] == ["a-1.csv"]
