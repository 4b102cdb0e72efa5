"""Help for somebody in several teams: whose it is, with that team's ids and rights."""

from tests.dialog.workspace.test_home_of_teams import both, tickets
from tests.two_teams import LANGUAGE, VISION
from tests.weeks import experiment


def test_help_names_the_team_and_says_its_ids(talk):
    both(talk)
    tickets(talk, LANGUAGE, experiment(7, owner="UBEN"))
    tickets(talk, VISION, experiment(9, owner="UBEN"))
    for channel, name, ticket in (("CTEAM", "Language", "EXP-007"), ("CVIS", "Vision", "EXP-009")):
        said = str(talk.say("/exp help member", by="UBEN", channel=channel).blocks)
        assert f"For {name}: its ids, and what you may do there." in said
        said = str(talk.say("/kill help", by="UBEN", channel=channel).blocks)
        assert ticket in said


def test_who_leads_one_of_two_teams_reads_the_leads_verbs_there_only(talk):
    both(talk, "UDORA")
    assert "/exp promote" in str(talk.say("/exp help all", by="UDORA", channel="CVIS").blocks)
    assert "/exp promote" not in str(talk.say("/exp help all", by="UDORA").blocks)


def test_the_word_help_is_answered_at_once_for_the_team_chosen_last(talk):
    both(talk)
    assert "For Language" in str(talk.write("help", by="UBEN", channel="DBEN").blocks)
    talk.say("/team use Vision", by="UBEN", channel="DBEN")
    assert "For Vision" in str(talk.write("help", by="UBEN", channel="DBEN").blocks)


def test_who_is_in_one_team_reads_no_name(talk):
    both(talk)
    assert "its ids, and what" not in str(talk.say("/exp help", by="UANA").blocks)


def test_the_window_over_home_names_the_team_of_its_button(talk):
    both(talk)
    shown = talk.press("help_open", "start", "UBEN", channel="", team_id=VISION).modal
    assert "For Vision" in str(shown)
    assert '"team":2' in shown["private_metadata"]


def test_each_team_has_its_first_steps_and_a_button_of_them_is_its_own(talk):
    both(talk, "ULEE")
    for channel, by in (("CTEAM", "UANA"), ("CVIS", "UDORA")):
        assert "direct message" in talk.say("/exp setup", by=by, channel=channel).text
    cards = {row.team_id: row for row in talk.sent("onboarding:")}
    assert {team: row.channel for team, row in cards.items()} == {
        LANGUAGE: "UANA",
        VISION: "UDORA",
    }
    talk.deliver()
    at = {"channel": "DDORA", "message_ts": f"{talk.now.timestamp():.0f}.{cards[VISION].id:06d}"}
    talk.press("onboarding_skip", "people", "UDORA", **at)
    talk.say("/exp setup", by="UANA")
    home = talk.event("app_home_opened", {"tab": "home"}, by="UDORA").home
    assert "People and time* · skipped" in str(home)
    home = talk.event("app_home_opened", {"tab": "home"}, by="UANA").home
    assert "People and time* · to do" in str(home)
