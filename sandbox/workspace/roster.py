"""The default workspace: an AI team of eight across the world, a second one that shares two people
with it, their channels and the bot.
"""

from __future__ import annotations

from sandbox.workspace.channels import Channel
from sandbox.workspace.people import Member, Usergroup
from sandbox.workspace.workspace import Workspace

BOT = Member("U0ASSAY", "assay", "Assay", "UTC", "Runs the team's experiments", is_bot=True)
# handle, real name, zone, title, colour
TEAM = (
    ("ana", "Ana Ruiz", "America/Los_Angeles", "Research scientist, retrieval", "9f69e7"),
    ("ben", "Ben Okafor", "America/New_York", "ML engineer, training", "4bbe2e"),
    ("omar", "Omar Haddad", "Europe/London", "VP AI", "e7392d"),
    ("lena", "Lena Vogt", "Europe/Berlin", "Lead, retrieval and ranking", "3c989f"),
    ("zoe", "Zoë Lindqvist", "Europe/Helsinki", "Data engineer", "e96699"),
    ("priya", "Priya Nair", "Asia/Kolkata", "ML engineer, fine-tuning", "e0a729"),
    ("kenji", "Kenji Mori", "Asia/Tokyo", "Lead, evaluation", "684b6c"),
    ("mia", "Mia Parata", "Pacific/Auckland", "Research engineer, agents", "5b89d5"),
)
NOOR = ("noor", "Noor Aziz", "Europe/Amsterdam", "ML engineer, vision", "2bac76")
LEADS = ("lena", "kenji")
VISION = ("noor", "lena", "mia")  # the second team
VISION_LEADS = ("noor", "lena")
EXECUTIVE = "omar"
LEADS_GROUP = "S0LEADS"


def user_id(handle: str) -> str:
    """The id of a person of the default team."""
    return f"U0{handle.upper()}"


def default_workspace(created: int = 0) -> Workspace:
    """The workspace as it is after every reset; ``created`` is unix seconds."""
    space = Workspace(
        team_id="T0ASSAY",
        team_name="Assay Lab",
        domain="assay-lab",
        bot=Member(**vars(BOT)),
        bot_id="B0ASSAY",
        app_id="A0ASSAY",
    )
    space.members[space.bot.id] = space.bot
    for handle, real_name, tz, title, color in (*TEAM, NOOR):
        lead = handle in LEADS
        person = Member(user_id(handle), handle, real_name, tz, title, color, is_lead_hint=lead)
        space.members[person.id] = person
    _add_channels(space, created)
    leads = [user_id(handle) for handle in LEADS]
    space.usergroups[LEADS_GROUP] = Usergroup(LEADS_GROUP, "ml-leads", "ML leads", leads, created)
    return space


def _add_channels(space: Workspace, created: int) -> None:
    team = [user_id(handle) for handle, *_ in TEAM]
    everyone = [*team, user_id(NOOR[0])]
    leads, vision, vision_leads = (
        [user_id(handle) for handle in handles] for handles in (LEADS, VISION, VISION_LEADS)
    )
    bot = space.bot.id
    creator = leads[0]
    for channel in (
        Channel("C0STANDUP", "standup", "channel", [*team, bot], topic="Experiments, daily"),
        Channel("C0ALERTS", "ml-alerts", "channel", [*team, bot], topic="Drift and risks"),
        Channel("C0LEADS", "ml-leads", "private", [*leads, bot], topic="Decisions"),
        Channel(
            "C0DIGEST",
            "exec-digest",
            "private",
            [user_id(EXECUTIVE), *leads, bot],
            topic="The week in one page",
        ),
        Channel("C0RANDOM", "random", "channel", everyone, topic="The bot is not in here"),
        Channel("C0VISION", "vision", "channel", [*vision, bot], topic="What cameras see"),
        Channel("C0VISLEADS", "vision-leads", "private", [*vision_leads, bot], topic="Decisions"),
    ):
        channel.creator, channel.created = creator, created
        space.channels[channel.id] = channel
    for person in everyone:
        dm = Channel(f"D0{person[2:]}", "directmessage", "im", [person, bot], user=person)
        dm.created = created
        space.channels[dm.id] = dm
