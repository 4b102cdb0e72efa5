"""Predictions on the card, what helps to make one, and how a team's came out."""

from collections.abc import Sequence
from datetime import date

from core import figures
from core.experiments.calibration import ENOUGH, BaseRate, Quality
from core.experiments.calibration import ENOUGH_DECIDED as RATE_ENOUGH
from core.experiments.experiment import Experiment
from core.experiments.prediction import is_made, outcome
from core.experiments.similar import Match
from views import kit
from views.kit import Message

_WRITE = "`/exp update {id} predict=0.82..0.88 p=30%`"


def said(ticket: Experiment) -> str:
    """`0.82 to 0.88, promoted with 30 %`; "" when nothing is predicted."""
    low, high, chance = ticket.predicted_low, ticket.predicted_high, ticket.predicted_chance
    parts = []
    if low is not None and high is not None:
        parts.append(f"{figures.number(low)} to {figures.number(high)}")
    if chance is not None:
        parts.append(f"promoted with {_percent(chance)}")
    return ", ".join(parts)


def told(ticket: Experiment, sealed: date | None) -> str:
    """The prediction as the card shows it, and how it came out once it is decided."""
    if not is_made(ticket):
        return ""
    seen = outcome(ticket)
    if seen is None:
        until = f"sealed on {kit.day(sealed)}" if sealed else "open until the first result"
        return f"{said(ticket)} ({until})"
    parts = [said(ticket)]
    if seen.side:
        where = {"within": "within it", "below": "below it", "above": "above it"}[seen.side]
        parts.append(f"the result {figures.number(ticket.final_metric)} is {where}")
    elif ticket.predicted_low is not None:
        parts.append("decided without a result")
    if seen.loss is not None:
        parts.append(f"{'promoted' if seen.succeeded else 'not promoted'}: {_miss(seen.loss)}")
    return " · ".join(parts)


def _miss(loss: float) -> str:
    return f"squared error {loss:.2f}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def rate(found: BaseRate) -> str:
    """`Your last 20: 4 promoted, median 11 days, 18 GPU-hours.`"""
    whose = "Your" if found.own else "All teams'" if found.wide else "The team's"
    if not found.is_known:
        return (
            f"No base rate yet: {found.count} of {RATE_ENOUGH} experiments are decided; the "
            "source document expects one in five to work out."
        )
    return (
        f"{whose} last {found.count}: {found.promoted} promoted, median {found.days:g} days, "
        f"{figures.number(found.gpu, 1)} GPU-hours."
    )


def alike(found: Sequence[Match]) -> list[kit.Block]:
    """`You may have tried this`, one line each, with a button for each card; nothing for none."""
    if not found:
        return []
    lines = [f"• {_past(match)}" for match in found]
    buttons: dict[int, list[kit.Block]] = {}
    for place, match in enumerate(found):
        label, number = f"Show {match.ticket.id}", str(match.ticket.number)
        shown = kit.button(label, f"similar_show_{place}", number)
        buttons.setdefault(match.team_id, []).append(shown)
    # A row of buttons is one team's.
    rows = [
        kit.actions(*some, block_id=f"team{team_id}.similar" if team_id else "")
        for team_id, some in buttons.items()
    ]
    return [kit.section("You may have tried this:\n" + "\n".join(lines)), *rows]


def aside(found: Sequence[Match], *, looked: bool = False) -> list[kit.Block]:
    """Beside the hypothesis in the form: the button that looks for similar ones, and what it
    found.
    """
    button = kit.button("Have we tried this?", "similar_look")
    nothing = [kit.context("Nothing among the past experiments looks like it.")] if looked else []
    return [kit.actions(button), *(alike(found) or nothing)]


def after(ticket: Experiment, found: BaseRate, similar: Sequence[Match]) -> list[kit.Block]:
    """Below the card of a ticket just written: base rate, similar ones, how to predict."""
    ask = [] if is_made(ticket) else [f"What do you expect? {_WRITE.format(id=ticket.id)}"]
    return [kit.context(rate(found), *ask), *alike(similar)]


def _past(match: Match) -> str:
    one, team = match.ticket, f" of {kit.escape(match.team, 60)}" if match.team else ""
    state = {"killed": "killed", "production": "promoted"}.get(one.stage, f"in {one.stage}")
    learned = " ".join(one.learnings.split())
    learnt = f": {kit.escape(learned, 160)}" if learned else ""
    return f"*{one.id}* {kit.escape(one.title, 80)}{team}, {state}{learnt}"


def opened(title: str, blocks: Sequence[kit.Block]) -> kit.Block:
    """A past ticket's card over the form that is being filled in; it has no buttons."""
    shown = [block for block in blocks if block["type"] != "actions"]
    return kit.modal("similar", title, shown)


def quality(found: Quality, name: str = "") -> Message:
    """How a team's predictions came out, or those on one person's experiments (name: escaped)."""
    whose = f"of {name}" if name else "of the team"
    text = f"Predictions {whose}: {_headline(found)}"
    blocks = [kit.section(text), *_chances(found), *_ranges(found), *_trend(found)]
    unsaid = f"{found.silent} decided without a prediction. " if found.silent else ""
    blocks.append(kit.context(f"{unsaid}Success means promoted. {_how()}"))
    return Message(text, blocks)


def _how() -> str:
    return f"Write one with {_WRITE.format(id='EXP-042')} before the first result."


def _headline(found: Quality) -> str:
    if found.loss is None and found.share is None:
        most = max(found.chances, found.ranges)
        return f"not yet: {most} of {ENOUGH} scored."
    parts = []
    if found.loss is not None and found.base_loss is not None:
        better = "better than" if found.loss < found.base_loss else "no better than"
        parts.append(f"chances are {better} the base rate")
    if found.share is not None:
        parts.append(f"{found.held} of {found.ranges} ranges held")
    return ", ".join(parts) + "."


def _chances(found: Quality) -> list[kit.Block]:
    if found.loss is None or found.base_loss is None or found.rate is None:
        return [kit.context(f"*Chances*: not yet, {found.chances} of {ENOUGH} scored.")]
    line = (
        f"*Chances*: Brier score {found.loss:.3f}; always saying the base rate "
        f"({_percent(found.rate)}) would have {found.base_loss:.3f}. Less is better; a coin has "
        "0.25."
    )
    rows = [["Said", "Experiments", "Mean said", "Promoted"]]
    rows += [
        [
            f"{100 * one.low:.0f} to {100 * one.high:.0f}%",
            str(one.count),
            _percent(round(one.said, 2)),
            _percent(round(one.happened, 2)),
        ]
        for one in found.bins
    ]
    return [kit.section(line), kit.table(rows)]


def _ranges(found: Quality) -> list[kit.Block]:
    if found.share is None or found.interval is None:
        return [kit.context(f"*Ranges*: not yet, {found.ranges} of {ENOUGH} scored.")]
    low, high = found.interval.low, found.interval.high
    line = (
        f"*Ranges*: {found.held} of {found.ranges} held ({_percent(round(found.share, 2))}, 95% "
        f"interval {100 * low:.0f} to {100 * high:.0f}%); 80% should."
    )
    return [kit.section(f"{line} {_sides(low, high)}")]


def _sides(low: float, high: float) -> str:
    if high < 0.8:
        return "They are too narrow."
    if low > 0.8:
        return "They are wider than they need to be."
    return "That fits."


def _trend(found: Quality) -> list[kit.Block]:
    if found.loss is None and found.share is None:
        return []
    lines = []
    for one in found.trend[-6:]:
        loss = "no chances" if one.loss is None else f"Brier {one.loss:.3f} ({one.chances})"
        held = f", {one.held} of {one.ranges} ranges held" if one.ranges else ""
        lines.append(f"{one.label}: {loss}{held}")
    return [kit.context("*By sprint*; few experiments each, so read it as a hint."),
            kit.section("\n".join(lines))]  # fmt: skip
