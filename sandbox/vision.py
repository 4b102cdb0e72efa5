"""The second team of the story: Vision, which begins a week later, and shares Lena and Mia."""

from collections.abc import Sequence

from sandbox.idea import Idea, write_ticket
from sandbox.play import Play
from sandbox.roster import VISION, user_id
from services import channels, team

CHANNEL, LEADS_CHANNEL = "#vision", "#vision-leads"
IDEAS = (
    Idea("noor", "Distil the damage detector", "A student a tenth as large lifts mAP at 30 frames a second from 0.52 to 0.58", "0.52", "0.58", "10h", "2w", "mAP < 0.50 after 3 checkpoints", "mAP"),
    Idea("mia", "Rendered scratches", "Training on 20K rendered scratches lifts mAP on small damage from 0.52 to 0.57", "0.52", "0.57", "8h", "2w", "mAP < 0.53 after 3 checkpoints", "mAP"),
)  # fmt: skip
BEGINS = "/team new Vision"  # what is typed first

# As in story.LINES; typed in the team's own channels.
LINES: Sequence[tuple[int, int, str, str]] = (
    (7, 9, "lena", BEGINS),
    (7, 12, "noor", "/exp move EXP-044 experiment"),
    (7, 12, "mia", "/exp move EXP-045 experiment"),
    (8, 14, "mia", '/exp update EXP-045 mAP=0.524 gpu=2h "first 2,000 renders"'),
    (9, 14, "noor", '/exp update EXP-044 mAP=0.541 gpu=3h "features of the last two stages"'),
    (10, 11, "mia", '/exp update EXP-045 mAP=0.522 gpu=3h "three times the renders, no change"'),
    (11, 11, "noor", "/digest add need Approve a second annotator amount=$1,200 by={need_by} "
     "owner=@omar otherwise=small damage stays unmeasured"),
)  # fmt: skip


async def begin(play: Play, first: int) -> None:
    """Lena starts the team, sets it up and makes Noor a lead; its ideas are numbered from `first`."""
    await start(play)
    await set_up(play)
    for number, idea in enumerate(IDEAS, start=first):
        await write_ticket(play, idea, number, CHANNEL)
    await play.settle()


async def start(play: Play) -> None:
    """A team that Lena leads, with #vision as its channel."""
    with play.assay.lab.begin() as session:
        now = play.assay.lab.clock()
        begun = team.begin(session, play.sandbox.office.space.team_id, "Vision", now=now)
        begun.team_channel = "C0VISION"
        channels.settle(session, begun)
        team.member(session, begun, user_id("lena"), now=now).role = "lead"


async def set_up(play: Play) -> None:
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
            "metric_name": "mAP",
            "metric_target": "0.6",
        },
    )
    await space.command("lena", LEADS_CHANNEL, "/exp", "leads add @noor")
    opened = await space.command("lena", CHANNEL, "/standup", "setup")
    people = [user_id(handle) for handle in VISION]
    chosen = {"name": "Vision standup", "people": people, "channel": "C0VISION"}
    await space.submit("lena", opened["opened_view"]["id"], chosen)
    await play.settle()
