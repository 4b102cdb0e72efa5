"""The ticket's form, and the line that tells the team about a new or changed ticket."""

from collections.abc import Mapping, Sequence
from typing import Any

from core import figures
from core.experiments.experiment import Experiment
from core.experiments.worth import KIND_NAMES, KINDS
from views import kit
from views.experiments import experiment
from views.kit import Message

DEFAULTS = {"direction": "higher", "time_box": "2w", "kind_of_work": "exploration"}
DETAILS = "experiment_details"  # the button that shows the rest of the form
FIRST = ("title", "hypothesis", "metric", "target", "time_box", "gpu_budget", "kill_criteria")
NAMES = {
    "title": "title",
    "hypothesis": "hypothesis",
    "method": "method",
    "owner": "owner",
    "metric": "metric",
    "direction": "direction",
    "baseline": "baseline",
    "target": "target",
    "gpu_budget": "GPU budget",
    "time_box": "time box",
    "kill_criteria": "kill criteria",
    "success_primary": "primary success criteria",
    "success_secondary": "secondary success criteria",
    "success_blocking": "blocking criteria",
    "link": "link",
    "worth": "worth",
    "kind_of_work": "kind of work",
    "people_hours": "hours of work",
    "predicted": "predicted result",
    "predicted_chance": "chance of success",
    "eval_set": "eval set",
    "measured_by": "who measures",
    "guardrails": "guardrails",
    "trained_on": "dataset version",
    "code_commit": "code commit",
}


def filled(ticket: Experiment) -> dict[str, str]:
    """The ticket as the form's texts, by block id."""
    texts = {name: getattr(ticket, name, "") for name in NAMES}
    texts["baseline"] = "" if ticket.baseline is None else f"{ticket.baseline:.12g}"
    texts["target"] = "" if ticket.target is None else f"{ticket.target:.12g}"
    texts["gpu_budget"] = f"{ticket.gpu_budget:.12g}h"
    texts["time_box"] = f"{ticket.box_days}d"
    texts["worth"] = "" if ticket.worth is None else str(ticket.worth)
    hours = ticket.people_hours
    texts["people_hours"] = "" if hours is None else f"{hours:.12g}h"
    low, high, chance = ticket.predicted_low, ticket.predicted_high, ticket.predicted_chance
    texts["predicted"] = "" if low is None or high is None else f"{low:.12g}..{high:.12g}"
    texts["predicted_chance"] = "" if chance is None else f"{100 * chance:.12g}%"
    return texts


def typed(values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    """What somebody typed into a form beyond what it was given."""
    before = {**DEFAULTS, **{name: given.get(name) or "" for name in given}}
    mine = {name: str(values.get(name) or "") for name in NAMES}
    return {name: text for name, text in mine.items() if text and text != before.get(name, "")}


KEPT = (
    "What you typed earlier and did not send is filled in again. For an empty form write "
    "`/exp new` and a title."
)
KEPT_EDIT = "What you changed earlier and did not save is filled in again."
KEPT_UPDATE = "What you typed earlier and did not post is filled in again."
SAFE = "Closing this form keeps what you typed; it is offered again next time."


def form(
    callback_id: str,
    texts: Mapping[str, Any],
    *,
    meta: Mapping[str, Any],
    notes: Sequence[str],
    aside: Sequence[kit.Block] = (),
) -> kit.Block:
    """The form of a new ticket (`new_experiment`) or a present one (`edit_experiment`). A new one
    asks for what a ticket cannot do without, and for the rest when meta says `details`. aside:
    what stands below the hypothesis.
    """
    new = callback_id == "new_experiment"
    known = {**(DEFAULTS if new else {}), **{k: v for k, v in texts.items() if v}}
    title = "New experiment" if new else f"Edit {meta.get('id', 'experiment')}"
    whole = not new or bool(meta.get("details"))
    blocks = [kit.context(note) for note in notes]
    blocks += [*_idea(known), *aside, *_goal(known), *_limits(known)]
    blocks += [*_rest(known, meta)] if whole else [kit.actions(kit.button("Details…", DETAILS))]
    for block in blocks:
        if block["type"] == "input":
            block["block_id"] += suffix(meta)
    submit = "Write the ticket" if new else "Save"
    return kit.modal(callback_id, title, blocks, submit=submit, meta=meta)


def suffix(meta: Mapping[str, Any]) -> str:
    """What ends the block ids of a form that is shown again.

    Slack keeps what stands in a field as long as its block id stays, so a form that shall show
    other values needs other ids.
    """
    return f"~{meta['turn']}" if meta.get("turn") else ""


def _text(known: Mapping[str, Any], name: str, label: str, **options: Any) -> kit.Block:
    lines, example = bool(options.get("lines")), str(options.get("example", ""))
    most = 3000 if lines else int(options.get("most", 60))
    initial = str(known.get(name, ""))[:most]
    element = kit.text_input(initial, lines=lines, placeholder=example) | {"max_length": most}
    optional = bool(options.get("optional"))
    return kit.field(name, label, element, hint=str(options.get("hint", "")), optional=optional)


def needs_details(texts: Mapping[str, Any], by: str) -> bool:
    """True when something was typed that only the details show. by: whose form it is."""
    usual = {**DEFAULTS, "owner": by}
    return any(text and name not in FIRST and text != usual.get(name)
               for name, text in texts.items())  # fmt: skip


def _rest(known: Mapping[str, Any], meta: Mapping[str, Any]) -> list[kit.Block]:
    return [
        kit.header("Details"),
        *_how(known),
        *_success(known),
        *_details(known),
        *_prediction(known, meta),
        *_weight(known),
    ]


def _idea(known: Mapping[str, Any]) -> list[kit.Block]:
    return [
        _text(known, "title", "Title", most=150, example="Fine-tune Llama-3-8B on support corpus"),
        _text(
            known,
            "hypothesis",
            "Hypothesis",
            lines=True,
            example="Fine-tuning on our 50K tickets lifts accuracy from 72% to at least 85%.",
        ),
    ]


def _goal(known: Mapping[str, Any]) -> list[kit.Block]:
    return [
        _text(known, "metric", "Metric", example="accuracy"),
        _text(known, "target", "Target", example="85%",
              hint="Where lower is better write it like ≤ 300."),
    ]  # fmt: skip


def _how(known: Mapping[str, Any]) -> list[kit.Block]:
    ways = [kit.option("Higher is better", "higher"), kit.option("Lower is better", "lower")]
    direction = kit.choice(ways, str(known.get("direction", "higher")), radio=True)
    owner: kit.Block = {"type": "users_select"}
    if known.get("owner"):
        owner["initial_user"] = known["owner"]
    return [
        kit.field("owner", "Owner", owner),
        _text(known, "method", "Method", lines=True, optional=True,
              example="Data, model, training, evaluation"),
        kit.field("direction", "Direction", direction),
        _text(known, "baseline", "Baseline", optional=True, example="72%",
              hint="May wait: it is needed before the experiment starts."),
        _text(known, "eval_set", "Measured on", optional=True, most=120,
              example="500-question eval set", hint="On which questions the metric is asked."),
        _text(known, "measured_by", "Measured by", optional=True, most=120,
              example="nightly CI, or a name"),
    ]  # fmt: skip


def _limits(known: Mapping[str, Any]) -> list[kit.Block]:
    return [
        _text(known, "time_box", "Time box", hint="Like 10d, 2w or 1 sprint (14 days)."),
        _text(known, "gpu_budget", "Compute budget (GPU-hours)", example="24h"),
        _text(
            known,
            "kill_criteria",
            "What would kill it",
            lines=True,
            example="Accuracy below 78% after full training. Loss not down after epoch 1.",
        ),
    ]


def _success(known: Mapping[str, Any]) -> list[kit.Block]:
    return [
        _text(known, "success_primary", "Success: primary", lines=True, optional=True,
              hint="Empty means: the target is met."),
        _text(known, "success_secondary", "Success: secondary", lines=True, optional=True),
        _text(known, "success_blocking", "Success: blocking", lines=True, optional=True,
              hint="What must not get worse, such as safety. Confirmed before promotion."),
        _text(known, "guardrails", "Guardrails and fallbacks", lines=True, optional=True,
              example="Below 0.6 confidence a human answers (owner: Sarah, tested: 20 prompts)",
              hint="One a line. Promotion asks that each was tested."),
        _text(known, "link", "Link to the run", optional=True, most=500,
              example="https://wandb.ai/…"),
    ]  # fmt: skip


def _details(known: Mapping[str, Any]) -> list[kit.Block]:
    return [
        _text(known, "trained_on", "Trained on which dataset version", optional=True,
              most=200, example="DATA-003@v2",
              hint="Several with commas; without @v2 the newest version is kept."),
        _text(known, "code_commit", "Commit of the code", optional=True, most=64,
              example="3f2a9c1"),
    ]  # fmt: skip


def _prediction(known: Mapping[str, Any], meta: Mapping[str, Any]) -> list[kit.Block]:
    if meta.get("sealed"):
        return [kit.context(f"The prediction was sealed on {meta['sealed']} by the first result.")]
    return [
        _text(known, "predicted", "Your prediction of the result", optional=True,
              example="0.82..0.88",
              hint="The range it ends up in 8 times out of 10. Nobody is judged by one number."),
        _text(known, "predicted_chance", "Your chance that it is promoted", optional=True,
              example="30%", hint="Changeable until the first result, then sealed and scored."),
    ]  # fmt: skip


def _weight(known: Mapping[str, Any]) -> list[kit.Block]:
    kinds = [kit.option(kit.capital(KIND_NAMES[kind]), kind) for kind in KINDS]
    chosen = kit.choice(kinds, str(known.get("kind_of_work", "exploration")))
    return [
        kit.field("kind_of_work", "Kind of work", chosen),
        _text(known, "worth", "Worth if it succeeds (1 to 10)", optional=True, example="8",
              hint="Planning weighs it against what the experiment teaches and costs."),
        _text(known, "people_hours", "Hours of people's work", optional=True, example="16h"),
    ]  # fmt: skip


def created(ticket: Experiment) -> tuple[Message, Message]:
    """What the team reads: one line, and the hypothesis and its limits in the thread."""
    baseline = "" if ticket.baseline is None else f" (baseline {figures.number(ticket.baseline)})"
    facts = f"owner {kit.person(ticket.owner)} · target {experiment.goal(ticket)}{baseline}"
    limits = f"{experiment.gpu(ticket)} · {ticket.box_days} days"
    text = f"{ticket.id} new: {kit.escape(ticket.title, 150)} · {facts} · {limits}"
    evidence = [kit.context("*Hypothesis*"), kit.prose(ticket.hypothesis)]
    evidence += [kit.context("*Kill criteria*"), kit.prose(ticket.kill_criteria)]
    hypothesis = Message(f"{ticket.id}: hypothesis and kill criteria", evidence)
    return Message(text, [kit.section(text)]), hypothesis


def goalposts(ticket: Experiment, moved: Mapping[str, tuple[Any, Any]], by: str) -> Message:
    """What the team reads when what a result is judged by was changed under way."""
    parts = [f"{NAMES[name]} {_shown(old)} → {_shown(new)}" for name, (old, new) in moved.items()]
    text = f"{ticket.id} goalposts moved by {kit.person(by)}: {' · '.join(parts)}"
    return Message(text, [kit.section(text)])


def _shown(value: Any) -> str:
    if value is None or isinstance(value, int | float):
        return figures.number(value)
    return f"“{kit.escape(str(value), 200)}”"


def overtaken(old: Mapping[str, str], now: Mapping[str, str], *, who: str) -> str:
    """The sentence over a form whose ticket somebody else changed while it was open."""
    lines = [
        f"{NAMES[name]}: {kit.escape(old[name], 60) or '–'} → {kit.escape(now[name], 60) or '–'}"
        for name in NAMES
        if old[name] != now[name]
    ]
    return (
        f"{who} changed this ticket while the form was open: {'; '.join(lines)}. Your own "
        "changes are kept; look once more and save."
    )
