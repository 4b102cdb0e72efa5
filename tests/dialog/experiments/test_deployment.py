"""What is live: who may say so, since when it is kept, and what the team hears."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from core.experiments import rollout
from core.workspace.token import Pusher
from handlers.routes import table
from models.experiments.experiment import Change, Experiment
from models.people import Member
from services.experiments import deployment
from tests.conversation import START, TEAM, Conversation
from tests.experiments import bring
from tests.standups import open_round
from tests.tickets import experiment, person, stored
from tests.two_teams import vision

LEARNED = "Deduplicate the corpus before fine-tuning."
TOKEN = Pusher(TEAM, "token 1 (CD)", 1)
WHO = (
    "Only the owner (ana) or a lead (lee) can say that EXP-007 is live or rolled back. "
    "Ask one of them."
)


def promoted(number=7, stage="production", **fields):
    return experiment((0.88,), number=number, stage=stage, outcome="promoted",
                      stage_since=START, decided_at=START, decided_by="ULEE", final_metric=0.88,
                      learnings=LEARNED, **fields)  # fmt: skip


@pytest.fixture
def team(talk):
    """Ana owns EXP-007, which is promoted; Lee leads, Ben is a member."""
    stored(talk.engine, promoted(), team_channel="CTEAM")
    person(talk.engine, "UANA")
    person(talk.engine, "UBEN")
    person(talk.engine, "ULEE", role="lead")
    return talk


def row(talk, number=7):
    with Session(talk.engine) as session:
        return session.exec(select(Experiment).where(Experiment.number == number)).one()


def is_live(talk):
    return rollout.is_live(row(talk).snapshot())


def told(talk):
    return [post.payload["text"] for post in talk.sent("decision:EXP-007")]


@pytest.mark.parametrize("by", ["UANA", "ULEE"])
def test_the_owner_and_a_lead_say_that_it_is_live_and_since_when_is_kept(team, by):
    team.later(hours=2)
    assert "deploy not told → live" in team.say("/exp update 7 deploy=live", by=by).text
    assert (row(team).live_since, row(team).live_by) == (team.now, by)
    assert told(team) == [f"EXP-007 went live, told by <@{by}> · accuracy 0.88 · "
                          "Fine-tune Llama-3-8B on support corpus"]  # fmt: skip


@pytest.mark.parametrize("word", ["live", "deployed", "rolled-back", "reverted"])
def test_a_member_does_not_say_what_is_live(team, word):
    assert team.say(f"/exp update 7 deploy={word}", by="UBEN").text == WHO
    assert row(team).deploy_status == ""


def test_a_lead_of_another_team_does_not_either(team):
    person(team.engine, "UADA", role="admin")
    vision(team, "UBEN")
    with team.lab.begin() as session:
        session.add(Member(team_id=TEAM, user_id="UDORA", role="member"))
    heard = team.say("/exp update 7 deploy=live", by="UDORA")
    assert "Only the owner (ana) or a lead (ada, lee) can say that" in heard.text
    assert not is_live(team)


def test_a_member_takes_nothing_from_live_by_another_word(team):
    team.say("/exp update 7 deploy=live")
    for word in ("canary", "none", "planned"):
        assert team.say(f"/exp update 7 deploy={word}", by="UBEN").text == WHO
    assert is_live(team)


def test_a_member_tells_of_shadow_and_canary_as_before(team):
    assert "deploy not told → canary" in team.say("/exp update 7 deploy=canary", by="UBEN").text
    assert "canary → shadow" in team.say("/exp update 7 deploy=shadow", by="UBEN").text


def test_of_a_team_without_a_lead_anybody_says_it(talk):
    stored(talk.engine, promoted())
    talk.say("/exp update 7 deploy=live", by="UBEN")
    assert is_live(talk)


def test_told_twice_it_is_live_since_the_first_time(team):
    team.say("/exp update 7 deploy=live")
    since = row(team).live_since
    team.later(hours=1)
    team.say("/exp update 7 deploy=live", by="ULEE")
    assert (row(team).live_since, row(team).live_by) == (since, "UANA")
    assert len(told(team)) == 1


def test_rolled_back_it_is_live_no_more_and_the_team_hears_it(team):
    team.say("/exp update 7 deploy=live")
    team.say("/exp update 7 deploy=rolled-back", by="ULEE")
    assert (row(team).live_since, row(team).live_by) == (None, "")
    assert told(team)[-1] == "EXP-007 is rolled back, told by <@ULEE>"
    team.later(days=1)
    team.say("/exp update 7 deploy=live")
    assert row(team).live_since == team.now


def test_taken_back_by_undo_it_was_never_live(team):
    team.say("/exp update 7 deploy=live")
    team.say("/exp undo")
    assert (row(team).live_since, row(team).deploy_status) == (None, "")
    assert "Undone by <@UANA>" in team.sent("decision:EXP-007")[-1].payload["text"]
    team.say("/exp update 7 deploy=live")
    since = row(team).live_since
    team.later(minutes=1)
    team.say("/exp update 7 deploy=rolled-back")
    team.say("/exp undo")
    assert row(team).live_since == since


def test_what_is_not_promoted_is_not_live(talk):
    number = bring(talk, "safe")
    assert talk.say(f"/exp update {number} deploy=live").text == (
        "EXP-001 is in evaluation, and only what was promoted is live. `/exp promote EXP-001 what "
        "we learned`, or tell `deploy=shadow` or `deploy=canary`."
    )
    assert row(talk, number).deploy_status == ""


def test_reopened_it_is_live_no_more(team):
    team.say("/exp update 7 deploy=live")
    team.say("/exp reopen 7 it answers in the wrong language", by="ULEE")
    team.later(days=2)
    team.press("approval_yes", "1", by="ULEE")
    assert (row(team).stage, row(team).live_since) == ("evaluation", None)


def test_a_standup_answer_makes_nothing_live(talk):
    stored(talk.engine, promoted(), team_channel="CTEAM")
    open_round(talk)
    talk.say("/standup", by="UBEN")
    talk.submit_open({"q0": "EXP-007 deploy=live", "q1": "more", "q2": "none"}, by="UBEN")
    assert not is_live(talk)


def test_a_deployment_token_says_it_without_a_person(team):
    done = deployment.tell(team.lab, TOKEN, 7, "live")
    assert (done.experiment, done.status, done.repeated) == ("EXP-007", "live", False)
    assert (row(team).live_since, row(team).live_by) == (team.now, "token 1 (CD)")
    assert told(team) == ["EXP-007 went live, told by token 1 (CD) · accuracy 0.88 · "
                          "Fine-tune Llama-3-8B on support corpus"]  # fmt: skip
    again = deployment.tell(team.lab, TOKEN, 7, "deployed")
    assert again.repeated
    assert len(told(team)) == 1
    with Session(team.engine) as session:
        (made,) = session.exec(select(Change)).all()
    assert (made.who, made.action) == ("token 1 (CD)", "deployed")
    assert "live since" in str(team.say("/exp history 7").blocks)


@pytest.mark.parametrize(
    ("fields", "word", "heard"),
    [
        ({"stage": "experiment"}, "live", "nothing is rolled out from there"),
        ({"stage": "killed"}, "live", "nothing is rolled out from there"),
        ({}, "great", "“great” is nothing deploy can be."),
        ({}, "none", "Say how it is deployed: planned, shadow, canary, live, rolled-back."),
    ],
)
def test_a_token_that_cannot_say_so_is_told_why(talk, fields, word, heard):
    stored(talk.engine, promoted(**fields))
    with pytest.raises(Exception, match=heard[:20]) as refused:
        deployment.tell(talk.lab, TOKEN, 7, word)
    assert heard in refused.value.sentence


def test_a_token_of_another_team_knows_no_such_experiment(team):
    other = vision(team)
    with pytest.raises(Exception, match="There is no EXP-007"):
        deployment.tell(team.lab, Pusher(other, "token 1 (CD)", 1), 7, "live")
    assert not is_live(team)


@pytest.mark.postgres
def test_of_two_pipelines_at_once_one_makes_it_live_and_the_team_hears_it_once(postgres_engine):
    talk = Conversation(engine=postgres_engine, table=table())
    stored(talk.engine, promoted(), team_channel="CTEAM")
    together = threading.Barrier(2, timeout=20)

    def push(_):
        together.wait()
        return deployment.tell(talk.lab, TOKEN, 7, "live").repeated

    with ThreadPoolExecutor() as pool:
        assert sorted(pool.map(push, range(2))) == [False, True]
    assert len(told(talk)) == 1


def test_a_result_after_the_promotion_is_of_production_and_touches_no_decision(team):
    team.say("/exp update 7 deploy=live")
    before = row(team)
    team.later(days=1)
    heard = team.say('/exp update 7 acc=0.80 "fell on Monday"', by="UBEN").text
    assert heard == "EXP-007 updated: accuracy in production 0.8"
    after = row(team)
    for kept in ("stage", "stage_since", "outcome", "final_metric", "decided_at", "live_since"):
        assert getattr(after, kept) == getattr(before, kept)
    assert "80% accuracy as the team reported it: EXP-007" in team.say("/ask accuracy").text
    team.say("/exp undo", by="UBEN")
    assert "88% accuracy as the team reported it: EXP-007" in team.say("/ask accuracy").text


@pytest.mark.parametrize("said", ["baseline=0.5", "safety=no", "acc=0.8 worth=3"])
def test_what_was_decided_on_is_told_of_no_more(team, said):
    assert "EXP-007 was promoted to production" in team.say(f"/exp update 7 {said}").text


def _press(talk, by="UANA"):
    return talk.press("live_open", "7", by)


def test_a_promotion_offers_to_say_that_it_is_live_and_the_card_does(team):
    stored(team.engine, experiment((0.9,), number=8, stage="evaluation", target=0.85))
    heard = team.say(f"/exp promote EXP-008 {LEARNED}", by="ULEE")
    assert "promoted to production" in heard.text
    assert "live_open" in str(team.sent("decision:EXP-008")[0].payload["blocks"])
    assert "live_open" in str(team.say("/exp EXP-007").blocks)
    team.say("/exp update 7 deploy=live")
    assert "live_open" not in str(team.say("/exp EXP-007").blocks)


@pytest.mark.parametrize("by", ["UANA", "ULEE"])
def test_one_press_says_since_when_it_is_live(team, by):
    team.later(days=3)
    modal = _press(team, by).modal
    assert "2026-11-26" in str(modal)  # today, where the team is
    heard = team.submit_open({"since": "2026-11-24"}, by=by)
    assert heard.text == "EXP-007 is live: the digest and `/ask` speak of it now."
    assert (row(team).live_since.isoformat()[:10], row(team).live_by) == ("2026-11-24", by)
    assert told(team)[0].startswith(f"EXP-007 went live on Tue 24 Nov, told by <@{by}> · ")
    team.say("/exp undo", by=by)
    assert (row(team).live_since, is_live(team)) == (None, False)


@pytest.mark.parametrize(("since", "why"), [
    ("2026-11-27", "That day is still to come"),
    ("2026-11-20", "EXP-007 was promoted on Mon 23 Nov: it was not live before"),
    ("", "Since when is it live?"),
])  # fmt: skip
def test_a_day_on_which_it_cannot_have_gone_live_is_refused_under_its_field(team, since, why):
    team.later(days=3)
    _press(team)
    assert why in team.submit_open({"since": since}).errors["since"]
    assert not is_live(team)


def test_who_may_not_say_it_and_what_was_not_promoted_hear_one_sentence(team):
    stored(team.engine, experiment((0.9,), number=8, stage="evaluation"))
    assert _press(team, "UBEN").text == WHO.replace("live or rolled back", "live")
    heard = team.press("live_open", "8", "UANA").text
    assert heard.startswith("EXP-008 is in evaluation, and only what was promoted is live.")
    assert "There is no EXP-099" in team.press("live_open", "99", "UANA").text
    vision(team)
    assert "There is no EXP-007" in _press(team, "UDORA").text  # another team's lead
    assert not is_live(team)


def test_pressed_twice_it_says_since_when_and_on_whose_word(team):
    _press(team)
    meta = {"number": 7, "channel": "CTEAM"}
    team.submit_open({"since": "2026-11-23"})
    again = team.send("live", {"since": "2026-11-23"}, by="ULEE", meta=meta)
    assert again.text == "EXP-007 is live already, since Mon 23 Nov, told by <@UANA>."
    assert _press(team, "ULEE").text == again.text
    assert len(told(team)) == 1
