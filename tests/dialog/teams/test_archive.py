"""A team that ends, and comes back."""

from sqlmodel import Session, select

from jobs.standups.standup import run
from models.team import Team, TeamChannel
from tests.teams import audited, shown, vision


def test_archiving_says_what_is_open_asks_once_and_frees_the_channel(lab):
    assert "only team here" in lab.say("/team archive", by="ULEE", channel="CNLP").text
    vision(lab)
    assert "Only a lead can" in lab.say("/team archive", by="UBEN", channel="CNLP").text
    asked = lab.say("/team archive", by="ULEE", channel="CNLP")
    assert "Still open: 1 experiment (EXP-042)." in asked.text
    with Session(lab.engine) as session:
        assert session.get_one(Team, 1).archived_at is None
    assert "NLP is archived." in lab.press("team_archive", "1", by="ULEE", team_id=1).text
    with Session(lab.engine) as session:
        assert session.get_one(Team, 1).archived_at == lab.now
        assert [row.channel for row in session.exec(select(TeamChannel))] == ["CVIS"]
    assert lab.sent(":archived:")[0].channel == "CNLP"
    again = lab.press("team_archive", "1", by="ULEE", team_id=1).text
    assert "NLP is archived: what it has can be read, not changed." in again


def test_an_archived_teams_tickets_are_read_by_id_and_not_changed(lab):
    vision(lab)
    lab.press("team_archive", "1", by="ULEE", team_id=1)
    assert "EXP-042" in lab.say("/exp show EXP-042", by="UZOE", channel="CVIS").text
    heard = lab.say("/exp update EXP-042 0.9", by="UANA", channel="CVIS").text
    assert "NLP is archived: what it has can be read, not changed." in heard
    assert "`/team reopen NLP`" in heard


def test_nobody_of_an_archived_team_is_asked(lab):
    form = {"channel": "CNLP", "name": "Daily", "people": ["UBEN"], "days": ["0", "1", "2", "3"]}
    lab.send("standup_setup", form, by="ULEE", channel="CNLP")
    vision(lab)
    lab.press("team_archive", "1", by="ULEE", team_id=1)
    lab.later(days=1, hours=3)
    lab.run(run)
    assert lab.sent("prompt:") == []
    lab.say("/team reopen NLP", by="ULEE", channel="DLEE")
    lab.later(days=1)
    lab.run(run)
    assert [row.channel for row in lab.sent("prompt:")] == ["UBEN"]


def test_what_is_archived_is_brought_back_by_its_lead_with_the_channels_that_are_left(lab):
    vision(lab)
    lab.press("team_archive", "1", by="ULEE", team_id=1)
    assert "(archived" in shown(lab.say("/team list", by="UBEN"))
    lab.say("/team new Sound", by="UNEW", channel="CNLP")
    assert "I don't see an archived team called “Vision”" in lab.say("/team reopen Vision").text
    assert "Only a lead can" in lab.say("/team reopen NLP", by="UBEN").text
    heard = lab.say("/team reopen NLP", by="ULEE", channel="DLEE").text
    assert heard.startswith("NLP is at work again. <#CNLP> went to another team meanwhile")
    assert audited(lab, "team reopened")[0][0] == "ULEE"
