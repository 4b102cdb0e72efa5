"""Profiles pushed: what is told in the channel, once, and how it ends."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from core.drift.profile import profile
from core.drift.source import Pushed, sentence
from services.drift import drift
from tests import seeded
from tests.conversation import TEAM
from tests.drifts import current, reference
from tests.tickets import experiment


@pytest.fixture
def watched(talk):
    """A team with an alerts channel that watches `customers`."""
    seeded.team(talk.engine, team_channel="CTEAM", alerts_channel="CALERTS")
    push(talk, reference())
    talk.later(days=1)
    return talk


def push(talk, pushed):
    return drift.push(talk.lab, seeded.team(talk.engine), pushed)


def push_week(talk, **change):
    """One push, and a week passes."""
    report = push(talk, current(seed=talk.now.day, **change))
    talk.deliver()
    talk.later(days=7)
    return report


def test_the_first_push_of_a_source_is_its_reference(talk):
    report = push(talk, current())
    assert (report.role, report.rows, report.status) == ("reference", 500, "")
    assert sentence(report) == "customers: reference of 500 rows kept."
    assert talk.sent() == []


def test_what_has_not_changed_is_ok_and_nobody_is_told(watched):
    report = push(watched, current())
    assert report.status == "OK"
    assert [column.status for column in report.columns] == ["OK"] * 3
    assert sentence(report) == "customers: OK (3 OK of 3 columns)."
    assert watched.sent() == []


def test_an_alert_is_posted_once_and_edited_while_it_goes_on(watched):
    report = push_week(watched, age=9)
    assert report.opened == ("age",)
    assert sentence(report).endswith("Inputs changed; check labels and evals.")
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


def test_after_a_recovery_the_next_alert_is_a_new_episode_with_a_message_of_its_own(watched):
    for change in ({"age": 9}, {}, {}, {"age": 9}):
        report = push_week(watched, **change)
    assert report.opened == ("age",)
    posts = [row for row in watched.sent("drift:") if row.kind == "post" and not row.thread_of]
    assert len(posts) == 2


def test_features_that_begin_together_share_a_message_and_recover_one_by_one(watched):
    push_week(watched, age=9, spend=40)
    (post,) = watched.sent()
    assert "`spend`, `age`" in post.payload["text"]
    push_week(watched, spend=40)
    assert push_week(watched, spend=40).recovered == ("age",)
    edit = watched.sent("edit:")[0]
    assert "`spend` (1 of 2 over)" in edit.payload["text"]
    assert len(watched.sent(":recovered:")) == 1


def test_a_warning_is_no_alert_and_ends_no_episode(watched):
    push_week(watched, age=9)
    push_week(watched)
    assert push_week(watched, age=3.3).of("WARN")
    assert push_week(watched).recovered == ()
    assert push_week(watched).recovered == ("age",)


def test_schema_changes_new_levels_and_gaps_are_seen(watched):
    gaps = np.where(np.arange(500) < 150, np.nan, np.random.default_rng(9).normal(40, 10, 500))
    plan = ["free"] * 250 + ["pro"] * 200 + ["team"] * 50
    pushed = current(age=gaps, spend=["high"] * 500, plan=plan)
    extra = profile({"country": ["de"] * 500})
    report = push(watched, replace(pushed, profile={**pushed.profile, **extra}))
    assert {column.name: column.status for column in report.columns} == dict.fromkeys(
        ("age", "spend", "plan"), "ALERT"
    )
    reasons = " ".join(column.reason for column in report.columns)
    assert "spend was numeric and is categorical now" in reasons
    assert "10.0% new values" in reasons
    assert "missing 0.0% -> 30.0%" in reasons
    assert report.added == ("country",)
    assert "`spend`" in watched.sent()[0].payload["text"]


def test_a_column_that_is_gone_is_an_alert(watched):
    report = push(watched, current(plan=None))
    assert [c.reason for c in report.of("ALERT")] == ["plan is gone from the current data."]


def test_too_few_rows_are_neither_ok_nor_an_alert(watched):
    push_week(watched, age=9)
    report = push_week(watched, n=20)
    assert report.status == "NOT ENOUGH"
    assert len(watched.sent("edit:")) == 1


def test_rows_counted_in_other_buckets_are_not_judged(watched):
    other = profile({"age": np.random.default_rng(5).normal(40, 10, 500)})
    report = push(watched, Pushed("customers", "current", other, None, "ci"))
    assert next(c for c in report.columns if c.name == "age").status == "NOT ENOUGH"


def test_the_same_push_twice_is_answered_and_not_told_again(watched):
    first = push(watched, current(age=9))
    again = push(watched, current(age=9))
    assert again.is_repeat
    assert again.columns == first.columns
    assert len(watched.sent()) == 1
    watched.later(days=2)
    assert not push(watched, current(age=9)).is_repeat


def test_a_reference_pushed_twice_is_kept_once(watched):
    report = push(watched, reference())
    assert report.is_repeat
    assert "was there already" in sentence(report)
    assert watched.sent() == []


def test_rows_that_come_late_are_judged_but_tell_nobody(watched):
    push(watched, current(at=watched.now))
    late = push(watched, current(seed=8, age=9, at=watched.now - timedelta(days=3)))
    assert late.is_late
    assert late.status == "ALERT"
    assert watched.sent() == []
    assert drift.seen(watched.lab, TEAM, "customers").last.status == "OK"


def test_another_reference_ends_what_drifted_and_says_who_did_it(watched):
    push_week(watched, age=9)
    push(watched, reference(by="ULEE", profile=profile({"age": list(range(100))})))
    told = watched.sent("drift-reference:")[0].payload["text"]
    assert "replaced by <@ULEE>: 100 rows" in told
    assert "Over with it: `age`" in told
    assert watched.sent("edit:")[0].payload["text"].startswith("Over: drift in `customers`")
    assert drift.seen(watched.lab, TEAM, "customers").is_outdated


def test_going_back_to_an_earlier_reference_is_no_repeat(watched):
    other = reference(profile=profile({"age": list(range(100))}))
    push(watched, other)
    assert not push(watched, reference()).is_repeat
    assert len(watched.sent("drift-reference:")) == 2


def test_the_alarm_names_the_experiments_and_risks_it_may_concern(watched):
    mine = experiment(title="Churn on Customers v2")
    seeded.tickets(watched.engine, mine, experiment(number=43, title="Unrelated"))
    watched.say("/exp leads add <@UANA>")
    watched.say("/digest add risk Data drift after the launch")
    push(watched, current(age=9))
    blocks = str(watched.sent("drift:")[0].payload["blocks"])
    assert "EXP-042 Churn on Customers v2" in blocks
    assert "note 1 Data drift after the launch" in blocks
    assert "EXP-043" not in blocks


def test_without_an_alerts_channel_the_team_channel_is_told(talk):
    seeded.team(talk.engine, team_channel="CTEAM")
    push(talk, reference())
    push(talk, current(age=9))
    assert [row.channel for row in talk.sent()] == ["CTEAM"]


def test_without_any_channel_the_alarm_waits_for_one(talk):
    push(talk, reference())
    push_week(talk, age=9)
    assert talk.sent() == []
    seeded.team(talk.engine, alerts_channel="CALERTS")
    push_week(talk, age=9)
    assert [row.kind for row in talk.sent()] == ["post"]


def test_an_episode_nobody_heard_of_ends_in_silence(talk):
    push(talk, reference())
    push_week(talk, age=9)
    push_week(talk)
    seeded.team(talk.engine, alerts_channel="CALERTS")
    push_week(talk)
    assert talk.sent() == []
