"""The peers' table, rows 16 and 17: blockers are items that come before somebody.

docs/peers.md names these tests by row.
"""

from datetime import timedelta

from jobs.blockers import blocker as job
from tests.standups import led_round, stuck


def _told(talk, key):
    return [row.channel for row in talk.sent(key) if row.kind == "post"]


def test_row_16_a_blocker_has_an_id_an_owner_an_age_and_an_end(talk):
    led_round(talk)
    stuck(talk, "labels are late @Ben")
    assert "BLK-001" in str(talk.say("/blocker").blocks)
    talk.press("blocker_ack", "1", by="UBEN")
    assert "acknowledged" in str(talk.say("/blocker BLK-001").blocks)
    heard = talk.say("/blocker resolve BLK-001 the vendor delivered", by="UBEN").text
    assert "BLK-001" in heard
    assert "the vendor delivered" in str(talk.say("/blocker BLK-001").blocks)


def test_row_17_it_goes_to_whom_it_names_to_whom_one_asks_and_then_to_a_lead(talk):
    led_round(talk)
    stuck(talk, "labels are late @Ben")
    assert _told(talk, "blocker:1:UBEN") == ["UBEN"]
    talk.say("/blocker escalate BLK-001 <@UCY>")
    assert _told(talk, "blocker:1:UCY") == ["UCY"]
    stuck(talk, "GPU quota", by="UCY")
    talk.now += timedelta(days=7)
    talk.run(job.escalate)
    assert _told(talk, "blocker:2:ULEE") == ["ULEE"]
