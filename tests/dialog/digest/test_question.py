"""/ask: what leadership asks, answered from the records or not at all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from handlers.routes import table
from jobs.digest import digest as digest_job
from models import db
from models.experiments.experiment import Experiment
from tests import seeded
from tests.conversation import START, Conversation
from tests.needs import FRIDAY_FOUR
from tests.tickets import person
from tests.weeks import experiment, killed, live
from views.kit import Message


def _gains(engine, *values, target=0.92):
    """One evaluated result a sprint, the last one in the running sprint."""
    first = START - timedelta(days=14 * (len(values) - 1))
    seeded.team(
        engine, metric_name="accuracy", metric_target=target,
        settings={"sprint_from": first.date().isoformat(), "sprint_days": 14},
    )  # fmt: skip
    seeded.tickets(engine, *[
        live(n, value, decided_at=first + timedelta(days=14 * (n - 1)), stage_since=first)
        for n, value in enumerate(values, start=1)
    ])  # fmt: skip


@pytest.fixture
def led(talk):
    """A team whose lead is Ana."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    return talk


def _words(reply) -> str:
    return f"{reply.text}\n{reply.blocks}"


def test_alone_it_says_what_can_be_asked(led):
    heard = led.say("/ask")
    assert heard.text == "These questions are answered from the data:"
    assert "`/ask how accurate is it`" in _words(heard)


@pytest.mark.parametrize("said", ["will it rain", "when will lunch be ready", "add me please"])
def test_what_is_not_in_the_data_is_not_answered(led, said):
    heard = led.say(f"/ask {said}")
    assert heard.text == "I can't answer this from the data."
    assert f"“{said}”" in _words(heard)
    assert "`/ask when will it be ready`" in _words(heard)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("who is blocked?", "Nobody is stuck: there is no open blocker."),
        ("what did we learn this week?", "No learning was kept this week."),
        ("what do you need from me?", "need"),
        ("how much did we spend this month?", "No GPU-hours were reported this month."),
        ("why are we late?", "How are we doing?"),
    ],
)
def test_what_another_view_answers_is_answered_typed_or_in_the_form(led, asked, answered):
    for heard in (led.say(f"/ask {asked}"), _in_the_form(led, asked)):
        assert answered in _words(heard)
        assert "can't answer" not in _words(heard)
    assert "question_share" not in _words(heard)


def _in_the_form(talk, asked):
    talk.press("question_open")
    shown = talk.submit_open({"question": asked}).update
    return Message(str(shown["title"]), shown["blocks"])


def test_what_was_asked_is_said_back_harmlessly(led):
    heard = led.say("/ask &lt;!channel&gt; who *am* I <@UBEN>")
    assert "<!channel>" not in _words(heard)
    assert "<@UBEN>" not in _words(heard)


def test_when_is_told_as_two_chances_and_never_as_one_day(led):
    _gains(led.engine, 0.80, 0.84, 0.86, 0.88)
    heard = led.say("/ask when will it be ready?", by="ULEE")
    first = heard.text.split("\n")[0]
    assert first.startswith("When will it be ready? ")
    assert first.count("chance by") == 2
    assert "that accuracy reaches 92% (now 88%)." in first
    assert "in 8 of 10 cases" in heard.text
    assert "too few to be sure (0 of 10 ranges closed)" in heard.text
    assert "no breakthrough" in _words(heard)
    assert "low confidence" in _words(heard)
    assert "could not be traced" not in _words(heard)


@pytest.mark.parametrize("asked", ["/ask when will it be ready", "/forecast"])
def test_a_target_that_moved_since_the_last_report_is_told_wherever_chances_are(led, asked):
    _gains(led.engine, 0.80, 0.84, 0.86, 0.88, target=0.95)
    assert "target moved" not in led.say(asked).text
    seeded.team(led.engine, digest_channel="CEXEC", zone="Europe/Berlin")
    led.now = FRIDAY_FOUR
    led.run(digest_job.post_due)
    seeded.team(led.engine, metric_target=0.92)
    told = "target moved from 95% to 92% since Fri 27 Nov"
    assert told in led.say(asked).text
    assert told in led.say("/digest preview").text


def test_a_candidate_that_reached_the_target_is_not_what_customers_get(led):
    _gains(led.engine, 0.80, 0.84, 0.86, 0.93)
    assert "It is ready by its own measure" in led.say("/ask when will it be ready").text
    with db.transaction(led.engine) as session:
        best = session.exec(select(Experiment).where(Experiment.number == 4)).one()
        best.stage, best.deploy_status, best.live_since = "production", "", None
    heard = led.say("/ask when will it be ready").text
    assert "A candidate is ready by its own measure; customers get it once it is live" in heard
    assert "accuracy at 93% (candidate), target 92%" in led.say("/forecast").text


def test_the_same_question_twice_a_day_hears_the_same_chances(led):
    _gains(led.engine, 0.80, 0.84, 0.86, 0.88)
    one, two = (led.say("/ask when will it be ready").text for _ in range(2))
    assert one == two


def test_the_risks_that_leads_wrote_stand_beside_the_chances(led):
    _gains(led.engine, 0.80, 0.84, 0.86, 0.88)
    led.say("/digest add risk Vendor is 2 weeks late &lt;!here&gt;")
    heard = led.say("/ask when will it be ready")
    assert "Known risk, says UANA: “Vendor is 2 weeks late &lt;!here&gt;”" in heard.text


@pytest.mark.parametrize(
    ("values", "heard"),
    [
        ((), "Not enough data for a forecast: No result of accuracy has been evaluated yet."),
        ((0.8, 0.85), "Not enough data for a forecast: 2 sprints with results so far"),
        ((0.8, 0.8, 0.8, 0.8), "No date and no chance can be given: No gain in"),
        ((0.8, 0.9, 0.93), "It is ready by its own measure: The target was reached in sprint 3"),
    ],
)
def test_without_a_forecast_it_says_why(led, values, heard):
    _gains(led.engine, *values)
    assert heard in led.say("/ask when will it be ready").text


def test_without_a_target_it_says_how_to_set_one(led):
    seeded.tickets(led.engine, live(1, 0.8, target=None))
    heard = led.say("/ask eta")
    assert "There is no forecast: No target is set for accuracy" in heard.text
    assert "`/exp setup`" in _words(heard)


def test_what_adding_costs_is_told_from_the_teams_own_record(led):
    closed = [
        (live if n <= 4 else killed)(
            n, 0.9 if n <= 4 else "no", box_starts=date(2026, 11, 10), gpu_used=18.0,
            decided_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
        )
        for n in range(1, 21)
    ]  # fmt: skip
    seeded.tickets(led.engine, *closed, experiment(42, title="Longer context"))
    heard = led.say("/ask can you just add French?", by="ULEE")
    assert heard.text.startswith(
        "Can you just add “French”? Not by itself: it becomes a new hypothesis"
    )
    assert (
        "Of your last 20 experiments, 4 were promoted, so the next one has a chance of 9% to 38%"
        in heard.text
    )
    assert "median 11 days and 18 GPU-hours each" in heard.text
    assert "EXP-042 “Longer context”: experiment, box ends Thu 3 Dec" in heard.text
    assert "19 of 24 GPU-hours used" in heard.text
    assert "could not be traced" not in _words(heard)


def test_with_a_short_record_it_says_so(led):
    seeded.tickets(led.engine, killed(1, "no"))
    heard = led.say("/ask can you just add French?")
    assert "Decided so far: 1 experiment, too few to say what one costs" in heard.text
    assert "Nothing is under way" in heard.text
    assert "2-4 sprint experiment cycle" in _words(heard)


def test_it_is_written_as_a_hypothesis_with_one_button(led):
    led.say("/ask can you just add French & <i>?")
    heard = led.press("question_write", "French & <i>")
    assert heard.modal["callback_id"] == "new_experiment"
    assert "French & <i>" in str(heard.modal["blocks"])


def _button(reply, action):
    buttons = [e for b in reply.blocks if b["type"] == "actions" for e in b["elements"]]
    return next(e["value"] for e in buttons if e["action_id"] == action)


def test_an_answer_is_shared_once_where_it_was_asked(led):
    seeded.tickets(led.engine, live(3, 0.85))
    value = _button(led.say("/ask accuracy", by="ULEE", channel="CEXEC"), "question_share")
    one = led.press("question_share", value, by="ULEE", channel="CEXEC")
    two = led.press("question_share", value, by="ULEE", channel="CEXEC")
    assert (one.text, one.replace) == ("Shared in <#CEXEC>.", True)
    assert two.text == "It is shared in <#CEXEC> already."
    (row,) = led.sent("question:")
    assert row.channel == "CEXEC"
    assert "Asked by <@ULEE>" in str(row.payload["blocks"])
    assert "question_share" not in str(row.payload["blocks"])


def test_in_a_direct_message_there_is_nothing_to_share(led):
    seeded.tickets(led.engine, live(3, 0.85))
    heard = led.say("/ask accuracy", channel="D1")
    assert "question_share" not in str(heard.blocks)
    refused = led.press("question_share", "abc|accuracy|0|", channel="D1")
    assert refused.text.startswith("Here nobody else would see it")


@pytest.mark.parametrize("action", ["question_share", "question_when"])
def test_an_old_button_is_refused_with_what_to_do(led, action):
    assert led.press(action, "x|y").text.startswith("This button is too old.")


def test_the_buttons_of_an_unknown_question_answer_theirs(led):
    seeded.tickets(led.engine, live(3, 0.85))
    assert led.press("question_accuracy", "accuracy").text.startswith("How accurate is it? 85%")


def test_the_answers_are_the_same_on_both_databases(engine):
    talk = Conversation(engine=engine, table=table())
    person(engine, "UANA", role="lead")
    _gains(engine, 0.80, 0.84, 0.86, 0.88)
    for said, heard in (
        ("when will it be ready", "that accuracy reaches 92% (now 88%)"),
        ("how accurate is it", "88% accuracy as the team reported it: EXP-004"),
        ("can you just add French", "Decided so far: 4 experiments"),
    ):
        assert heard in talk.say(f"/ask {said}").text


def test_the_window_answers_in_place_and_asks_on(talk):
    assert talk.press("question_open", view_type="home").modal["callback_id"] == "question"
    told = talk.submit_open({"question": "when will it be ready"}).update
    assert "When will it be ready?" in str(told)
    assert "question_share" not in str(told)
    assert "I can't answer this" in str(
        talk.submit_open({"question": "why is the sky blue"}).update
    )
    assert "Ask something" in talk.submit_open({"question": ""}).errors["question"]
