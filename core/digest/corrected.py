"""An earlier digest as it would read by what is known now, where its result was taken back.

What stood then is read from the tickets as they are: the ticket itself by the results it had by
then, and whatever was in production or in evaluation already; nothing else is known of that day.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from core.experiments.experiment import Experiment
from core.experiments.headline import EVALUATED, final_look
from core.experiments.metric import Metric, other_unit, same_name
from core.experiments.past import Past, TakenBack, is_taken_back


def corrected(
    past: Past, metric: Metric, experiments: Sequence[Experiment], undone: Collection[TakenBack]
) -> Past:
    """The same, or with the value that stood then (None for none) and what it said instead."""
    if not is_taken_back(past, undone) or past.at is None or past.current is None:
        return past
    same = [e for e in experiments if same_name(e.metric, metric.name)]
    again = any(
        look.value == past.current and look.at <= past.at
        for e in same if e.number == past.via for look in e.measurements
    )  # fmt: skip
    if again:  # the same value was told twice, and one of them stands
        return past
    known = [value for e in same if (value := _stood(e, past)) is not None]
    known = [value for value in known if not other_unit(value, past.current)]
    best = max if metric.direction == "higher" else min
    return replace(past, current=best(known, default=None), noise=0.0, said=past.current)


def _stood(e: Experiment, past: Past) -> float | None:
    at = past.at
    assert at is not None
    if e.stage == "production" and e.decided_at and e.decided_at <= at:
        found = final_look(e)
        return found.value if found else None
    if e.number != past.via and not (e.stage in EVALUATED and e.stage_since <= at):
        return None
    looks = [look for look in e.looks if look.at <= at]
    return looks[-1].value if looks else None
