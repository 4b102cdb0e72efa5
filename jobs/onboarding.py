"""Keeps the card of the first steps, and the dry runs of first rounds, up to date."""

import logging
from datetime import datetime

from services import installed, onboarding, rehearsal
from services.ports import Lab
from views import onboarding as cards
from views import rehearsal as plans
from views import standup as words

log = logging.getLogger(__name__)


def keep_fresh(lab: Lab, now: datetime) -> None:
    """Edit the cards that have changed; one that fails does not silence the others."""
    for workspace in installed.workspaces(lab):
        try:
            onboarding.keep_fresh(lab, workspace, words, cards.card, now=now)
        except Exception:
            log.exception("the first steps of %s could not be shown", workspace)


def rehearse(lab: Lab, now: datetime) -> None:
    """Show every first round that lies ahead; one that fails does not silence the others."""
    for standup_id in rehearsal.coming(lab):
        try:
            rehearsal.show_due(lab, standup_id, words, plans.show, now=now)
        except Exception:
            log.exception("the dry run of standup %s could not be shown", standup_id)
