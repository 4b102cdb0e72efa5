"""Forecasts to read: the headline metric's range, and how far one experiment can come."""

from core import figures
from core.decisions.curve_outlook import CurveOutlook
from core.forecasts import track_record
from core.forecasts.headline import NO_BREAKTHROUGH, HeadlineOutlook, SprintAhead, shown
from core.forecasts.track_record import ForecastRecord
from core.quantity import experiment_id
from views import kit
from views.experiments import experiment
from views.kit import Message

HOW_TO = (
    "`/forecast record` how earlier ranges did · `/forecast decided 10` when 10 are decided · "
    "`/forecast EXP-042` one experiment · `/forecast document` the source document's ETA"
)
_NEXT = {
    "NOT SET": "A lead sets metric and target with `/exp setup`.",
    "INVALID": "A lead corrects the target with `/exp setup`.",
    "NOT ENOUGH": "Results count once an experiment is in evaluation or production.",
}


def headline(found: HeadlineOutlook, record: ForecastRecord, *, pictured: bool = False) -> Message:
    """The forecast of the headline metric. pictured: the picture goes to the person's DM."""
    text = first_line(found)
    if found.status != "FORECAST":
        hints = [one for one in (_NEXT.get(found.status), HOW_TO) if one]
        return Message(text, [kit.section(f"*{text}*"), *(kit.context(one) for one in hints)])
    sprints = len(found.history)
    basis = (
        f"8 of 10 outcomes should lie between 10% and 90%; {NO_BREAKTHROUGH}, and it is low "
        f"confidence beyond three sprints. From {sprints} sprints with results; "
        f"{_posted(record)}."
    )
    small = [basis, HOW_TO]
    small += ["The picture is in our direct messages."] if pictured else []
    return Message(
        text, [kit.section(f"*{text}*"), _steps(found), *(kit.context(one) for one in small)]
    )


def first_line(found: HeadlineOutlook) -> str:
    """`accuracy at 86%, target 92%: 31% likely by Sun 3 Jan (sprint 8)`, or why there is none."""
    if found.status == "FORECAST" and (step := found.last_sure):
        ends = f"{kit.day(step.span.ends)} (end of sprint {step.span.number})"
        return f"{_standing(found)}: {step.p:.0%} likely by {ends}."
    if found.status == "NOT SET":
        return f"No forecast: {kit.escape(found.why)}"
    if found.status == "REACHED":
        return f"REACHED: {_standing(found)}. {kit.escape(found.why)}"
    return f"{found.status}, no forecast: {kit.escape(found.why)}"


def curve(found: CurveOutlook) -> Message:
    """One experiment's own curve."""
    ticket = found.ticket
    name = experiment_id(ticket.number)
    if found.ends is None:
        text = f"{name} has no forecast: {kit.escape(found.why)}"
        about = kit.context(experiment.named(ticket), f"`/exp rules {name}` shows what is judged.")
        return Message(text, [kit.section(text), about])
    verdict = "out of reach" if found.out_of_reach else "still within reach"
    best = figures.number(ticket.best)
    text = (
        f"{name}: {experiment.goal(ticket)} is {verdict}. Best {best} after {found.share:.0%} of "
        f"its budget; even the optimistic curve ends at {figures.number(found.ends)}."
    )
    how = (
        "The most optimistic curve that fits, or the pace of the last results, whichever promises "
        f"more, with 1.645 × noise {figures.number(found.noise, 4)} ({found.noise_from}). It is "
        "the most to hope for, not what to expect; a curve that jumps late cannot be foreseen. "
        f"`/exp rules {name}` shows the rule it serves."
    )
    return Message(
        text,
        [
            kit.section(f"*{text}*"),
            kit.context(experiment.named(ticket)),
            kit.context(how),
        ],
    )


def share(what: str) -> kit.Block:
    """The button that puts this into the channel. what: as typed after /forecast."""
    return kit.actions(kit.button("Share here", "forecast_share", what or "headline"))


def _standing(found: HeadlineOutlook) -> str:
    metric = found.metric
    now = "–" if found.best is None else shown(found.best, percent=found.percent)
    goal = "–" if metric.target is None else shown(metric.target, percent=found.percent)
    beside = f" ({found.stands.words})" if found.stands.words else ""
    return f"{kit.escape(metric.name, 60)} at {now}{beside}, target {goal}"


def _posted(record: ForecastRecord) -> str:
    found = track_record.sentence(record)
    score = record.score
    if not record.is_calibrated or score is None or score.pinball_no_change is None:
        return found
    compared = "less" if score.pinball < score.pinball_no_change else "no less"
    return f"{found}, with {compared} error than “nothing changes”"


def _steps(found: HeadlineOutlook) -> kit.Block:
    head = ("Sprint", "Ends", "10%", "50%", "90%", "P(target)")
    return kit.table([head, *(_row(step, percent=found.percent) for step in found.steps)])


def _row(step: SprintAhead, *, percent: bool) -> tuple[str, ...]:
    low, middle, high = (shown(v, percent=percent) for v in (step.low, step.middle, step.high))
    unsure = "" if step.is_sure else ", low confidence"
    chance = f"{step.p:.0%}{unsure}"
    return (str(step.span.number), kit.day(step.span.ends), low, middle, high, chance)
