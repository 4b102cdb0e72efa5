"""/diagnose: why nothing ships, answered from the data."""

from core.project import diagnosis as rules
from core.project.diagnosis import Complaint
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from services import share as sharing
from services.ports import Lab
from services.project import diagnosis
from views.project import diagnosis as view
from views.sprints import sprint as shares


def asked(lab: Lab, ask: Ask) -> Reply:
    """`/diagnose we haven't shipped in 3 sprints`; bare: the general question."""
    typed = clean(ask.text, limit=300)
    complaint = rules.read(typed)
    if complaint.about in ("unknown", "phase"):
        return Reply.of(
            view.unknown(typed) if complaint.about == "unknown" else view.about_phase()
        )
    once = ask.short_key
    found = diagnosis.diagnose(lab, ask.workspace, complaint)
    return Reply.of(view.answer(found, share=f"{once}|{complaint.about}|{complaint.sprints}"))


def share(lab: Lab, ask: Ask) -> Reply:
    """The Share button: the same question, answered for everybody, once."""
    once, about, sprints = [*ask.value.split("|"), "", ""][:3]
    complaint = Complaint(about, number_in(sprints, "Write `/diagnose`."))
    found = diagnosis.diagnose(lab, ask.workspace, complaint)
    place, new = sharing.post(
        lab, ask.workspace, f"diagnosis:{once}", view.answer(found, shared_by=ask.user),
        channel=ask.channel,
    )  # fmt: skip
    return Reply.of(shares.shared(place, new=new), replace=True)


ROUTES = Routes(
    verbs=(
        Verb("/diagnose", "", "we haven't shipped in 3 sprints",
             "Afraid to kill, not starting, or healthily failing?", asked),
    ),
    actions={"diagnosis_share": share},
)  # fmt: skip
