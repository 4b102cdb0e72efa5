"""What is said of a team's trackers."""

from collections.abc import Sequence

from core.experiments.experiment import Experiment
from core.quantity import experiment_id
from core.tracking.kept import Kept, Source
from core.workspace.tracker import USAGE
from views import kit
from views.kit import Message

_MORE = (
    "`/track connect mlflow https://… experiments=support,rag` or `/track connect wandb "
    "team/project` reads one more, `/track disconnect 1` ends one."
)
_TAGS = "A run belongs to the experiment of its tag {}, else to the EXP-… in its name."


def greeting(one: Source) -> Message:
    """What who connected it hears when it was read for the first time."""
    text = f"{kit.escape(one.called)} is connected: {_runs(one.mapped)} of our experiments"
    text += f", {one.loose} that belong to none yet." if one.loose else "."
    buttons = [kit.actions(kit.button("Map them", "track_show"))] if one.loose else []
    return Message(text, [kit.section(text), *buttons])


def trouble(one: Source) -> Message:
    """What who connected it hears when it cannot be read."""
    text = f"{kit.escape(one.called)} cannot be read: {kit.escape(one.trouble, 500)}"
    return Message(text, [kit.section(text)])


def unwritten(one: Source, run: Kept, why: str) -> Message:
    """What leads hear when a decision could not be written to its run."""
    text = (
        f"{kit.escape(one.called)} took no decision for run {kit.escape(run.name, 60)} in five "
        f"tries: {kit.escape(why, 300)} The decision itself stands."
    )
    return Message(text, [kit.section(text)])


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count} runs"


def listing(sources: Sequence[Source], loose: Sequence[Kept]) -> Message:
    """`/track`: each tracker, how it goes, and runs that belong to no experiment."""
    if not sources:
        text = "No tracker is connected: results are typed or pushed."
        return Message(text, [kit.section(text), kit.context(f"An admin connects one. {USAGE}")])
    text = f"Trackers: {len(sources)}, {_runs(sum(one.mapped for one in sources))} mapped"
    unmapped = sum(one.loose for one in sources)
    text += f", {unmapped} not" if unmapped else ""
    blocks = [kit.section(f"*{text}*"), *(kit.section(_line(one)) for one in sources)]
    blocks += [
        kit.section(_loose(run), kit.button("Map", "track_map", str(run.key))) for run in loose
    ]
    if unmapped > len(loose):
        blocks.append(kit.context(f"The newest {len(loose)} of {unmapped} that belong to none."))
    return Message(text, [*blocks, kit.context(_MORE)])


def _line(one: Source) -> str:
    names = [f"{name} → {experiment_id(n)}" if n else name for name, n in one.projects.items()]
    if one.kind == "assay":
        return f"*{one.number}* · {one.called} · {_runs(one.mapped)}, told while they run"
    swept = f"read {kit.moment(one.swept_at)}" if one.swept_at else "not read yet"
    line = f"*{one.number}* · {kit.escape(one.called)} · {kit.escape(', '.join(names), 300)}"
    line += f" · {swept} · {_runs(one.mapped)} mapped, {one.loose} not"
    if one.trouble and one.trouble_at:
        line += f"\n:warning: Since {kit.moment(one.trouble_at)}: {kit.escape(one.trouble, 500)}"
    return line


def _loose(run: Kept) -> str:
    names = f" · names {kit.escape(run.names, 60)}, so it belongs to none" if run.names else ""
    began = f" · {kit.moment(run.started_at)}" if run.started_at else ""
    where = kit.escape(run.project, 60)
    return f"{kit.escape(run.name, 80)} · {where} · {run.state}{began}{names}"


def connected(one: Source) -> Message:
    """It will be read in a moment."""
    names = ", ".join(one.projects)
    text = f"I read {one.called} now ({names}); a direct message tells you how it went."
    tags = _TAGS.format("`EXP-042`" if one.kind == "wandb" else "`exp_id`")
    return Message(kit.escape(text), [kit.section(kit.escape(text)), kit.context(tags)])


def disconnected(one: Source) -> Message:
    """It is read no more."""
    text = f"{one.called} is read no more. What its runs gave stays."
    return Message(kit.escape(text), [kit.section(kit.escape(text))])


def form(run: Kept, tickets: Sequence[Experiment]) -> kit.Block:
    """To which experiment a run belongs."""
    options = [kit.option(f"{one.id} {one.title}", str(one.number)) for one in tickets[:100]]
    scope = [
        kit.option("This run", "run"),
        kit.option(f"Every run of {run.project} that names none", "project"),
    ]
    began = f", began {kit.moment(run.started_at)}" if run.started_at else ""
    blocks = [
        kit.section(f"*{kit.escape(run.name, 80)}* of {kit.escape(run.project, 60)}{began}"),
        kit.field("experiment", "Belongs to", kit.choice(options)),
        kit.field("scope", "Which runs", kit.choice(scope, "run", radio=True)),
    ]
    return kit.modal("track_map", "Map a run", blocks, submit="Map", meta={"run": run.key})


def mapped(run: Kept, ticket: Experiment, *, whole: bool) -> Message:
    """It belongs there now."""
    what = f"Every run of {run.project} that names none" if whole else f"Run {run.name}"
    text = kit.escape(f"{what} belongs to {ticket.id} {ticket.title} now; its results follow.")
    return Message(text, [kit.section(text)])
