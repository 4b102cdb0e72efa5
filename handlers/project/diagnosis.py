"""/diagnose: why nothing ships, or planning does not work, answered from the data."""

from core.project import diagnosis as rules
from core.project import diagnosis_of_team as teams
from core.project.diagnosis import Complaint
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from services import share as sharing
from services.ports import Lab
from services.project import diagnosis, diagnosis_of_team
from views.kit import Message
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
    once = f"{ask.short_key}|{complaint.about}|{complaint.sprints}"
    return Reply.of(_answer(lab, ask, complaint, share=once))


def share(lab: Lab, ask: Ask) -> Reply:
    """The Share button: the same question, answered for everybody, once."""
    once, about, sprints = [*ask.value.split("|"), "", ""][:3]
    complaint = Complaint(about, number_in(sprints, "Write `/diagnose`."))
    said = _answer(lab, ask, complaint, shared_by=ask.user)
    place, new = sharing.post(lab, ask.team_id, f"diagnosis:{once}", said, channel=ask.channel)
    return Reply.of(shares.shared(place, new=new), replace=True)


def _answer(lab: Lab, ask: Ask, complaint: Complaint, **whose: str) -> Message:
    if complaint.about in teams.CASES:
        found = diagnosis_of_team.judge(lab, ask.team_id, complaint.about)
        return view.of_team(found, **whose)
    return view.answer(diagnosis.diagnose(lab, ask.team_id, complaint), **whose)


ROUTES = Routes(
    verbs=(
        Verb("/diagnose", "", "we haven't shipped in 3 sprints",
             "Afraid to kill, not starting, or healthily failing?", asked),
    ),
    actions={"diagnosis_share": share},
)  # fmt: skip
