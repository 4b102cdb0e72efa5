"""`assay doctor` looks at each place with tickets, and not at our own runner."""

import pytest
from sqlmodel import Session

from bot.config import read
from bot.doctor_trackers import trackers
from core.workspace.issue import Wish
from models import db
from models.tracking.tracker import Tracker
from services.tracking import issue
from tests import databases
from tests.conversation import TEAM
from tests.filed import Filed
from tests.issue_graphs import LinearFake
from tests.issue_places import JiraStub


@pytest.fixture
def filed(tmp_path):
    engine = db.open_engine(databases.file(tmp_path / "places.db"))
    yield Filed(engine)
    engine.dispose()


async def _found(filed, tmp_path, tokens):
    given = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "TRACKER_NETS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'places.db'}",
        "TRACKER_TOKENS": tokens,
    }
    return await trackers(read(given))


async def test_each_place_says_whether_it_answers_and_what_to_do(filed, tmp_path):
    with Session(filed.engine) as session:
        session.add(Tracker(team_id=TEAM, number=1, kind="assay", connected_by="UANA",
                            connected_at=filed.now[0]))  # fmt: skip
        session.commit()
    jira, linear = JiraStub(), LinearFake()
    async with jira.open() as one, linear.open() as two:
        for wish in (Wish("jira", one, "ML"), Wish("linear", two, "NOPE"),
                     Wish("jira", "http://localhost:1", "OPS")):  # fmt: skip
            issue.connect(filed.lab, TEAM, wish, by="UANA")
        hosts = [url.partition("://")[2] for url in (one, two)]
        tokens = f"{hosts[0]}=t0k {hosts[1]}={linear.key.removeprefix('Bearer ')}"
        good, unseen, away = await _found(filed, tmp_path, tokens)
        refused, *_ = await _found(filed, tmp_path, f"{hosts[0]}=wrong")
    assert good.remedy == ""
    assert (good.state, unseen.state, away.state) == ("ok", "wrong", "wrong")
    assert good.what.startswith("Jira (ML) of ")
    assert good.what.endswith(" answers with its key")
    assert unseen.remedy == "it has no team NOPE that Assay's key may see."
    assert away.what.endswith("cannot be written to without a key")
    assert away.remedy.startswith("it cannot be reached")
    assert "(401). Who runs Assay sets TRACKER_TOKENS=" in refused.remedy
