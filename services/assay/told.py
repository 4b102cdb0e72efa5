"""A result told in words: read as the ticket takes it, kept until it is confirmed."""

from core.assay.about import Told
from core.errors import Refused
from core.experiments import checkpoint, metric
from core.experiments.experiment import Experiment
from services import pending
from services.ports import Lab


def readable(ticket: Experiment, said: Told) -> tuple[str, str]:
    """As `/exp update` takes it, and as it is read back. Raises Refused for a metric that the
    ticket does not have, or a value it cannot take.
    """
    name = _metric(ticket, said.metric) if said.metric else ""
    typed = Told(name, said.value, said.gpu).typed
    report = checkpoint.read(typed, ticket)
    checkpoint.check_fits(ticket, report)
    parts = [f"{ticket.metric or 'result'} {said.value}"] if said.value else []
    parts += [f"{said.gpu} GPU-hours"] if said.gpu else []
    return typed, " and ".join(parts)


def _metric(ticket: Experiment, called: str) -> str:
    plain = metric.plain(called)
    known = plain == metric.plain(ticket.metric) or metric.is_called(ticket.metric, plain)
    if known or plain in metric.GENERIC:
        return metric.short_name(ticket.metric)
    raise Refused(
        f"{ticket.id} measures {ticket.metric}, not {called}.",
        f"Write e.g. `{ticket.id} {metric.short_name(ticket.metric)} 0.85`, or report it as a "
        f'note: `/exp update {ticket.id} "…"`.',
    )


def take(lab: Lab, workspace: str, user_id: str, number: int) -> str:
    """What waits to be confirmed, once. Raises Refused when it is gone."""
    kept = pending.take(lab, workspace, user_id, number)
    if kept is None or "told" not in kept:
        raise Refused(
            "That is settled already, or waited too long.", "Write the result once more."
        )
    return str(kept["told"])
