"""Sentences about the team."""

from collections.abc import Sequence

from views import kit


def leads(user_ids: Sequence[str]) -> tuple[str, list[kit.Block]]:
    """Who the leads are, or how to name the first."""
    if not user_ids:
        text = "Nobody is a lead yet. `/exp leads add @name` makes somebody one."
    else:
        text = "Leads: " + ", ".join(kit.person(user_id) for user_id in user_ids) + "."
    return text, [kit.section(text)]
