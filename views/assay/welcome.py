"""What Assay says of itself."""

from collections.abc import Mapping

from views import kit
from views.kit import Message

EXAMPLES = (
    "`EXP-042` · `my experiments` · `how are we doing?` · `who is blocked?` · "
    "`EXP-036 recall is 0.85`"
)


def buttons() -> list[kit.Block]:
    """What most people want next."""
    return [
        kit.button("My experiments", "assay_say_mine", "my experiments"),
        kit.button("The board", "assay_say_board", "board"),
        kit.button("How are we doing?", "assay_say_status", "how are we doing"),
        kit.button("Help", "assay_say_help", "help"),
    ]


def to_person(*, first: bool) -> Message:
    """A greeting. first: they have never written to us before."""
    text = "Hello. I run this team's experiments: write to me as you would to a colleague."
    text = text if first else "Hello. What can I show you?"
    example = kit.context(f"For example: {EXAMPLES}")
    return Message(text, [kit.section(text), example, kit.actions(*buttons())])


def beside() -> kit.Block:
    """A line below the first answer that somebody gets."""
    return kit.context(f"Nice to meet you. Write to me as to a colleague: {EXAMPLES}")


def to_channel() -> Message:
    """What Assay is, in a channel it was invited to."""
    text = "Assay is here: it runs this team's experiments, standups and digest."
    how = "Mention me with a question or an id, also in a thread: `@Assay EXP-042`, "
    how += "`@Assay how are we doing?`, `@Assay who is blocked?`"
    set_up = (
        "Leads: `/exp setup` makes this channel the team's, `/standup setup` starts a standup."
    )
    return Message(text, [kit.section(f"*{text}* {how}"), kit.context(set_up)])


def youre_welcome() -> Message:
    """Where there is no message to react to."""
    return Message("You are welcome.", [kit.section("You are welcome.")])


def help_page(role: str, leads: bool, examples: Mapping[str, str]) -> Message:
    """What one can say and press. examples: what usages say → one of the reader's own."""
    one = examples.get("EXP-042", "EXP-042")
    text = (
        "Write to me as to a colleague: here, by `@Assay …` in a channel or thread, or `/assay …`."
    )
    lines = [
        f"• *Look:* `{one}` · `my experiments` · `board` · `how are we doing?` · "
        "`when will it be ready?`",
        "• *Team:* `who is blocked?` · `what did we kill this month?` · `gpu hours this week`",
    ]
    tell = f"• *Tell:* `{one} recall is 0.85` · `I'm stuck on …` · `I'm sick today` · `back`"
    lines += [] if role == "executive" else [tell]
    lines += (
        [f"• *Decide:* `what needs a decision?` · `kill {one}` · `promote {one}`"] if leads else []
    )
    more = kit.button("All commands", "help_open", "start")
    do = kit.actions(*_first(role, leads=leads), more)
    blocks = [kit.section(f"*{text}*"), kit.section("\n".join(lines)), do]
    return Message("\n".join([text, *lines]), blocks)


def _first(role: str, *, leads: bool) -> list[kit.Block]:
    """The three buttons that role needs first."""
    status = kit.button("How are we doing?", "assay_say_status", "how are we doing")
    decide = kit.button("What needs a decision?", "assay_say_decide", "what needs a decision")
    when = kit.button("When will it be ready?", "assay_say_when", "when will it be ready")
    new = kit.button("New experiment…", "assay_new")
    if role == "executive":
        return [status, decide, when]
    if leads:
        return [decide, status, new]
    result = kit.button("Report a result…", "update_open")
    return [result, kit.button("Report a blocker…", "blocker_new"), new]
