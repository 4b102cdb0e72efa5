import pytest

from sandbox.blocks.forms import filled, form_errors, keep_typed, starting_state, state_of
from sandbox.shapes import ControlError


def field(block_id, element, **more):
    label = {"type": "plain_text", "text": block_id}
    return {"type": "input", "block_id": block_id, "label": label, "element": element, **more}


def option(value):
    return {"text": {"type": "plain_text", "text": value.title()}, "value": value}


TEXT = {"type": "plain_text_input", "action_id": "t"}
PICK = {"type": "static_select", "action_id": "p", "options": [option("a"), option("b")]}
BOXES = {"type": "checkboxes", "action_id": "c", "options": [option("a"), option("b")]}


@pytest.mark.parametrize(
    ("element", "value", "state"),
    [
        (TEXT, "hello", {"value": "hello"}),
        (TEXT, "", {"value": None}),
        (TEXT, {"type": "plain_text_input", "value": "raw"}, {"value": "raw"}),
        (PICK, "b", {"selected_option": option("b")}),
        (PICK, "B", {"selected_option": option("b")}),
        (PICK, {"selected_option": option("a")}, {"selected_option": option("a")}),
        (PICK, None, {"selected_option": None}),
        (BOXES, ["a", "b"], {"selected_options": [option("a"), option("b")]}),
        (BOXES, True, {"selected_options": [option("a"), option("b")]}),
        (BOXES, False, {"selected_options": []}),
        ({"type": "users_select", "action_id": "u"}, "U0ANA", {"selected_user": "U0ANA"}),
        ({"type": "multi_users_select", "action_id": "u"}, ["U0ANA"],
         {"selected_users": ["U0ANA"]}),
        ({"type": "datepicker", "action_id": "d"}, "2026-12-01", {"selected_date": "2026-12-01"}),
        ({"type": "datetimepicker", "action_id": "d"}, 1795791600,
         {"selected_date_time": 1795791600}),
        ({"type": "number_input", "action_id": "n"}, 5, {"value": "5"}),
    ],
)  # fmt: skip
def test_a_plain_value_becomes_the_state_of_its_element(element, value, state):
    assert state_of(element, value) == {"type": element["type"], **state}


def test_an_option_that_is_not_offered_is_refused():
    with pytest.raises(ControlError, match="no option 'z'"):
        state_of(PICK, "z")


def test_a_fresh_form_holds_initial_values_and_empty_keys():
    blocks = [
        field("one", {**TEXT, "initial_value": "x"}),
        field("two", PICK),
        field("three", BOXES),
    ]
    assert starting_state(blocks) == {
        "one": {"t": {"type": "plain_text_input", "value": "x"}},
        "two": {"p": {"type": "static_select", "selected_option": None}},
        "three": {"c": {"type": "checkboxes", "selected_options": []}},
    }


def test_typed_values_stay_where_the_ids_stay():
    before = filled([field("one", TEXT)], {}, {"one": "typed"})
    assert keep_typed(starting_state([field("one", TEXT)]), before)["one"]["t"]["value"] == "typed"
    assert keep_typed(starting_state([field("new", TEXT)]), before)["new"]["t"]["value"] is None


def test_an_unknown_block_is_refused():
    with pytest.raises(ControlError, match="no block 'nope'"):
        filled([field("one", TEXT)], {}, {"nope": "x"})


def errors(element, value, **more):
    blocks = [field("one", element, **more)]
    return form_errors(blocks, filled(blocks, {}, {"one": value}))


def test_required_fields_are_marked_before_anything_is_sent():
    assert errors(TEXT, "") == {"one": "Please complete this required field."}
    assert errors(TEXT, "", optional=True) == {}


@pytest.mark.parametrize(
    ("element", "bad", "good"),
    [
        ({**TEXT, "max_length": 3}, "abcd", "abc"),
        ({**TEXT, "min_length": 3}, "ab", "abc"),
        ({"type": "email_text_input", "action_id": "e"}, "ana", "ana@example.com"),
        ({"type": "url_text_input", "action_id": "e"}, "x.org", "https://x.org"),
        ({"type": "number_input", "action_id": "n", "is_decimal_allowed": False}, "1.5", "1"),
        ({"type": "number_input", "action_id": "n", "min_value": "2"}, "1", "2"),
        ({"type": "number_input", "action_id": "n", "max_value": "2"}, "3", "2"),
        ({"type": "number_input", "action_id": "n", "is_decimal_allowed": True}, "x", "-1.5"),
    ],
)
def test_slack_checks_formats_itself(element, bad, good):
    assert list(errors(element, bad)) == ["one"]
    assert errors(element, good) == {}
