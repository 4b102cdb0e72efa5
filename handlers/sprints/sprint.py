"""/sprint: where the running sprint stands, its review, velocity; shared by a button."""

from core.errors import too_old
from handlers.ask import Ask, Reply, Routes, Verb
from services import share as sharing
from services.ports import Lab
from services.sprints import review as sprint_review
from services.sprints import sprint
from services.sprints import status as sprint_status
from views.kit import Message
from views.sprints import review as reviews
from views.sprints import sprint as view


def status(lab: Lab, ask: Ask) -> Reply:
    """`/sprint` and `/sprint status`."""
    return _mine(lab, ask, "status", "")


def review(lab: Lab, ask: Ask) -> Reply:
    """`/sprint review [3|last]`."""
    return _mine(lab, ask, "review", ask.text.strip())


def velocity(lab: Lab, ask: Ask) -> Reply:
    """`/sprint velocity`."""
    return _mine(lab, ask, "velocity", "")


def _mine(lab: Lab, ask: Ask, what: str, typed: str) -> Reply:
    once = ask.short_key
    return Reply.of(_page(lab, ask, (what, typed), share=f"{what}|{once}|{typed[:20]}"))


def _page(
    lab: Lab, ask: Ask, wanted: tuple[str, str], *, share: str = "", by: str = ""
) -> Message:
    what, typed = wanted
    if what == "status":
        return view.standing(sprint_status.standing(lab, ask.workspace), share=share, shared_by=by)
    if what == "review":
        found, frozen = sprint_review.look(lab, ask.workspace, typed)
        return reviews.page(found, frozen=frozen, share=share, shared_by=by)
    if what == "velocity":
        seen = sprint.velocity(lab, ask.workspace)
        return view.velocity(seen.past, seen.running, seen.trend, share=share, shared_by=by)
    raise too_old("Write `/sprint status`.")


def share(lab: Lab, ask: Ask) -> Reply:
    """The Share button; its value says what is shared, once."""
    what, _, rest = ask.value.partition("|")
    once, _, typed = rest.partition("|")
    message = _page(lab, ask, (what, typed), by=ask.user)
    place, new = sharing.post(
        lab, ask.workspace, f"sprint-share:{once}", message, channel=ask.channel
    )
    return Reply.of(view.shared(place, new=new), replace=True)


ROUTES = Routes(
    verbs=(
        Verb("/sprint", "", "", "Where the sprint stands", status),
        Verb("/sprint", "status", "", "The same", status),
        Verb("/sprint", "review", "[3|last]", "What was learned, results, figures", review),
        Verb("/sprint", "velocity", "", "Experiments decided per sprint, trend", velocity),
    ),
    actions={"sprint_share": share},
)
