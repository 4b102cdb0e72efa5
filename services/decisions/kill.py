"""Killing experiments: once, with evidence and learnings, and taken back within minutes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core.audited import restored
from core.decisions import kill as rules
from core.decisions.kill import Evidence, Killed, Undone
from core.decisions.proposal import Pending, Waiting
from core.errors import NotAllowed, NotFound, Refused
from core.experiments.experiment import Experiment
from core.text import is_program
from models import form_draft
from models.experiments import experiment as table
from models.experiments import learning as learnings
from models.experiments.experiment import Change
from models.experiments.experiment import Experiment as Row
from services import team as teams
from services.decisions import decider, kill_request, proposal, waiting
from services.desk import Desk, desk
from services.experiments import ticket
from services.ports import Lab
from views.decisions import kill as view


@dataclass(frozen=True)
class Order:
    """What somebody wants killed. channel: where they are, if the team has no channel set.

    call: "" | good | late, the person's view on the moment of the kill. program: the name of the
    one that does it with this person's rights, "" for the person.
    """

    number: int
    by: str
    learnings: str
    channel: str = ""
    call: str = ""
    program: str = ""

    @property
    def name(self) -> str:
        """Whose deed it is."""
        return self.program or self.by


def kill(lab: Lab, team_id: int, order: Order) -> Killed:
    """Kill an open experiment at any stage and say so in the team channel.

    Of two at once the second gets the first one's result with `already` set. Raises NotFound,
    NotAllowed (owner or lead) and Refused (production; learnings that say nothing).
    """
    with desk(lab, team_id) as here:
        row, before = _locked(here, order.number)
        if before.stage == "killed":
            return _second(here, row, before, order)
        _require_killer(here, before, order)
        learned = rules.checked_learnings(order.learnings)
        evidence = decider.judged(here.team, before, here.now, policy=here.policy)
        after = rules.killed(before, by=order.name, at=here.now, learnings=learned)
        made = ticket.audit(order.name, "killed", at=here.now, why=learned)
        ticket.change(here.session, row, after, made)
        made.after = made.after | _said(order, evidence)
        done = Killed(
            after, evidence, made.pk, by=order.name, at=here.now, call=order.call,
            in_channel=_place(here, order) != order.by,
        )  # fmt: skip
        _tell(here, row, done, order)
        return done


def evidence(lab: Lab, team_id: int, number: int, *, by: str) -> Evidence:
    """What speaks for killing, for the form. Raises NotFound, NotAllowed and, in production,
    Refused; a killed ticket comes back as it is.
    """
    with desk(lab, team_id, lock=False) as here:
        value = ticket.value(here.session, ticket.row(here.session, here.team, number))
        if value.stage != "killed":
            decider.require_decider(here.session, here.team, value, by, "kill")
            rules.killed(value, by=by, at=here.now, learnings="")
        return decider.judged(here.team, value, here.now, policy=here.policy)


def undo(lab: Lab, team_id: int, change_id: int, *, by: str) -> Undone:
    """Take a kill back within Policy.undo_minutes; the public line says so in its place.

    Raises NotFound, NotAllowed (whoever killed, or a lead), Refused (too late, changed since).
    """
    with desk(lab, team_id) as here:
        made = here.session.get(Change, change_id)
        if made is None or made.team_id != here.team_id:
            raise NotFound("I don't find that kill any more.", "`/exp list` shows all tickets.")
        row, before = _locked(here, _number(here.session, made))
        here.session.refresh(made)
        if made.undone:
            return Undone(before, by=_undone_by(here, made), at=here.now, already=True)
        _require_undoer(here, made, before, by)
        after = restored(before, made.before)
        made.undone = True
        ticket.change(here.session, row, after, ticket.audit(by, "undone", at=here.now))
        proposal.reopen(here, row.pk, made.at)
        done = Undone(after, by=by, at=here.now)
        here.edit(_key(after, made), view.undone(done))
        return done


def candidates(lab: Lab, team_id: int, *, by: str) -> Waiting:
    """What waits for a decision, as Home and the leads' list have it; for a member what they may
    decide on.
    """
    with desk(lab, team_id, lock=False) as here:
        found = waiting.of_team(here.session, here.team, here.now, policy=here.policy)

        def theirs(some: Sequence[Pending]) -> tuple[Pending, ...]:
            may = decider.may_decide
            return tuple(one for one in some if may(here.session, here.team, one.ticket, by))

        rows = theirs(found.rows)
        others = len(found.rows) - len(rows)
        return Waiting(rows, theirs(found.snoozed), found.regressed, others)


def form_name(number: int) -> str:
    """Under which a kill form's draft is kept."""
    return f"kill:{number}"


def _locked(here: Desk, number: int) -> tuple[Row, Experiment]:
    """The ticket, locked until the transaction ends: of two kills at once the second waits."""
    row = ticket.row(here.session, here.team, number)
    here.session.refresh(row, with_for_update={"key_share": True})
    return row, ticket.value(here.session, row)


def _require_killer(here: Desk, before: Experiment, order: Order) -> None:
    try:
        decider.require_decider(here.session, here.team, before, order.by, "kill")
    except NotAllowed as refusal:
        if refusal.offer and order.learnings:
            label, action, value = refusal.offer
            # The sentence typed goes along, so that asking does not mean typing it again.
            refusal.offer = (label, action, f"{value}|{order.learnings}"[:2000])
        raise


def _said(order: Order, evidence: Evidence) -> dict[str, str]:
    """What the audit row keeps beyond the ticket's fields: the rules that fired, and the call."""
    fired = ", ".join(verdict.rule for verdict in evidence.verdicts)
    said = {"call": order.call, "rules": fired}
    return {name: text for name, text in said.items() if text}


def _second(here: Desk, row: Row, value: Experiment, order: Order) -> Killed:
    """Somebody was first: what this person learned joins the thread of the first decision."""
    kills = [c for c in table.changes_of(here.session, row.pk)
             if c.after.get("stage") == "killed"]  # fmt: skip
    change_id = kills[-1].pk if kills else 0
    if change_id and _adds_something(here, value, order):
        key = f"decision:{value.id}:{change_id}"
        learned = order.learnings.strip()
        learnings.put(here.session, ticket.learned(row, order.name, learned, at=here.now))
        late = view.late_learning(value, order.name, learned)
        here.post(f"{key}:late:{order.name}", _place(here, order), late, thread_of=key)
    form_draft.forget(here.session, here.team_id, order.by, form_name(value.number))
    at = value.decided_at or value.stage_since
    shown = Evidence(value, here.now.date())
    return Killed(value, shown, change_id, by=value.decided_by, at=at, already=True)


def _adds_something(here: Desk, value: Experiment, order: Order) -> bool:
    may = decider.may_decide(here.session, here.team, value, order.by)
    return may and rules.is_learning(order.learnings) and order.name != value.decided_by


def _tell(here: Desk, row: Row, done: Killed, order: Order) -> None:
    key = f"decision:{done.ticket.id}:{done.change_id}"
    here.post(key, _place(here, order), view.killed(done))
    here.post(f"{key}:evidence", _place(here, order), view.evidence(done), thread_of=key)
    proposal.settle(here, row.pk, proposal.closed_by(done.ticket))
    kill_request.decide(here, row, "killed", by=order.by)
    form_draft.forget(here.session, here.team_id, order.by, form_name(order.number))


def _place(here: Desk, order: Order) -> str:
    channel = "" if order.channel.startswith(("D", "U")) else order.channel
    return here.team.team_channel or channel or order.by


def _key(value: Experiment, made: Change) -> str:
    return f"decision:{value.id}:{made.id}"


def _number(session: Session, made: Change) -> int:
    row = session.get(Row, made.experiment_id)
    assert row is not None
    return row.number


def _undone_by(here: Desk, made: Change) -> str:
    later = [c for c in table.changes_of(here.session, made.experiment_id)
             if c.action == "undone" and c.pk > made.pk]  # fmt: skip
    return later[0].who if later else ""


def _require_undoer(here: Desk, made: Change, value: Experiment, by: str) -> None:
    own = by == made.who or (is_program(made.who) and by == value.owner)
    if not own and not teams.is_lead(here.session, here.team, by):
        who = here.name(made.who)
        raise NotAllowed(f"Only {who} or a lead can undo this.", "Ask one of them.")
    if value.stage != "killed" or value.decided_at != made.at:
        raise Refused(f"{value.id} was changed since.", f"Look first: `/exp {value.id}`.")
    minutes = here.policy.undo_minutes
    if here.now > rules.may_undo_until(made.at, minutes):
        raise Refused(
            f"Undo works for {minutes} minutes, and this kill is older.",
            f"Bring it back with `/exp reopen {value.id} reason`.",
        )
