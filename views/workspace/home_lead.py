"""What only leads see on their Home tab."""

from core.decisions.proposal import Waiting
from core.facts import count
from core.workspace.home import Home, Leading
from views import kit
from views.decisions import waiting as decisions
from views.evals import loosening
from views.experiments import experiment
from views.workspace import onboarding

REQUESTS = 3
OVERRIDES = 2
PROPOSALS = 5  # shown with their reasons and buttons; the rest is named
MOST = 45  # in a window


def first_steps(shown: Home) -> list[kit.Block]:
    """The first steps while something is left of them."""
    card = shown.lead.onboarding if shown.lead else None
    if card is None or not card.shown:
        return []
    title = f"{shown.where}: {onboarding.title(card)}" if shown.where else onboarding.title(card)
    return [kit.header(title), *onboarding.steps(card), kit.divider()]


def waiting(shown: Home) -> list[kit.Block]:
    """What waits for a decision: proposals, requests for a kill, overrides, looser safety."""
    if shown.lead is None:
        return []
    asked = [*_overrides(shown.lead, shown.user), *_loosenings(shown.lead, shown.user)]
    return [*_proposals(shown), *_requests(shown.lead), *asked]


def every_proposal(found: Waiting) -> list[kit.Block]:
    """All that wait, as many as a window holds."""
    if not found.rows:
        first = kit.section(f"{decisions.worse(found) or 'No decision waits'}.")
        return [first, *decisions.regressed(found), *decisions.asleep(found)]
    head = f"{len(found.rows)} waiting for a decision{decisions.age(found)}"
    return [kit.section(f"*{head}*"), *decisions.rows(found, MOST)]


def _proposals(shown: Home) -> list[kit.Block]:
    found = shown.waiting
    name = f"{shown.where}: " if shown.where else ""
    if not found.rows:
        first = kit.header(name + (decisions.worse(found) or "No decision waits"))
        none = [first, *decisions.regressed(found), *decisions.asleep(found)]
        return none if found.snoozed or found.regressed else []
    head = f"{name}{len(found.rows)} waiting for a decision{decisions.age(found)}"
    every = kit.actions(kit.button("Show all candidates", "home_candidates"))
    more = [every] if len(found.rows) > PROPOSALS else []
    return [kit.header(head), *decisions.rows(found, PROPOSALS), *more]


def _requests(lead: Leading) -> list[kit.Block]:
    blocks: list[kit.Block] = []
    for asked in lead.requests[:REQUESTS]:
        why = kit.escape(" ".join(asked.reason.split()), 300)
        text = f"{experiment.named(asked.ticket)}: {kit.person(asked.requester)} asks to kill it"
        kill = kit.button("Kill…", "kill_open", str(asked.ticket.number), style="danger")
        keep = kit.button("Keep", "kill_keep", str(asked.id))
        blocks += [kit.section(f"{text}: {why}"), kit.actions(kill, keep)]
    rest = len(lead.requests) - REQUESTS
    return [*blocks, *_more(rest, "more request to kill", "more requests to kill")]


def _overrides(lead: Leading, user: str) -> list[kit.Block]:
    blocks: list[kit.Block] = []
    theirs = [one for one in lead.overrides if one.asked_by != user]  # nobody confirms their own
    for asked in theirs[:OVERRIDES]:
        state = asked.decision or "not judged yet"
        text = f"*{asked.experiment}* is {state}: {kit.person(asked.asked_by)} asks to let it pass"
        confirm = kit.button("Confirm the override…", "gate_override_second", str(asked.id))
        blocks += [kit.section(f"{text}: {kit.escape(asked.reason, 300)}"), kit.actions(confirm)]
    rest = len(theirs) - OVERRIDES
    return [*blocks, *_more(rest, "more override", "more overrides")]


def _loosenings(lead: Leading, user: str) -> list[kit.Block]:
    theirs = [one for one in lead.loosenings if one.asked_by != user]
    blocks: list[kit.Block] = []
    for asked in theirs[:OVERRIDES]:
        confirm = kit.button("Confirm", "loosening_yes", str(asked.id), style="danger")
        decline = kit.button("Decline", "loosening_no", str(asked.id))
        blocks += [loosening.line(asked), kit.actions(confirm, decline)]
    rest = len(theirs) - OVERRIDES
    return [*blocks, *_more(rest, "more wish for less safety", "more wishes for less safety")]


def _more(rest: int, one: str, many: str) -> list[kit.Block]:
    return [kit.context(count(rest, one, many))] if rest > 0 else []
