"""The Scrum master's page: what a sprint set out to decide."""

from datetime import UTC, date, datetime

from core.digest import brief_team
from core.digest.page import LEFT_OUT
from core.digest.week import Week
from core.sprints.plan import Kept
from core.sprints.sprint import Span

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def _text(kept=(), velocity=()):
    week = Week(on=NOW.date(), as_of=NOW, since=NOW, where=UTC, experiments=[])
    span = Span(3, date(2026, 11, 23), date(2026, 12, 6))
    return brief_team.write(brief_team.Sprint(week, span, (), None, "", kept, velocity)).text


def test_commitments_are_counted_by_what_became_of_them():
    kept = [Kept(1, "a", "killed", "decided", "killed"), Kept(2, "b", "experiment", "running"),
            Kept(3, "c", "backlog", "not started"), Kept(4, "d", "backlog", "not started", gone=True)]  # fmt: skip  # noqa: E501
    text = _text(kept, [4, 6, 5])
    assert "Committed: 3 experiments, 1 decided, 1 running, 1 not started" in text
    assert "in the sprints before: 4, 6, 5" in text
    assert LEFT_OUT not in text


def test_nothing_committed_and_no_past_is_said_or_left_out():
    text = _text()
    assert "Committed: nothing yet" in text
    assert "in the sprints before" not in text
