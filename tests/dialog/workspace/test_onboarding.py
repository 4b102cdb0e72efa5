"""The first three steps, and the test prompt."""

import pytest
from sqlmodel import Session, select

from jobs.standups import standup
from jobs.workspace import onboarding as job
from models.experiments.learning import Learning
from models.standups.answer import Answer
from models.standups.standup import Round
from models.standups.standup import Standup as StandupRow
from models.workspace.onboarding import Trial
from sandbox.blocks.rules import view_errors
from tests import seeded
from tests.standups import EIGHT, arrange, know, said

WORLD = {"UANA": ("Ana", "Europe/Berlin"), "UBEN": ("Ben", "Europe/Berlin"),
         "UCY": ("Cy", "Asia/Tokyo")}  # fmt: skip


@pytest.fixture
def new(talk_on_both):
    """A team nobody has set up: Ana is the first to type something."""
    talk_on_both.now = EIGHT
    know(talk_on_both, WORLD)
    return talk_on_both


def _home(talk, by="UANA"):
    view = talk.event("app_home_opened", {"tab": "home"}, by=by).home
    assert view_errors(view, kind="home") == []
    return str(view)


def _card(talk, number=1):
    rows = [r for r in talk.sent(f"onboarding:1:{number}") if r.key.endswith(f":1:{number}")]
    return str(rows[-1].payload) if rows else ""


def _set_channels(talk, by="UANA"):
    talk.press("onboarding_channels", "channels", by=by)
    talk.submit_open({"team_channel": "CTEAM", "leads_channel": "GLEADS"}, by=by)


def _set_people(talk, by="UANA"):
    talk.press("onboarding_people", "people", by=by)
    talk.submit_open({"people": list(WORLD)}, by=by)


def _count(talk, table):
    with Session(talk.engine) as session:
        return len(session.exec(select(table)).all())


def test_the_first_to_open_home_sees_three_steps_and_walks_them_in_place(new):
    seen = _home(new)
    assert "Setting Assay up: 0 of 3 steps done" in seen
    _set_channels(new)
    assert "1 of 3 steps done" in _home(new)
    _set_people(new)
    seen = _home(new)
    assert "2 of 3 steps done" in seen
    assert "09:30 Asia/Tokyo → Cy" in seen
    assert "09:30 Europe/Berlin → Ana, Ben" in seen
    new.press("onboarding_test", "test", view_type="home")
    new.press("trial_open", "1")
    new.submit_open({"q0": "The reranker hurts"})
    assert "Setting Assay up" not in _home(new)


def test_setup_brings_the_card_into_the_direct_message_where_it_is_edited(new):
    heard = new.say("/exp setup")
    assert heard.modal["callback_id"] == "setup"
    assert "in our direct message" in heard.text
    assert "0 of 3 steps done" in _card(new)
    new.deliver()
    new.submit_open({"team_channel": "CTEAM"})
    new.run(job.keep_fresh)
    assert "Team <#CTEAM>" in _card(new)
    assert len([r for r in new.sent("onboarding:") if r.kind == "post"]) == 1


def test_a_card_that_has_not_changed_is_not_sent_again(new):
    new.say("/exp setup")
    new.deliver()
    new.run(job.keep_fresh)
    new.run(job.keep_fresh)
    assert [row.kind for row in new.sent("onboarding:")] == ["post"]


def test_steps_are_skipped_and_come_back_with_setup(new):
    new.say("/exp setup")
    _set_channels(new)
    for step in ("people", "test"):
        new.press("onboarding_skip", step)
    new.deliver()
    new.run(job.keep_fresh)
    assert "Assay is set up as far as wanted" in _card(new)
    assert "Setting Assay up" not in _home(new)
    assert "in our direct message" in new.say("/exp setup").text
    assert "1 of 3 steps done" in _card(new, 2)
    assert "1 of 3 steps done" in _home(new)


def test_the_card_is_put_away_and_opened_again(new):
    _home(new)
    new.press("onboarding_close", view_type="home")
    assert "Setting Assay up" not in _home(new)
    new.say("/exp setup")
    assert "0 of 3 steps done" in _home(new)
    new.press("onboarding_close")
    new.deliver()
    new.run(job.keep_fresh)
    assert "put away, 0 of 3 steps done" in _card(new)


def test_a_team_that_is_set_up_never_had_a_card_and_setup_is_only_its_form(new):
    seeded.team(new.engine, team_channel="CTEAM")
    arrange(new, WORLD)
    assert "Setting Assay up" not in _home(new)
    heard = new.say("/exp setup")
    assert (heard.modal["callback_id"], heard.text) == ("setup", "")
    new.run(job.keep_fresh)
    assert new.sent("onboarding:") == []


def test_who_does_not_lead_sees_no_card_and_moves_nothing(new):
    _set_channels(new)
    assert "Setting Assay up" not in _home(new, by="UBEN")
    for action, value in (("onboarding_skip", "test"), ("onboarding_close", "")):
        assert "Only a lead can set the team up" in new.press(action, value, by="UBEN").text
    assert "Only a lead" in new.press("onboarding_people", "people", by="UBEN").text
    assert "1 of 3 steps done" in _home(new)


def test_a_button_of_a_step_that_is_not_there_is_refused(new):
    assert "too old" in new.press("onboarding_skip", "dance").text
    assert "too old" in new.press("trial_open", "x").text


def test_a_second_lead_who_sets_up_gets_their_own_card_and_the_first_ones_rests(new):
    new.say("/exp setup", by="UANA")
    new.say("/exp setup", by="UBEN")
    posts = [row for row in new.sent("onboarding:") if row.kind == "post"]
    assert [row.channel for row in posts] == ["UANA", "UBEN"]


def test_a_test_prompt_is_marked_answered_and_counts_nowhere(new):
    arrange(new, WORLD)
    assert "in our direct message" in new.say("/standup test", by="UBEN").text
    assert said(new, "trial:1") == "Test · Standup: your turn"
    form = new.press("trial_open", "1", by="UBEN").modal
    assert form["title"]["text"] == "Standup (test)"
    new.submit_open({"q0": "<!channel> hurts", "q2": "stuck on labels @Ana"}, by="UBEN")
    assert said(new, "trial:1") == "Test · Standup: your answer is in. Thank you."
    shown = str(new.sent("edit:trial:1")[0].payload)
    assert "counts nowhere" in shown
    assert "stuck on labels" in shown
    assert [_count(new, table) for table in (Answer, Learning, Round)] == [0, 0, 0]
    assert "Nobody is stuck" in new.say("/blocker").text


def test_a_test_prompt_is_answered_by_a_reply_in_its_thread(new):
    new.say("/standup test", by="UBEN")
    new.deliver()
    row = new.sent("trial:1")[0]
    reply = "The reranker hurts\nDistil it\nnone"
    new.write(reply, by="UCY", channel=row.slack_channel, thread_ts=row.slack_ts)
    assert not new.sent("edit:trial:1")
    new.write(reply, by="UBEN", channel=row.slack_channel, thread_ts=row.slack_ts)
    assert "Distil it" in str(new.sent("edit:trial:1")[0].payload)
    assert _count(new, Answer) == 0


def test_a_test_prompt_takes_what_the_real_one_takes(new):
    arrange(new, WORLD)
    with Session(new.engine) as session:
        row = session.exec(select(StandupRow)).one()
        row.questions, row.shapes = ["Runs?"], {"Runs?": {"kind": "number", "required": True}}
        session.commit()
    new.say("/standup test")
    assert "a number, must be answered" in str(new.sent("trial:1")[0].payload)
    new.press("trial_open", "1")
    assert "It takes a number" in new.submit_open({"q0": "many"}).errors["q0"]
    new.press("trial_open", "1")
    assert not new.submit_open({"q0": "3"}).errors
    assert "Runs? *3*" in str(new.sent("edit:trial:1")[0].payload)


def test_a_test_prompt_refuses_nothing_and_strangers(new):
    new.say("/standup test", by="UBEN")
    new.press("trial_open", "1", by="UBEN")
    assert "All fields are empty" in new.submit_open({}, by="UBEN").errors["q0"]
    assert "I don't find that test prompt" in new.press("trial_open", "1", by="UCY").text
    assert "I don't find" in new.press("trial_open", "9", by="UBEN").text
    assert _count(new, Trial) == 1


def test_the_first_real_round_makes_the_test_prompt_needless(new):
    _home(new)
    _set_channels(new)
    _set_people(new)
    assert "2 of 3 steps done" in _home(new)
    new.later(hours=3)
    new.run(standup.run)
    assert "Setting Assay up" not in _home(new)
