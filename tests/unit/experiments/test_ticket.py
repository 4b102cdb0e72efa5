"""The ticket's form: read strictly, every complaint under its field."""

import pytest

from core.errors import Refused
from core.experiments import form
from tests.experiments import FORM, MONDAY, a_ticket


def test_a_whole_form_becomes_a_ticket_in_the_backlog():
    new = form.opened(form.read(FORM, by="UBEN"), number=42, now=MONDAY)
    assert (new.id, new.stage, new.owner) == ("EXP-042", "backlog", "UANA")
    assert (new.baseline, new.target, new.gpu_budget, new.box_days) == (0.72, 0.85, 24, 14)
    assert (new.box_starts, new.gpu_used) == (None, 0)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", " ", "A title is needed"),
        ("hypothesis", "", "What do you expect"),
        ("metric", "", "Which metric"),
        ("kill_criteria", "", "When do we stop"),
        ("target", "", "is no number"),
        ("target", "high", "is no number"),
        ("target", "nan", "is no number"),
        ("baseline", "72", "Did you mean 72%"),
        ("baseline", "about 0.7", "is no number"),
        ("gpu_budget", "lots", "no number of GPU-hours"),
        ("gpu_budget", "0", "must be more than 0"),
        ("gpu_budget", "-3", "no number of GPU-hours"),
        ("time_box", "soon", "no length of time"),
        ("time_box", "60w", "no time box"),
        ("time_box", "0d", "no length of time"),
        ("link", "wandb.ai/x", "must start with https://"),
    ],
)
def test_a_wrong_field_is_complained_about_where_it_stands(field, typed, said):
    with pytest.raises(Refused) as refused:
        form.read(FORM | {field: typed}, by="UBEN")
    assert (refused.value.field, said in refused.value.sentence) == (field, True)


def test_a_baseline_that_meets_the_target_already_is_questioned():
    with pytest.raises(Refused, match="meets the target"):
        form.read(FORM | {"baseline": "90%"}, by="UBEN")
    lower = form.read(FORM | {"direction": "lower", "baseline": "90%"}, by="UBEN")
    assert lower.baseline == 0.9


def test_the_writer_owns_what_names_no_owner_and_a_baseline_may_wait():
    draft = form.read(FORM | {"owner": None, "baseline": None}, by="UBEN")
    assert (draft.owner, draft.baseline) == ("UBEN", None)


@pytest.mark.parametrize(
    ("typed", "days"), [("2w", 14), ("10d", 10), ("1 sprint", 14), ("36h", 2), ("7", 7)]
)
def test_a_time_box_is_whole_days(typed, days):
    assert form.box_days(typed) == days


def _draft(**fields: str) -> form.Draft:
    return form.read(FORM | fields, by="UANA")


def test_a_running_box_and_a_used_baseline_are_not_edited_away():
    with pytest.raises(Refused, match="The time box is running") as refused:
        form.edited(a_ticket(), _draft(time_box="3w"))
    assert refused.value.field == "time_box"
    with pytest.raises(Refused, match="its baseline stays"):
        form.edited(a_ticket(), _draft(baseline=""))


def test_before_the_box_starts_everything_is_editable():
    waiting = a_ticket(stage="backlog", box_starts=None, box_ends=None)
    new = form.edited(waiting, _draft(time_box="3w", baseline="", target="90%"))
    assert (new.box_days, new.baseline, new.target) == (21, None, 0.9)
    assert form.moved_goalposts(waiting, new) == {}


def test_goalposts_moved_under_way_are_found():
    new = form.edited(a_ticket(), _draft(target="80%", title="Other"))
    assert form.moved_goalposts(a_ticket(), new) == {"target": (0.85, 0.8)}


def test_other_blocking_criteria_are_to_be_confirmed_anew():
    confirmed = a_ticket(blocking_ok=True)
    assert form.edited(confirmed, _draft()).blocking_ok
    assert not form.edited(confirmed, _draft(success_blocking="PII 0%")).blocking_ok
