"""/assay spent, decided, decisions: what has no command of its own."""

from dataclasses import replace

from core.digest.question import DigestQuestion, read
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.decisions import kill
from handlers.digest import need
from services import standing
from services.assay import decided as history
from services.assay import spent as usage
from services.digest import question as questions
from services.ports import Lab
from views.assay import told as view
from views.digest import question as answers


def spent(lab: Lab, ask: Ask) -> Reply:
    """`/assay spent this month`: GPU-hours that were reported."""
    found = usage.of(lab, ask.team_id, ask.text)
    return Reply.of(view.spent(found.when, found.hours, found.by_number))


def decided(lab: Lab, ask: Ask) -> Reply:
    """`/assay decided killed in November`: what was closed or learned then."""
    found = history.of(lab, ask.team_id, ask.text)
    if found.what == "learned":
        return Reply.of(view.learned(found.when, found.learned, found.count))
    return Reply.of(view.decided(found.what, found.when, found.tickets, found.count))


def decisions(lab: Lab, ask: Ask) -> Reply:
    """`/assay decisions`: proposals for who decides, and what leadership is asked."""
    role = standing.of(lab, ask.team_id, ask.user)
    parts = [] if role in ("observer", standing.GUEST) else [kill.kill(lab, _bare(ask))]
    parts.append(need.list_(lab, _bare(ask)))
    blocks = [block for part in parts for block in part.blocks]
    return Reply(text=" ".join(part.text.splitlines()[0] for part in parts), blocks=blocks)


def add(lab: Lab, ask: Ask) -> Reply:
    """Can you add X: the answer of `/ask`, from what such things took before."""
    found = read(ask.text)
    thing = found.thing or clean(ask.text, limit=120)
    told = questions.answer(lab, ask.team_id, DigestQuestion("add", thing=thing))
    return Reply.of(answers.answer(told))


def _bare(ask: Ask) -> Ask:
    return replace(ask, text="")


ROUTES = Routes(
    verbs=(
        Verb("/assay", "spent", "this month", "GPU-hours that were reported", spent),
        Verb(
            "/assay",
            "decided",
            "killed in November",
            "What was killed, promoted, learned",
            decided,
        ),
        Verb("/assay", "decisions", "", "What waits for a decision", decisions),
    ),
)
