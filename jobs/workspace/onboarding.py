"""Keeps the card of the first steps, and the dry runs of first rounds, up to date."""

from datetime import datetime

from jobs.each import each, in_each_team
from services.ports import Lab
from services.workspace import onboarding, rehearsal


def keep_fresh(lab: Lab, now: datetime) -> None:
    """Edit the cards that have changed; one that fails does not silence the others."""
    in_each_team(lab, now, onboarding.keep_fresh, "the first steps of %s could not be shown")


def rehearse(lab: Lab, now: datetime) -> None:
    """Show every first round that lies ahead; one that fails does not silence the others."""
    each(
        lab,
        rehearsal.coming(lab),
        lambda standup_id: rehearsal.show_due(lab, standup_id, now=now),
        "the dry run of standup %s could not be shown",
    )
