"""What only leads see on their Home tab."""

from core.decisions.proposal import Waiting
from core.workspace.home import Digest, Home, Leading, Planned
from views import kit
from views.decisions import waiting as decisions
from views.evals import loosening
from views.experiments import experiment
from views.workspace import onboarding

REQUESTS = 3
OVERRIDES = 2
STANDUPS = 4
PROPOSALS = 5  # shown with their reasons and buttons; the rest is named
MOST = 45  # in a window


def first_steps(shown: Home) -> list[kit.Block]:
    """The first steps while something is left of them."""
    card = shown.lead.onboarding if shown.lead else None
    if card is None or not card.shown:
        return []
    return [kit.header(onboarding.title(card)), *onboarding.steps(card), kit.divider()]


def waiting(shown: Home) -> list[kit.Block]:
    """What waits for a decision: proposals, requests for a kill, overrides, looser safety."""
    if shown.lead is None:
        return []
    asked = [*_overrides(shown.lead, shown.user), *_loosenings(shown.lead, shown.user)]
    return [*_proposals(shown.lead.waiting), *_requests(shown.lead), *asked]


def every_proposal(found: Waiting) -> list[kit.Block]:
    """All that wait, as many as a window holds."""
    if not found.rows:
        first = kit.section(f"{decisions.worse(found) or 'No decision waits'}.")
        return [first, *decisions.regressed(found), *decisions.asleep(found)]
    head = f"{len(found.rows)} waiting for a decision{decisions.age(found)}"
    return [kit.section(f"*{head}*"), *decisions.rows(found, MOST)]


def team(shown: Home) -> list[kit.Block]:
    """The digest, standups and settings."""
    if shown.lead is None:
        return []
    lines = [_digest(shown.lead.digest)] if shown.lead.digest else []
    lines += [_standup(one) for one in shown.lead.standups[:STANDUPS]]
    rest = len(shown.lead.standups) - STANDUPS
    lines += [f"{rest} more standups: `/standup list`"] if rest > 0 else []
    lines += [] if shown.lead.standups else ["*Standup:* none yet."]
    missing = "" if shown.set_up else "No team channel is set yet: decisions have nowhere to go."
    return [
        kit.header("The team"),
        kit.section("\n".join([*lines, *([missing] if missing else [])])),
        kit.actions(
            digest_button(shown.lead),
            kit.button("Ask leadership…", "home_need"),
            kit.button("New standup…" if not shown.lead.standups else "Change the standup…",
                       "home_standup", _place(shown.lead)),
            kit.button("Team settings", "team_setup", style="primary" if _lacks(shown) else ""),
        ),
    ]  # fmt: skip


def digest_button(lead: Leading) -> kit.Block:
    """Opens the digest as it would be, or its draft once that is there."""
    if lead.digest and lead.digest.draft:
        return kit.button("The digest's draft", "home_draft")
    return kit.button("Preview the digest", "home_digest")


def _lacks(shown: Home) -> bool:
    """True when nothing says so but the settings button."""
    return not shown.set_up and not first_steps(shown)


def _place(lead: Leading) -> str:
    return lead.standups[0].channel if lead.standups else ""


def _proposals(found: Waiting) -> list[kit.Block]:
    if not found.rows:
        first = kit.header(decisions.worse(found) or "No decision waits")
        none = [first, *decisions.regressed(found), *decisions.asleep(found)]
        return none if found.snoozed or found.regressed else []
    head = f"{len(found.rows)} waiting for a decision{decisions.age(found)}"
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
    return [*blocks, *([kit.context(f"{rest} more requests to kill")] if rest > 0 else [])]


def _overrides(lead: Leading, user: str) -> list[kit.Block]:
    blocks: list[kit.Block] = []
    theirs = [one for one in lead.overrides if one.asked_by != user]  # nobody confirms their own
    for asked in theirs[:OVERRIDES]:
        state = asked.decision or "not judged yet"
        text = f"*{asked.experiment}* is {state}: {kit.person(asked.asked_by)} asks to let it pass"
        confirm = kit.button("Confirm the override…", "gate_override_second", str(asked.id))
        blocks += [kit.section(f"{text}: {kit.escape(asked.reason, 300)}"), kit.actions(confirm)]
    rest = len(theirs) - OVERRIDES
    return [*blocks, *([kit.context(f"{rest} more overrides: `/gate`")] if rest > 0 else [])]


def _loosenings(lead: Leading, user: str) -> list[kit.Block]:
    theirs = [one for one in lead.loosenings if one.asked_by != user]
    blocks: list[kit.Block] = []
    for asked in theirs[:OVERRIDES]:
        confirm = kit.button("Confirm", "loosening_yes", str(asked.id), style="danger")
        decline = kit.button("Decline", "loosening_no", str(asked.id))
        blocks += [loosening.line(asked), kit.actions(confirm, decline)]
    rest = len(theirs) - OVERRIDES
    return [*blocks, *([kit.context(f"{rest} more wishes for less safety")] if rest > 0 else [])]


def _digest(digest: Digest) -> str:
    count = f"{digest.notes} {'note' if digest.notes == 1 else 'notes'}"
    notes = f"{count if digest.notes else 'nothing'} added by leads"
    last = f", the last one {kit.day(digest.last_on)}" if digest.last_on else ""
    if not digest.channel:
        return f"*Digest:* no channel is set, so none is posted; {notes}{last}."
    when = f"{kit.moment(digest.at)} in <#{digest.channel}>"
    edits = f", {digest.edits} sections changed by leads" if digest.edits else ""
    if digest.draft == "held":
        who = f" by {kit.escape(digest.by, 80)}" if digest.by else ""
        return f"*Digest:* its draft is held{who}{edits}: nothing is posted until it is released."
    if digest.draft:
        return f"*Digest:* its draft is there{edits} and posts itself {when}."
    return f"*Digest:* next {when}; {notes}{last}."


def _standup(one: Planned) -> str:
    state = f"next {kit.day(one.next_on)}" if one.next_on else "nobody is left to ask"
    state = state if one.active else "paused"
    people = f"{one.people} {'person' if one.people == 1 else 'people'}"
    return f"*{kit.escape(one.name, 80)}* in <#{one.channel}>: {people}, {state}."
