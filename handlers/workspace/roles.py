"""/exp leads, /exp roles, /exp role: who may decide, and who is what."""

import re

from core.errors import Refused
from core.text import mentioned_groups, mentioned_users
from handlers.ask import Ask, Reply, Routes, Verb
from services import team
from services.ports import Lab
from services.workspace import roles as role
from views.workspace import roles as view

_MENTION = re.compile(r"<(?:@|!subteam\^)[^<>]*>")


def leads(lab: Lab, ask: Ask) -> Reply:
    """`leads`, `leads add @user @group`, `leads remove @user @group`: all of it or nothing."""
    word, _, rest = ask.text.strip().partition(" ")
    people, groups = mentioned_users(rest), mentioned_groups(rest)
    understood = bool(people or groups) and not _MENTION.sub("", rest).strip(" ,")
    if word and (word not in {"add", "remove"} or not understood):
        raise Refused("I did not understand that.", "Write `/exp leads add @name` or `remove`.")
    if word == "add":
        _add(lab, ask, people, groups)
    elif word == "remove":
        _remove(lab, ask, people, groups)
    found = role.list_leads(lab, ask.team_id)
    return Reply.of(view.leads(found.listed, found.group, found.members))


def _add(lab: Lab, ask: Ask, people: list[str], groups: list[str]) -> None:
    if len(groups) > 1:
        raise Refused("Only one user group can be the leads' group.", "Name one.")
    for user_id in people:
        role.add_lead(lab, ask.team_id, user_id, by=ask.user)
    if groups:
        team.configure(lab, ask.team_id, {"leads_group": groups[0]}, by=ask.user)


def _remove(lab: Lab, ask: Ask, people: list[str], groups: list[str]) -> None:
    for user_id in people:
        role.remove_lead(lab, ask.team_id, user_id, by=ask.user)
    for group in groups:
        role.forget_group(lab, ask.team_id, group, by=ask.user)


def roles(lab: Lab, ask: Ask) -> Reply:
    """`roles`: who is what, and what each may do."""
    if ask.text.strip():
        raise Refused("I only show the roles here.", "Write `/exp role @name lead` to give one.")
    return Reply.of(view.roles(role.roles(lab, ask.team_id)))


def give(lab: Lab, ask: Ask) -> Reply:
    """`role @name observer|member|lead|admin`."""
    users, word = mentioned_users(ask.text), _MENTION.sub("", ask.text).strip().lower()
    if len(users) != 1 or not word:
        raise Refused("Who, and which role?", "Write `/exp role @name observer`.")
    given = role.give(lab, ask.team_id, users[0], word, by=ask.user)
    return Reply.of(view.given(given.user, given.before, given.after))


ROUTES = Routes(
    verbs=(
        Verb("/exp", "leads", "[add|remove @name @group]", "Who may decide", leads, leads=True),
        Verb("/exp", "roles", "", "Who is observer, member, lead, admin", roles),
        Verb(
            "/exp", "role", "@name observer|member|lead|admin", "Give a role (leads)", give,
            leads=True,
        ),
    ),
)  # fmt: skip
