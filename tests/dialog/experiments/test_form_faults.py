"""A form that is wrong in several places says so in one go, at the field of each."""

from tests.conversation import prefilled

WRONG = {"target": "much", "gpu_budget": "0h", "time_box": "soon"}


def test_a_new_ticket_hears_of_target_budget_box_and_title_at_once(talk):
    good = {"title": "Bigger model", "hypothesis": "+2 points", "metric": "accuracy",
            "target": "0.85", "gpu_budget": "24h", "time_box": "5d",
            "kill_criteria": "accuracy < 0.8"}  # fmt: skip
    talk.say("/exp new")
    talk.submit_open(good)
    talk.say("/exp new")
    errors = talk.submit_open(good | WRONG).errors
    assert set(errors) == {*WRONG, "title"}
    assert "EXP-001 is open under this title" in errors["title"]


def test_an_edited_ticket_hears_of_all_its_faults_at_once(talk):
    talk.say("/exp new")
    talk.submit_open({"title": "Bigger model", "hypothesis": "+2 points", "metric": "accuracy",
                      "target": "0.85", "gpu_budget": "24h", "time_box": "5d",
                      "kill_criteria": "accuracy < 0.8"})  # fmt: skip
    form = talk.say("/exp edit EXP-001").modal
    names = {name.partition("~")[0]: name for name in prefilled(form)}
    wrong = {names[name]: text for name, text in WRONG.items()}
    assert set(talk.submit_open(wrong).errors) == set(wrong)
