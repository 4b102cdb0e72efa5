"""Three journeys stay straight walks: how many rooms each passes, the trunk that all share
included and left out, is stated, and may not grow.

`pytest -s tests/dialog/test_walks.py` prints the rooms.
"""

import pytest

from jobs.digest import digest as digest_job
from tests import standups
from tests.editions import FRIDAY_FOUR, scene
from tests.walks import own, rooms, told


def _kill(talk):
    standups.know(talk, standups.PEOPLE)
    standups.ticket(talk, 42)
    return lambda: talk.say("/kill EXP-042 Rank 32 overfits after two epochs")


def _reply(talk):
    standups.open_round(talk)
    channel, ts = standups.place(talk, "prompt:1:UANA")
    said = "1. Duplicates hurt recall\n2. Deduplicate\n3. none"
    return lambda: talk.write(said, channel=channel, thread_ts=ts)


def _digest(talk):
    scene(talk)
    talk.now = FRIDAY_FOUR
    return lambda: talk.run(digest_job.post_due)


@pytest.mark.parametrize(
    ("name", "journey", "all_of_them", "its_own"),
    [
        ("/kill", _kill, 63, 30),
        ("a standup reply", _reply, 54, 26),
        ("the Friday digest", _digest, 87, 67),
    ],
)
def test_a_journey_is_a_straight_walk(talk, name, journey, all_of_them, its_own):
    found = rooms(journey(talk))
    print(told(name, found))
    assert len(found) <= all_of_them
    assert len(own(found)) <= its_own
