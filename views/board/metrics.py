"""The board's metrics in words: sprint by sprint, against their healthy bands."""

from core.blockers.blocker import CAUSE_NAMES
from core.board.funnel import Funnel, headline
from core.board.metrics import Metrics, MetricTrend, Sprint
from core.experiments.words import ENOUGH, Rate
from views import kit
from views.kit import Message

_MEANS = {
    ("kill", "below"): "Fewer are killed than is healthy: experiments may be kept alive too long, "
    "or only safe ideas are tried. `/kill` alone lists candidates.",
    ("kill", "above"): "More are killed than is healthy: hypotheses may be weak, targets out of "
    "reach, or data not ready. `/board funnel` shows where they end.",
    ("promotion", "below"): "Little reaches production: targets may be out of reach, or work "
    "stops between research and production. `/board funnel` shows where.",
    ("promotion", "above"): "More is promoted than is healthy: the bar may be too low, or only "
    "safe ideas are tried. `/gate` shows the verdicts and overrides behind it.",
}
_NAMES = {"kill": "Kill rate", "promotion": "Promotion rate"}
_HOW = (
    "From the audit trail. Rates are of all decisions (kill, iterate, promote), with 90% Wilson "
    f"intervals; below {ENOUGH} decisions nothing is said. Trends compare the later half of the "
    "sprints with the earlier one (p under 0.05). A decision counts when it stood at the end of "
    "its sprint."
)


def metrics(found: Metrics) -> Message:
    """Figures by sprint, then each rate against its band, then what changed."""
    if not found.sprints:
        text = "No sprint is over yet since the first experiment: metrics count closed sprints."
        return Message(
            text, [kit.section(text), kit.context("`/board funnel` counts everything so far.")]
        )
    text = first_line(found)
    blocks = [kit.section(f"*{text}*"), _table(found.sprints)]
    blocks += [kit.section("\n".join(_rates(found))), kit.section("\n".join(_others(found)))]
    return Message(text, [*blocks, kit.context(_HOW)])


def news(found: Metrics) -> Message:
    """What leads are told when a sprint closed and a rate is clearly outside its band."""
    over = _spans(found.sprints)
    clear = [rate(name, one, over) for name, one in _both(found) if one.is_clear]
    span = found.sprints[-1].span
    text = f"Sprint {span.number} has closed. {' '.join(clear)}"
    foot = f"`/board metrics` shows {over}. This is said once per sprint."
    return Message(text, [kit.section(text), kit.context(foot)])


def first_line(found: Metrics) -> str:
    """`Sprints 3 to 6: 19 experiments decided, kill rate 68% (healthy 60–80%), promotion 21% …`"""
    done = sum(one.decided.finished for one in found.sprints)
    many = "" if done == 1 else "s"
    rates = ", ".join(_short(name, one) for name, one in _both(found))
    return f"{_spans(found.sprints).capitalize()}: {done} experiment{many} finished, {rates}."


def rate(name: str, one: Rate, over: str) -> str:
    """A rate of those sprints against its band, and what it may mean outside of it."""
    means = _MEANS.get((name, one.side), "")
    return f"{_NAMES[name]} over {over}: {one.told}.{f' {means}' if means else ''}"


def _both(found: Metrics) -> list[tuple[str, Rate]]:
    return [("kill", found.kill), ("promotion", found.promotion)]


def _short(name: str, one: Rate) -> str:
    label = _NAMES[name].lower()
    if one.side == "not enough data":
        return f"{label}: not enough data"
    return f"{label} {one.share:.0%} ({one.side} {one.band[0]:.0%}–{one.band[1]:.0%})"


def _spans(sprints: tuple[Sprint, ...]) -> str:
    first, last = sprints[0].span.number, sprints[-1].span.number
    return f"sprint {last}" if first == last else f"sprints {first} to {last}"


def _rates(found: Metrics) -> list[str]:
    over, trends = _spans(found.sprints), (found.kill_trend, found.promotion_trend)
    return [
        f"{rate(name, one, over)} Trend: {_trend(trend)}."
        for (name, one), trend in zip(_both(found), trends, strict=True)
    ]


def _others(found: Metrics) -> list[str]:
    cycle = "no decision came from Hypothesis yet"
    if found.cycle_median is not None and found.cycle_mean is not None:
        cycle = f"median {found.cycle_median:.1f}, mean {found.cycle_mean:.1f} days"
    stuck: dict[str, int] = {}
    for one in found.sprints:
        for why, count in one.blockers.items():
            stuck[why] = stuck.get(why, 0) + count
    named = [f"{CAUSE_NAMES.get(why, why)} {n}" for why, n in sorted(stuck.items(), key=_most)]
    each = sum(stuck.values()) / len(found.sprints)
    done = sum(s.decided.finished for s in found.sprints) / len(found.sprints)
    return [
        f"Throughput: {done:.1f} finished a sprint. Trend: {_trend(found.throughput)}.",
        f"Cycle time, Hypothesis to decision: {cycle}. Trend: {_trend(found.cycle)}.",
        f"Blockers: {each:.1f} opened a sprint{' (' + ', '.join(named) + ')' if named else ''}. "
        f"Trend: {_trend(found.blockers)}.",
    ]


def _most(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _trend(found: MetricTrend) -> str:
    return found.word if found.p is None else f"{found.word} (p = {max(found.p, 0.001):.2g})"


def _table(sprints: tuple[Sprint, ...]) -> kit.Block:
    def share(count: int, of: int) -> str:
        return f"{count / of:.0%}" if of else "–"

    def middle(one: Sprint) -> str:
        days = sorted(one.cycles)
        half = len(days) // 2
        if not days:
            return "–"
        return f"{days[half] if len(days) % 2 else (days[half - 1] + days[half]) / 2:.1f}"

    rows = [
        ("Sprint", *(str(s.span.number) for s in sprints)),
        ("Killed", *(str(s.decided.killed) for s in sprints)),
        ("Promoted", *(str(s.decided.promoted) for s in sprints)),
        ("Iterated", *(str(s.decided.iterated) for s in sprints)),
        ("Finished", *(str(s.decided.finished) for s in sprints)),
        ("Kill rate", *(share(s.decided.killed, s.decided.decisions) for s in sprints)),
        ("Promotion rate", *(share(s.decided.promoted, s.decided.decisions) for s in sprints)),
        ("Cycle, median days", *(middle(s) for s in sprints)),
        ("Blockers opened", *(str(s.blocked) for s in sprints)),
    ]
    return kit.table(rows)


def funnel(found: Funnel, *, pictured: bool = False) -> Message:
    """How far experiments came, and where they were killed."""
    if not found.total:
        text = "There is no experiment yet: the funnel starts with `/exp new`."
        return Message(text, [kit.section(text)])
    text = f"{headline(found)}."
    head = ("Stage", "Reached", "Went on", "There now", "Killed there")
    rows = [
        (one.stage, str(one.reached), str(one.onward), str(one.here), str(one.killed))
        for one in found.levels
    ]
    small = ["Iteration counts as Evaluation. From the audit trail; reopened kills do not count."]
    if found.iterated:
        many = f"{found.killed_iterating} of the killed in Evaluation were in Iteration"
        small.insert(0, f"{found.iterated} were refined in Iteration; {many}.")
    small += ["The picture is in our direct messages."] if pictured else []
    return Message(text, [kit.section(f"*{text}*"), kit.table([head, *rows]), kit.context(*small)])
