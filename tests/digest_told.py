"""A posted digest of a generated week, and what the tables hold at that instant."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from core.calendar import instant, zone
from jobs.digest import digest as job
from tests.lived import STARTS, Lived
from tests.records import Told, moment, records, rows_of, single, ticket_id

METRIC = "accuracy"  # most of these teams' tickets have it


class Friday:
    """One posted digest: its text, what the one before it said, and the tables at its instant."""

    def __init__(self, team: Lived, day: date, before: "Friday | None") -> None:
        """Live on until that Friday afternoon, post the digest, read the tables."""
        self.where, self.day, self.before = team.zone, day, before
        team.until(day)
        team.talk.now = instant(day, time(16, 0, 1), zone(team.zone))
        self.engine: Engine = team.talk.engine
        self.at: datetime = team.talk.now
        self.known: Told = records(self.engine, self.at, team.zone, STARTS)
        self.rows = rows_of(self.engine, "SELECT * FROM experiment ORDER BY number")
        self.results = self._results()
        self.since = before.at if before else self.at - timedelta(days=7)
        team.talk.run(job.post_due)
        self.text = str(single(self.engine, "SELECT text FROM digest ORDER BY id DESC LIMIT 1"))
        self.goal = self._goal()

    def count(self, word: str, subject: str = "since the report") -> str:
        """A figure of the tables as text."""
        return str(self.known[word, subject])

    def _results(self) -> dict[str, tuple[float, datetime]]:
        """What each candidate stands at: the final value in production, else the last result while
        it is evaluated or refined; with the instant of the result.
        """
        found = {}
        for row in self.rows:
            if row["metric"] != METRIC:
                continue
            looks = rows_of(self.engine, "SELECT value, at FROM measurement WHERE counts AND "
                         "role = 'candidate' AND value IS NOT NULL AND experiment_id = "
                         f"{row['id']} ORDER BY at, id")  # fmt: skip
            if row["stage"] == "production" and row["final_metric"] is not None:
                same = [look for look in looks if look["value"] == row["final_metric"]]
                at = same[-1]["at"] if same else row["decided_at"]
                found[ticket_id(row)] = (row["final_metric"], moment(at))
            elif row["stage"] in ("evaluation", "iteration") and looks:
                found[ticket_id(row)] = (looks[-1]["value"], moment(looks[-1]["at"]))
        return found

    @property
    def best(self) -> float | None:
        """Where the headline metric stands: higher is better."""
        return max((value for value, _ in self.results.values()), default=None)

    @property
    def best_one(self) -> str:
        """The ticket it is of, the older of two."""
        same = [name for name, (value, _) in self.results.items() if value == self.best]
        return min(same, default="")

    @property
    def live(self) -> tuple[float, str]:
        """What went live last with a result, and which ticket it is; 0 and "" for nothing."""
        there = [
            (moment(row["live_since"]), row["number"], ticket_id(row)) for row in self.rows
            if row["deploy_status"] == "live" and row["live_since"]
            and row["stage"] == "production" and ticket_id(row) in self.results
        ]  # fmt: skip
        if not there:
            return 0.0, ""
        name = max(there)[2]
        return self.results[name][0], name

    def _goal(self) -> str:
        of_metric = [row for row in self.rows if row["metric"] == METRIC and row["target"]]
        undecided = [row for row in of_metric if row["stage"] not in ("killed", "production")]
        return percent(max(row["target"] for row in undecided or of_metric))

    def row(self, name: str) -> dict[str, object]:
        """The ticket of that id."""
        return next(dict(row) for row in self.rows if ticket_id(row) == name)

    def local(self, at: datetime) -> str:
        """`Fri 9 Jan` where the team is."""
        return day_of(at.astimezone(ZoneInfo(self.where)).date())


def day_of(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def percent(value: float | None) -> str:
    return "–" if value is None else f"{round(value * 100, 1):g}%"
