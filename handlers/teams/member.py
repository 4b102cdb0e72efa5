"""/team join, leave, use, add, remove, hand: who is in a team."""

import re

from core.errors import Refused
from core.text import mentioned_users
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.teams.team import reader
from services.ports import Lab
from services.teams import member
from views.teams import member as view

_MENTION = re.compile(r"<[@!][^<>]*>")


def join(lab: Lab, ask: Ask) -> Reply:
    """`/team join NAME`."""
    name = _name(ask, "join")
    return Reply.of(view.joined(member.join(lab, reader(ask), name)))


def joined(lab: Lab, ask: Ask) -> Reply:
    """The button Join; its value is the team."""
    number = ask.number("`/team join NAME` does the same.")
    return Reply.of(view.joined(member.join_by_id(lab, reader(ask), number)))


def use(lab: Lab, ask: Ask) -> Reply:
    """`/team use NAME`: the team that is meant where no channel says it."""
    return Reply.of(view.used(member.use(lab, reader(ask), _name(ask, "use"))))


def leave(lab: Lab, ask: Ask) -> Reply:
    """`/team leave`."""
    return Reply.of(view.left(member.leave(lab, ask.team_id, by=ask.user)))


def add(lab: Lab, ask: Ask) -> Reply:
    """`/team add @name [observer|member|lead]`."""
    user, role = _person(ask, "add")
    return Reply.of(view.added(member.add(lab, ask.team_id, user, role or "member", by=ask.user)))


def remove(lab: Lab, ask: Ask) -> Reply:
    """`/team remove @name`."""
    user, rest = _person(ask, "remove")
    if rest:
        raise Refused("I take one person out at a time.", "Write `/team remove @name`.")
    return Reply.of(view.removed(member.remove(lab, ask.team_id, user, by=ask.user)))


def hand(lab: Lab, ask: Ask) -> Reply:
    """`/team hand @name`: the lead goes to that person."""
    user, rest = _person(ask, "hand")
    if rest:
        raise Refused("The lead goes to one person.", "Write `/team hand @name`.")
    return Reply.of(view.handed(member.hand(lab, ask.team_id, user, by=ask.user)))


def _name(ask: Ask, verb: str) -> str:
    if not ask.text.strip():
        raise Refused("Which team?", f"Write `/team {verb} NAME`; `/team list` shows all.")
    return ask.text.strip()


def _person(ask: Ask, verb: str) -> tuple[str, str]:
    """Who was named, and what else stands there."""
    users, rest = mentioned_users(ask.text), _MENTION.sub("", ask.text).strip().lower()
    if len(users) != 1:
        raise Refused("Who? Name one person.", f"Write `/team {verb} @name`.")
    return users[0], rest


ROUTES = Routes(
    verbs=(
        Verb("/team", "join", "NAME", "Become a member of an open team", join),
        Verb("/team", "leave", "", "Be in this team no more", leave),
        Verb("/team", "use", "NAME", "Which team you mean where no channel says it", use),
        Verb(
            "/team", "add", "@name [observer|member|lead]",
            "Bring somebody in, or change their role", add, leads=True,
        ),
        Verb("/team", "remove", "@name", "Take somebody out", remove, leads=True),
        Verb("/team", "hand", "@name", "Hand over the lead", hand, leads=True),
    ),
    actions={"team_join": joined},
)  # fmt: skip
