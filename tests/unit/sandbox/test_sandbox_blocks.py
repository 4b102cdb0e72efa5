import pytest

from sandbox.blocks.rules import message_errors, view_errors, view_too_large


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def mrkdwn(text="x"):
    return {"type": "mrkdwn", "text": text}


def section(text="x", **more):
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text="Go", **more):
    return {"type": "button", "text": plain(text), "action_id": "go", **more}


def actions(*elements, **more):
    return {"type": "actions", "elements": list(elements), **more}


def option(text="a", value="a", **more):
    return {"text": plain(text), "value": value, **more}


def select(options, **more):
    return {"type": "static_select", "action_id": "s", "options": options, **more}


def field(element, **more):
    return {"type": "input", "label": plain("L"), "element": element, **more}


TYPED = {"type": "plain_text_input", "action_id": "t"}
# what, the block just inside the limit, the block just beyond, the pointer of the complaint
LIMITS = [
    ("section text", section("x" * 3000), section("x" * 3001), "/blocks/0/text/text"),
    ("empty text", section("x"), section(""), "/blocks/0/text/text"),
    ("header", {"type": "header", "text": plain("x" * 150)},
     {"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
    ("fields", {"type": "section", "fields": [mrkdwn()] * 10},
     {"type": "section", "fields": [mrkdwn()] * 11}, "/blocks/0/fields"),
    ("a field", {"type": "section", "fields": [mrkdwn("x" * 2000)]},
     {"type": "section", "fields": [mrkdwn("x" * 2001)]}, "/blocks/0/fields/0/text"),
    ("context", {"type": "context", "elements": [mrkdwn()] * 10},
     {"type": "context", "elements": [mrkdwn()] * 11}, "/blocks/0/elements"),
    ("actions", actions(*({**button(), "action_id": str(n)} for n in range(25))),
     actions(*({**button(), "action_id": str(n)} for n in range(26))), "/blocks/0/elements"),
    ("button text", actions(button("x" * 75)), actions(button("x" * 76)),
     "/blocks/0/elements/0/text/text"),
    ("button value", actions(button(value="x" * 2000)), actions(button(value="x" * 2001)),
     "/blocks/0/elements/0/value"),
    ("button style", actions(button(style="danger")), actions(button(style="red")),
     "/blocks/0/elements/0/style"),
    ("block id", section(block_id="x" * 255), section(block_id="x" * 256), "/blocks/0/block_id"),
    ("action id", actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256)),
     "/blocks/0/elements/0/action_id"),
    ("option text", actions(select([option("x" * 75)])), actions(select([option("x" * 76)])),
     "/blocks/0/elements/0/options/0/text/text"),
    ("option value", actions(select([option(value="x" * 150)])),
     actions(select([option(value="x" * 151)])), "/blocks/0/elements/0/options/0/value"),
    ("options", actions(select([option(value=str(n)) for n in range(100)])),
     actions(select([option(value=str(n)) for n in range(101)])),
     "/blocks/0/elements/0/options"),
    ("overflow", section(accessory={"type": "overflow", "action_id": "o",
                                    "options": [option(value=str(n)) for n in range(5)]}),
     section(accessory={"type": "overflow", "action_id": "o",
                        "options": [option(value=str(n)) for n in range(6)]}),
     "/blocks/0/accessory/options"),
    ("image alt", {"type": "image", "image_url": "https://x.org/a.png", "alt_text": "a"},
     {"type": "image", "image_url": "https://x.org/a.png"}, "/blocks/0"),
    ("image source", {"type": "image", "image_url": "https://x.org/a.png", "alt_text": "a"},
     {"type": "image", "alt_text": "a"}, "/blocks/0"),
    ("markdown", {"type": "markdown", "text": "x" * 12000},
     {"type": "markdown", "text": "x" * 12001}, "/blocks/0/text"),
    ("table rows", {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 100},
     {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}, "/blocks/0/rows"),
    ("table columns", {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 20]},
     {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}, "/blocks/0/rows/0"),
    ("confirm title", actions(button(confirm={"title": plain("x" * 100), "text": plain(),
                                              "confirm": plain(), "deny": plain()})),
     actions(button(confirm={"title": plain("x" * 101), "text": plain(),
                             "confirm": plain(), "deny": plain()})),
     "/blocks/0/elements/0/confirm/title/text"),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "beyond", "pointer"), [one[1:] for one in LIMITS],
                         ids=[one[0] for one in LIMITS])  # fmt: skip
def test_limits_hold_exactly(inside, beyond, pointer):
    assert message_errors([inside]) == []
    errors = message_errors([beyond])
    assert any(f"[json-pointer:{pointer}]" in error for error in errors), errors


def test_a_message_has_fifty_blocks_and_a_view_a_hundred():
    assert message_errors([{"type": "divider"}] * 50) == []
    assert "no more than 50 items" in message_errors([{"type": "divider"}] * 51)[0]
    modal = {"type": "modal", "title": plain("T"), "blocks": [{"type": "divider"}] * 100}
    assert view_errors(modal, kind="modal") == []
    modal["blocks"].append({"type": "divider"})
    assert "no more than 100 items" in view_errors(modal, kind="modal")[0]


@pytest.mark.parametrize(
    ("blocks", "complaint"),
    [
        ([{"type": "sectoin"}], "unsupported type: sectoin [json-pointer:/blocks/0]"),
        ([{"text": "x"}], "missing required field: type [json-pointer:/blocks/0]"),
        ([section(colour="red")], "invalid additional property: colour"),
        ([{"type": "section"}], "must define either `text` or `fields`"),
        ([{"type": "header", "text": mrkdwn()}], "unsupported type: mrkdwn"),
        ([section(block_id="a"), section(block_id="a")], "`block_id` already exists"),
        ([actions(button(), button())], "`action_id` already exists"),
        ([{"type": "alert", "text": mrkdwn()}], "unsupported type: alert"),
        ([{"type": "context", "elements": [button()]}], "unsupported type: button"),
        ([actions(select([option()], initial_option=option("b", "b")))], "must exactly match"),
        ([actions({"type": "static_select", "action_id": "s"})], "must define exactly one of"),
        ([{"type": "markdown", "text": "x" * 7000}] * 2, "markdown must be less than 12001"),
        ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 3000}]] * 4}],
         "tables must be less than 10001"),
        ([{"type": "image", "slack_file": {"id": "F9"}, "alt_text": "a"}], "invalid slack file"),
        ("nope", "must be an array"),
    ],
)  # fmt: skip
def test_broken_blocks_are_named(blocks, complaint):
    assert any(complaint in error for error in message_errors(blocks))


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        ({"type": "modal", "title": plain("x" * 25), "blocks": []}, "less than 25 characters"),
        ({"type": "modal", "title": mrkdwn(), "blocks": []}, "unsupported type: mrkdwn"),
        ({"type": "modal", "title": plain(), "blocks": [field(TYPED)]},
         "missing required field: submit"),
        ({"type": "modal", "title": plain(), "private_metadata": "x" * 3001, "blocks": []},
         "less than 3001 characters [json-pointer:/view/private_metadata]"),
        ({"type": "modal", "title": plain(), "blocks": [{"type": "table", "rows": []}]},
         "unsupported type: table [json-pointer:/view/blocks/0]"),
        ({"type": "home", "blocks": []}, "must be a valid enum value: modal"),
        ({"type": "modal", "title": plain(), "submit": plain(), "blocks": [
            field({**TYPED, "focus_on_load": True}),
            field({**TYPED, "focus_on_load": True})]}, "only one element may have focus_on_load"),
        ({"type": "modal", "title": plain(), "submit": plain(), "blocks": [
            field({**TYPED, "max_length": 3001})]}, "must be between 1 and 3000"),
        ({"type": "modal", "title": plain(), "submit": plain(), "blocks": [
            field({"type": "number_input", "action_id": "n"})]},
         "missing required field: is_decimal_allowed"),
        ({"type": "modal", "title": plain(), "submit": plain(), "blocks": [
            field({"type": "datepicker", "action_id": "d", "initial_date": "1.2.2026"})]},
         "must be a valid date"),
    ],
)  # fmt: skip
def test_broken_modals_are_named(view, complaint):
    errors = view_errors(view, kind="modal")
    assert any(complaint in error for error in errors), errors


def test_a_home_tab_needs_no_title_and_takes_a_table():
    row = [{"type": "raw_text", "text": "x"}]
    home = {"type": "home", "blocks": [{"type": "table", "rows": [row]}]}
    assert view_errors(home, kind="home") == []


def test_a_view_beyond_250_kb_is_too_large():
    assert not view_too_large({"blocks": [section("x" * 2000)] * 100})
    assert view_too_large({"blocks": [section("x" * 2600)] * 100})
