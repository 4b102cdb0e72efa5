"""Engineering tickets written, changed, moved and done; each change with its audit row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from core.board import engineering as rules
from core.board import engineering_target
from core.board.engineering import Engineering
from core.board.engineering_form import written
from core.errors import NotFound, Refused
from core.quantity import experiment_id
from models import team as people
from models.board import engineering as table
from models.board.engineering import Engineering as Row
from models.board.engineering import EngineeringChange
from services import announcement, form_draft
from services import team as teams
from services.board import engineering
from services.board.engineering import EngineeringPage
from services.data import desk as dataset_desk
from services.data import waiting
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from views.board import engineering as view
from views.kit import Message

_MOMENTS = ("since", "created_at")


@dataclass(frozen=True)
class EngineeringRequest:
    """Who does what to which ticket. channel: where they are; seen: the version when the form
    was opened, or None; typed: texts by field.
    """

    number: int
    by: str
    why: str = ""
    channel: str = ""
    seen: int | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WrittenTicket:
    """A ticket after a change; said: what was done, as a sentence."""

    shown: EngineeringPage
    said: str


def create(lab: Lab, workspace: str, act: EngineeringRequest) -> WrittenTicket:
    """A new ticket. Raises Refused under the field that is wrong, NotFound (experiment)."""
    with desk(lab, workspace) as here:
        number = people.next_number(here.session, Row, here.team_id)
        new = written(act.typed, number=number, by=act.by, now=here.now, asked=None)
        _require_known(here, new.experiments)
        row = Row(team_id=here.team_id, number=number, since=here.now, created_at=here.now)
        row.apply(new)
        here.session.add(row)
        here.session.flush()
        made = _kept(here, row, EngineeringChange(
            engineering_id=row.pk, at=here.now, who=act.by, action="created",
            after={"title": new.title, "type": new.kind, "owner": new.owner},
        ))  # fmt: skip
        teams.member(here.session, here.team, new.owner, now=here.now)
        form_draft.forget(here.session, workspace, act.by, engineering.form_name(0))
        _post(here, _key(here, new, made), act, view.started(new, act.by))
        return _written(here, row, f"{new.id} is written and waits in todo.", 0)


def edit(lab: Lab, workspace: str, act: EngineeringRequest) -> WrittenTicket:
    """Its form was sent. Raises NotFound, NotAllowed, Refused (wrong field; somebody faster)."""
    with desk(lab, workspace) as here:
        row = engineering.row(here.session, here.team, act.number)
        old = row.snapshot()
        engineering.require_change(here.session, here.team, old, act.by, "edit it")
        _require_seen(here, row, act)
        new = written(act.typed, number=old.number, by=old.owner, now=here.now, asked=old)
        _require_known(here, new.experiments)
        form_draft.forget(here.session, workspace, act.by, engineering.form_name(old.number))
        if new == old:
            return _written(here, row, f"Nothing to change: {old.id} is as it was.", 0)
        teams.member(here.session, here.team, new.owner, now=here.now)
        made = change(here, row, new, act, "edited")
        return _written(here, row, f"{new.id} saved.", made.pk)


def move(lab: Lab, workspace: str, to: str, act: EngineeringRequest) -> WrittenTicket:
    """Into todo, doing or review. Raises NotFound, NotAllowed, Refused (it is there)."""

    def rule(here: Desk, old: Engineering) -> Engineering:
        today = experiment.today_of(here.team, here.now)
        return rules.moved(old, to, now=here.now, today=today)

    with desk(lab, workspace) as here:
        row, old, new = _ruled(here, act, rule, f"move it to {to}")
        made = change(here, row, new, act, f"moved to {to}")
        said = f"{new.id} moved from {old.status} to {to}."
        return _written(here, row, said, made.pk)


def done(
    lab: Lab, workspace: str, measured: tuple[str, str], act: EngineeringRequest
) -> WrittenTicket:
    """Done, with (latency, cost) measured; owners of experiments it freed hear of it.

    Raises NotFound, NotAllowed, Refused (done already; a target not shown and no reason).
    """

    def rule(here: Desk, old: Engineering) -> Engineering:
        wanted = (("latency", old.latency_target), ("cost", old.cost_target))
        pairs = zip(wanted, measured, strict=True)
        lacks = [engineering_target.lack(kind, limit, got) for (kind, limit), got in pairs]
        kept = [lack for lack in lacks if lack]
        return rules.finished(old, measured, kept, act.why, now=here.now)

    with desk(lab, workspace) as here:
        row, old, new = _ruled(here, act, rule, "close it")
        made = change(here, row, new, act, "done")
        freed = waiting.tell_free(here, new.experiments, new.id, made.pk)
        _post(here, _key(here, new, made), act, view.done(new, act.by, freed))
        told = f" {', '.join(freed)} waits for nothing now." if freed else ""
        return _written(here, row, f"{new.id} is done (was in {old.status}).{told}", made.pk)


def link(
    lab: Lab, workspace: str, numbers: Sequence[int], act: EngineeringRequest
) -> WrittenTicket:
    """It blocks these experiments too. Raises NotFound (ticket or experiment), NotAllowed."""

    def rule(here: Desk, old: Engineering) -> Engineering:
        dataset_desk.known(here, numbers)
        return replace(old, experiments=tuple(dict.fromkeys((*old.experiments, *numbers))))

    return _linked(lab, workspace, (rule, "linked"), act)


def unlink(
    lab: Lab, workspace: str, numbers: Sequence[int], act: EngineeringRequest
) -> WrittenTicket:
    """It blocks these experiments no more. Raises NotFound (ticket), NotAllowed."""

    def rule(_here: Desk, old: Engineering) -> Engineering:
        return replace(old, experiments=tuple(n for n in old.experiments if n not in numbers))

    return _linked(lab, workspace, (rule, "unlinked"), act)


Rule = Callable[[Desk, Engineering], Engineering]


def _linked(
    lab: Lab, workspace: str, what: tuple[Rule, str], act: EngineeringRequest
) -> WrittenTicket:
    with desk(lab, workspace) as here:
        row, old, new = _ruled(here, act, what[0], "change what it blocks")
        ids = ", ".join(experiment_id(n) for n in new.experiments) or "no experiment"
        if new == old:
            return _written(here, row, f"Nothing to change: {old.id} blocks {ids}.", 0)
        made = change(here, row, new, act, what[1])
        return _written(here, row, f"{new.id} blocks {ids}.", made.pk)


def _ruled(
    here: Desk, act: EngineeringRequest, rule: Rule, what: str
) -> tuple[Row, Engineering, Engineering]:
    row = engineering.row(here.session, here.team, act.number)
    here.session.refresh(row)  # somebody may have been faster while we waited for the team
    old = row.snapshot()
    engineering.require_change(here.session, here.team, old, act.by, what)
    return row, old, rule(here, old)


def change(
    here: Desk, row: Row, new: Engineering, act: EngineeringRequest, action: str
) -> EngineeringChange:
    """Take over the new value and keep who, what, from → to and why."""
    old = row.snapshot()
    row.apply(new)
    names = [n for n in Engineering.__dataclass_fields__ if getattr(old, n) != getattr(new, n)]
    return _kept(here, row, EngineeringChange(
        engineering_id=row.pk, at=here.now, who=act.by, action=action, why=act.why,
        before={name: _plain(getattr(old, name)) for name in names},
        after={name: _plain(getattr(new, name)) for name in names},
    ))  # fmt: skip


def _kept(here: Desk, row: Row, made: EngineeringChange) -> EngineeringChange:
    here.session.add_all([row, made])
    here.session.flush()
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def restored(before: Mapping[str, Any]) -> dict[str, Any]:
    """Audited values as the ticket's own types."""
    return {name: _typed(name, value) for name, value in before.items()}


def _typed(name: str, value: Any) -> Any:
    if name == "experiments":
        return tuple(value)
    if value and name in _MOMENTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value and name == "box_ends" else value


def _require_known(here: Desk, numbers: Sequence[int]) -> None:
    try:
        dataset_desk.known(here, numbers)
    except NotFound as refusal:
        refusal.field = "experiments"
        raise


def _require_seen(here: Desk, row: Row, act: EngineeringRequest) -> None:
    here.session.refresh(row)
    if act.seen is None or act.seen == row.version:
        return
    last = table.changes_of(here.session, row.pk)[0]
    who = here.name(last.who)
    raise Refused(
        f"{row.snapshot().id} was changed by {who} meanwhile ({last.action}).",
        "Close this form and open it again: what you typed is kept.",
        field="title",
    )


def _key(here: Desk, ticket: Engineering, made: EngineeringChange) -> str:
    return f"eng:{here.team_id}:{ticket.id}:{made.id}"


def _post(here: Desk, key: str, act: EngineeringRequest, what: Message) -> None:
    channel = announcement.place(here.team, act.channel)
    if channel:
        here.post(key, channel, what)


def _written(here: Desk, row: Row, said: str, change_id: int) -> WrittenTicket:
    today = experiment.today_of(here.team, here.now)
    return WrittenTicket(
        EngineeringPage(row.snapshot(), today, row.version, change_id=change_id), said
    )
