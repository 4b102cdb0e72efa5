"""The Scrum master's page and the researcher's."""

from core.digest.brief import Brief
from core.digest.page import Section
from views import kit
from views.digest import digest
from views.kit import Message


def brief(found: Brief, *, once: str = "", shared_by: str = "") -> Message:
    """The page. once: with a Share button that carries it; shared_by: who shared it."""
    text = kit.escape(found.text, 3900)
    head = Section("headline", "", (found.title,))
    blocks = [digest.lines(section) for section in (head, *found.sections)]
    source = f"As of {kit.moment(found.as_of)} · facts {found.sha256[:8]}"
    source += " · every figure comes from the records"
    source += f" · shared by {kit.person(shared_by)}" if shared_by else ""
    blocks.append(kit.context(source))
    if once:
        value = f"{once}|{found.about}"
        blocks.append(kit.actions(kit.button("Share with the team", "brief_share", value)))
    return Message(text, blocks)
