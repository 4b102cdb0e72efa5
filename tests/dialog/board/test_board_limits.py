"""WIP limits: what moves into a full column is refused, and nothing else is."""

import threading

import pytest

from handlers.routes import table
from services.board import workflow
from services.experiments.experiment import TicketRequest
from tests import seeded
from tests.conversation import START, TEAM, Conversation
from tests.experiments import bring
from tests.tickets import MONDAY, experiment, person, stored

LEARNED = "Deduplicate the corpus before fine-tuning."


@pytest.fixture
def full(talk):
    """Experiment holds three; EXP-004 is ready in Hypothesis; Lee leads."""
    talk.say("/exp leads add <@ULEE>", by="ULEE")
    for number, box in ((1, 20), (2, 26), (3, 30)):
        stored(talk.engine, experiment(
            number=number, owner="UBEN", box_ends=MONDAY.date().replace(day=box),
            stage_since=MONDAY.replace(day=10 + number),
        ))  # fmt: skip
    stored(talk.engine, experiment(number=4, stage="hypothesis", box_starts=None, box_ends=None))
    person(talk.engine, "UBEN", name="Ben")
    return talk


def test_a_full_column_takes_nothing_and_says_what_to_finish_first(full):
    heard = full.say("/exp move 4 experiment").text
    assert heard == (
        "Experiment is full (3 of 3), so EXP-004 stays in hypothesis: finish EXP-001 (Ben, 3 days "
        "over its box) or EXP-002 (Ben, 11 days in experiment) or EXP-003 (Ben, 10 days in "
        "experiment) first. A lead can raise the limit (`/board limits experiment=4`) or go past "
        "it once (`/exp move EXP-004 experiment force why`)."
    )
    assert full.sent("decision:") == []


def test_the_move_form_says_so_and_refuses_when_sent(full):
    form = full.press("move_open", "4").modal
    assert "Experiment is full (3 of 3)" in str(form["blocks"])
    errors = full.submit_open({"stage": "experiment"}).errors
    assert "Experiment is full" in next(iter(errors.values()))


def test_what_is_missing_is_said_before_that_the_column_is_full(full):
    stored(full.engine, experiment(number=5, stage="hypothesis", baseline=None))
    assert "no baseline is measured" in full.say("/exp move 5 experiment").text


def test_a_kill_and_every_way_out_make_room(full):
    full.say(f"/kill 1 {LEARNED}", by="UBEN")
    assert "moved hypothesis → experiment" in full.say("/exp move 4 experiment").text


@pytest.mark.parametrize(
    ("by", "why", "heard"),
    [
        ("UANA", "force we need it", "Only a lead can go past a WIP limit. Ask ULEE."),
        ("ULEE", "force", "Going past a WIP limit needs a reason."),
        ("ULEE", "force n/a", "Going past a WIP limit needs a reason."),
        ("ULEE", "we need it", "Experiment is full"),
    ],
)
def test_only_a_lead_goes_past_a_limit_and_only_with_a_reason(full, by, why, heard):
    assert heard in full.say(f"/exp move 4 experiment {why}", by=by).text


def test_what_a_lead_forces_is_told_and_kept_with_its_reason(full):
    heard = full.say("/exp move 4 experiment force the launch waits", by="ULEE").text
    assert "moved hypothesis → experiment" in heard
    assert "Past the WIP limit of 3 in experiment: force the launch waits" in str(
        full.sent("decision:")[-1].payload
    )
    assert "Past the WIP limit of 3" in str(full.say("/exp history 4").blocks)
    assert "experiment 4/3 over its limit" in full.say("/board limits").text


def test_force_in_a_column_with_room_is_only_a_reason(talk):
    bring(talk, "ready")
    talk.say("/exp move 1 experiment force field tests start")
    assert "Past the WIP limit" not in str(talk.sent("decision:")[-1].payload)


def test_a_lead_sets_limits_and_the_team_hears_it(full):
    heard = full.say("/board limits experiment=4 iter=2", by="ULEE").text
    assert heard == (
        "Set. WIP limits: hypothesis 1/5, experiment 3/4, evaluation 0/4, iteration 0/2, "
        "production 0/2."
    )
    (told,) = full.sent("wip:")
    assert told.payload["text"] == (
        "WIP limits changed by <@ULEE>: experiment 3 → 4, iteration none → 2"
    )
    assert "how it was already" in full.say("/board limits experiment=4", by="ULEE").text
    assert len(full.sent("wip:")) == 1
    assert "moved" in full.say("/exp move 4 experiment").text


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("experiment", "“experiment” is no limit."),
        ("experiment=many", "“many” is no limit: it is a number from 1 to 99, or none."),
        ("experiment=100", "“100” is no limit"),
        ("backlog=3", "“backlog” is no column with a limit."),
        ("killed=3", "“killed” is no column with a limit."),
        ("e=3", "“e” is no column with a limit."),
    ],
)
def test_a_limit_that_cannot_be_read_says_how_to_write_it(full, said, heard):
    assert heard in full.say(f"/board limits {said}", by="ULEE").text


def test_who_does_not_lead_reads_limits_and_changes_none(full):
    assert "Only a lead can change WIP limits. Ask ULEE." in (
        full.say("/board limits experiment=9").text
    )
    assert full.say("/board limits").text.startswith("WIP limits: hypothesis 1/5")


def _promoted(number, days=1, **fields):
    at = START.replace(day=START.day - days)
    return experiment(number=number, stage="production", outcome="promoted", stage_since=at,
                      decided_at=at, learnings=LEARNED, final_metric=0.88, **fields)  # fmt: skip


def test_production_counts_what_is_rolled_out_until_it_serves_and_is_watched(talk):
    seeded.tickets(talk.engine, _promoted(11, days=2), _promoted(12), _promoted(13, days=20),
                   _promoted(14, deploy_status="rolled back"))  # fmt: skip
    bring(talk, "safe")
    heard = talk.say("/exp promote 15").text
    assert "Production is full (2 of 2), so EXP-015 stays in evaluation: finish EXP-011" in heard
    assert "`/exp update EXP-011 deploy=live monitoring=on` once it serves" in heard
    assert "Production is full" in talk.say(f"/exp promote 15 {LEARNED}").text
    talk.say("/exp update 11 deploy=live")
    assert "Production is full" in talk.say(f"/exp promote 15 {LEARNED}").text
    talk.say("/exp update 11 monitoring=on")
    assert "EXP-015 promoted" in talk.say(f"/exp promote 15 {LEARNED}").text


def test_a_forced_promotion_keeps_what_was_learned_without_the_word(talk):
    seeded.tickets(talk.engine, _promoted(11), _promoted(12))
    bring(talk, "safe")
    assert "EXP-013 promoted" in talk.say(f"/exp promote 13 force {LEARNED}").text
    assert LEARNED in str(talk.say("/exp 13").blocks)
    assert "force" not in str(talk.say("/exp 13").blocks)
    assert "Past the WIP limit of 2" in str(talk.say("/exp history 13").blocks)


def test_a_reopened_ticket_comes_back_to_a_full_column_and_says_so(full):
    full.say(f"/kill 1 {LEARNED}", by="UBEN")
    full.say("/exp move 4 experiment")
    full.say("/exp leads add <@UEVE>", by="ULEE")
    assert "another lead" in full.say("/exp reopen 1 wrong labels", by="ULEE").text
    assert "approved by" in full.press("approval_yes", "1", by="UEVE").text
    assert "Past the WIP limit of 3 in experiment: wrong labels" in str(
        full.sent("decision:EXP-001")[-1].payload
    )


@pytest.mark.postgres
def test_of_two_who_take_the_last_place_at_once_one_gets_it(postgres_engine):
    engine = postgres_engine
    talk = Conversation(engine=engine, table=table())
    for number in (1, 2):
        stored(engine, experiment(number=number))
    for number in (3, 4):
        stored(engine, experiment(number=number, stage="hypothesis"))
    together, heard = threading.Barrier(2, timeout=20), []

    def go(number: int) -> None:
        together.wait()
        try:
            workflow.move(talk.lab, TicketRequest(TEAM, number, "UANA", "moved"), "experiment")
            heard.append("moved")
        except Exception as refusal:
            heard.append(str(refusal).split(" (")[0])

    people = [threading.Thread(target=go, args=(number,)) for number in (3, 4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(heard) == ["Experiment is full", "moved"]
    assert "experiment 3/3 full" in talk.say("/board limits").text
