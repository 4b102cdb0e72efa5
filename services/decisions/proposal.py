"""Proposals: rules that fire become episodes, and episodes settle when the reason is gone.

Everything here looks at how things stand now, not at what has just happened, so a tick that
comes late finds the same work as one in time, and a second tick finds none.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col

from core.decisions.kill import Evidence, released
from core.decisions.policy import RULES_VERSION, Verdict
from core.decisions.proposal import STRENGTH, Pending, warnings
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.quantity import experiment_id
from models import webhook as hooks
from models.decisions import kill_request as requests
from models.decisions import proposal as table
from models.decisions.proposal import Proposal
from models.experiments import experiment as tickets
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.decisions import decider, decision_list, kill_request, proposal_notices, waiting
from services.desk import Desk, desk
from services.experiments import experiment, ticket
from services.ports import Lab

NO_RULE = "nothing is left to decide"
_DECIDED = ("killed", "promoted")  # how the settlement by a decision begins, see closed_by


def sweep(lab: Lab, team_id: int) -> None:
    """Judge every ticket of the team and tell whoever has to hear it now."""
    with desk(lab, team_id) as here:
        asked = {r.experiment_id for r in requests.open_of_team(here.session, here.team_id)}
        episodes: dict[int, list[Proposal]] = {}
        for episode in table.open_of_team(here.session, here.team_id):
            episodes.setdefault(episode.experiment_id, []).append(episode)
        watched = tickets.is_open() | col(Row.id).in_([*episodes, *asked])
        rows = tickets.chosen(here.session, here.team_id, watched)
        found = []
        for row, value in zip(rows, ticket.values(here.session, rows), strict=True):
            seen = decider.judged(here.team, value, here.now, policy=here.policy)
            _review(here, row, seen, episodes.get(row.pk, []))
            found += [seen] if value.is_open else []
        decision_list.keep(here, waiting.of_judged(here.session, here.team, here.now, found))


def look_again(lab: Lab, team_id: int, number: int) -> None:
    """Judge one ticket at once, after somebody has changed it. Raises NotFound."""
    with desk(lab, team_id) as here:
        row = ticket.row(here.session, here.team, number)
        value = ticket.value(here.session, row)
        seen = decider.judged(here.team, value, here.now, policy=here.policy)
        _review(here, row, seen, table.open_of(here.session, row.pk))
        decision_list.refresh(here)


def extendable(lab: Lab, team_id: int, number: int, *, by: str) -> Experiment:
    """The ticket when that person may extend its box. Raises NotFound, NotAllowed, Refused."""
    with desk(lab, team_id, lock=False) as here:
        value = experiment.find(here.session, here.team, number)
        experiment.require_open(here.session, here.team, value)
        experiment.require_change(here.session, here.team, value, by, f"extend {value.id}")
        return value


def settle(here: Desk, experiment_id: int, why: str) -> None:
    """Settle every open episode of a ticket and say so wherever it was proposed."""
    for episode in table.open_of(here.session, experiment_id):
        _settle(here, episode, why)
    decision_list.refresh(here)


def reopen(here: Desk, experiment_id: int, since: datetime) -> None:
    """What a decision had settled since then waits again: the decision was taken back."""
    for episode in table.settled_since(here.session, experiment_id, since):
        _open_again(here, episode)
    decision_list.refresh(here)


def closed_by(value: Experiment) -> str:
    """`killed by @lee`, for a settled proposal."""
    what = "killed" if value.stage == "killed" else "promoted"
    return f"{what} by <@{value.decided_by}>" if value.decided_by else what


def open_of_team(session: Session, team: Team, now: datetime) -> list[Pending]:
    """The team's proposals as they were made, oldest first (snoozed ones say so)."""
    return [pending(session, team, row, now) for row in table.asking(session, team.pk)]


def pending(session: Session, team: Team, episode: Proposal, now: datetime) -> Pending:
    """An episode as a value, with its ticket as it is now."""
    row = session.get(Row, episode.experiment_id)
    assert row is not None
    return proposal_notices.as_pending(session, team, ticket.value(session, row), [episode], now)


def snooze(lab: Lab, team_id: int, number: int, *, by: str) -> Pending:
    """Silence a ticket's proposals for Policy.snooze_days, for everyone.

    An episode that is settled already comes back as it is. Raises NotFound, NotAllowed, Refused.
    """
    with desk(lab, team_id) as here:
        row = ticket.row(here.session, here.team, number)
        value = ticket.value(here.session, row)
        latest = table.latest_of(here.session, row.pk)
        if latest is None:
            raise Refused(f"Nobody proposes anything for {value.id}.", "There is no need to.")
        if latest.state == "open" and value.is_open:
            decider.require_decider(here.session, here.team, value, by, "snooze")
            proposal_notices.silence(here, latest, by=by)
            decision_list.refresh(here)
        elif latest.state == "open":
            settle(here, row.pk, closed_by(value))
        return pending(here.session, here.team, latest, here.now)


def _review(here: Desk, row: Row, evidence: Evidence, episodes: Sequence[Proposal]) -> None:
    """Bring one ticket's episodes up to date and nudge whoever is due."""
    value = evidence.ticket
    if not value.is_open:
        for episode in episodes:
            _settle(here, episode, closed_by(value))
        state = "killed" if value.stage == "killed" else "closed"
        kill_request.decide(here, row, state, by=value.decided_by)
        return
    asking = next((e for e in episodes if e.action != "warn"), None)
    asking = _asking(here, row, asking, evidence)
    warned = _warned(here, row, evidence, [e for e in episodes if e.action == "warn"])
    proposal_notices.remind(here, value, [*([asking] if asking else []), *warned])


def _asking(here: Desk, row: Row, episode: Proposal | None, evidence: Evidence) -> Proposal | None:
    """The episode that asks for a decision now: kept, renewed, replaced, opened or settled."""
    verdicts = evidence.verdicts
    if not verdicts:
        if episode:
            _settle(here, episode, NO_RULE)
        return None
    if episode and _is_stronger(verdicts[0], episode):
        _settle(here, episode, f"{table.STRONGER} ({verdicts[0].rule})")
        episode = None
    if episode is None:
        episode = _taken_back(here, row) or _open(here, row, verdicts)
    said = [v["text"] for v in episode.verdicts if v["firing"]]
    if (episode.rule_set, said) != (evidence.rule_set, [v.text for v in verdicts]):
        episode.rule_set, episode.rule_version = evidence.rule_set, RULES_VERSION
        _renew(episode, verdicts)
        _tell_stale(here, row, episode)
        proposal_notices.retell(here, episode)
    return episode


def _taken_back(here: Desk, row: Row) -> Proposal | None:
    """The episode that a decision had settled which was taken back: it waits since then, not since
    now. None when there is none.
    """
    last = table.latest_of(here.session, row.pk)
    if last is None or last.settled_at is None or not last.settled_by.startswith(_DECIDED):
        return None
    if here.now - last.settled_at > timedelta(days=1):
        return None
    _open_again(here, last)
    return last


def _open_again(here: Desk, episode: Proposal) -> None:
    episode.state, episode.settled_by, episode.settled_at = "open", "", None
    episode.gpu_saved = None
    here.session.flush()
    if episode.action != "warn":
        proposal_notices.retell(here, episode)


def _is_stronger(verdict: Verdict, episode: Proposal) -> bool:
    known = {kept["rule"] for kept in episode.verdicts}
    return STRENGTH[verdict.action] < STRENGTH[episode.action] and verdict.rule not in known


def _open(here: Desk, row: Row, verdicts: Sequence[Verdict]) -> Proposal:
    first = verdicts[0]
    episode = Proposal(
        team_id=here.team_id,
        experiment_id=row.pk,
        rule=first.rule,
        rule_set=decider.rule_set(here.team),
        rule_version=RULES_VERSION,
        action=first.action,
        text=first.text,
        verdicts=[],
        at=here.now,
    )
    _renew(episode, verdicts)
    here.session.add(episode)
    here.session.flush()
    _tell_stale(here, row, episode)
    return episode


def _tell_stale(here: Desk, row: Row, episode: Proposal) -> None:
    """To webhooks."""
    found = next((v for v in episode.verdicts if v["rule"] == "stale" and v["firing"]), None)
    if found is not None:
        told = {"experiment": experiment_id(row.number), "title": row.title, "at": here.now,
                "why": found["text"], "owner": here.name(row.owner)}  # fmt: skip
        since = int(row.progress_at.timestamp())  # once a silence, whichever episodes it has
        hooks.tell(here.session, here.team_id, "stale", f"{row.pk}:{since}", told)


def _renew(episode: Proposal, verdicts: Sequence[Verdict]) -> None:
    first = verdicts[0]
    episode.rule, episode.action, episode.text = first.rule, first.action, first.text
    episode.inputs = dict(first.inputs)
    seen = {verdict.rule for verdict in verdicts}
    over = [kept | {"firing": False} for kept in episode.verdicts if kept["rule"] not in seen]
    episode.verdicts = [*(_kept(verdict) for verdict in verdicts), *over]


def _kept(verdict: Verdict) -> dict[str, object]:
    return {
        "rule": verdict.rule,
        "action": verdict.action,
        "text": verdict.text,
        "inputs": dict(verdict.inputs),
        "firing": True,
    }


def _warned(here: Desk, row: Row, seen: Evidence, kept: Sequence[Proposal]) -> list[Proposal]:
    """One episode per budget that is nearly used up; those that are not any more settle."""
    found = {
        v.rule: v
        for v in warnings(seen.ticket, seen.today, decider.limits_of(here.policy, here.team))
    }
    by_rule = {episode.rule: episode for episode in kept}
    for rule, episode in by_rule.items():
        if rule not in found:
            episode.state, episode.settled_by, episode.settled_at = "settled", NO_RULE, here.now
    return [by_rule.get(rule) or _open(here, row, [verdict]) for rule, verdict in found.items()]


def _settle(here: Desk, episode: Proposal, why: str) -> None:
    episode.state, episode.settled_by, episode.settled_at = "settled", why, here.now
    row = here.session.get(Row, episode.experiment_id)
    assert row is not None
    episode.gpu_saved = released(row.snapshot()) if row.stage == "killed" else None
    here.session.flush()
    if episode.action != "warn":
        proposal_notices.retell(here, episode)
