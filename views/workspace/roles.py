"""Sentences about the team."""

from collections.abc import Mapping, Sequence

from core.workspace.roles import MAY
from views import kit
from views.kit import Message


def leads(listed: Sequence[str], group: str, members: Sequence[str]) -> Message:
    """Who the leads are, or how to name the first. group: a user group whose members lead."""
    parts = []
    if listed:
        parts.append("Leads: " + _people(listed) + ".")
    if group:
        who = _people(members) if members else "its members are being looked up"
        parts.append(f"Leads through <!subteam^{group}>: {who}.")
    text = " ".join(parts) or "Nobody is a lead yet. `/exp leads add @name` makes somebody one."
    return Message(text, [kit.section(text)])


def roles(found: Mapping[str, Sequence[str]]) -> Message:
    """Who is what, and what each may do, the highest role first."""
    text = "Roles: " + ", ".join(f"{len(users)} {role}" for role, users in found.items())
    blocks = [kit.section(f"*{text}*")]
    for role, users in found.items():
        who = _people(users) if users else "nobody"
        blocks.append(kit.section(f"*{role.capitalize()}*: {who}\n_{MAY[role]}_"))
    if not found["admin"]:
        blocks.append(kit.context("While there is no admin, leads do what admins do."))
    return Message(text, blocks)


def given(user: str, before: str, after: str) -> Message:
    """What somebody is now."""
    who = kit.person(user)
    text = f"{who} is {_article(after)} now, before {_article(before)}: {MAY[after]}."
    text = text if before != after else f"{who} is {_article(after)} already."
    return Message(text, [kit.section(text)])


def _article(role: str) -> str:
    return f"an {role}" if role[0] in "ao" else f"a {role}"


def _people(user_ids: Sequence[str]) -> str:
    rest = f" and {len(user_ids) - 30} more" if len(user_ids) > 30 else ""
    return ", ".join(kit.person(user_id) for user_id in user_ids[:30]) + rest
