"""Forgets what nobody needs any more."""

import logging
from datetime import datetime

from services import inbox
from services.ports import Lab
from services.workspace import retention, token, webhook

log = logging.getLogger(__name__)


def forget_inputs(lab: Lab, now: datetime) -> None:
    """Drop inbox rows older than the policy keeps them, once a day."""
    gone = inbox.prune_daily(lab, now)
    if gone:
        log.info("forgot %d old inputs", gone)


def forget_pushes(lab: Lab, now: datetime) -> None:
    """Drop the answers to pushes that nobody sends again, once a day."""
    gone = token.prune_daily(lab, now)
    if gone:
        log.info("forgot %d old pushes", gone)


def forget_webhooks(lab: Lab, now: datetime) -> None:
    """Drop what was sent to webhooks, or could not be, once a day."""
    gone = webhook.prune_daily(lab, now)
    if gone:
        log.info("forgot %d old webhook events", gone)


def forget_answers(lab: Lab, now: datetime) -> None:
    """Empty standup answers older than their team keeps them, once a day."""
    gone = retention.forget_daily(lab, now)
    if gone:
        log.info("forgot the words of %d old standup answers", gone)
