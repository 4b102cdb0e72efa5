"""Engineering tickets written, changed, moved and done; each change with its audit row."""

from collections.abc import Callable, Sequence

from core.audited import linked, unlinked
from core.board import engineering as rules
from core.board import engineering_target
from core.board.engineering import Engineering
from core.board.engineering_form import written
from core.faults import Faults
from core.quantity import experiment_id
from models import form_draft
from models import team as people
from models.audited import Change
from models.board.engineering import Engineering as Row
from services import announcement, audited
from services import team as teams
from services.audited import ChangeRequest
from services.board import engineering
from services.board.engineering import EngineeringPage, WrittenEngineering
from services.data import desk as dataset_desk
from services.data import waiting
from services.desk import Desk, desk
from services.experiments import experiment, ticket
from services.ports import Lab
from views.board import engineering as view
from views.kit import Message


def create(lab: Lab, team_id: int, act: ChangeRequest) -> WrittenEngineering:
    """A new ticket. Raises Refused under the field that is wrong, NotFound (experiment)."""
    with desk(lab, team_id) as here:
        row, made = insert(here, act)
        new = row.snapshot()
        form_draft.forget(here.session, team_id, act.by, engineering.form_name(0))
        _post(here, _key(here, new, made), act, view.started(new, act.by))
        return _written(here, row, f"{new.id} is written and waits in todo.", 0)


def insert(here: Desk, act: ChangeRequest) -> tuple[Row, Change]:
    """The new ticket, of which nobody was told, and the row that begins its history. Raises as
    `create`.
    """
    number = people.next_number(here.session, Row, here.team_id)
    with Faults() as each:
        new = each(written, act.typed, number=number, by=act.by, now=here.now, asked=None)
        each(dataset_desk.require_known, here, act.typed)
    row = Row(team_id=here.team_id, number=number, since=here.now, created_at=here.now)
    row.apply(new)
    made = audited.audit(here, row, act, "created")
    audited.began(here.session, row, made, ("title", "kind", "owner"))
    teams.member(here.session, here.team, new.owner, now=here.now)
    return row, made


def edit(lab: Lab, team_id: int, act: ChangeRequest) -> WrittenEngineering:
    """Its form was sent. Raises NotFound, NotAllowed, Refused (wrong field; somebody faster)."""
    with desk(lab, team_id) as here:
        row = engineering.row(here.session, here.team, act.number)
        old = row.snapshot()
        engineering.require_change(here.session, here.team, old, act.by, "edit it")
        audited.require_seen(here, row, act, field="title")
        with Faults() as each:
            known = {"number": old.number, "by": old.owner, "now": here.now, "asked": old}
            new = each(written, act.typed, **known)  # type: ignore[arg-type]
            each(dataset_desk.require_known, here, act.typed)
        form_draft.forget(here.session, team_id, act.by, engineering.form_name(old.number))
        if new == old:
            return _written(here, row, f"Nothing to change: {old.id} is as it was.", 0)
        teams.member(here.session, here.team, new.owner, now=here.now)
        made = audited.change(here, row, new, act, "edited")
        return _written(here, row, f"{new.id} saved.", made.pk)


def move(lab: Lab, team_id: int, to: str, act: ChangeRequest) -> WrittenEngineering:
    """Into todo, doing or review. Raises NotFound, NotAllowed, Refused (it is there)."""

    def rule(here: Desk, old: Engineering) -> Engineering:
        today = experiment.today_of(here.team, here.now)
        return rules.moved(old, to, now=here.now, today=today)

    with desk(lab, team_id) as here:
        row, old, new = _ruled(here, act, rule, f"move it to {to}")
        made = audited.change(here, row, new, act, f"moved to {to}")
        said = f"{new.id} moved from {old.status} to {to}."
        return _written(here, row, said, made.pk)


def done(
    lab: Lab, team_id: int, measured: tuple[str, str], act: ChangeRequest
) -> WrittenEngineering:
    """Done, with (latency, cost) measured; owners of experiments it freed hear of it.

    Raises NotFound, NotAllowed, Refused (done already; a target not shown and no reason).
    """

    def rule(here: Desk, old: Engineering) -> Engineering:
        wanted = (("latency", old.latency_target), ("cost", old.cost_target))
        pairs = zip(wanted, measured, strict=True)
        lacks = [engineering_target.lack(kind, limit, got) for (kind, limit), got in pairs]
        kept = [lack for lack in lacks if lack]
        return rules.finished(old, measured, kept, act.why, now=here.now)

    with desk(lab, team_id) as here:
        row, old, new = _ruled(here, act, rule, "close it")
        made = audited.change(here, row, new, act, "done")
        freed = waiting.tell_free(here, new.experiments, new.id, made.pk)
        _post(here, _key(here, new, made), act, view.done(new, act.by, freed))
        told = f" {', '.join(freed)} waits for nothing now." if freed else ""
        return _written(here, row, f"{new.id} is done (was in {old.status}).{told}", made.pk)


def link(lab: Lab, team_id: int, numbers: Sequence[int], act: ChangeRequest) -> WrittenEngineering:
    """It blocks these experiments too. Raises NotFound (ticket or experiment), NotAllowed."""

    def rule(here: Desk, old: Engineering) -> Engineering:
        ticket.known(here.session, here.team, numbers)
        return linked(old, numbers)

    return _linked(lab, team_id, (rule, "linked"), act)


def unlink(
    lab: Lab, team_id: int, numbers: Sequence[int], act: ChangeRequest
) -> WrittenEngineering:
    """It blocks these experiments no more. Raises NotFound (ticket), NotAllowed."""
    return _linked(lab, team_id, (lambda _here, old: unlinked(old, numbers), "unlinked"), act)


Rule = Callable[[Desk, Engineering], Engineering]


def _linked(
    lab: Lab, team_id: int, what: tuple[Rule, str], act: ChangeRequest
) -> WrittenEngineering:
    with desk(lab, team_id) as here:
        row, old, new = _ruled(here, act, what[0], "change what it blocks")
        ids = ", ".join(experiment_id(n) for n in new.experiments) or "no experiment"
        if new == old:
            return _written(here, row, f"Nothing to change: {old.id} blocks {ids}.", 0)
        made = audited.change(here, row, new, act, what[1])
        return _written(here, row, f"{new.id} blocks {ids}.", made.pk)


def _ruled(
    here: Desk, act: ChangeRequest, rule: Rule, what: str
) -> tuple[Row, Engineering, Engineering]:
    row = engineering.row(here.session, here.team, act.number)
    old = row.snapshot()
    engineering.require_change(here.session, here.team, old, act.by, what)
    return row, old, rule(here, old)


def _key(here: Desk, it: Engineering, made: Change) -> str:
    return f"eng:{here.team_id}:{it.id}:{made.pk}"


def _post(here: Desk, key: str, act: ChangeRequest, what: Message) -> None:
    channel = announcement.place(here.team, act.channel)
    if channel:
        here.post(key, channel, what)


def _written(here: Desk, row: Row, said: str, change_id: int) -> WrittenEngineering:
    today = experiment.today_of(here.team, here.now)
    return WrittenEngineering(
        EngineeringPage(row.snapshot(), today, row.version, change_id=change_id), said
    )
