"""The demo's story: what the team did in the two weeks before the curtain rises.

Everything is typed, submitted and clicked by people of the roster, through the sandbox, while
its clock runs from then to now; only the older past (history.py) is written directly.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models import team as teams
from models.team import Team
from sandbox.demo import history, runs, vision
from sandbox.demo.cast import Cast
from sandbox.demo.idea import Idea, write_ticket
from sandbox.play import Play
from services.experiments import experiment
from services.simulation.simulate import Replay
from services.sprints import plan as sprint_plan

BERLIN = ZoneInfo("Europe/Berlin")
SPRINT = timedelta(days=14)
SPLIT = {"exploration": 30, "optimisation": 40, "data": 20, "ml_engineering": 10}
PEOPLE = ["U0ANA", "U0BEN", "U0LENA", "U0ZOE", "U0PRIYA", "U0KENJI", "U0MIA"]


IDEAS = (
    Idea("ana", "Late chunking for the retriever", "Embedding whole pages before cutting lifts recall@5 from 0.81 to 0.86", "0.81", "0.86", "12h", "3w", "recall < 0.80 after 3 checkpoints", "recall"),
    Idea("ben", "Speculative decoding", "A 160M draft model brings p95 latency from 1900 ms to 1200 ms", "1900", "1200", "16h", "3w", "latency > 1800 after 3 checkpoints", "latency", "lower"),
    Idea("zoe", "Deduplicate the ticket corpus", "Removing near-duplicates lifts accuracy from 76.8% to 78%", "76.8%", "78%", "10h", "3w", "accuracy < 76% after full training"),
    Idea("mia", "Tool use for order status", "Calling the order API lifts accuracy on order questions from 61% to 80%", "61%", "80%", "8h", "3w", "accuracy < 65% after 3 checkpoints"),
    Idea("kenji", "Judge calibration on 200 graded answers", "A calibrated judge agrees with people at 0.85 or more, from 0.78", "0.78", "0.85", "6h", "2w", "agreement < 0.75 after 3 checkpoints", "agreement"),
    Idea("ana", "Router between keyword and dense search", "Routing by query type lifts accuracy from 76.8% to 80%", "76.8%", "80%", "9h", "3w", "accuracy < 77% after 3 checkpoints"),
    Idea("priya", "Fine-tune Llama-3-8B on support corpus", "QLoRA on 50K support tickets lifts answer accuracy from 72% to at least 85%", "72%", "85%", "24h", "9d", "Accuracy < 78% after full training = KILL"),
    Idea("priya", "DPO on thumbs-up data", "Preference tuning on 6K ratings lifts accuracy from 76.8% to 82%", "76.8%", "82%", "20h", "3w", "accuracy < 77% after 3 checkpoints"),
)  # fmt: skip
WIDE = "limits hypothesis=9 experiment=9 evaluation=6"
FIRST = history.FIRST_STORY_NUMBER

# day of the story (0 = the first Monday), hour in Berlin, who, what they type
LINES: Sequence[tuple[int, int, str, str]] = (
    (1, 10, "ana", "/exp move EXP-036 experiment"),
    (1, 10, "ben", "/exp move EXP-037 experiment"),
    (1, 11, "zoe", "/exp move EXP-038 experiment"),
    (1, 11, "mia", "/exp move EXP-039 experiment"),
    (1, 12, "kenji", "/exp move EXP-040 experiment"),
    (1, 12, "priya", "/exp move EXP-042 experiment"),
    (2, 15, "priya", '/exp update EXP-042 acc=0.70 gpu=6h "first epoch, loss still falling"'),
    (2, 16, "ben", '/exp update EXP-037 training=running "draft model started"'),
    (2, 16, "ana", '/exp update EXP-036 recall=0.822 gpu=2h "pages of up to 4K tokens"'),
    (3, 11, "zoe", '/exp update EXP-038 acc=0.771 gpu=2h "11 % of tickets were duplicates"'),
    (3, 17, "ben", '/exp update EXP-037 latency=1710 gpu=3h "acceptance rate 0.58"'),
    (4, 14, "priya", '/exp update EXP-042 acc=0.735 gpu=8h "overfits after refresh"'),
    (4, 15, "mia", '/exp update EXP-039 acc=0.70 gpu=2h "API schema in the prompt"'),
    (7, 10, "kenji", '/exp update EXP-040 agreement=0.81 gpu=1h "temperature 0 for the judge"'),
    (7, 14, "ana", '/exp update EXP-036 recall=0.838 gpu=3h "pooling by sentence"'),
    (8, 11, "zoe", '/exp update EXP-038 acc=0.782 gpu=3h safety=ok "second pass with MinHash"'),
    (8, 15, "zoe", "/exp move EXP-038 evaluation"),
    (8, 15, "priya", '/exp update EXP-042 acc=0.741 gpu=10h "lower learning rate, same plateau"'),
    (9, 10, "lena", "/exp promote EXP-038 near-duplicates taught the model stale answers"),
    (9, 15, "zoe", "/exp update EXP-038 deploy=canary monitoring=on rollback=tested"),
    (9, 16, "ben", '/exp update EXP-037 latency=1520 gpu=4h "draft model distilled once more"'),
    (10, 15, "mia", '/exp update EXP-039 acc=0.76 gpu=2h "retries on API errors"'),
    (10, 16, "kenji", '/exp update EXP-040 agreement=0.83 gpu=1h "rubric split in two"'),
    (11, 10, "lena", "/digest add risk Vendor delivers the safety labels a week late "
     "impact=launch slips one sprint likelihood=medium mitigation=synthetic set first "
     "owner=@kenji"),
    (11, 11, "lena", "/digest add need Approve more labelling amount=$3,000 by={need_by} owner=@omar "
     "otherwise=the safety test starts a sprint later"),
    (11, 12, "lena", "/digest add milestone Side-by-side of routed and dense search"),
)  # fmt: skip


async def tell(play: Play, *, until: datetime) -> None:
    """Play the two weeks; the clock ends at `until` (a weekday morning)."""
    start = _story_start(until)
    cast = Cast(play.sandbox)
    await set_up(play)
    await widen(play)
    with play.assay.lab.begin() as session:
        team = team_of(play, session)
        decide = deciding(play, history.begin(play.assay.lab, session, team, PEOPLE, start))
    for place, idea in enumerate(IDEAS):
        await write_ticket(play, idea, FIRST + place)
    with play.assay.lab.begin() as session:
        numbers = list(range(FIRST, FIRST + len(IDEAS)))
        history.commit(session, team_of(play, session), numbers, play.sandbox.clock.now())
    await play.settle()
    for day, hour, who, line in sorted([*LINES, *vision.LINES], key=lambda one: one[:2]):
        at = datetime.combine(start + timedelta(days=day), time(hour), tzinfo=BERLIN)
        await run_to(play, cast, min(at, until), decide)
        if line == vision.BEGINS:
            await vision.begin(play, FIRST + len(IDEAS))
            continue
        typed = line.format(need_by=until.date() + timedelta(days=11))
        await play.type(who, _place(line.partition(" ")[0], line), typed)
        await play.settle()
    monday = datetime.combine(start + SPRINT, time(8, 30), tzinfo=BERLIN)
    await run_to(play, cast, monday, decide)
    plan(play)
    await play.settle()
    await run_to(play, cast, until, decide)
    with play.assay.lab.begin() as session:
        runs.write(session, team_of(play, session), play.sandbox.clock.now())


Decide = Callable[[], Awaitable[None]]


async def nobody() -> None:
    """Decide nothing."""


async def run_to(play: Play, cast: Cast, at: datetime, decide: Decide = nobody) -> None:
    """Let the hours pass until then; people decide, and answer their prompts."""
    clock = play.sandbox.clock
    while clock.now() < at:
        clock.advance(min(timedelta(hours=1), at - clock.now()).total_seconds())
        await decide()
        await play.settle()
        if await cast.act():
            await play.settle()


def deciding(play: Play, past: Replay) -> Decide:
    """What is left of the simulated past goes on, and people type its decisions."""

    async def decide() -> None:
        while True:
            with play.assay.lab.begin() as session:
                now = play.sandbox.clock.now()
                one = history.go_on(session, team_of(play, session), past, now)
            if one is None:
                return
            await play.sandbox.command(one.who, "#standup", one.command, one.text)

    return decide


def team_of(play: Play, session: Session) -> Team:
    """The row of the story's team."""
    return teams.of_workspace(session, play.sandbox.office.space.team_id)[0]


def plan(play: Play) -> None:
    """Lena commits the team to what is open for the sprint that has begun."""
    lab = play.assay.lab
    with lab.begin() as session:
        team = team_of(play, session)
        numbers = [one.number for one in experiment.open_of(session, team)]
        team_id = team.pk
    span = sprint_plan.look(lab, team_id, "", "learn", by="U0LENA").span
    goal = "Know whether tuning or retrieval closes the gap to 85 %"
    choice = sprint_plan.Choice(span.number, "U0LENA", numbers, goal, SPLIT, 80.0, seen="")
    sprint_plan.commit(lab, team_id, choice)


def opening(until: datetime) -> datetime:
    """When the story has to begin to end at `until`: a Monday, 08:00 in Berlin."""
    return datetime.combine(_story_start(until), time(8), tzinfo=BERLIN)


def _story_start(until: datetime) -> Any:
    day = until.astimezone(BERLIN).date()
    monday = day - timedelta(days=day.weekday())
    return monday - timedelta(days=14)


async def set_up(play: Play) -> None:
    """Lena sets the team and its standup up."""
    space = play.sandbox
    opened = await space.command("lena", "#ml-leads", "/exp", "setup")
    await space.submit(
        "lena",
        opened["opened_view"]["id"],
        {
            "team_name": "Support",
            "team_channel": "C0STANDUP",
            "leads_channel": "C0LEADS",
            "alerts_channel": "C0ALERTS",
            "digest_channel": "C0DIGEST",
            "zone": "Europe/Berlin",
            "metric_name": "accuracy",
            "metric_target": "92%",
        },
    )
    await space.command("lena", "#ml-leads", "/exp", "leads add @kenji")
    opened = await play.type("lena", "#ml-leads", "/digest money")
    costs = {"reach": "100%", "customers": "7000", "low": "9.50", "likely": "11.50", "high": "14"}
    await space.submit("lena", opened["opened_view"]["id"], costs)
    opened = await space.command("lena", "#standup", "/standup", "setup")
    await space.submit(
        "lena", opened["opened_view"]["id"], {"people": PEOPLE, "channel": "C0STANDUP"}
    )
    await play.settle()


async def widen(play: Play) -> None:
    """Seven people, and runs left over from the sprint before: Lena raises the limits."""
    await play.type("lena", "#ml-leads", f"/board {WIDE}")


def _place(command: str, line: str) -> str:
    if line in {typed for *_, typed in vision.LINES}:
        return vision.LEADS_CHANNEL if command == "/digest" else vision.CHANNEL
    return "#ml-leads" if command == "/digest" else "#standup"
