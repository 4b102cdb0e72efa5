"""Two hundred people in twelve zones: asked on the minute, once, and quietly.

Here for three days; `make bench` plays ten.
"""

from datetime import date

import pytest
import pytest_asyncio

from services import outbox
from tests.flows.crowd import count, gathered, lines, opening
from tests.sandboxed import opened

FIRST, LAST = date(2026, 12, 9), date(2026, 12, 11)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("crowd"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def crowd(tmp_path_factory):
    """The days, played once."""
    async with opened(tmp_path_factory.mktemp("crowd"), at=opening(FIRST)) as play:
        them = gathered(play, FIRST, LAST, teams=1, each=200)
        await them.run()
        yield them


async def test_slack_found_nothing_to_complain_about(crowd):
    assert crowd.play.sandbox.violations == []


async def test_everybody_is_asked_once_a_day_on_their_own_clock_and_nobody_away(crowd):
    tally = count(crowd)
    print(*lines(tally), sep="\n")
    assert len(tally.offsets) > 500
    assert min(tally.offsets) >= 0
    assert max(tally.offsets) <= 5
    assert tally.doubles == 0
    assert tally.asked_while_away == 0


async def test_it_is_quieter_than_a_bot_that_asks_reminds_and_posts(crowd):
    tally = count(crowd)
    sent = tally.messages["prompt"] + tally.messages["other direct message"]
    assert sent < 1.3 * tally.days
    assert sent < 0.6 * tally.naive


async def test_everything_that_had_to_be_said_was_said(crowd):
    assert outbox.waiting(crowd.play.assay.lab)[0] == 0
