"""A day of the time box is the same on every surface, wherever its owner lives."""

import re
from datetime import UTC, date, datetime

from jobs.decisions import proposal as job
from services import team
from services.team import SlackProfile
from tests import seeded, standups
from tests.conversation import WORKSPACE
from tests.tickets import experiment

EVENING = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # Tuesday already in Auckland


def test_proposal_kill_board_and_rules_count_the_same_box_day(talk):
    standups.know(talk, standups.PEOPLE)
    team.record_profile(
        talk.lab, WORKSPACE, SlackProfile("UBEN", "Ben", "Pacific/Auckland", active=True)
    )
    seeded.team(talk.engine, zone="UTC", team_channel="CTEAM", leads_channel="CLEADS")
    seeded.tickets(
        talk.engine,
        experiment(
            number=42,
            stage="experiment",
            owner="UBEN",
            box_starts=date(2026, 11, 1),
            box_ends=date(2026, 11, 14),
            box_days=14,
        ),
    )
    talk.now = EVENING
    talk.run(job.propose)
    surfaces = [
        *(str(row.payload) for row in talk.sent("propos")),
        str(talk.say("/exp rules EXP-042").blocks),
        str(talk.say("/exp EXP-042").blocks),
        str(talk.say("/board").blocks),
    ]
    days = {int(n) for said in surfaces for n in re.findall(r"day (\d+)(?: of |/)14", said)}
    assert days == {23}
