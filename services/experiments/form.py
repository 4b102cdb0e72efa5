"""Writing tickets and changing what is written in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from core.errors import Refused
from core.experiments import form
from core.experiments.experiment import FIELDS, Experiment
from core.faults import Faults
from models import team as people
from models.experiments import experiment as table
from models.team import Team
from services import audited
from services import team as teams
from services.desk import desk
from services.experiments import experiment, trained
from services.experiments import ticket as original
from services.experiments.experiment import Changed, Scene, TicketPage, TicketRequest
from services.ports import Lab
from views.experiments import form as view
from views.kit import Message


def create(
    lab: Lab, team_id: int, values: Mapping[str, Any], *, by: str, channel: str = ""
) -> Changed:
    """A new ticket in the backlog from a form's values; the team hears of it.

    Raises Refused under the field that is wrong, also for a title an open ticket has already.
    """
    with desk(lab, team_id) as here:
        with Faults() as each:
            draft = each(form.read, values, by=by)
            each(_require_new_title, here.session, here.team, form.title_of(values))
            typed = form.text_of(values, "trained_on")
            used = each(trained.named, here.session, here.team, typed, field="trained_on")
        draft = replace(draft, trained_on=used)
        number = people.next_number(here.session, table.Experiment, here.team_id)
        new = form.opened(draft, number=number, now=here.now)
        for user_id in {by, new.owner}:
            teams.member(here.session, here.team, user_id, now=here.now)
        change_id = insert(here.session, here.team, new, by)
        made = Changed(new, new, change_id, experiment.today_of(here.team, here.now))
        return experiment.tell(here, made, lambda _: view.created(new), channel)


def insert(session: Session, team: Team, new: Experiment, by: str) -> int:
    """Keep a new ticket with the audit row that begins its history; the id of that row."""
    fields = {name: getattr(new, name) for name in FIELDS}
    made = original.audit(by, "created", at=new.created_at)
    made.team_id = team.pk
    row = table.Experiment(team_id=team.pk, **fields)
    return audited.began(session, row, made, [name for name in FIELDS if fields[name]]).pk


def _require_new_title(session: Session, team: Team, title: str, *, but: int = 0) -> None:
    for other in experiment.open_of(session, team):
        if other.number != but and other.title.casefold() == title.casefold():
            raise Refused(
                f"{other.id} is open under this title.",
                f"Change the title, or go on there: `/exp {other.id}`.",
                field="title",
            )


def edit(lab: Lab, act: TicketRequest, values: Mapping[str, Any]) -> Changed:
    """The ticket with a form's values taken over.

    Raises NotAllowed (owner or lead), Refused (closed, wrong value, nothing changed).
    """

    def rule(scene: Scene) -> Experiment:
        before = scene.ticket
        require_editable(scene.session, scene.team, before, act.by)
        row = original.row(scene.session, scene.team, before.number)
        first = original.first_result(scene.session, row)
        sealed = experiment.today_of(scene.team, first) if first else None
        most = 2 * original.gpu_budget(scene.session, row)
        with Faults() as each:
            draft = each(form.read, values, by=before.owner)
            title = form.title_of(values)
            each(_require_new_title, scene.session, scene.team, title, but=before.number)
            after = each(form.edited, before, draft, sealed=sealed, gpu_limit=most)
            used = before.trained_on
            if (typed := form.text_of(values, "trained_on")) != used:
                used = each(trained.named, scene.session, scene.team, typed, field="trained_on")
        after = replace(after, trained_on=used)
        if after == before:
            raise Refused("Nothing is different from what it was.", field="title")
        teams.member(scene.session, scene.team, after.owner, now=scene.now)
        return after

    def say(made: Changed) -> Sequence[Message]:
        moved = form.moved_goalposts(made.before, made.after)
        return (view.goalposts(made.after, moved, act.by),) if moved else ()

    return experiment.alter(lab, act, rule, say)


def to_edit(lab: Lab, team_id: int, number: int, *, by: str) -> TicketPage:
    """The ticket for its edit form. Raises NotFound, NotAllowed (owner or lead), Refused."""
    look = experiment.seen(lab, team_id, number)
    with desk(lab, team_id, lock=False) as here:
        require_editable(here.session, here.team, look.ticket, by)
    return look


def require_editable(session: Session, team: Team, before: Experiment, user_id: str) -> None:
    """Pass for the owner and leads of an open ticket. Raises Refused, NotAllowed."""
    experiment.require_open(session, team, before)
    experiment.require_change(session, team, before, user_id, f"edit {before.id}")
