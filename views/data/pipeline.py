"""The data pipeline in words, beside its picture."""

from core.data.pipeline import Pipeline, PipelineStage
from views import kit
from views.kit import Message

ROWS = 8
_ADD = (
    "A blocker is added with `/data clear DATA-003 legal open @name`, `/data pii DATA-003 found "
    "what` or `/data check DATA-003 pilot bad what`."
)


def pipeline(found: Pipeline, *, pictured: bool = False) -> Message:
    """A line a stage with its lead time, and the cards that something holds."""
    text = found.headline
    if not any(stage.count for stage in found.stages):
        hint = "There is no data card yet. `/data new` says what data is needed."
        return Message(text, [kit.section(f"*{text}*\n{hint}")])
    blocks = [kit.section(f"*{text}*\n" + "\n".join(_stage(one) for one in found.stages))]
    held = [one for stage in found.stages for one in stage.cards if one.mark]
    if held:
        lines = [
            f"*{one.card.id}* {kit.escape(one.card.title, 80)} · "
            + kit.escape(", ".join(one.blockers) or one.mark, 300)
            for one in held[:ROWS]
        ]
        rest = [f"and {len(held) - ROWS} more"] if len(held) > ROWS else []
        blocks.append(kit.section("\n".join([*lines, *rest])))
    blocks.append(kit.context(*(["The picture is in our direct messages."] * pictured), _ADD))
    return Message(text, blocks)


def _stage(one: PipelineStage) -> str:
    takes = f" ({one.takes})" if one.takes else ""
    held = f", *{one.blocked} blocked*" if one.blocked else ""
    return f"{one.name}{takes}: {one.count}{held}"
