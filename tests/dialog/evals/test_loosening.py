"""A safety requirement is loosened by two people; tightened by one, at once."""

import pytest

from jobs.decisions.approval import expire
from services.evals import definition_of_done
from tests.conversation import TEAM
from tests.evals import pushed, results
from tests.scenes import start, three
from tests.teams import audited
from tests.tickets import person

SAFE = """[[metric]]
name = "accuracy"
threshold = 0.9
[[metric]]
name = "toxicity"
group = "safety"
direction = "lower"
threshold = 0.001
"""


@pytest.fixture
def lab(talk):
    """Lee and Kim lead; toxicity stands among what is asked for on safety."""
    three(talk)
    start(talk, stage="evaluation", values=(0.86,))
    talk.say("/exp leads add <@UKIM>", by="ULEE")
    return defined(talk)


def defined(talk, text=SAFE, by="ULEE"):
    talk.say("/gate done toml", by=by)
    assert "Saved" in talk.submit_open({"toml": text}, by=by).text
    return talk


def loosened(talk, by="ULEE", **values):
    talk.say("/gate done toxicity", by=by)
    return talk.submit_open(values or {"threshold": "0.05"}, by=by)


def limit(talk):
    found = definition_of_done.read(talk.lab, TEAM).requirements
    return next((one.threshold for one in found if one.name == "toxicity"), None)


def test_looser_waits_for_a_second_lead_and_the_old_one_holds(lab):
    said = loosened(lab)
    assert said.text == (
        "Loosening safety takes a second lead, who is asked: toxicity. "
        "Until then what was required before holds."
    )
    assert limit(lab) == 0.001
    (asked,) = lab.sent("loosening:1:")
    assert asked.channel == "CLEADS"
    assert "≤ 0.1% → ≤ 5% (looser: threshold)" in str(asked.payload["blocks"])
    assert lab.press("loosening_yes", "1", by="UKIM").text == (
        "Loosening safety (toxicity): Confirmed by <@UKIM>."
    )
    assert limit(lab) == 0.05
    assert (
        "loosened on safety by <@ULEE> and <@UKIM>: toxicity"
        in (lab.sent("done:1:2")[0].payload["text"])
    )
    assert "Confirmed by <@UKIM>" in lab.sent("edit:loosening:1")[0].payload["text"]
    assert ("UKIM", "ULEE", "≤ 0.1%", "≤ 5%") in audited(lab, "safety loosening confirmed")


def test_tighter_holds_at_once(lab):
    assert loosened(lab, threshold="0.0005").text == "Saved: toxicity changed."
    assert limit(lab) == 0.0005
    assert lab.sent("loosening:") == []


def test_the_one_who_asked_cannot_confirm_nor_can_who_does_not_lead(lab):
    loosened(lab)
    assert "somebody else has to confirm it" in lab.press("loosening_yes", "1", by="ULEE").text
    assert "Only a lead or a workspace admin" in lab.press("loosening_yes", "1", by="UANA").text
    assert limit(lab) == 0.001


@pytest.mark.parametrize("way", ["form", "text", "renamed", "other group", "confirmed"])
def test_no_way_of_removing_it_goes_round(lab, way):
    if way == "form":
        loosened(lab, flags=["blocking", "remove"])
    elif way in ("other group", "confirmed"):
        loosened(lab, **{"group": "operational"} if way == "other group" else {"kind": way})
    else:
        name = "toxic" if way == "renamed" else "nothing"
        lab.say("/gate done toml", by="ULEE")
        text = SAFE.replace("toxicity", name) if way == "renamed" else SAFE.split("[[metric]]")[1]
        lab.submit_open({"toml": text if way == "renamed" else f"[[metric]]{text}"}, by="ULEE")
    assert limit(lab) == 0.001
    lab.press("loosening_yes", "1", by="UKIM")
    found = definition_of_done.read(lab.lab, TEAM).requirements
    kept = [one for one in found if one.name == "toxicity"]
    assert not kept or (kept[0].group, kept[0].kind) != ("safety", "rate")


def test_the_canvas_takes_the_same_way(lab):
    lab.send("canvas", {"objective": "x", "metrics": "Toxicity at most 5 %"}, by="ULEE")
    lab.press("gate_done_canvas", "Toxicity", by="ULEE")
    assert "takes a second lead" in lab.submit_open({}, by="ULEE").text
    assert limit(lab) == 0.001


def test_what_is_not_about_safety_is_saved_with_it(lab):
    lab.say("/gate done toml", by="ULEE")
    text = SAFE.replace("0.9", "0.8").replace("0.001", "0.5")
    said = lab.submit_open({"toml": text}, by="ULEE").text
    assert said.startswith("Saved: accuracy changed. Loosening safety takes a second lead")
    assert limit(lab) == 0.001


def test_asked_twice_it_is_one_question_and_another_wish_takes_its_place(lab):
    loosened(lab)
    loosened(lab)
    assert len(lab.sent("loosening:")) == 1
    loosened(lab, threshold="0.02")
    assert "asked about anew" in lab.press("loosening_yes", "1", by="UKIM").text
    lab.press("loosening_yes", "2", by="UKIM")
    assert limit(lab) == 0.02


def test_confirmed_twice_is_done_once_and_a_change_between_voids_it(lab):
    loosened(lab)
    lab.press("loosening_yes", "1", by="UKIM")
    lab.press("loosening_yes", "1", by="UKIM")
    assert len(lab.sent("done:1:")) == 2
    loosened(lab, threshold="0.1")
    loosened(lab, by="UKIM", threshold="0.01")
    assert "Not possible any more" in lab.press("loosening_yes", "2", by="UKIM").text
    assert limit(lab) == 0.01


def test_it_is_declined_taken_back_or_over_after_three_working_days(lab):
    loosened(lab)
    assert "Declined by <@UKIM>" in lab.press("loosening_no", "1", by="UKIM").text
    loosened(lab)
    assert "Taken back by <@ULEE>" in lab.press("loosening_no", "2", by="ULEE").text
    loosened(lab)
    lab.later(days=5)
    lab.run(expire)
    assert "Nobody confirmed it" in lab.sent("edit:loosening:3")[0].payload["text"]
    assert "Nobody confirmed it" in lab.press("loosening_yes", "3", by="UKIM").text
    assert limit(lab) == 0.001


def test_a_team_with_one_lead_asks_a_workspace_admin_or_is_told_what_to_do(lab):
    lab.say("/exp leads remove <@UKIM>", by="ULEE")
    said = loosened(lab).text
    assert "nobody else leads this team: nothing was changed" in said
    assert "/exp leads add" in said
    person(lab.engine, "UADA", role="admin")
    lab.say("/exp leads remove <@UADA>", by="ULEE")
    loosened(lab)
    lab.press("loosening_yes", "1", by="UADA")
    assert limit(lab) == 0.05


def test_the_documents_own_is_guarded_once_results_were_pushed(talk):
    three(talk)
    start(talk, stage="evaluation", values=(0.86,))
    pushed(talk, results())
    talk.say("/gate done toml", by="ULEE")
    said = talk.submit_open({"toml": '[[metric]]\nname = "accuracy"\nthreshold = 0.1'}, by="ULEE")
    assert "nobody else leads this team" in str(said.errors or said.text)
    talk.say("/exp leads add <@UKIM>", by="ULEE")
    defined(talk, '[[metric]]\nname = "accuracy"\nthreshold = 0.1')
    names = [one.name for one in definition_of_done.read(talk.lab, TEAM).requirements]
    assert names == ["accuracy", "toxicity", "hallucination", "pii_leakage"]


def test_leads_see_it_on_their_home_tab(lab):
    loosened(lab)
    assert "loosening_yes" in str(lab.event("app_home_opened", {"tab": "home"}, by="UKIM").home)
    assert "loosening_yes" not in str(
        lab.event("app_home_opened", {"tab": "home"}, by="ULEE").home
    )
