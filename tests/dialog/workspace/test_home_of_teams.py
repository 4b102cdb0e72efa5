"""The Home tab of somebody in several teams, and of somebody in none."""

import json
import re

import pytest
from sqlmodel import Session

from core.experiments.experiment import FIELDS
from jobs.decisions import proposal
from jobs.workspace import home as job
from models.experiments.experiment import Experiment
from models.people import profile
from sandbox.blocks.rules import view_errors, view_too_large
from services import channels, team
from tests import seeded
from tests.conversation import START
from tests.statements import watched
from tests.two_teams import LANGUAGE, VISION, open_rounds, set_team, vision
from tests.weeks import any_week, experiment

LATE = {"box_ends": START.date().replace(day=14)}


def home(talk, by="UBEN"):
    view = talk.event("app_home_opened", {"tab": "home"}, by=by).home
    assert view_errors(view, kind="home") == []
    assert len(view["blocks"]) <= 100
    assert not view_too_large(view)
    return view


def tickets(talk, team_id, *values):
    with Session(talk.engine) as session:
        for value in values:
            fields = {name: getattr(value, name) for name in FIELDS}
            session.add(Experiment(team_id=team_id, **fields))
        session.commit()


def both(talk, *people):
    """Language, led by Ana, and Vision; who is named is in both, as Ben is."""
    seeded.team(talk.engine, team_channel="CTEAM")
    with talk.lab.begin() as session:
        first = session.get_one(team.Team, LANGUAGE)
        channels.settle(session, first)
        for user in ("UANA", "UBEN", *people):
            team.member(session, first, user, now=talk.now)
        team.set_role(session, first, "UANA", "lead", now=talk.now)
    vision(talk, "UBEN", *people)


def buttons(view):
    """Team of each button or menu, by its action and value."""
    found = {}
    for block in view["blocks"]:
        elements = [*block.get("elements", ()), *filter(None, [block.get("accessory")])]
        for one in elements:
            if "action_id" in one:
                said = re.match(r"team(\d+)\.", block["block_id"])
                found[one["action_id"], one.get("value", "")] = int(said[1])
    return found


def test_my_work_of_all_teams_comes_first_and_each_button_is_its_teams(talk):
    both(talk)
    tickets(talk, LANGUAGE, experiment(7, owner="UBEN"), experiment(8, owner="UANA"))
    tickets(talk, VISION, experiment(9, owner="UBEN"), experiment(10, owner="UDORA"))
    view = home(talk)
    text = json.dumps(view, ensure_ascii=False)
    assert text.index("*Language:*") < text.index("*Vision:*") < text.index("My experiments")
    assert "· Language · experiment" in text
    assert "· Vision · experiment" in text
    found = buttons(view)
    assert found["update_open", "7"] == LANGUAGE
    assert found["update_open", "9"] == VISION
    assert ("update_open", "8") not in found
    assert "EXP-010" not in text  # Vision stands there in one sentence
    assert "2 of 2 open experiments running" in text


def test_what_is_due_in_both_teams_stands_on_top_with_its_team(talk_on_both):
    talk = talk_on_both
    open_rounds(talk, LANGUAGE, VISION)
    view = home(talk)
    heads = [block["text"]["text"] for block in view["blocks"][:6] if block["type"] == "section"]
    assert [head.partition(", until")[0] for head in heads] == [
        "*Your answer is due:* Standup · Language",
        "*Your answer is due:* Vision standup · Vision",
    ]
    teams = [team for (action, _), team in buttons(view).items() if action == "standup_answer"]
    assert sorted(teams) == [LANGUAGE, VISION]


def test_a_button_of_home_acts_in_the_team_it_stands_for(talk):
    open_rounds(talk, LANGUAGE, VISION)
    found = buttons(home(talk))
    (value,) = (v for (a, v), one in found.items() if (a, one) == ("standup_answer", VISION))
    form = talk.press("standup_answer", value, "UBEN", channel="", team_id=VISION).modal
    assert "Vision standup" in str(form)


def test_the_switch_says_which_team_things_are_created_in(talk):
    both(talk)
    tickets(talk, VISION, experiment(9, owner="UDORA"))
    before = buttons(home(talk))
    assert before["experiment_new", ""] == LANGUAGE
    shown = talk.press("home_team", str(VISION), "UBEN", channel="", team_id=LANGUAGE).home
    assert view_errors(shown, kind="home") == []
    assert buttons(shown)["experiment_new", ""] == VISION
    assert "These buttons are for the team Vision" in str(shown)
    assert buttons(shown)["home_more", ""] == VISION
    assert buttons(home(talk))["experiment_new", ""] == VISION


def test_the_switch_takes_nobody_into_a_team_they_are_not_in(talk):
    both(talk)
    other = vision(talk, name="Secret", channel="CSECRET")
    set_team(talk, other, visibility="private")
    tickets(talk, other, experiment(9, owner="UDORA"))
    shown = talk.press("home_team", str(other), "UBEN", channel="").home
    assert "Secret" not in str(shown)
    assert "EXP-009" not in str(shown)


def test_leads_see_what_waits_in_each_team_they_lead_and_in_no_other(talk):
    both(talk, "ULEE")
    with talk.lab.begin() as session:
        for team_id in (LANGUAGE, VISION):
            theirs = session.get_one(team.Team, team_id)
            team.set_role(session, theirs, "ULEE", "lead", now=talk.now)
    tickets(talk, LANGUAGE, experiment(7, **LATE))
    tickets(talk, VISION, experiment(9, **LATE))
    talk.run(proposal.propose)
    view = home(talk, "ULEE")
    found = buttons(view)
    assert found["kill_open", "7"] == LANGUAGE
    assert "Language: 1 waiting for a decision" in str(view)
    assert "Vision: 1 waiting for a decision" in str(view)
    assert found["kill_open", "9"] == VISION
    opened = talk.press("home_candidates", "", "ULEE", channel="", team_id=VISION).modal
    assert "EXP-009" in str(opened)
    assert "wait" not in str(home(talk, "UBEN"))
    assert "team_setup" not in str(home(talk, "UBEN"))


def test_who_leads_one_team_and_works_in_another_decides_in_the_one_only(talk):
    both(talk)
    with talk.lab.begin() as session:
        theirs = session.get_one(team.Team, VISION)
        team.set_role(session, theirs, "UBEN", "lead", now=talk.now)
    tickets(talk, LANGUAGE, experiment(7, owner="UBEN", **LATE))
    tickets(talk, VISION, experiment(9, **LATE))
    view = home(talk)
    assert "Vision: 1 waiting for a decision" in str(view)
    assert "Language: 1 waiting" not in str(view)
    found = buttons(view)
    assert ("kill_open", "7") not in found
    assert (found["kill_open", "9"], found["update_open", "7"]) == (VISION, LANGUAGE)
    assert found["blocker_new", ""] == LANGUAGE  # the buttons of a member there
    shown = talk.press("home_team", str(VISION), "UBEN", channel="", team_id=LANGUAGE).home
    assert buttons(shown)["home_digest", ""] == VISION  # and of a lead here
    more = talk.press(
        "home_more", "", "UBEN", channel="", team_id=LANGUAGE, view_type="home"
    ).modal
    assert "team_setup" not in str(more)
    more = talk.press("home_more", "", "UBEN", channel="", team_id=VISION, view_type="home").modal
    assert buttons(more)["team_setup", ""] == VISION


def test_the_first_steps_say_which_team_they_are_of(talk):
    both(talk)
    talk.say("/team new Search", by="UBEN", channel="CNEW")
    assert "Search: Setting Assay up: 1 of 3 steps done" in json.dumps(home(talk))


def test_who_is_in_one_team_of_several_sees_it_as_if_it_were_alone(talk):
    both(talk)
    tickets(talk, VISION, experiment(9, owner="UDORA"))
    view = home(talk, "UANA")
    assert "Vision" not in str(view)
    assert "home_team" not in str(view)
    assert set(buttons(view).values()) == {LANGUAGE}


def test_who_is_in_no_team_may_join_an_open_one_or_start_one(talk_on_both):
    talk = talk_on_both
    both(talk)
    secret = vision(talk, name="Secret", channel="CSECRET")
    set_team(talk, secret, visibility="private")
    view = home(talk, "UNEW")
    text = str(view)
    assert "You are in no team yet" in text
    assert "*Language* · 2 people" in text
    assert "*Vision* · 2 people" in text
    assert "Secret" not in text
    found = [e for b in view["blocks"] for e in [*b.get("elements", ()), b.get("accessory", {})]]
    offered = [(e["action_id"], e.get("value")) for e in found if "action_id" in e]
    assert offered == [("team_new", None), ("team_join", "1"), ("team_join", "2")]


@pytest.mark.parametrize("visibility", ["open", "private"])
def test_home_of_who_is_in_no_team_begins_none(talk, visibility):
    both(talk)
    for team_id in (LANGUAGE, VISION):
        set_team(talk, team_id, visibility=visibility)
    assert ("Vision" in str(home(talk, "UNEW"))) == (visibility == "open")
    with talk.lab.begin() as session:
        assert len(team.table.of_workspace(session, "T0LAB")) == 2


def test_a_tab_is_published_once_when_either_team_changes(talk_on_both):
    talk = talk_on_both
    both(talk)
    home(talk)
    talk.run(job.keep_fresh)
    assert talk.sent("home:") == []
    for team_id, number in ((LANGUAGE, 7), (VISION, 9)):
        tickets(talk, team_id, experiment(number, owner="UBEN"))
        talk.run(job.keep_fresh)
        (row,) = talk.sent("home:T0LAB:UBEN")
        assert buttons(row.payload["view"])["update_open", str(number)] == team_id
        talk.deliver()
        talk.run(job.keep_fresh)
        assert talk.sent("home:")[0].state == "sent"


def test_a_team_is_read_once_however_many_look_at_it(talk):
    both(talk, "UCY", "UEVE")
    tickets(talk, LANGUAGE, experiment(7, owner="UCY"))
    tickets(talk, VISION, experiment(9, owner="UCY"))
    counts = []
    for user in ("UBEN", "UCY", "UEVE"):
        home(talk, user)
        talk.run(job.keep_fresh)
        with watched(talk.engine) as work:
            talk.run(job.keep_fresh)
        counts.append(work.asked)
    assert counts[2] - counts[1] == counts[1] - counts[0]
    assert counts[1] - counts[0] <= 5


def test_home_costs_the_same_for_each_team_more(talk):
    both(talk)
    counts = []
    for n in range(3):
        home(talk)
        with watched(talk.engine) as work:
            home(talk)
        counts.append(work.asked)
        vision(talk, "UBEN", name=f"Team {n}", channel=f"CTEAM{n}")
    assert counts[2] - counts[1] == counts[1] - counts[0] <= 10


def test_with_nobody_looking_the_job_asks_once_however_many_teams_there_are(talk):
    both(talk)
    for n in range(5):
        vision(talk, name=f"Team {n}", channel=f"CTEAM{n}")
    with watched(talk.engine) as work:
        talk.run(job.keep_fresh)
    assert work.asked == 1


@pytest.mark.parametrize("seed", range(4))
def test_ten_busy_teams_led_by_one_person_are_a_view_slack_takes(talk, seed):
    both(talk)
    taken = 0
    for n in range(10):
        team_id = vision(talk, "UBEN", name=f"Team {n} & friends " + "x" * 60, channel=f"CT{n}")
        with talk.lab.begin() as session:
            theirs = session.get_one(team.Team, team_id)
            team.set_role(session, theirs, "UBEN", "lead", now=talk.now)
        found = any_week(seed * 10 + n).experiments
        for value in found:
            taken += 1
            with Session(talk.engine) as session:
                fields = {name: getattr(value, name) for name in FIELDS} | {"number": taken}
                session.add(Experiment(team_id=team_id, **fields | {"owner": "UBEN"}))
                session.commit()
    talk.run(proposal.propose)
    view = home(talk)
    assert buttons(view)["home_all_teams", ""] == LANGUAGE
    assert any(one[0] == "home_candidates" for one in buttons(view))
    with talk.lab.begin() as session:
        assert profile(session, "T0LAB", "UBEN").home_shown
