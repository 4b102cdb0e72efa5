"""Plain messages to the bot of somebody who is in two teams: which of them gets what."""

import pytest
from sqlmodel import Session, select

from core.experiments.experiment import FIELDS
from jobs import housekeeping
from jobs.standups import evening as evening_job
from jobs.standups import standup as job
from models.experiments.experiment import Experiment
from models.pending import Pending
from models.people import member
from models.standups.answer import Answer, Said
from models.standups.standup import Round, Standup
from tests import tickets
from tests.conversation import Conversation
from tests.standups import place
from tests.statements import watched
from tests.two_teams import LANGUAGE, VISION, open_rounds, picked, standups

THREE = "lr matters most\nretrain with it\nnone"
ASKED = "Which team is this for? I go on with what you typed."


def answers(talk):
    """Ben's answers by team."""
    with Session(talk.engine) as session:
        wanted = select(Standup.team_id, Answer).join(Round, Round.standup_id == Standup.id)
        rows = session.exec(wanted.join(Answer, Answer.round_id == Round.id)).all()
        return {team: row.replies for team, row in rows if not row.withdrawn}


def write(talk: Conversation, text: str, ts: str = ""):
    return talk.write(text, by="UBEN", channel="DBEN", ts=ts)


def change(talk: Conversation, ts: str, text: str):
    """Ben edits his message; no text: he deletes it."""
    inner = {"user": "UBEN", "ts": ts, "text": text, "channel": "DBEN"}
    event = {"subtype": "message_changed", "message": inner}
    if not text:
        event = {"subtype": "message_deleted", "previous_message": inner}
    event |= {"type": "message", "channel": "DBEN", "channel_type": "im"}
    return talk.event("message", event, by="UBEN", channel="DBEN", message_ts=ts, text=text)


def evening(talk, team_id):
    """The team's standup asks in the evening, and it is evening; its round is over."""
    experiment(talk, team_id)
    channel, lead = {LANGUAGE: ("CTEAM", "UANA"), VISION: ("CVIS", "UDORA")}[team_id]
    talk.say("/standup evening 17:30", by=lead, channel=channel)
    talk.later(hours=8, minutes=30)
    talk.run(evening_job.run)
    talk.deliver()


def experiment(talk, team_id):
    """Ben runs one there: who runs none is not asked in the evening."""
    with Session(talk.engine) as session:
        fields = {name: getattr(tickets.experiment(owner="UBEN"), name) for name in FIELDS}
        session.add(Experiment(team_id=team_id, **fields))
        session.commit()


def begun(talk, channel="CVIS"):
    """Ben has begun to answer the coming round of that channel's team."""
    standups(talk)
    talk.say("/standup answer tomorrow", by="UBEN", channel=channel)
    talk.submit_open({"q0": "lr matters most"}, by="UBEN")


# what is open · what Ben writes · who has it then (asked: he is asked which team)
TABLE = [
    ([], THREE, {}),
    ([LANGUAGE], THREE, {LANGUAGE}),
    ([VISION], THREE, {VISION}),
    ([LANGUAGE, VISION], THREE, "asked"),
    ([LANGUAGE, VISION], "lr matters most", "asked"),
    ([LANGUAGE, VISION], "skip", "asked"),
    ([LANGUAGE, VISION], "report: lr matters most", "asked"),
    ([VISION], "report: lr matters most", {VISION}),
    ([LANGUAGE, VISION], "thanks!", {}),
    ([LANGUAGE, VISION], "help", {}),
    ([LANGUAGE, VISION], "help standup", {}),
    ([LANGUAGE, VISION], "report", "asked"),
    ([], "report tomorrow: lr matters most", {}),
    ([LANGUAGE], "report tomorrow: lr matters most", "asked"),
    ([VISION], "back", {}),
]


@pytest.mark.parametrize(("waiting", "said", "who"), TABLE)
def test_a_direct_message_goes_to_the_team_that_waits_for_it(talk, waiting, said, who):
    open_rounds(talk, *waiting)
    if waiting and "tomorrow" in said:  # both ask him, and only one does so today
        talk.say("/standup resume", by="UDORA", channel="CVIS")
    asked = write(talk, said).text == ASKED
    assert asked == (who == "asked")
    assert set(answers(talk)) == (set() if asked else set(who))
    assert bool(pending(talk)) == asked


def pending(talk):
    with Session(talk.engine) as session:
        return [row.asked["text"] for row in session.exec(select(Pending))]


@pytest.mark.parametrize(("chosen", "other"), [(LANGUAGE, VISION), (VISION, LANGUAGE)])
def test_who_is_asked_by_two_teams_says_which_and_the_other_still_waits(talk, chosen, other):
    open_rounds(talk, LANGUAGE, VISION)
    write(talk, THREE)
    picked(talk, chosen)
    assert list(answers(talk)) == [chosen]
    name = {LANGUAGE: "Language", VISION: "Vision"}[chosen]
    assert (talk.replies[-1].text, talk.replies[-1].replace) == (f"That went to {name}.", True)
    write(talk, "the other one learned a lot about dropout\nmore of it\nnone")
    assert set(answers(talk)) == {chosen, other}


def test_the_question_quotes_what_waits_so_that_two_of_them_can_be_told_apart(talk):
    open_rounds(talk, LANGUAGE, VISION)
    first = write(talk, "lr matters <@UANA> &amp; dropout")
    second = write(talk, "warmup\nhelps")
    assert first.text == second.text == ASKED
    assert "lr matters @UANA & dropout" in str(first.blocks)
    assert "warmup" in str(second.blocks)


def test_a_choice_is_made_once(talk):
    open_rounds(talk, LANGUAGE, VISION)
    asked = write(talk, THREE)
    picked(talk, VISION)
    talk.replies.append(asked)
    picked(talk, LANGUAGE)
    assert talk.replies[-1].text.startswith("What you typed has gone on already")
    assert list(answers(talk)) == [VISION]


def test_a_message_is_edited_and_deleted_before_its_team_is_chosen(talk_on_both):
    talk = talk_on_both
    open_rounds(talk, LANGUAGE, VISION)
    asked = write(talk, THREE, ts="98.000001")
    change(talk, "98.000001", THREE.replace("lr", "dropout"))
    talk.replies.append(asked)
    picked(talk, VISION)
    assert answers(talk)[VISION][0] == "dropout matters most"
    asked = write(talk, THREE, ts="98.000002")
    assert set(answers(talk)) == {LANGUAGE, VISION}  # only one was left to wait


def test_a_message_deleted_before_its_team_is_chosen_goes_nowhere(talk):
    open_rounds(talk, LANGUAGE, VISION)
    asked = write(talk, THREE, ts="98.000001")
    change(talk, "98.000001", "")
    talk.replies.append(asked)
    picked(talk, VISION)
    assert talk.replies[-1].text.startswith("What you typed has gone on already")
    assert (answers(talk), pending(talk)) == ({}, [])


@pytest.mark.parametrize("chosen", [LANGUAGE, VISION])
def test_edits_and_deletions_follow_into_the_team_of_the_message(talk_on_both, chosen):
    talk = talk_on_both
    open_rounds(talk, LANGUAGE, VISION)
    write(talk, THREE, ts="98.000001")
    picked(talk, chosen)
    write(talk, THREE, ts="98.000002")
    change(talk, "98.000001", THREE.replace("lr", "dropout"))
    found = answers(talk)
    assert found[chosen][0] == "dropout matters most"
    assert found[3 - chosen][0] == "lr matters most"
    change(talk, "98.000001", "")
    assert list(answers(talk)) == [3 - chosen]


def test_an_edit_that_comes_before_its_message_finds_it_in_either_team(talk):
    open_rounds(talk, LANGUAGE, VISION)
    change(talk, "98.000001", THREE.replace("lr", "dropout"))
    write(talk, THREE, ts="98.000001")
    picked(talk, VISION)
    assert answers(talk)[VISION][0] == "dropout matters most"


@pytest.mark.parametrize("team_id", [LANGUAGE, VISION])
def test_an_evening_check_is_answered_in_its_team(talk_on_both, team_id):
    talk = talk_on_both
    open_rounds(talk, LANGUAGE, VISION)
    evening(talk, team_id)
    write(talk, "lr matters most for the adapter", ts="98.000001")
    kept = [row.team_id for row in talk.sent("edit:evening:")]
    assert kept == [team_id]
    change(talk, "98.000001", "dropout matters most")
    assert "dropout" in str(talk.sent("edit:evening:")[-1].payload)


def test_an_early_answer_goes_on_in_its_team(talk_on_both):
    talk = talk_on_both
    begun(talk)
    write(talk, "dropout matters more", ts="98.000001")
    early = [row for row in talk.sent("early:") if row.kind == "update"]
    assert {row.team_id for row in early} == {VISION}
    assert "dropout matters more" in str(early[-1].payload)
    change(talk, "98.000001", "warmup matters more")
    assert "warmup matters more" in str(talk.sent("edit:early:")[-1].payload)


def test_what_may_be_an_answer_is_asked_about_and_edited_in_its_team(talk):
    open_rounds(talk, VISION)
    write(talk, "was in meetings all day", ts="98.000001")
    asked = next(row for row in talk.sent("unsure:") if row.kind == "post")
    assert asked.team_id == VISION
    change(talk, "98.000001", "was in a forecast meeting")
    assert "forecast" in str(talk.sent("edit:unsure:")[-1].payload)
    assert answers(talk) == {}


def test_what_comes_after_the_round_is_said_to_be_late_and_not_lost_silently(talk):
    open_rounds(talk, LANGUAGE, VISION)
    asked = write(talk, THREE)
    talk.later(hours=10)
    talk.run(job.run)
    talk.replies.append(asked)
    picked(talk, VISION)
    assert talk.replies[-1].text == (
        "Vision does not wait for an answer any more: `/standup` in its channel answers late."
    )
    assert answers(talk) == {}


def test_a_reply_below_a_prompt_is_its_teams(talk):
    open_rounds(talk, LANGUAGE, VISION)
    with Session(talk.engine) as session:
        theirs = session.exec(
            select(Round.id).join(Standup, Standup.id == Round.standup_id).where(
                Standup.team_id == VISION
            )
        ).one()  # fmt: skip
    channel, thread = place(talk, f"prompt:{theirs}:UBEN")
    talk.write(THREE, by="UBEN", channel=channel, thread_ts=thread)
    assert list(answers(talk)) == [VISION]


def test_the_command_in_the_dm_opens_the_form_of_who_waits(talk):
    open_rounds(talk, VISION)
    form = talk.say("/standup", by="UBEN", channel="DBEN").modal
    assert form
    talk.submit_open({"q0": "lr matters most"}, by="UBEN")
    assert list(answers(talk)) == [VISION]


def test_who_left_one_team_still_takes_back_what_they_said_there(talk):
    open_rounds(talk, VISION)
    write(talk, THREE, ts="98.000001")
    with talk.lab.begin() as session:
        session.delete(member(session, VISION, "UBEN"))
    change(talk, "98.000001", "")
    assert answers(talk) == {}
    with Session(talk.engine) as session:
        assert session.exec(select(Said)).all() == []


def test_finding_the_team_of_a_message_takes_few_statements(talk):
    """Beside what an answer costs where there is one team: its teams, and what each waits for."""
    open_rounds(talk, VISION)
    counts = []
    for text in ("thanks!", "lr matters most"):
        with watched(talk.engine) as work:
            write(talk, text)
        counts.append(work.asked)
    assert counts[0] <= 8
    assert counts[1] <= 32


def test_what_nobody_chose_a_team_for_is_forgotten_with_other_inputs(talk):
    open_rounds(talk, LANGUAGE, VISION)
    write(talk, THREE)
    talk.later(days=1)
    talk.run(housekeeping.forget_inputs)
    assert pending(talk) == [THREE]
    talk.later(days=400)
    talk.run(housekeeping.forget_inputs)
    assert pending(talk) == []
