"""The standup report: what the asker may see of it, shared once, and as a file."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from core import calendar
from core.blockers.blocker import Blocker
from core.errors import NotFound, Refused
from core.experiments.learning import Learning
from core.quantity import experiment_id
from core.standups import report, typed_reply
from core.standups import standup as reading
from core.standups.questions import Question
from core.standups.report import Entry, ReportQuery, StandupReport
from models.blockers import blocker as blockers
from models.experiments import learning as learnings
from models.standups import answer as answers
from models.standups import evening as evenings
from models.standups import standup as standups
from models.standups.answer import Seat
from models.team import Team
from services import team as teams
from services.blockers import blocker
from services.desk import desk
from services.experiments import experiment, learning
from services.ports import Lab

MOST_BYTES = 5_000_000
_MOST_BLOCKERS = 5_000
_COLUMNS = (
    "date", "standup", "person", "user_id", "state", "late", "answered_at_utc", "experiments",
    "learned", "next", "stuck", "answer",
)  # fmt: skip


def read(lab: Lab, team_id: int, text: str) -> ReportQuery:
    """The wish in what was typed, by the team's calendar. Raises Refused."""
    with desk(lab, team_id, lock=False) as here:
        today = experiment.today_of(here.team, here.now)
    return report.read(text, today=today)


def look(lab: Lab, team_id: int, wish: ReportQuery, *, by: str, channel: str) -> StandupReport:
    """The report on the standups that person may see: all for a lead, else those they are in and
    the one of the channel they are in. Raises NotFound when there is none, or no such experiment.
    """
    with desk(lab, team_id, lock=False) as here:
        session, team, now = here.session, here.team, here.now
        if wish.number:
            experiment.find(session, team, wish.number)
        seen = _visible(session, team, by, channel)
        rows = answers.seats(session, list(seen), wish.first, wish.last)
        rows = [row for row in rows if _wanted(row, wish)]
        names = teams.names(session, team)
        told = {f"answer:{row.answer.id}" for row in rows if row.answer is not None}
        return StandupReport(
            wish=wish,
            entries=[_entry(row, seen[row.round.standup_id], names) for row in rows],
            learnings=_learned(session, team, wish, told),
            blockers=_stuck(session, team, wish, set(channels_of(session, team, seen)), now),
            name=here.name(wish.user) if wish.user else "",
            evenings=evenings.shares(session, list(seen), (wish.first, wish.last), wish.user),
        )


def entries(session: Session, team: Team, first: date, last: date) -> list[Entry]:
    """Everybody in every round of the team's standups on those days, both included."""
    seen = {s.pk: s.name for s in standups.of_team(session, team.pk)}
    rows, names = answers.seats(session, list(seen), first, last), teams.names(session, team)
    return [_entry(row, seen[row.round.standup_id], names) for row in rows]


def export(lab: Lab, team_id: int, found: StandupReport, once: str, *, by: str) -> str:
    """Send the report as a CSV file by direct message, once; its name.

    Raises NotFound (no round in that time) and Refused (too big).
    """
    if not found.entries:
        raise NotFound("There was no round to export in that time.", "Try `last 2w csv`.")
    content = as_csv(found)
    if len(content.encode(errors="replace")) > MOST_BYTES:
        raise Refused("That is more than fits into one file.", "Ask for a shorter time.")
    name = f"standup-{found.wish.first}..{found.wish.last}-{once[:4]}.csv"
    said = f"Standup report {found.wish.first} to {found.wish.last}: {len(found.entries)} rows"
    with desk(lab, team_id, lock=False) as here:
        here.voice.upload(f"csv:{once}", by, (name, content), said)
    return name


def as_csv(found: StandupReport) -> str:
    """One row per person and round. What a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    rows = csv.writer(out)
    asked = {question.text: question for e in found.entries for question, _ in e.typed}
    rows.writerow([*_COLUMNS, *(_harmless(text) for text in asked)])
    for entry in found.entries:
        said = {question.text: _value(question, reply) for question, reply in entry.typed}
        typed_cells = [said.get(text, "") for text in asked]
        rows.writerow([*(_harmless(cell) for cell in _cells(entry)), *typed_cells])
    return "\ufeff" + out.getvalue()  # the mark makes spreadsheets read it as UTF-8


def channels_of(session: Session, team: Team, seen: dict[int, str]) -> list[str]:
    """The channels of these standups."""
    return [s.channel for s in standups.of_team(session, team.pk) if s.id in seen]


def _visible(session: Session, team: Team, by: str, channel: str) -> dict[int, str]:
    everything = standups.of_team(session, team.pk)
    if not everything:
        raise NotFound("There is no standup here yet.", "A lead starts one: `/standup setup`.")
    leads = teams.may_lead(session, team, by)
    seen = {s.pk: s.name for s in everything if leads or by in s.people or s.channel == channel}
    if not seen:
        raise NotFound("You are in no standup here.", "Ask for the report in its channel.")
    return seen


def _wanted(row: Seat, wish: ReportQuery) -> bool:
    if wish.user and row.prompt.user_id != wish.user:
        return False
    named = row.answer.experiments if row.answer is not None else []
    return not wish.number or wish.number in named


def _entry(row: Seat, standup: str, names: dict[str, str]) -> Entry:
    user, given = row.prompt.user_id, row.answer
    facts = Entry(
        on=row.round.on,
        standup=standup,
        user=user,
        name=names.get(user) or user,
        state=row.prompt.state,
        over=row.round.state == "closed",
        questions=tuple(row.round.questions),
        shapes=row.round.shapes or {},
    )
    if given is None:
        return facts
    filled = {"late": given.late, "at": given.at, "replies": tuple(given.replies)}
    return Entry(**vars(facts) | filled | {"experiments": tuple(given.experiments)})


def _learned(session: Session, team: Team, wish: ReportQuery, told: set[str]) -> list[Learning]:
    start, end = _instants(team, wish)
    rows = learnings.between(session, team.pk, start, end)
    kept = [row for row in rows if row.source != "standup" or row.origin in told]
    if wish.user:
        kept = [row for row in kept if row.user_id == wish.user]
    if wish.number:
        kept = [row for row in kept if wish.number in row.experiments]
    return [learning.value(session, team, row) for row in kept]


def _stuck(
    session: Session, team: Team, wish: ReportQuery, channels: set[str], now: datetime
) -> list[Blocker]:
    start, end = _instants(team, wish)
    rows = blockers.of_team(session, team.pk, limit=_MOST_BLOCKERS)
    kept = [row for row in rows if row.channel in channels and row.at < end]
    kept = [row for row in kept if row.resolved_at is None or row.resolved_at >= start]
    if wish.user:
        kept = [row for row in kept if wish.user in {row.user_id, row.helper}]
    if wish.number:
        kept = [row for row in kept if wish.number in row.experiments]
    return [blocker.value(session, team, row, now) for row in reversed(kept)]


def _instants(team: Team, wish: ReportQuery) -> tuple[datetime, datetime]:
    where, midnight = calendar.zone(team.zone), time()
    after = wish.last + timedelta(days=1)
    return (
        calendar.instant(wish.first, midnight, where),
        calendar.instant(after, midnight, where),
    )


def _cells(entry: Entry) -> list[str]:
    def said(role: str) -> str:
        return reading.reply_to(role, entry.questions, entry.replies) or ""

    pairs = zip(entry.questions, entry.replies, strict=False)
    return [
        entry.on.isoformat(),
        entry.standup,
        entry.name,
        entry.user,
        entry.state if entry.state != "asked" or not entry.over else "no answer",
        "yes" if entry.late else "no",
        entry.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if entry.at else "",
        " ".join(experiment_id(number) for number in entry.experiments),
        said("learned"),
        said("next"),
        said("stuck"),
        "\n".join(f"{question} {reply}" for question, reply in pairs if reply),
    ]


def _value(question: Question, reply: str) -> str:
    found = typed_reply.read(question, reply)
    return found.value if found and question.kind == "number" else _harmless(reply)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
