"""Three teams of eight in one workspace: asked on the minute, once, and each by its own team.

Here for three days; `make bench` plays ten of twenty for ten.
"""

from datetime import date

import pytest
import pytest_asyncio
from sqlmodel import select

from models.standups.standup import Prompt, Round, Standup
from services import outbox
from tests.flows.apart import strays
from tests.flows.crowd import count, gathered, lines, opening
from tests.sandboxed import opened

FIRST, LAST = date(2026, 12, 9), date(2026, 12, 11)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("teams"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def teams(tmp_path_factory):
    """The days, played once."""
    async with opened(tmp_path_factory.mktemp("teams"), at=opening(FIRST)) as play:
        them = gathered(play, FIRST, LAST, teams=3, each=8)
        await them.run()
        yield them


async def test_slack_found_nothing_to_complain_about(teams):
    assert teams.play.sandbox.violations == []


async def test_everybody_is_asked_by_their_team_once_a_day_on_their_own_clock(teams):
    tally = count(teams)
    print(*lines(tally), sep="\n")
    assert len(tally.offsets) > 55
    assert min(tally.offsets) >= 0
    assert max(tally.offsets) <= 5
    assert tally.doubles == 0
    assert tally.asked_while_away == 0
    with teams.play.assay.lab.begin() as session:
        asked = select(Standup.channel, Prompt.user_id).select_from(Standup).join(Round)
        for channel, user in session.exec(asked.join(Prompt)):
            assert user[2:].lower() in teams.teams[channel]


async def test_nothing_of_one_team_is_told_where_another_is(teams):
    assert strays(teams.play) == []


async def test_everything_that_had_to_be_said_was_said(teams):
    assert outbox.waiting(teams.play.assay.lab)[0] == 0
