"""Sentences about the team."""

from collections.abc import Sequence

from views import kit


def leads(
    listed: Sequence[str], group: str, members: Sequence[str]
) -> tuple[str, list[kit.Block]]:
    """Who the leads are, or how to name the first. group: a user group whose members lead."""
    parts = []
    if listed:
        parts.append("Leads: " + _people(listed) + ".")
    if group:
        who = _people(members) if members else "its members are being looked up"
        parts.append(f"Leads through <!subteam^{group}>: {who}.")
    text = " ".join(parts) or "Nobody is a lead yet. `/exp leads add @name` makes somebody one."
    return text, [kit.section(text)]


def _people(user_ids: Sequence[str]) -> str:
    rest = f" and {len(user_ids) - 30} more" if len(user_ids) > 30 else ""
    return ", ".join(kit.person(user_id) for user_id in user_ids[:30]) + rest
