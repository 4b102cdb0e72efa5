"""An experiment below a link to it."""

from datetime import date

from core.experiments.experiment import Experiment
from views import kit
from views.experiments import experiment as tickets


def card(ticket: Experiment, today: date, *, stale: bool) -> list[kit.Block]:
    """Its head, figures and footnote, without buttons: everybody in the channel reads it."""
    return list(tickets.card(ticket, today, stale=stale).blocks[:3])
