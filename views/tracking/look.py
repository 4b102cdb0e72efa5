"""What a researcher sees of an experiment's runs and mistakes; the pictures come beside it."""

from collections.abc import Mapping

from core import figures
from core.evals.errors import Confusion, Hard, Turned
from core.experiments.rollout import is_live
from core.tracking.kept import Kept
from core.tracking.seen import Mistakes, RunsSeen
from views import kit
from views.kit import Message
from views.tracking.run import called, hours

MOST_ROWS = 8  # of runs, the newest
MOST_TURNED = 5  # examples for before and after
_PARAMS = 4
_CONNECT = "An admin connects one: `/track connect mlflow https://… experiments=support`."
_NAMED = "Give the run the tag `exp_id={id}`, or {id} in its name; or map it in `/track`."
_PUSH = (
    "Confusion matrix and hardest examples come with `assay eval push FILE --exp {id}`: one row "
    "an example, with label and predicted for the matrix, `--with-text` for the texts."
)


def seen(found: RunsSeen) -> Message:
    """`/track EXP-042`: first how many runs and the best, then what is drawn, what went wrong."""
    text = _headline(found)
    blocks = [kit.section(f"*{text}*")]
    if found.means:
        blocks.append(kit.section(f"{_when(found)}: {kit.escape(found.means)}."))
    if found.runs:
        blocks.append(_table(found))
    blocks += [kit.section(line) for line in _mistakes(found.mistakes)]
    return Message(text, [*blocks, kit.context(*_footnotes(found))])


def _headline(found: RunsSeen) -> str:
    name = f"{found.ticket.id} {kit.escape(found.ticket.title, 80)}"
    if not found.of:
        why = "no run of it was read yet" if found.tracked else "no tracker is connected"
        return f"{name}: {why}."
    if not found.runs:
        many = "its one run" if found.of == 1 else f"its {found.of} runs"
        return f"{name}: none of {many} is of {kit.escape(found.filter.words)}."
    many = f"{len(found.runs)} run" + ("" if len(found.runs) == 1 else "s")
    if not found.filter.is_open:
        many += f" of {found.of} ({kit.escape(found.filter.words)})"
    done = [run for run in found.runs if run.best is not None]
    if not done:
        return f"{name}: {many}, none with a result yet."
    pick = max if found.ticket.direction == "higher" else min
    best = pick(done, key=lambda run: run.best or 0.0)
    metric = kit.escape(found.ticket.metric or "result", 40)
    return f"{name}: {many}, best {metric} {figures.number(best.best)} by {called(best)}."


def _when(found: RunsSeen) -> str:
    """Customers feel what is live; a candidate's step is what they would feel."""
    return "For customers" if is_live(found.ticket) else "Once it is live"


def _table(found: RunsSeen) -> kit.Block:
    shown = found.runs[: -MOST_ROWS - 1 : -1]
    rows = [(run.name[:40], _state(run), _best(run), run.model[:40], run.dataset[:40], _made(run),
             hours(run)) for run in shown]  # fmt: skip
    return kit.table([("Run", "State", "Best", "Model", "Data", "Parameters", "Hours"), *rows])


def _state(run: Kept) -> str:
    return run.diverged.told if run.diverged else run.state


def _best(run: Kept) -> str:
    return figures.number(run.best)


def _made(run: Kept) -> str:
    known = {run.model, run.dataset, run.code_commit}
    told = [f"{name}={value}" for name, value in sorted(run.params.items()) if value not in known]
    more = f" +{len(told) - _PARAMS}" if len(told) > _PARAMS else ""
    return ", ".join(told[:_PARAMS])[:120] + more


def _mistakes(wrong: Mistakes | None) -> list[str]:
    if wrong is None:
        return []
    lines = [_confused(wrong.confusion)] if wrong.confusion else []
    if wrong.hard:
        many = f"{len(wrong.hard)} hardest of {wrong.examples} examples"
        shown = [_hard(one) for one in wrong.hard]
        head = f"*The {many}* by {kit.escape(wrong.metric, 40)}:"
        lines.append(
            "\n".join([head, *shown]) if wrong.has_texts else f"{head} {', '.join(shown)}"
        )
    return lines + (_turned(wrong.turned) if wrong.turned else [])


def _turned(found: Turned) -> list[str]:
    """Before and after: examples to show, not a number."""
    told = (("Wrong before, right now", found.mended), ("Right before, wrong now", found.broken))
    lines = []
    for words, ids in told:
        shown = [_example(one, found.texts) for one in ids[:MOST_TURNED]]
        more = [f"and {len(ids) - MOST_TURNED} more"] if len(ids) > MOST_TURNED else []
        lines.append(f"*{words}* ({len(ids)}): {', '.join([*shown, *more]) or 'none'}")
    return ["\n".join(lines)]


def _example(name: str, texts: Mapping[str, str]) -> str:
    text = texts.get(name, "")
    return kit.escape(name, 60) + (f" “{kit.escape(text, 80)}”" if text else "")


def _confused(found: Confusion) -> str:
    text = f"*Classes:* {found.right} of {found.total} answers right"
    if found.worst:
        truth, guess, count = found.worst
        text += f"; most often {kit.escape(truth, 40)} was taken for {kit.escape(guess, 40)}"
        text += f" ({count} times)" if count > 1 else " (once)"
    return f"{text}."


def _hard(one: Hard) -> str:
    shown = f"{kit.escape(one.example, 60)} {figures.number(one.score, 2)}"
    if one.truth and one.guess:
        shown += f" ({kit.escape(one.truth, 30)}, answered {kit.escape(one.guess, 30)})"
    return f"• {shown}: {kit.escape(one.text, 90)}" if one.text else shown


def _footnotes(found: RunsSeen) -> list[str]:
    own, kinds, lines = found.ticket.id, found.kinds, []
    if kinds:
        lines.append(f"{_pictured(kinds)} by direct message.")
    if not found.of:
        lines.append((_NAMED.format(id=own)) if found.tracked else _CONNECT)
    elif not found.runs:
        lines.append(f"`/track {own}` shows them all.")
    elif "losses" not in kinds:
        lines.append("No loss curve: none of these runs logs a metric named loss.")
    if len(found.runs) > MOST_ROWS:
        lines.append(f"The newest {MOST_ROWS} of {len(found.runs)} runs are listed.")
    wrong = found.mistakes
    if wrong is None or not wrong.examples:
        lines.append(_PUSH.format(id=own))
    else:
        lines.append(f"Evals: {kit.escape(wrong.source, 100) or 'pushed'}, {kit.moment(wrong.at)}")
        lines += [_lacks(wrong, own)] if _lacks(wrong, own) else []
    return lines


def _pictured(kinds: set[str]) -> str:
    names = {"losses": "Loss curves", "sweep": "parameters against the metric",
             "confusion": "confusion matrix"}  # fmt: skip
    told = [name for kind, name in names.items() if kind in kinds]
    text = " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]
    return f"{text[0].upper()}{text[1:]}"


def _lacks(wrong: Mistakes, own: str) -> str:
    if not wrong.metric:
        return f"The push has no score of {own}'s metric for each example: no hardest ones."
    if not wrong.confusion:
        return "No confusion matrix: push columns label and predicted for each example."
    return ""
