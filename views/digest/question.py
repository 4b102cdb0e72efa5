"""Answers to leadership's questions as Slack shows them."""

from core.digest.question import DigestQuestion
from core.digest.question_told import ToldAnswer
from core.quantity import experiment_id
from views import kit
from views.kit import Message

CAN = {
    "status": "How are we doing?",
    "when": "When will it be ready?",
    "accuracy": "How accurate is it?",
}
_HOW_TO = (
    "`/ask how are we doing` · `/ask when will it be ready` · "
    "`/ask how accurate is it` (or `… is EXP-042`) · `/ask can you just add X` · "
    "`/ask can we launch at 85%`"
)


def answer(told: ToldAnswer, *, once: str = "", shared_by: str = "") -> Message:
    """The answer. once: with a Share button that carries it; shared_by: who asked and shared."""
    first, *rest = told.lines
    question = asked(told.question)
    text = f"{question} {first}."
    blocks = [kit.context(kit.escape(question, 300)), kit.section(f"*{kit.escape(first, 900)}.*")]
    if rest:
        blocks.append(_bullets(rest))
    end = f"Facts {told.sha256[:8]}, as of {kit.moment(told.at)}"
    blocks.append(kit.context(". ".join([*(kit.escape(line, 600) for line in told.small), end])))
    if shared_by:
        blocks.append(kit.context(f"Asked by {kit.person(shared_by)}"))
    buttons = _buttons(told.question, once)
    if told.promoted:
        live = experiment_id(told.promoted)
        buttons.insert(0, kit.button(f"{live} is live…", "live_open", str(told.promoted)))
    said = "\n".join([text, *(f"• {line}" for line in rest)])
    return Message(
        kit.escape(said, 3900), [*blocks, *([kit.actions(*buttons)] if buttons else [])]
    )


def unknown(question: str) -> Message:
    """None of the questions that can be answered."""
    text = "I can't answer this from the data."
    buttons = [kit.button(words, f"question_{kind}", kind) for kind, words in CAN.items()]
    words = f"You asked: “{kit.escape(question, 200)}”. " if question else ""
    return Message(
        text,
        [
            kit.section(f"*{text}* {words}What can be asked:"),
            kit.section(_HOW_TO),
            kit.actions(*buttons),
        ],
    )


def nothing_asked() -> Message:
    """`/ask` alone."""
    _, blocks = unknown("")
    text = "These questions are answered from the data:"
    return Message(text, [kit.section(f"*{text}*"), *blocks[1:]])


def form(typed: str = "", told: Message | None = None) -> kit.Block:
    """Asks for a question; below it the answer to the last one."""
    words = kit.text_input(typed, placeholder="when will it be ready")
    hint = "Answered from the records: " + "; ".join([*CAN.values(), "Can you just add X?"])
    blocks = [kit.field("question", "Your question", words, hint=hint)]
    blocks += told[1] if told else []
    return kit.modal("question", "Ask a question", blocks, submit="Ask")


def shared(channel: str, *, new: bool) -> Message:
    """Who shared it hears where it stands."""
    text = f"Shared in <#{channel}>." if new else f"It is shared in <#{channel}> already."
    return Message(text, [kit.section(text)])


def asked(question: DigestQuestion) -> str:
    """The question in a standard form."""
    if question.kind == "add":
        return f"Can you just add “{question.thing}”?"
    if question.kind == "launch":
        return f"Can we launch{f' at {question.thing}' if question.thing else ''}?"
    if question.experiment:
        return f"How accurate is EXP-{question.experiment:03d}?"
    return CAN[question.kind]


def _buttons(question: DigestQuestion, once: str) -> list[kit.Block]:
    found = []
    if question.kind == "add":
        found.append(kit.button("Write it as a hypothesis", "question_write", question.thing,
                                style="primary"))  # fmt: skip
    if once:
        value = f"{once}|{question.kind}|{question.experiment}|{question.thing}"
        found.append(kit.button("Share", "question_share", value))
    return found


def _bullets(lines: list[str]) -> kit.Block:
    items = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": line or " "}]}
        for line in lines
    ]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}],
    }
