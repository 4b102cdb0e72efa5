"""/exp setup: the team's channels, metric and digest time."""

import pytest

from sandbox.blocks.rules import view_errors
from tests import seeded
from tests.conversation import prefilled
from tests.weeks import experiment

CHANNELS = {
    "team_channel": "CTEAM",
    "leads_channel": "GLEADS",
    "alerts_channel": "CALERT",
    "digest_channel": "GEXEC",
}
METRIC = {"metric_name": "accuracy", "metric_target": "92%"}


def _team(talk):
    with seeded.Session(talk.engine) as session:
        return seeded.team_row(session)


def test_the_first_to_set_up_becomes_the_teams_lead(talk):
    view = talk.say("/exp setup", by="UANA").modal
    assert view_errors(view, kind="modal") == []
    heard = talk.submit_open(CHANNELS | METRIC, by="UANA")
    assert heard.text.startswith("The team's settings are saved. You are the team's first lead")
    assert "digest channel: <#GEXEC>" in heard.text
    assert "headline metric: accuracy, target 92%, higher is better" in heard.text
    assert "digest: Friday 16:00, UTC" in heard.text
    kept = _team(talk)
    assert (kept.leads_channel, kept.metric_target, kept.zone) == ("GLEADS", 0.92, "UTC")
    assert "Leads: <@UANA>." in talk.say("/exp leads").text


def test_what_is_set_is_there_the_next_time(talk):
    talk.say("/exp setup", by="UANA")
    typed = CHANNELS | METRIC | {"zone": "Europe/Berlin", "digest_day": "thu", "digest_hour": "9"}
    typed |= {"metric_direction": "lower", "leads_group": ""}
    talk.submit_open(typed, by="UANA")
    view = talk.say("/exp setup", by="UANA").modal
    again = prefilled(view)
    assert {name: again[name] or "" for name in typed} == typed
    assert view_errors(view, kind="modal") == []


def test_only_leads_change_settings_once_there_is_one(talk):
    talk.say("/exp leads add <@UANA>", by="UANA")
    heard = talk.say("/exp setup", by="UBEN")
    assert heard.modal is None
    assert "Only a lead can change the team's settings" in heard.text
    assert "Only a lead" in talk.send("setup", {"zone": "UTC"}, by="UBEN").text


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"zone": "Berlin Time"}, "zone", "no time zone I know"),
        ({"leads_group": "@leads"}, "leads_group", "no user group id"),
        ({"metric_target": "92%"}, "metric_name", "needs its metric"),
        ({"metric_name": "x" * 70}, "metric_name", "too long"),
        ({"metric_name": "accuracy", "metric_target": "high"}, "metric_target", "no number"),
        ({"metric_name": "accuracy", "metric_target": "93"}, "metric_target", "93%"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field_and_nothing_is_saved(talk, typed, field, why):
    seeded.tickets(talk.engine, experiment(1))
    talk.say("/exp setup", by="UANA")
    heard = talk.submit_open(CHANNELS | typed, by="UANA")
    assert why in heard.errors[field]
    assert _team(talk).digest_channel == ""


def test_a_leads_group_is_taken_as_id_or_mention_and_its_members_are_asked_for(talk):
    talk.say("/exp setup", by="UANA")
    talk.submit_open({"leads_group": "<!subteam^S0LEADS|@leads>"}, by="UANA")
    assert _team(talk).leads_group == "S0LEADS"
    assert [row.channel for row in talk.sent("group:")] == ["S0LEADS"]


def test_the_zone_is_offered_from_the_persons_profile(talk):
    talk.say("/exp setup", by="UANA")
    user = {"id": "UANA", "tz": "Asia/Tokyo", "real_name": "Ana"}
    talk.event("user_change", {"user": user})
    assert prefilled(talk.say("/exp setup", by="UANA").modal)["zone"] == "Asia/Tokyo"


def test_what_was_typed_and_not_sent_is_offered_again_and_forgotten_when_sent(talk):
    view = talk.say("/exp setup", by="UANA").modal
    talk.close("setup", prefilled(view) | {"metric_name": "recall"}, by="UANA")
    again = prefilled(talk.say("/exp setup", by="UANA").modal)
    assert (again["metric_name"], again["zone"]) == ("recall", "UTC")
    talk.submit_open({"metric_name": "precision"}, by="UANA")
    assert prefilled(talk.say("/exp setup", by="UANA").modal)["metric_name"] == "precision"


def test_the_form_opened_in_a_channel_answers_there(talk):
    view = talk.say("/exp setup", by="UANA", channel="CSOME").modal
    assert '"channel":"CSOME"' in view["private_metadata"]


def test_the_team_is_named_in_its_settings_and_no_two_are_called_alike(talk):
    talk.say("/exp setup", by="UANA")
    talk.submit_open(CHANNELS | {"team_name": "Search"}, by="UANA")
    assert _team(talk).name == "Search"
    talk.say("/team new Vision", by="UANA", channel="CVISION")
    talk.say("/exp setup", by="UANA")
    refused = talk.submit_open(CHANNELS | {"team_name": "vision"}, by="UANA")
    assert refused.errors == {"team_name": "There is a team called vision already. Take another."}
    assert _team(talk).name == "Search"
