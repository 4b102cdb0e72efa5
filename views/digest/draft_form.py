"""The form that edits a draft or corrects a posted digest, section by section."""

from core.digest.draft import LABELS, Doubt, Form
from core.text import shorten
from views import kit

_TITLES = {"edit": "Edit the digest", "correct": "Correct the digest"}
_ABOUT = {
    "edit": "Figures are checked against the records. Leave a section empty and Assay writes it.",
    "correct": "Checked against the facts of that digest. The post is edited in place; its thread "
    "says what changed.",
}
_OWN = "own"


def form(shown: Form) -> kit.Block:
    """One field per section; above them what is wrong, below a way to post it all the same."""
    tag = shown.sent.tag
    blocks = [*_notes(shown), kit.context(_ABOUT[shown.purpose])]
    for key, label in LABELS.items():
        text = shown.sent.texts.get(key, "")
        element = kit.text_input(text, lines=True)
        blocks.append(kit.field(f"{key}{tag}", label, element, optional=True))
    keys = list(dict.fromkeys(doubt.key for doubt in shown.doubts))
    if keys:
        options = [kit.option(LABELS[key], key) for key in keys]
        boxes = kit.choices(options, shown.sent.own)
        hint = "Marked in the digest: “in the words of” and your name. Not checked."
        label = "Post as my own words"
        blocks.append(kit.field(_OWN, label, boxes, hint=hint, optional=True))
    meta = {"number": shown.sent.number, "version": shown.sent.version, "tag": tag}
    meta |= {"week": shown.week}
    title = _TITLES[shown.purpose]
    name = f"edition_{shown.purpose}"
    return kit.modal(name, title, blocks, submit="Save", meta=meta)


def _notes(shown: Form) -> list[kit.Block]:
    blocks = []
    if shown.overtaken:
        who = kit.escape(shown.overtaken, 80)
        blocks.append(
            kit.section(
                f"{who} changed it while you typed. What you changed is below as you typed it, "
                "the rest as it is now. Save again to keep yours."
            )
        )
    for label, text in shown.standing:
        blocks += [kit.context(f"*{label}* by {kit.escape(shown.overtaken, 80)}:")]
        blocks.append(kit.quote(text or "(empty)"))
    if shown.doubts:
        said = "Not saved yet: the records do not say this. Change it, or tick the box below."
        blocks.append(kit.section(f"{said}\n" + "\n".join(_doubt(d) for d in shown.doubts[:8])))
    return blocks


def _doubt(doubt: Doubt) -> str:
    sentence = kit.escape(shorten(doubt.sentence, 160))
    return f"• *{LABELS[doubt.key]}*: “{sentence}” ({kit.escape(doubt.why, 120)})"
