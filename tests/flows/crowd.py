"""Working days of many people in twelve zones, in one team or in several, over the wire with the
speed limits on.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from core import calendar
from models.outbox import Outbox
from models.standups.absence import Absence
from models.standups.standup import Prompt, Round
from sandbox.demo.story import set_up
from sandbox.play import Play
from sandbox.workspace.channels import Channel
from sandbox.workspace.people import Member
from sandbox.workspace.workspace import Workspace

ZONES = (
    "Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo", "Asia/Singapore", "Asia/Kolkata",
    "Asia/Dubai", "Africa/Nairobi", "Europe/Berlin", "Europe/London", "America/Sao_Paulo",
    "America/New_York", "America/Los_Angeles",
)  # fmt: skip
FIRST_CHANNEL = "C0STANDUP"  # of the first team
AT = time(9, 30)
STEP, ROUNDING = timedelta(minutes=30), timedelta(minutes=1)
# What people do with a prompt, in percent; the rest never answers.
ANSWER, SKIP, LATE = 84, 5, 4


@dataclass
class Crowd:
    """The play, its people (handle → zone) and who is asked in which channel, one a team.

    plans: what is done when, by whom.
    """

    play: Play
    zones: dict[str, str]
    teams: dict[str, list[str]]
    dice: random.Random
    first: date
    last: date  # a Friday: the day after it has already begun in Auckland when it is over
    plans: list[tuple[datetime, str, str]] = field(default_factory=list)
    read_to: int = 0  # the last row of the outbox that was looked at

    async def run(self) -> None:
        """Until the last day is over in Los Angeles, too."""
        await set_up(self.play)
        await self._gather()
        await self._go_away()
        clock = self.play.sandbox.clock
        over = datetime.combine(self.last + timedelta(days=1), time(6), tzinfo=UTC)
        while clock.now() < over:
            clock.advance((self._next() - clock.now()).total_seconds())
            await self.play.settle()
            self._plan()
            await self._act()
        await self.play.settle()

    def _next(self) -> datetime:
        """When something happens next; half an hour ahead at most."""
        now = self.play.sandbox.clock.now()
        hours = [calendar.next_time(now, AT, ZoneInfo(zone), tuple(range(5))) for zone in ZONES]
        soon = [at + ROUNDING for at in [*hours, *(at for at, *_ in self.plans)]]
        return min(now + STEP, *(max(at, now + ROUNDING) for at in soon))

    async def _gather(self) -> None:
        """Each team's lead puts everybody into its standup."""
        for channel, them in self.teams.items():
            lead = "lena" if channel == FIRST_CHANNEL else them[0]
            if lead != "lena":
                await self._type(lead, channel, f"/team new {channel[2:].title()}")
            opened = await self._type(lead, channel, "/standup setup")
            values = {"people": [_id(who) for who in them], "channel": channel}
            await self.play.sandbox.submit(lead, opened["opened_view"]["id"], values)
            await self.play.settle()

    async def _type(self, who: str, channel: str, line: str) -> Any:
        command, _, text = line.partition(" ")
        told = await self.play.sandbox.command(who, channel, command, text)
        assert told["delivery"]["ok"], told
        return told

    async def _go_away(self) -> None:
        """One in eight is away for one to four days, and says so before."""
        for who in self.dice.sample(sorted(self.zones), len(self.zones) // 8):
            first = self.first + timedelta(days=self.dice.randrange((self.last - self.first).days))
            last = first + timedelta(days=self.dice.randrange(4))
            text = f"ooo {first}..{last}"
            await self._type(who, _dm(who), f"/standup {text}")
        await self.play.settle()

    def _plan(self) -> None:
        """Decide what the people who were asked since the last step will do, and when."""
        now = self.play.sandbox.clock.now()
        for row in _rows(self.play, "prompt:", after=self.read_to):
            self.read_to = max(self.read_to, row.id or 0)
            who = row.key.split(":")[2][2:].lower()
            fate = self.dice.randrange(100)
            if fate < ANSWER:
                self.plans.append((now + self._after(5, 150), who, "answer"))
            elif fate < ANSWER + SKIP:
                self.plans.append((now + self._after(5, 60), who, "skip"))
            elif fate < ANSWER + SKIP + LATE:
                self.plans.append((now + timedelta(hours=6), who, "answer"))

    def _after(self, least: int, most: int) -> timedelta:
        return timedelta(minutes=self.dice.randrange(least, most))

    async def _act(self) -> None:
        now = self.play.sandbox.clock.now()
        due = [plan for plan in self.plans if plan[0] <= now]
        self.plans = [plan for plan in self.plans if plan[0] > now]
        for _, who, what in due:
            prompt = [m for m in self.play.sandbox.messages(who, _dm(who)) if _asks(m)]
            if what == "skip" and prompt:
                at = {"channel": _dm(who), "ts": prompt[-1]["ts"]}
                await self.play.sandbox.click(who, "standup_skip", **at)
            elif what == "answer":
                text = (
                    f"1. Run {self.dice.randrange(900)} moved little\n2. The next split\n3. none"
                )
                await self.play.sandbox.say(who, _dm(who), text)


@dataclass(frozen=True)
class Tally:
    """What was sent. offsets: minutes between somebody's local time and their prompt.

    messages: by kind; days: person-days; naive: what a bot would send that asks everybody every
    weekday, reminds who has not answered after one and after two hours, and posts every answer.
    """

    offsets: list[float]
    doubles: int
    asked_while_away: int
    messages: Counter[str]
    days: int
    naive: int
    answered: int


def count(crowd: Crowd) -> Tally:
    """Recount everything from what Slack received and the people's own absences."""
    prompts = [row for row in _rows(crowd.play, "prompt:") if row.slack_ts]
    with crowd.play.assay.lab.begin() as session:
        rounds = {r.id: (r.standup_id, r.on) for r in session.exec(select(Round))}
        away = {
            (a.user_id, a.first_day + timedelta(days=n))
            for a in session.exec(select(Absence))
            for n in range((a.last_day - a.first_day).days + 1)
        }
        answered = sum(p.state == "answered" for p in session.exec(select(Prompt)))
        roster = len(list(session.exec(select(Prompt))))
    offsets: list[float] = []
    seen: Counter[tuple[str, int, date]] = Counter()
    wrong = 0
    for row in prompts:
        _, number, user = row.key.split(":")
        standup, on = rounds[int(number)]
        where = ZoneInfo(crowd.zones[user[2:].lower()])
        due = calendar.instant(on, AT, where)
        offsets.append((float(row.slack_ts) - due.timestamp()) / 60)
        seen[user, standup, on] += 1
        wrong += (user, on) in away
    in_dm = [m for who in crowd.zones for m in _from_bot(crowd.play, _dm(who))]
    asked = {m["ts"] for m in prompts_in(in_dm, prompts)}
    kinds = Counter({"prompt": len(asked), "other direct message": len(in_dm) - len(asked)})
    kinds["in the channel"] = sum(
        not m.get("thread_ts") for c in crowd.teams for m in _from_bot(crowd.play, c)
    )
    unanswered = roster - answered
    return Tally(
        offsets=offsets,
        doubles=sum(times - 1 for times in seen.values()),
        asked_while_away=wrong,
        messages=kinds,
        days=roster,
        naive=roster + 2 * unanswered + answered,
        answered=answered,
    )


def prompts_in(messages: list[Any], rows: list[Outbox]) -> list[Any]:
    """Those of the messages that are somebody's prompt."""
    stamps = {row.slack_ts for row in rows}
    return [message for message in messages if message["ts"] in stamps]


def lines(tally: Tally) -> list[str]:
    """The tally as it is printed."""
    sent = tally.messages["prompt"] + tally.messages["other direct message"]
    late = sorted(tally.offsets)
    return [
        f"{len(late)} prompts, {late[0]:.1f} to {late[-1]:.1f} min after the local minute, "
        f"median {late[len(late) // 2]:.1f}",
        f"{tally.doubles} doubles, {tally.asked_while_away} prompts to people who were away",
        f"{tally.answered} answers in {tally.days} person-days; "
        + ", ".join(f"{n} × {kind}" for kind, n in tally.messages.items()),
        f"{sent / tally.days:.2f} direct messages per person and day, "
        f"{tally.naive / tally.days:.2f} messages from a bot that asks everybody every weekday, "
        "reminds twice and posts each answer",
    ]


def opening(first: date) -> datetime:
    """When the play starts: before that day's morning in Auckland."""
    return datetime.combine(first - timedelta(days=1), time(12), tzinfo=UTC)


def gathered(play: Play, first: date, last: date, *, teams: int, each: int) -> Crowd:
    """So many teams with so many people each, spread over the zones, in a workspace of theirs."""
    space = play.sandbox.office.space
    zones, asked = {}, {}
    for team in range(teams):
        channel = f"C0TEAM{team}" if team else FIRST_CHANNEL
        if team:
            name = channel[2:].lower()
            space.channels[channel] = Channel(channel, name, "channel", [space.bot.id])
        asked[channel] = [f"p{place:03d}" for place in range(team * each, (team + 1) * each)]
        for place, handle in enumerate(asked[channel]):
            zones[handle] = ZONES[place % len(ZONES)]
            _add(space, handle, zones[handle], channel)
    return Crowd(play, zones, asked, random.Random(5), first, last)


def _add(space: Workspace, handle: str, zone: str, channel: str) -> None:
    member = Member(_id(handle), handle, f"Person {handle[1:]}", zone)
    space.members[member.id] = member
    space.channels[channel].members.append(member.id)
    dm = Channel(_dm(handle), "directmessage", "im", [member.id, space.bot.id], user=member.id)
    space.channels[dm.id] = dm


def _id(handle: str) -> str:
    return f"U0{handle.upper()}"


def _dm(handle: str) -> str:
    return f"D0{handle.upper()}"


def _rows(play: Play, prefix: str, *, after: int = 0) -> list[Outbox]:
    with play.assay.lab.begin() as session:
        wanted = select(Outbox).where(col(Outbox.key).startswith(prefix), col(Outbox.id) > after)
        found = list(session.exec(wanted.order_by(col(Outbox.id))))
        for row in found:
            session.expunge(row)
        return found


def _from_bot(play: Play, channel: str) -> list[Any]:
    place = play.sandbox.office.space.channels[channel]
    bot = play.sandbox.office.space.bot.id
    return [
        m.body for m in place.messages.values() if m.body.get("user") == bot and not m.only_for
    ]


def _asks(message: Any) -> bool:
    return "standup_skip" in str(message.get("blocks"))
