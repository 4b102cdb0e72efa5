"""The second team of the story: Vision, which begins a week later, and shares Lena and Mia."""

from collections.abc import Sequence

from sandbox.demo.idea import Idea, write_ticket
from sandbox.play import Play
from sandbox.workspace.roster import VISION, user_id

CHANNEL, LEADS_CHANNEL = "#vision", "#vision-leads"
IDEAS = (
    Idea("noor", "Distil the damage detector", "A student a tenth as large lifts recall of damage at 30 frames a second from 72% to 78%", "72%", "78%", "10h", "2w", "recall < 70% after 3 checkpoints", "recall"),
    Idea("mia", "Rendered scratches", "Training on 20K rendered scratches lifts recall of small damage from 72% to 77%", "72%", "77%", "8h", "2w", "recall < 73% after 3 checkpoints", "recall"),
)  # fmt: skip
WEEKDAYS = ("0", "1", "2", "3", "4")
BEGINS = "/team new Vision"  # what is typed first

# As in story.LINES; typed in the team's own channels.
LINES: Sequence[tuple[int, int, str, str]] = (
    (7, 9, "lena", BEGINS),
    (7, 12, "noor", "/exp move EXP-044 experiment"),
    (7, 12, "mia", "/exp move EXP-045 experiment"),
    (8, 14, "mia", '/exp update EXP-045 recall=0.724 gpu=2h "first 2,000 renders"'),
    (9, 14, "noor", '/exp update EXP-044 recall=0.741 gpu=3h "features of the last two stages"'),
    (10, 11, "mia", '/exp update EXP-045 recall=0.722 gpu=3h "three times the renders, no change"'),
    (11, 11, "noor", "/digest add need Approve a second annotator amount=$1,200 by={need_by} "
     "owner=@omar otherwise=small damage stays unmeasured"),
)  # fmt: skip


async def begin(play: Play, first: int, days: Sequence[str] = WEEKDAYS) -> None:
    """Lena starts the team, sets it up and makes Noor a lead; its ideas are numbered from `first`.

    days: of its standup, 0 is Monday.
    """
    await play.type("lena", CHANNEL, BEGINS)
    await set_up(play, days)
    for number, idea in enumerate(IDEAS, start=first):
        await write_ticket(play, idea, number, CHANNEL)
    await play.settle()


async def set_up(play: Play, days: Sequence[str]) -> None:
    """Its channels, metric and standup; executives read it where they read the first team."""
    space = play.sandbox
    opened = await space.command("lena", CHANNEL, "/exp", "setup")
    await space.submit(
        "lena",
        opened["opened_view"]["id"],
        {
            "team_channel": "C0VISION",
            "leads_channel": "C0VISLEADS",
            "alerts_channel": "C0VISION",
            "digest_channel": "C0DIGEST",
            "zone": "Europe/Amsterdam",
            "metric_name": "recall",
            "metric_target": "90%",
        },
    )
    await space.command("lena", LEADS_CHANNEL, "/exp", "leads add @noor")
    opened = await space.command("lena", CHANNEL, "/standup", "setup")
    people = [user_id(handle) for handle in VISION]
    chosen = {"name": "Vision standup", "people": people, "channel": "C0VISION", "days": days}
    await space.submit("lena", opened["opened_view"]["id"], chosen)
    await play.settle()
