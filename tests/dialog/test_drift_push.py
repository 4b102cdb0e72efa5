"""Profiles pushed: what is told in the channel, once, and how it ends."""

import pytest

from services import drift
from tests import seeded
from tests.drifts import current, reference
from views.drift import show


@pytest.fixture
def watched(talk):
    """A team with an alerts channel that watches `customers`."""
    seeded.team(talk.engine, team_channel="CTEAM", alerts_channel="CALERTS")
    push(talk, reference())
    talk.later(days=1)
    return talk


def push(talk, pushed):
    return drift.push(talk.lab, "T0LAB", pushed, show)


def push_week(talk, **change):
    """One push, and a week passes."""
    report = push(talk, current(seed=talk.now.day, **change))
    talk.deliver()
    talk.later(days=7)
    return report


def test_the_first_push_of_a_source_is_its_reference(talk):
    report = push(talk, current())
    assert (report.role, report.rows, report.status) == ("reference", 500, "")
    assert talk.sent() == []


def test_what_has_not_changed_is_ok_and_nobody_is_told(watched):
    report = push(watched, current())
    assert report.status == "OK"
    assert [column.status for column in report.columns] == ["OK"] * 3
    assert watched.sent() == []


def test_an_alert_is_posted_once_and_edited_while_it_goes_on(watched):
    assert push_week(watched, age=9).opened == ("age",)
    (post,) = watched.sent()
    assert (post.kind, post.channel) == ("post", "CALERTS")
    assert post.payload["text"].startswith("Drift ALERT in `customers`: `age`.")
    assert "check labels and evals" in post.payload["text"]
    assert push_week(watched, age=9).ongoing == ("age",)
    post, edit = watched.sent()
    assert (edit.kind, edit.target) == ("update", post.key)
    assert "2 pushes" in str(edit.payload["blocks"])


def test_two_ok_pushes_in_a_row_are_a_recovery_told_in_the_thread(watched):
    push_week(watched, age=9)
    assert push_week(watched).recovered == ()
    push_week(watched, age=9)
    assert push_week(watched).recovered == ()
    assert push_week(watched).recovered == ("age",)
    post, edit, answer = watched.sent()
    assert edit.payload["text"].startswith("Recovered: drift in `customers`, `age`.")
    assert answer.thread_of == post.key
    assert answer.payload["text"].startswith("Recovered: `age`")
    assert push_week(watched, age=9).opened == ("age",)
    assert len([row for row in watched.sent("drift:") if row.kind == "post"]) == 3
