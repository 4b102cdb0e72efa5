"""Learnings in Slack: lists, the small form, and where one was kept."""

from collections.abc import Sequence

from core.experiments.learning import Learning, bare
from core.quantity import experiment_id
from views import kit
from views.kit import Message

_SOURCES = {"decision": "decided", "standup": "standup", "evening": "evening", "logged": "logged"}


def listing(found: Sequence[Learning], title: str, *, more: bool, nothing: str) -> Message:
    """Learnings, the newest first; title and nothing are ours or escaped."""
    if not found:
        return Message(nothing, [kit.section(nothing)])
    blocks = [kit.section(f"*{title}*"), *(kit.section(line(one)) for one in found)]
    older = "There are older ones: `/learn search word word` narrows it down."
    return Message(title, [*blocks, *([kit.context(older)] if more else [])])


def line(one: Learning) -> str:
    """`EXP-042: text` and in a second line who, when, where from, and of which other team."""
    about = ", ".join(experiment_id(number) for number in one.experiments)
    said = kit.escape(" ".join(bare(one.text, one.experiments).split()), 400)
    logged = f", kept by {kit.escape(one.logged_by, 80)}" if one.logged_by else ""
    team = f" of {kit.escape(one.team, 60)}" if one.team else ""
    source = _SOURCES[one.source] if one.confirmed else "only said in a standup"
    when = f"{kit.day(one.at.date())}, {source}{logged}"
    who = f"{kit.escape(one.name, 80)}{team}, {when}"
    return f"{f'*{about}*: ' if about else ''}{said}\n_{who}_"


def form(text: str, experiment: str, origin: str, author: str) -> kit.Block:
    """A message as a learning, with its experiment when there is one."""
    blocks = [
        kit.field("text", "What was learned?", kit.text_input(text, lines=True)),
        kit.field(
            "experiment",
            "Experiment",
            kit.text_input(experiment, placeholder="EXP-042"),
            hint="Leave it empty when it is about none.",
            optional=True,
        ),
    ]
    meta = {"origin": origin, "author": author}
    return kit.modal("learn_log", "Log a learning", blocks, submit="Keep", meta=meta)


def search_form(typed: str = "", found: Message | None = None) -> kit.Block:
    """Asks for words; below them what was found for the last ones."""
    words = kit.text_input(typed, placeholder="tokenizer numbers")
    hint = "Every word must occur; part of a word is enough."
    blocks = [kit.field("words", "What do you look for?", words, hint=hint)]
    blocks += found[1] if found else []
    return kit.modal("learn_find", "Search learnings", blocks, submit="Search")


def kept(one: Learning, *, new: bool) -> Message:
    """Where it was kept, with a way back."""
    about = experiment_id(one.experiments[0]) if one.experiments else ""
    where = f"with {about}: `/learn {about}` shows it" if about else "for the team: `/learn`"
    who = kit.escape(one.logged_by or one.name, 80)
    text = f"Kept {where}, and `/learn search` finds it."
    text = text if new else f"It is there already, kept by {who} {where}."
    back = kit.button("Take it back", "learn_forget", str(one.id))
    return Message(
        text, [kit.section(text), kit.quote(kit.clip(one.text, 500)), kit.actions(back)]
    )


def taken_back(one: Learning) -> Message:
    """That it is gone, with its words, so that nothing typed is lost."""
    text = "Taken back; nobody finds it any more."
    return Message(text, [kit.section(text), kit.quote(one.text)])
