"""/assay: whatever is typed after it is read as a sentence (handlers/assay/front)."""

from handlers.ask import Ask, Reply, Routes, Verb
from handlers.workspace import help as helps
from services.ports import Lab


def said(lab: Lab, ask: Ask) -> Reply:
    """`/assay` alone; with words it is answered by the command they mean."""
    return helps.start(lab, ask)


ROUTES = Routes(
    verbs=(
        Verb(
            "/assay", "", "EXP-042 | my experiments | how are we doing | who is blocked",
            "Ask anything, in your own words", said, takes_rest=True,
        ),
    ),
)  # fmt: skip
