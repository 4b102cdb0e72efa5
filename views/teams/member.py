"""What somebody is in a team now."""

from core.teams.team import Placed, TeamCard
from core.workspace.roles import MAY
from views import kit
from views.kit import Message


def joined(card: TeamCard) -> Message:
    """To who has joined."""
    where = f" Its channel is <#{card.channels[0]}>." if card.channels else ""
    return _said(f"You are a member of {kit.escape(card.name)} now.{where}")


def left(done: Placed) -> Message:
    """To who has left."""
    return _said(f"You are not in {kit.escape(done.team)} any more; what you wrote stays.")


def removed(done: Placed) -> Message:
    """To the lead who took somebody out."""
    return _said(f"{kit.person(done.user)} is not in {kit.escape(done.team)} any more.")


def added(done: Placed) -> Message:
    """To the lead who added somebody, or gave them another role."""
    who, team = kit.person(done.user), kit.escape(done.team)
    if done.before == done.after:
        return _said(f"{who} is {_a(done.after)} of {team} already.")
    before = f", before {_a(done.before)}" if done.before else ""
    return _said(f"{who} is {_a(done.after)} of {team} now{before} ({MAY[done.after]}).")


def handed(done: Placed) -> Message:
    """To who handed over the lead."""
    return _said(f"{kit.person(done.user)} leads {kit.escape(done.team)} now.")


def used(card: TeamCard) -> Message:
    """Which team is meant without a channel."""
    name = kit.escape(card.name)
    return _said(f"Where no channel says it, you mean {name} now, until you choose another.")


def told(team: str, by: str, role: str) -> Message:
    """To who was added, given a role, or taken out. role: "" for out."""
    who, where = kit.person(by), kit.escape(team)
    if not role:
        return _said(f"{who} took you out of the team {where}.")
    return _said(f"{who} made you {_a(role)} of the team {where} ({MAY[role]}).")


def _a(role: str) -> str:
    return f"an {role}" if role[0] in "ao" else f"a {role}"


def _said(text: str) -> Message:
    return Message(text, [kit.section(text)])
