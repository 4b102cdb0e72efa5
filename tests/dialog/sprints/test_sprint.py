"""The sprint from setup to status: planned in public, changed with a reason, shared once."""

from datetime import UTC, date, datetime

import pytest

from handlers.routes import table
from jobs.sprints import sprint as job
from tests import seeded
from tests.conversation import Conversation
from tests.sprints import arrange, decided, idea
from tests.tickets import experiment

HISTORY = [
    decided(1, date(2026, 9, 15)),
    decided(2, date(2026, 9, 30)),
    decided(3, date(2026, 10, 1), "promoted"),
    decided(4, date(2026, 10, 20)),
    decided(5, date(2026, 11, 5)),
    decided(6, date(2026, 11, 19)),
]


@pytest.fixture
def both(engine):
    """A conversation on each database."""
    return Conversation(engine=engine, table=table())


def commit(talk, *numbers, by="UANA", **values):
    talk.say("/sprint plan", by=by)
    talk.press("sprint_commit", "6", by=by)
    typed = {"experiments": [str(n) for n in numbers], "goal": "Know what wins"} | values
    return talk.submit_open(typed, by=by)


def test_the_whole_way_on_both_databases(both):
    arrange(both, *HISTORY, idea(7, worth=9), idea(8), experiment(number=9, title="Running"))
    assert "is planned with 3 experiments" in commit(both, 7, 8, 9).text
    (post,) = both.sent("sprint-plan:1:6")
    assert "3 experiments committed" in post.payload["text"]
    both.later(days=2)
    both.say("/kill EXP-008 the idea was too small to matter")
    assert "EXP-007 taken out of sprint 6" in both.say("/sprint drop EXP-007 no GPU left").text
    text = both.say("/sprint").text
    assert text == "Sprint 6 · day 3 of 14, to Sun 6 Dec · 1 of 2 decided"
    assert "− EXP-007" in str(both.replies[-1].blocks)
    assert both.press("retro_yes", "6|kills").text.startswith("Were our kills good calls? Your")
    assert both.say("/sprint velocity").text.startswith("Velocity: 1 in sprint 5")
    both.send("retro_idea", {"text": "Smaller boxes", "name": "anonymous"}, meta={"number": 6})
    both.send("retro_action", {"text": "Book GPUs", "owner": "UBEN"}, meta={"number": 6})
    assert "Action 1 is done" in both.say("/sprint done 1", by="UBEN").text
    assert "good kill" in both.say("/sprint retro 6").text
    both.say("/sprint template genai")
    assert "on" in both.press("sprint_template", "genai").text
    for day, hour in ((4, 15), (7, 8), (7, 10)):
        both.now = datetime(2026, 12, day, hour, tzinfo=UTC)
        for each in (job.hold, job.remind, job.hold):
            both.run(each)
    keys = [row.key for row in both.sent("sprint-") if row.kind == "post"]
    for key in ("review:1:6", "retro:1:6", "template:1:2026-12-07", "plan-due:1:7"):
        assert keys.count(f"sprint-{key}") == 1, key
    assert both.say("/sprint velocity").text.startswith("Velocity: 1 in sprint 6")


def test_planning_without_a_setup_turns_the_ceremonies_on_from_now_on(talk):
    seeded.team(talk.engine, team_channel="CTEAM", created_at=datetime(2026, 9, 14, tzinfo=UTC))
    seeded.tickets(talk.engine, *HISTORY, idea(7))
    commit(talk, 7)
    talk.run(job.hold)
    assert [row.key for row in talk.sent("sprint-")] == ["sprint-plan:1:6"]
    talk.now = datetime(2026, 12, 4, 14, tzinfo=UTC)
    talk.run(job.hold)
    assert "sprint-review:1:6" in [row.key for row in talk.sent("sprint-")]


def test_candidates_are_ranked_and_sorted_either_way(talk):
    cheap = idea(8, worth=9, gpu_budget=10.0, people_hours=2.0)
    arrange(talk, *HISTORY, idea(7, worth=2), cheap, idea(9, dataset_ready=False, baseline=None))
    said = talk.say("/sprint plan", by="UBEN")
    body = str(said.blocks)
    assert said.text == "Sprint 6 (Mon 23 Nov – Sun 6 Dec): 3 candidates"
    assert body.index("1. EXP-008") < body.index("EXP-009")
    assert "data not ready · no baseline" in body
    assert "~8 h" in body
    assert "sprint_commit" not in body  # Ben is no lead
    sorted_ = talk.press("sprint_sort", "6|earn", by="UBEN")
    assert sorted_.replace
    assert "Ranked by earning" in str(sorted_.blocks)


def test_too_much_is_said_plainly(talk):
    arrange(talk, *HISTORY, *(idea(n) for n in range(7, 12)))
    said = commit(talk, 7, 8, 9, 10, 11)
    assert "*Over-committed*: 5 are committed" in str(said.blocks)
    body = str(talk.sent("sprint-plan:1:6")[0].payload["blocks"])
    assert "in 85% of your past sprints at least 1 were decided (1, 2, 1, 1, 1)" in body
    assert "5 or more in 0 of 5" in body
    assert "recommends 10:90" in body  # week 10 of the project


def test_a_plan_before_the_start_is_replaced_and_after_it_only_changed(talk):
    arrange(talk, *HISTORY, idea(7), idea(8), start=date(2026, 9, 21))
    talk.press("sprint_commit", "next")
    talk.submit_open({"experiments": ["7"]})
    talk.press("sprint_commit", "6")
    talk.submit_open({"experiments": ["8"]})
    assert "1 experiment committed" in talk.sent("edit:sprint-plan:1:6")[-1].payload["text"]
    assert "EXP-008 taken out" not in talk.say("/sprint drop EXP-008").text  # the last one
    assert "EXP-007 added to sprint 6 by" in talk.say("/sprint add EXP-007").text
    talk.now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert "needs a reason" in talk.say("/sprint drop EXP-007").text
    assert "after its start" in talk.say("/sprint drop EXP-007 no data").text
    assert "EXP-007 taken out" in talk.sent("sprint-plan:1:6:7:out")[0].payload["text"]
    assert "has begun with its plan" in talk.press("sprint_commit", "6").text


def test_of_two_leads_planning_at_once_the_second_hears_of_it(talk):
    arrange(talk, *HISTORY, idea(7), idea(8))
    seeded.team(talk.engine)
    talk.press("sprint_commit", "6")
    form = {"experiments": ["7"], "split": "60/20/10/10", "goal": "", "capacity": ""}
    assert "planned with 1" in talk.send("sprint_plan", form, meta={"number": 6, "seen": ""}).text
    twice = talk.send("sprint_plan", form, meta={"number": 6, "seen": ""})
    assert "planned by somebody else" in twice.text + str(twice.errors)
    assert len(talk.sent("sprint-plan:1:6")) == 1


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"experiments": []}, "Choose at least one"),
        ({"experiments": ["7"], "split": "60/20/10"}, "needs four whole numbers"),
        ({"experiments": ["7"], "split": "60/20/10/20"}, "makes 110 per cent"),
        ({"experiments": ["7"], "capacity": "lots"}, "no number of GPU-hours"),
        ({"experiments": ["1"]}, "EXP-001 was decided in the meantime"),
    ],
    ids=["none", "three", "sum", "capacity", "decided"],
)
def test_a_wrong_plan_is_refused_under_its_field(talk, values, complaint):
    arrange(talk, *HISTORY, idea(7))
    talk.press("sprint_commit", "6")
    assert complaint in str(talk.submit_open(values).errors)
    assert talk.sent("sprint-plan") == []


def test_only_leads_plan_and_change(talk):
    arrange(talk, *HISTORY, idea(7), idea(8))
    for line in ("/sprint setup weeks=3", "/sprint setup", "/sprint add EXP-007 x",
                 "/sprint drop 7 x", "/sprint template off"):  # fmt: skip
        assert "Only a lead can" in talk.say(line, by="UBEN").text, line
    assert "Only a lead can plan sprints" in talk.press("sprint_commit", "6", by="UBEN").text
    commit(talk, 7)
    sent = {"experiments": ["8"], "split": "60/20/10/10"}
    refused = talk.send("sprint_plan", sent, by="UBEN", meta={"number": 6, "seen": ""})
    assert "Only a lead can" in refused.text + str(refused.errors)


def test_before_anything_there_is_an_answer_to_everything(talk):
    assert "not planned" in talk.say("/sprint").text
    assert "0 candidates" in talk.say("/sprint plan").text
    assert "0 experiments decided" in talk.say("/sprint review").text
    assert "No velocity yet" in talk.say("/sprint velocity").text
    assert "no good kills" in talk.say("/sprint retro").text
    assert "No action is open" in talk.say("/sprint actions").text
    assert "no experiment to commit to" in talk.press("sprint_commit", "1").text
    assert "No sprint is planned yet" in talk.say("/sprint add EXP-001 now").text
    assert "There is no action 3" in talk.say("/sprint done 3").text
    assert "No sprint template is on" in talk.say("/sprint template off").text
    assert "no sprint that has begun" in talk.say("/sprint review 9").text


def test_before_the_first_sprint_its_start_is_said(talk):
    arrange(talk, idea(7), start=date(2026, 11, 30))
    assert "Sprint 1 starts on Mon 30 Nov; none is running" in talk.say("/sprint").text
    talk.press("sprint_commit", "")
    assert "Sprint 1 is planned with 1" in talk.submit_open({"experiments": ["7"]}).text


def test_status_is_shared_once_where_it_was_asked_for(talk):
    arrange(talk, *HISTORY, idea(7))
    commit(talk, 7)
    said = talk.say("/sprint status", by="UBEN", channel="CROOM")
    value = said.blocks[-1]["elements"][0]["value"]
    assert "Shared in <#CROOM>" in talk.press("sprint_share", value, "UBEN", channel="CROOM").text
    assert "already" in talk.press("sprint_share", value, "UBEN", channel="CROOM").text
    (row,) = talk.sent("sprint-share")
    assert row.channel == "CROOM"
    assert "Shared by <@UBEN>" in str(row.payload["blocks"])


def test_the_forecast_goes_by_what_past_sprints_still_decided(talk):
    arrange(talk, *HISTORY, idea(7), idea(8))
    commit(talk, 7)
    talk.later(days=7)
    body = str(talk.say("/sprint").blocks)
    # Decided on day 2; 3 and 4; 9; 11; 11 of the five past sprints, so after day 8 by hand:
    assert "1 of 1 decided by the end: 60%" in body
    assert (
        "(3 of 5 past sprints decided 1 or more after this day: 0, 0, 1, 1, 1; too few to be sure)"
        in body
    )
    assert "With 85%: at least 0 of 1." in body


def test_gpu_hours_count_when_they_were_reported(talk):
    arrange(talk, *HISTORY, experiment(number=9))
    talk.say("/exp update EXP-009 gpu=6h")
    talk.later(minutes=1)
    talk.say("/exp update EXP-009 gpu=6h")
    talk.say("/exp undo")
    assert "6/120 h (5%)" in str(talk.say("/sprint").blocks)
    talk.later(days=14)
    assert "0/120 h (0%)" in str(talk.say("/sprint").blocks)


def test_worth_kind_and_hours_are_set_on_the_ticket(talk):
    arrange(talk, idea(7))
    said = talk.say("/exp update EXP-007 worth=8 kind=data people=16h").text
    assert "data work, worth 8/10, 16 h of work" in said
    assert "a whole number from 1 to 10" in talk.say("/exp update EXP-007 worth=11").text
    assert "no kind of work" in talk.say("/exp update EXP-007 kind=magic").text
    assert "worth 8/10" in str(talk.say("/exp EXP-007").blocks)
    assert "worth 8/10" in str(talk.say("/sprint plan").blocks)


def test_a_plan_form_closed_half_filled_is_offered_again(talk):
    arrange(talk, idea(7))
    talk.close("sprint_plan", {"goal": "Half a thought", "experiments": ["7"]}, meta={"number": 6})
    assert "Half a thought" in str(talk.press("sprint_commit", "6").modal)


def test_unknown_words_are_answered(talk):
    arrange(talk, idea(7))
    assert "no sprint that can be planned" in talk.say("/sprint plan 99").text
    assert "too old" in talk.press("sprint_share", "what|x|").text
    assert "too old" in talk.press("retro_yes", "6|what").text
    assert "number of one action" in talk.say("/sprint done all").text
