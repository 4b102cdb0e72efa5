"""Teams as they are listed, and the form that starts one."""

from collections.abc import Sequence

from core.teams.team import Mine, Started, TeamCard
from views import kit
from views.kit import Message

FORM = "team_new"  # the button that opens it has the same name
MOST = 40  # teams in one list


def mine(found: Mine) -> Message:
    """The teams one is in, and whose channel this is."""
    if found.cards:
        text = f"You are in {_count(len(found.cards), 'team')}."
        blocks = [kit.section(f"*{text}*"), *(_card(card) for card in found.cards[:MOST])]
    else:
        text = "You are in no team."
        blocks = [kit.section(f"*{text}* `/team list` shows all; `/team join NAME` joins one.")]
    place = _place(found)
    blocks += [kit.context(place)] if place else []
    if found.is_channel and found.here is None:
        blocks.append(kit.actions(kit.button("Start a team here", FORM)))
    return Message(f"{text} {place}".strip(), blocks)


def listed(cards: Sequence[TeamCard]) -> Message:
    """All teams one may see."""
    if not cards:
        text = "There is no team here that you may see. `/team new NAME` starts one."
        return Message(text, [kit.section(text)])
    text = f"There {'is' if len(cards) == 1 else 'are'} {_count(len(cards), 'team')}"
    blocks = [kit.section(f"*{text}.*")]
    for card in cards[:MOST]:
        blocks.append(_card(card))
        if not card.role and not card.private and not card.archived:
            button = kit.button("Join", "team_join", str(card.id))
            blocks[-1] = blocks[-1] | {"accessory": button}
    if len(cards) > MOST:
        blocks.append(kit.context(f"And {len(cards) - MOST} more."))
    return Message(f"{text}: " + ", ".join(card.name for card in cards[:MOST]), blocks)


def form(name: str = "", channel: str = "") -> kit.Block:
    """The form that starts a team."""
    element: kit.Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "placeholder": kit.plain("Choose a channel", 150),
    }
    element |= {"initial_conversation": channel} if channel else {}
    seen = [
        kit.option("Everybody here may read along", "open"),
        kit.option("Only its people and admins see it", "private"),
    ]
    blocks = [
        kit.field("name", "Its name", kit.text_input(name, placeholder="Vision")),
        kit.field(
            "team_channel", "Its channel", element,
            hint="Decisions and standups are posted there. A channel belongs to one team.",
        ),
        kit.field("visibility", "Who sees it", kit.choice(seen, "open", radio=True)),
    ]  # fmt: skip
    return kit.modal(FORM, "Start a team", blocks, submit="Start")


def started(done: Started) -> Message:
    """To who started it: what it is now, what comes next."""
    card = done.card
    text = f"{kit.escape(card.name)} is there, and you lead it."
    text += " You are the workspace's first admin, too." if done.first_admin else ""
    hint = (
        "Next: its other channels, metric and digest, then people (`/team add @name`) and a "
        "standup (`/standup setup`)."
    )
    button = kit.button("Team settings", "team_setup", style="primary")
    blocks = kit.of_team([kit.section(f"*{text}* {hint}"), kit.actions(button)], card.id)
    return Message(f"{text} {hint}", blocks)


def started_here(name: str, by: str) -> Message:
    """In the team's channel. by: mentioned, for their name may not be known yet."""
    text = (
        f"{kit.person(by)} started the team {kit.escape(name)} here: what is typed in this "
        f"channel is for it from now on. `/team join {kit.escape(name)}` brings you in."
    )
    return Message(text, [kit.section(text)])


def _card(card: TeamCard) -> kit.Block:
    about = [", ".join(f"<#{channel}>" for channel in card.channels) or "no channel"]
    about.append(f"led by {kit.escape(', '.join(card.leads))}" if card.leads else "nobody leads")
    about.append(_count(card.people, "person", "people"))
    about.append(_count(card.open, "open experiment"))
    marks = ["private"] if card.private else []
    marks += ["archived"] if card.archived else []
    marks += [f"you: {card.role}"] if card.role else []
    head = f"*{kit.escape(card.name)}*" + (f" ({', '.join(marks)})" if marks else "")
    return kit.section(f"{head}\n{' · '.join(about)}")


def _place(found: Mine) -> str:
    if not found.is_channel:
        return ""
    if found.here is None:
        return "This channel belongs to no team that you may see."
    return f"This channel is {kit.escape(found.here.name)}'s."


def _count(many: int, one: str, more: str = "") -> str:
    return f"{many} {one if many == 1 else more or one + 's'}"
