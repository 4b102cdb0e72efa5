"""A sprint's review: what was learned first, then figures."""

from collections import Counter
from datetime import date, datetime

from core.figures import number
from core.sprints.review import Judged, Learned, Result, Review
from core.sprints.velocity import VelocityTrend
from views import kit
from views.kit import Message
from views.sprints.sprint import footer, trend_text

_DECISIONS = ("NO-GO", "HOLD", "GO")


def held(review: Review) -> Message:
    """The head of the thread: what happened, and what was learned."""
    text = _head(review)
    return Message(text, [kit.section(f"*{text}*"), *_goal(review), *_learned(review)])


def figures(review: Review) -> Message:
    """The metrics, in the thread."""
    text = f"Sprint {review.number} in figures"
    return Message(
        text,
        [
            kit.section(f"*{text}*"),
            kit.fields(_metrics(review)),
            _source(review),
        ],
    )


def results(review: Review) -> Message:
    """What was decided and what was not, in the thread."""
    return Message(f"Sprint {review.number}: results", _results(review))


def page(review: Review, *, frozen: bool, share: str = "", shared_by: str = "") -> Message:
    """All of it in one message."""
    text = _head(review)
    blocks = [kit.section(f"*{text}*"), *_goal(review), *_learned(review), *_results(review)]
    blocks.append(kit.fields(_metrics(review)))
    preview = kit.context("Not held yet: these are the figures as they stand.")
    blocks.append(_source(review) if frozen else preview)
    return Message(text, [*blocks, *footer(share, shared_by)])


def _head(review: Review) -> str:
    killed = sum(one.outcome == "killed" for one in review.results)
    count = review.velocity
    text = f"Sprint {review.number} review ({_day(review.starts)} – {_day(review.ends)}): {count} "
    text += f"{'experiment' if count == 1 else 'experiments'} decided"
    text += f", {killed} killed, {count - killed} promoted" if count else ""
    kept = f"; {review.kept} of {review.committed} commitments kept" if review.planned else ""
    return text + kept


def _goal(review: Review) -> list[kit.Block]:
    return [kit.section(f"Goal: {kit.escape(review.goal, 300)}")] if review.goal else []


def _learned(review: Review) -> list[kit.Block]:
    if not review.learned:
        return [kit.section("*What we learned*\nNothing was written down in this sprint.")]
    lines = [_lesson(one) for one in review.learned]
    lines += [f"and {review.more_learned} more: `/learn`"] if review.more_learned else []
    return [kit.section("\n".join(["*What we learned*", *lines]))]


def _lesson(one: Learned) -> str:
    about = ", ".join(f"EXP-{number:03d}" for number in one.about[:3])
    about = f"*{about}* " if about else ""
    text = " ".join(one.text.split())
    return f"• {about}{kit.escape(text, 300)} — {kit.escape(one.name, 60)}"


def _results(review: Review) -> list[kit.Block]:
    lines = [f"• {_result(one)}" for one in review.results[:20]]
    more = len(review.results) - 20
    lines += [f"and {more} more"] if more > 0 else []
    blocks = [kit.section("\n".join(["*Results*", *(lines or ["Nothing was decided."])]))]
    if review.open:
        still = [f"• *EXP-{one.number:03d}* {kit.escape(one.title, 80)} · {one.stage}"
                 for one in review.open[:20]]  # fmt: skip
        blocks.append(kit.section("\n".join(["*Committed and not decided*", *still])))
    return [*blocks, *_judged(review)]


def _judged(review: Review) -> list[kit.Block]:
    """The eval gate's cards of the sprint: how many of each, and what fell behind the baseline;
    then whether safety, bias and drift were looked at.
    """
    if not review.judged:
        said = f"*Eval gate*\nNothing was judged in this sprint. {_drift(review)}"
        return [kit.section(said)]
    counts = Counter(one.decision for one in review.judged)
    head = ", ".join(f"{counts[word]} {word}" for word in _DECISIONS if counts[word])
    worse = sum(bool(one.worse) for one in review.judged)
    head += f"; {worse or 'none'} fell behind the baseline"
    order = sorted(review.judged, key=lambda one: (_DECISIONS.index(one.decision), one.number))
    lines = [_card(one) for one in order[:10]]
    lines += [f"and {len(order) - 10} more: `/gate`"] if len(order) > 10 else []
    of = len(review.judged)
    safe, sliced = (sum(map(bool, flags)) for flags in zip(
        *((one.safety, one.sliced) for one in review.judged), strict=True))  # fmt: skip
    checks = f"Safety evals: {safe} of {of} · bias by slices: {sliced} of {of}. {_drift(review)}"
    return [kit.section("\n".join(["*Eval gate*", head, *lines, checks]))]


def _drift(review: Review) -> str:
    return f"Drift checks: {review.drift or 'none'}."


def _card(one: Judged) -> str:
    worse = f" · worse than the baseline in {kit.escape(', '.join(one.worse), 120)}"
    why = f" · {kit.escape(one.why, 160)}" if one.why else ""
    return f"• *EXP-{one.number:03d}* *{one.decision}*{worse if one.worse else why}"


def _result(one: Result) -> str:
    sign = "≥" if one.direction == "higher" else "≤"
    goal = f" (target {sign} {number(one.target)})" if one.target is not None else ""
    final = number(one.final) if one.final is not None else "no result"
    extra = "" if one.committed else " · not committed"
    name = f"*EXP-{one.number:03d}* {kit.escape(one.title, 80)}"
    return f"{name} · *{one.outcome}* · {kit.escape(one.metric, 40)} {final}{goal}{extra}"


def _metrics(review: Review) -> list[tuple[str, str]]:
    trend = VelocityTrend(review.trend[0], review.trend[1], review.trend[3], review.trend[2]) if (
        review.trend
    ) else None  # fmt: skip
    before = ", ".join(str(count) for count in review.counts[-6:]) or "none"
    per = review.gpu_per_decision
    used = number(review.gpu_used, 1)
    used += f" of {number(review.capacity, 1)}" if review.capacity else ""
    cost = f"{used} used; {number(per, 1)} a decision" if per is not None else f"{used} used"
    cost += _priced(review.rates.gpu_cost(review.gpu_used))
    over = f"sprints {review.first} to {review.number}"
    over = over if review.first < review.number else f"sprint {review.number}"
    scope = f"; scope +{review.added} −{review.removed}" if review.added or review.removed else ""
    kept = f"{review.kept} of {review.committed}{scope}" if review.planned else "not planned"
    return [
        ("Velocity", f"{review.velocity} decided (before: {before})\n{trend_text(trend)}"),
        (f"Kill rate over {over}", review.kill_rate.told),
        (f"Promotion rate over {over}", review.promotion_rate.told),
        ("GPU-hours", cost),
        *_people(review),
        ("Commitments kept", kept),
        ("Data", kit.escape(review.data.removeprefix("Data Readiness Rate: ").capitalize())),
    ]


def _people(review: Review) -> list[tuple[str, str]]:
    """The work that was planned on what was decided, where an hour of it is priced."""
    work = review.rates.work_cost(review.work)
    if not work or not review.work:
        return []
    return [("Work planned on what was decided", f"{number(review.work, 1)} h{_priced(work)}")]


def _priced(money: str) -> str:
    return f", about {money}" if money else ""


def _source(review: Review) -> kit.Block:
    at = kit.moment(datetime.fromisoformat(review.as_of))
    return kit.context(f"Figures as of {at}; the facts are kept as they were then.")


def _day(text: str) -> str:
    return kit.day(date.fromisoformat(text))
