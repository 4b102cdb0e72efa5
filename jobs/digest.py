"""Drafts each team's digest for its leads, asks about held ones, posts what is due."""

import logging
from datetime import datetime

from services import digest, digest_post, edition_due
from services.ports import Lab
from views.notice import show

log = logging.getLogger(__name__)


def post_due(lab: Lab, now: datetime) -> None:
    """Post what is due; a team whose digest fails does not keep the others waiting."""
    for team_id in digest.teams_of(lab):
        try:
            edition_due.make(lab, team_id, now, show)
            edition_due.follow(lab, team_id, now, show)
            digest_post.publish(lab, team_id, now, show)
            edition_due.remind(lab, team_id, now, show)
        except Exception:
            log.exception("digest of team %d failed", team_id)
