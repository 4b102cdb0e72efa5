"""Drafts each team's digest for its leads, asks about held ones, posts what is due: alone, or
with the others of its channel as one portfolio.
"""

import logging
from datetime import datetime

from services import team
from services.digest import draft_schedule, portfolio, posting
from services.ports import Lab

log = logging.getLogger(__name__)


def post_due(lab: Lab, now: datetime) -> None:
    """Do what is due; a team that fails does not keep the others waiting, nor a draft its post."""
    for team_id in team.team_ids(lab):
        for step in (draft_schedule.make, draft_schedule.watch, posting.publish):
            try:
                step(lab, team_id, now)
            except Exception:
                lab.require_writing()
                log.exception("digest of team %d failed", team_id)
    # After the teams, so that all that is there stands in it; who failed follows in its thread.
    for spot in portfolio.news(lab, now):
        try:
            portfolio.bring(lab, spot, now)
        except Exception:
            lab.require_writing()
            log.exception("the portfolio in %s failed", spot.channel)
