"""How long standup answers are kept, in Slack."""

from core.workspace.retention import Retention
from views import kit
from views.kit import Message

_STAYS = (
    "Only the words of standup answers go, inputs pushed with `--with-text`, and parameters of "
    "runs whose experiment was killed, with the copies here. Decisions, learnings, blockers, "
    "experiments, and who answered when stay. Messages in Slack follow Slack's own retention."
)
_HOW = "An admin sets it: `/exp retention answers=365d`, or `answers=off`."


def shown(found: Retention) -> Message:
    """What holds, and how to change it."""
    text = _holds(found.days)
    if found.set_by:
        blocks = [kit.section(f"*{text}*"), kit.context(f"Set by {_who(found)}.")]
    else:
        blocks = [kit.section(f"*{text}*")]
    return Message(text, [*blocks, kit.context(_STAYS), kit.context(_HOW)])


def plan(found: Retention) -> Message:
    """The dry run, with the button that carries it out."""
    wanted = found.wanted or 0
    if wanted == found.days:
        return shown(found)
    if not wanted:
        text = f"{_holds(0).replace('are', 'would be')} Nothing is changed yet."
        sure = kit.confirm("Keep for ever?", "Nothing more is forgotten from now on.", "Keep all")
        button = kit.button("Keep for ever", "retention_set", "0", confirm=sure)
        return Message(text, [kit.section(f"*{text}*"), kit.actions(button)])
    assert found.before is not None
    words = "answer" if found.answers == 1 else "answers"
    text = (
        f"Dry run: in the whole workspace the words of {found.answers:,} {words} from before "
        f"{found.before:%Y-%m-%d} would go ({wanted} days). Nothing is changed yet."
    )
    ask = f"{found.answers:,} now, later ones as they get {wanted} days old. It can't be undone."
    sure = kit.confirm("Forget old answers?", ask, "Forget them")
    button = kit.button(
        "Forget old answers", "retention_set", str(wanted), style="danger", confirm=sure
    )
    return Message(text, [kit.section(f"*{text}*"), kit.context(_STAYS), kit.actions(button)])


def chosen(found: Retention, *, new: bool) -> Message:
    """What holds now."""
    text = _holds(found.days)
    if not new:
        text = f"That holds already: {text}"
    elif found.days:
        text += " The first are forgotten within a day."
    return Message(text, [kit.section(text)])


def announced(found: Retention) -> Message:
    """The team hears of it."""
    text = _holds(found.days)
    return Message(text, [kit.section(text), kit.context(f"Set by {_who(found)}. {_STAYS}")])


def _holds(days: int) -> str:
    if not days:
        return "Standup answers are kept for ever in the whole workspace."
    return f"Standup answers are kept for {days} days in the whole workspace."


def _who(found: Retention) -> str:
    return f"{kit.person(found.set_by)} on {kit.escape(found.set_on, 20)}"
