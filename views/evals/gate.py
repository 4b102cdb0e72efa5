"""The eval gate's card and thread, what was pushed, and the latest gates."""

from collections.abc import Sequence

from core.evals.card import GateCard, GateEvidence, GateStatus, Side
from core.evals.gate import MetricVerdict, safety_of
from core.evals.metric import NO_BASELINE, Check
from core.quantity import experiment_id
from core.stats.sequential import spent_at
from views import kit
from views.kit import Message

MOST_ROWS = 40
_NAMED = 3  # metrics of a first line
_MOST_TABLE = 9000  # characters in all cells; Slack allows 10,000
_LACKS = {
    "not measured": "not measured",
    "no baseline": "a baseline is missing",
    "not confirmed": "not confirmed",
    "missing or non-finite score": "scores are missing",
    "example sets differ": "both sides need the same examples",
}
_HEAD = ("Metric", "Candidate", "Baseline", "Limit", "Verdict", "Reason")


def card(shown: GateCard) -> Message:
    """The experiment's card: headline, table, what is missing, sources, buttons."""
    status = shown.status
    text = headline(status)
    blocks = [kit.section(f"*{text}*\n{kit.escape(shown.title, 150)}")]
    blocks += [
        kit.section(line) for line in (*_notes(status), *_compared(shown), *_against(shown))
    ]
    table = _table(shown)
    blocks.append(table)
    left = len(status.metrics) - len(table["rows"]) + 1
    blocks += [kit.context(f"{left} more metrics do not fit here")] if left else []
    blocks.append(kit.context(*[_side(side) for side in shown.sides], *_footnotes(shown)))
    blocks.append(_buttons(shown))
    return Message(text, blocks)


def headline(status: GateStatus) -> str:
    """`EXP-042 HOLD · 2 of 5 metrics pass · 412 more examples or 3 more seeds`."""
    blocking = [v for v in status.metrics if v.blocking]
    passed = sum(v.verdict == "PASS" for v in blocking)
    parts = [f"{status.experiment} {status.decision}"]
    failed = [v.metric for v in blocking if v.verdict == "FAIL"]
    if failed:
        parts.append(f"{kit.escape(', '.join(failed), 200)} failed")
    parts.append(f"{passed} of {len(blocking)} blocking metrics pass")
    if status.decision == "HOLD":
        parts.append(missing(status, names=_NAMED))
    if status.overridden:
        parts.append("overridden by two leads")
    if not status.current:
        parts.append("out of date")
    return " · ".join(parts)


def missing(status: GateStatus, *, names: int = 0) -> str:
    """`412 more examples or 3 more seeds`; why a number cannot be given otherwise. names: how many
    metrics are named, 0 for all.
    """
    parts = []
    if status.missing_examples:
        parts.append(f"about {_count(status.missing_examples, 'more example')}")
    if status.missing_seeds:
        parts.append(_count(status.missing_seeds, "more seed"))
    if parts:
        return " or ".join(parts) + " missing"
    open_ = [v for v in status.metrics if v.blocking and v.verdict == "INCONCLUSIVE"]
    for code, what in _LACKS.items():
        of = [v.metric for v in open_ if v.code == code]
        rest = f" and {len(of) - names} more" if names and len(of) > names else ""
        if of:
            return f"{what}: {kit.escape(', '.join(of[: names or None]), 300)}{rest}"
    return "more examples alone would not settle it"


def evidence(shown: GateEvidence) -> Message:
    """The thread: slices, and the ids of golden examples that differ."""
    text = f"{shown.experiment}: slices and golden examples"
    lines = [f"*{name}* differs on {_ids(ids)}" for name, ids in _golden(shown)]
    lines += [_check(check) for check in shown.slices]
    if not lines:
        lines = ["No golden example differs and no slices were pushed."]
    return Message(text, [kit.section(f"*{text}*"), *_paragraphs(lines)])


def latest(found: Sequence[GateStatus]) -> Message:
    """One line per experiment that was ever judged, newest first."""
    if not found:
        text = "No gate was judged yet. Push results: `assay eval push FILE --exp EXP-042 --gate`."
        return Message(text, [kit.section(text)])
    lines = [f"{headline(status)} · {kit.moment(status.at)}" for status in found]
    text = f"The latest {_count(len(found), 'gate')}"
    return Message(text, [kit.section(f"*{text}*"), *_paragraphs(lines)])


def _notes(status: GateStatus) -> list[str]:
    notes = []
    if not status.current:
        notes.append(
            "Results, what is live, confirmations or the Definition of Done changed since: judge "
            f"again with `/gate {status.experiment}`."
        )
    if status.decision == "HOLD" and missing(status) != missing(status, names=_NAMED):
        notes.append(f"*Missing:* {missing(status)}.")
    notes += [f"*Data:* {kit.escape(one, 900)}" for one in status.behind]
    if status.look > 1:
        p = "" if status.p_anytime is None else f", anytime p {status.p_anytime:.2g}"
        notes.append(
            f"Look {status.look} at this eval set{p}: a PASS takes "
            f"{100 * (1 - spent_at(status.look)):.4g}% certainty instead of 95%, for among many "
            "tries one looks good by luck. A fresh eval set begins anew."
        )
    return notes


def _compared(shown: GateCard) -> list[str]:
    """With what: the experiment that is live, or why that could not be."""
    if shown.compared:
        return [f"*Compared with* {experiment_id(shown.compared)}, which is live."]
    sides = [side.role for side in shown.sides]
    lacks = any(one.code == NO_BASELINE for one in shown.status.metrics)
    if shown.unseen:
        live = experiment_id(shown.unseen)
        text = (
            f"{live} is live and was not measured on this eval set: push its results on it with "
        )
        text += "`--role production`."
        against = "*Compared with* the pushed baseline" if "baseline" in sides else ""
        return [f"{against or '*Not enough data* for a regression'}. {text}"]
    if not lacks or "baseline" in sides:
        return []
    return ["*Not enough data* for a regression: nothing is live, and no baseline was pushed."]


def _against(shown: GateCard) -> list[str]:
    judged = safety_of(shown.status.metrics)
    if judged is None or judged[0] == "PASS" or not shown.safety_typed:
        return []
    said = "failed" if judged[0] == "FAIL" else "not shown yet"
    names = kit.escape(", ".join(judged[1]), 200)
    return [f"*Safety:* {names} {said}, though `safety=ok` was typed: the gate counts."]


def _table(shown: GateCard) -> kit.Block:
    """The metrics, what failed first, as many as fit into one table."""
    rows, size = [[_cell(name) for name in _HEAD]], 100
    for verdict in sorted(shown.status.metrics, key=_urgency)[:MOST_ROWS]:
        cells = _row(verdict, shown.limits.get(verdict.metric, ""))
        size += sum(map(len, cells))
        if size > _MOST_TABLE:
            break
        rows.append([_cell(cell) for cell in cells])
    return {"type": "table", "rows": rows, "column_settings": [{"is_wrapped": True}] * 6}


def _urgency(verdict: MetricVerdict) -> tuple[bool, int]:
    return not verdict.blocking, ("FAIL", "INCONCLUSIVE", "PASS").index(verdict.verdict)


def _row(verdict: MetricVerdict, limit: str) -> tuple[str, ...]:
    name = verdict.metric if verdict.blocking else f"{verdict.metric} (not blocking)"
    reason = verdict.reason.removeprefix(f"{verdict.metric}: ")
    return (
        name[:80],
        _estimate(verdict),
        _number(verdict.baseline),
        limit[:120] or "–",
        verdict.verdict,
        kit.clip(reason, 400),
    )


def _estimate(verdict: MetricVerdict) -> str:
    own = next((c for c in verdict.checks if c.name == "threshold" and c.interval), None)
    if verdict.estimate is None:
        return "–"
    if own is None or own.interval is None:
        return _number(verdict.estimate)
    return f"{_number(verdict.estimate)} ± {_number(own.interval.half_width)}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"


def _cell(text: str) -> kit.Block:
    return {"type": "raw_text", "text": text or "–"}


def _side(side: Side) -> str:
    source = kit.escape(side.source, 80) or "pushed"
    by = kit.person(side.by) if side.by.startswith(("U", "W")) else kit.escape(side.by, 60)
    size = f"{_count(side.examples, 'example')} × {_count(side.runs, 'run')}"
    made = f", {kit.escape(side.made_from, 200)}" if side.made_from else ""
    when = kit.moment(side.at)
    return f"{side.role}: {size}, {source}, by {by}, {when}, set {side.eval_set}{made}"


def _footnotes(shown: GateCard) -> list[str]:
    status = shown.status
    done = "the document's Definition of Done (`/gate done` to write yours)"
    by = done if shown.by_default else "the team's Definition of Done"
    return [f"Attempt {status.attempt}, {kit.moment(status.at)}, judged by {by}"]


def _buttons(shown: GateCard) -> kit.Block:
    number = str(shown.number)
    primary = "primary" if shown.status.decision == "GO" else ""
    buttons = [
        kit.button("Promote…", "promote_open", number, style=primary),
        kit.button("Iterate…", "move_open", number),
        kit.button("Kill…", "kill_open", number),
    ]
    if shown.status.decision != "GO" and not shown.status.overridden:
        buttons.append(kit.button("Ask for an override…", "gate_override_open", number))
    return kit.actions(*buttons)


def _golden(shown: GateEvidence) -> list[tuple[str, tuple[str, ...]]]:
    return [(kit.escape(name, 80), ids) for name, ids in shown.golden.items() if ids]


def _ids(ids: Sequence[str]) -> str:
    return ", ".join(f"`{kit.escape(one.replace('`', ''), 60)}`" for one in ids)


def _check(check: Check) -> str:
    return f"{check.verdict} · {kit.escape(check.reason, 600)}"


def _paragraphs(lines: Sequence[str]) -> list[kit.Block]:
    return [kit.section("\n".join(lines[i : i + 4])) for i in range(0, min(len(lines), 80), 4)]


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
