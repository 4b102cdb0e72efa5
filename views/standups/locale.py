"""Zone and country of a person, in Slack."""

from collections.abc import Mapping

from core.standups.locale import Locale
from views import kit
from views.kit import Message


def shown(where: Locale, *, to_self: bool, changed: bool | None = None, by: str = "") -> Message:
    """Where somebody lives. changed: None when it was only looked at; by: who changed it."""
    name = kit.escape(where.name, 80)
    whose = "Your" if to_self else f"{name}'s"
    follows = "chosen" if where.own_zone else "from Slack"
    country = f"public holidays of {where.country}" if where.country else "no public holidays"
    kept = {True: " now", False: " already", None: ""}[changed]
    head = f"{whose} zone is{kept} {where.zone} ({follows}), with {country}."
    first = f"{kit.escape(by, 80)} changed it. {head}" if by else head
    parts = [first]
    if where.holiday:
        holiday, day = where.holiday
        parts.append(f"The next one: {kit.escape(holiday)}, {kit.day(day)}.")
    if where.next_at and where.next_on:
        whom = "you" if to_self else "them"
        when = kit.moment(where.next_at)
        parts.append(f"The next standup asks {whom} {when} (for {kit.day(where.next_on)}).")
    parts.append(
        "`/standup zone Europe/Berlin`, `/standup country DE-BE` change it; `auto` undoes."
    )
    return Message(" ".join(parts), [kit.section(" ".join(parts))])


def form(where: Locale, kept: Mapping[str, object]) -> kit.Block:
    """Asks for one's zone and whose holidays one has. kept: what was typed and not sent."""
    zone = where.zone if where.own_zone else "auto"
    country = (where.country or "none") if where.own_country else "auto"
    return kit.modal(
        "locale",
        "Zone and holidays",
        [
            kit.context(f"Now: {where.zone}, holidays of {where.country or 'no country'}."),
            kit.field(
                "zone",
                "Your time zone",
                kit.text_input(str(kept.get("zone") or zone), placeholder="Europe/Berlin"),
                hint="Like Europe/Berlin, or a big city. auto: the one of your Slack profile.",
            ),
            kit.field(
                "country",
                "Your public holidays",
                kit.text_input(str(kept.get("country") or country), placeholder="DE-BE"),
                hint="Like DE, or with its part DE-BE. auto: your zone's; none: no holidays.",
            ),
        ],
        submit="Save",
    )
