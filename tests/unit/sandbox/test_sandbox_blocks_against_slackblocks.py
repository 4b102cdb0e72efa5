"""The sandbox and slackblocks (an independent Block Kit library) draw the same lines."""

import json

import slackblocks as sb
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.blocks.rules import message_errors, view_errors
from sandbox.workspace.roster import default_workspace
from sandbox.workspace.text import Reader


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def button(**more):
    return {"type": "button", "action_id": "a", "text": plain("x"), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def field(element, **more):
    return {"type": "input", "label": plain("x"), "element": element, **more}


def options(count, text=1, value=1):
    pad = "v" * (value - 3)
    return [{"text": plain("x" * text), "value": f"{n:03}{pad}"} for n in range(count)]


def sb_options(count, text=1, value=1):
    def one(raw):
        words = sb.Text(raw["text"]["text"], type_=sb.TextType.PLAINTEXT)
        return sb.Option(text=words, value=raw["value"])

    return [one(raw) for raw in options(count, text, value)]


def select(opts, **more):
    return {"type": "static_select", "action_id": "a", "options": opts, **more}


def sb_select(opts, placeholder="x"):
    return sb.StaticSelectMenu("a", placeholder=placeholder, options=opts)


HOLD = {"placeholder": plain("x")}
TEXT = {"type": "plain_text_input", "action_id": "a"}
# name: (slackblocks builder of n, the same by hand, the number where the limit lies)
RECIPES = {
    "header text": (
        lambda n: sb.HeaderBlock("x" * n),
        lambda n: {"type": "header", "text": plain("x" * n)}, 150),
    "section text": (
        lambda n: sb.SectionBlock("x" * n),
        lambda n: {"type": "section", "text": mrkdwn("x" * n)}, 3000),
    "section fields": (
        lambda n: sb.SectionBlock(fields=[sb.Text("x")] * n),
        lambda n: {"type": "section", "fields": [mrkdwn("x")] * n}, 10),
    "field text": (
        lambda n: sb.SectionBlock(fields=[sb.Text("x" * n)]),
        lambda n: {"type": "section", "fields": [mrkdwn("x" * n)]}, 2000),
    "context elements": (
        lambda n: sb.ContextBlock([sb.Text("x")] * n),
        lambda n: {"type": "context", "elements": [mrkdwn("x")] * n}, 10),
    "actions elements": (
        lambda n: sb.ActionsBlock([sb.Button("x", f"a{i}") for i in range(n)]),
        lambda n: actions(*(button(action_id=f"a{i}") for i in range(n))), 25),
    "button text": (
        lambda n: sb.ActionsBlock([sb.Button("x" * n, "a")]),
        lambda n: actions(button(text=plain("x" * n))), 75),
    "button value": (
        lambda n: sb.ActionsBlock([sb.Button("x", "a", value="x" * n)]),
        lambda n: actions(button(value="x" * n)), 2000),
    "action id": (
        lambda n: sb.ActionsBlock([sb.Button("x", "x" * n)]),
        lambda n: actions(button(action_id="x" * n)), 255),
    "image alt text": (
        lambda n: sb.ImageBlock("https://x.org/a.png", "x" * n),
        lambda n: {"type": "image", "image_url": "https://x.org/a.png", "alt_text": "x" * n},
        2000),
    "select options": (
        lambda n: sb.ActionsBlock([sb_select(sb_options(n, value=3))]),
        lambda n: actions(select(options(n, value=3), **HOLD)), 100),
    "option text": (
        lambda n: sb.ActionsBlock([sb_select(sb_options(1, text=n, value=3))]),
        lambda n: actions(select(options(1, text=n, value=3), **HOLD)), 75),
    "placeholder": (
        lambda n: sb.ActionsBlock([sb_select(sb_options(1, value=3), "x" * n)]),
        lambda n: actions(select(options(1, value=3), placeholder=plain("x" * n))), 150),
    "overflow options": (
        lambda n: sb.ActionsBlock([sb.OverflowMenu("a", sb_options(n, value=3))]),
        lambda n: actions({"type": "overflow", "action_id": "a", "options": options(n, value=3)}),
        5),
    "checkboxes": (
        lambda n: sb.ActionsBlock([sb.CheckboxGroup("a", sb_options(n, value=3))]),
        lambda n: actions(
            {"type": "checkboxes", "action_id": "a", "options": options(n, value=3)}), 10),
    "input label": (
        lambda n: sb.InputBlock("x" * n, sb.PlainTextInput("a")),
        lambda n: field(TEXT, label=plain("x" * n)), 2000),
    "input hint": (
        lambda n: sb.InputBlock("x", sb.PlainTextInput("a"), hint="x" * n),
        lambda n: field(TEXT, hint=plain("x" * n)), 2000),
    "longest input": (
        lambda n: sb.InputBlock("x", sb.PlainTextInput("a", max_length=n)),
        lambda n: field({**TEXT, "max_length": n}), 3000),
    "markdown": (
        lambda n: sb.MarkdownBlock("x" * n),
        lambda n: {"type": "markdown", "text": "x" * n}, 12_000),
    "table rows": (
        lambda n: sb.TableBlock([[sb.RawText("x")]] * n),
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}, 100),
    "table columns": (
        lambda n: sb.TableBlock([[sb.RawText("x")] * n]),
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}, 20),
}  # fmt: skip


def taken_by_slackblocks(build, number):
    try:
        build(number)
    except Exception:
        return False
    return True


@settings(deadline=None, max_examples=150)
@given(data=st.data(), name=st.sampled_from(sorted(RECIPES)))
def test_both_take_and_refuse_the_same_sizes(data, name):
    build, by_hand, limit = RECIPES[name]
    near = st.integers(limit - 2, limit + 2)
    number = data.draw(st.one_of(near, st.integers(1, limit + 50)))  # empties only we refuse
    assert taken_by_slackblocks(build, number) == (message_errors([by_hand(number)]) == [])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 110))
def test_both_take_and_refuse_the_same_modals(title, submit, blocks):
    def build(_):
        sb.Modal(title="x" * title, close="x", submit="x" * submit,
                 blocks=[sb.DividerBlock() for _ in range(blocks)])  # fmt: skip

    view = {
        "type": "modal",
        "title": plain("x" * title),
        "close": plain("x"),
        "submit": plain("x" * submit),
        "blocks": [{"type": "divider"}] * blocks,
    }
    if not submit or not blocks:
        return  # slackblocks reads an empty button as no button, and refuses empty modals
    assert taken_by_slackblocks(build, None) == (view_errors(view, kind="modal") == [])


def every_block():
    """One of each block the bot may use, built by slackblocks."""
    text = sb.RichText("x", bold=True)
    yield sb.SectionBlock("x", accessory=sb.Button("Go", "go", style="primary"))
    yield sb.SectionBlock("x", accessory=sb.Image("a", "https://x.org/a.png"))
    yield sb.RichTextBlock([sb.RichTextSection([text, sb.RichTextUser("U1")])])
    yield sb.RichTextBlock([sb.RichTextList("bullet", [sb.RichTextSection([text])], indent=1)])
    yield sb.RichTextBlock([sb.RichTextCodeBlock([text], 0), sb.RichTextQuote([text], 1)])
    yield sb.TableBlock([[sb.RawText("a")]], column_settings=[sb.ColumnSettings(align="right")])
    yield sb.DataTableBlock([[sb.RawText("a")], [sb.RawNumber(3, "3")]], caption="c")
    axes = sb.AxisConfig(["x"], x_label="day")
    line = sb.LineChart([sb.DataSeries("a", [sb.DataPoint("x", 1)])], axes)
    yield sb.DataVisualizationBlock("t", line)
    yield sb.DataVisualizationBlock("t", sb.PieChart([sb.ChartSegment("a", 1)]))
    yield sb.CardBlock(title="t", body="b", actions=[sb.Button("Go", "go2")])
    yield sb.ContainerBlock([sb.SectionBlock("x")], title="t")
    for element in (
        sb.StaticMultiSelectMenu("b", placeholder="p", options=sb_options(2, value=3)),
        sb.ExternalSelectMenu("c", placeholder="p", min_query_length=1),
        sb.UserSelectMenu("d", placeholder="p"),
        sb.ConversationSelectMenu("e", placeholder="p"),
        sb.DatePicker("f", initial_date="2026-01-01"),
        sb.TimePicker("g", initial_time="10:00"),
        sb.DateTimePicker("h", initial_datetime=1795791600),
        sb.RadioButtonGroup("i", sb_options(2, value=3)),
    ):
        yield sb.ActionsBlock([element])
        yield sb.InputBlock("l", element)
    yield sb.InputBlock("l", sb.NumberInput(is_decimal_allowed=True, action_id="n"))
    yield sb.InputBlock("l", sb.EmailInput("o"))
    yield sb.InputBlock("l", sb.URLInput("p"))
    yield sb.InputBlock("l", sb.RichTextInput("q"))
    yield sb.InputBlock("l", sb.FileInput("r", filetypes=["csv"], max_files=2))


def test_every_block_slackblocks_builds_is_taken():
    for block in every_block():
        raw = json.loads(json.dumps(block._resolve()))
        assert message_errors([raw]) == [], raw


@given(st.text(max_size=60))
def test_the_rich_text_of_typed_messages_is_valid_itself(typed):
    assert message_errors(Reader(default_workspace()).message(typed).blocks) == []
