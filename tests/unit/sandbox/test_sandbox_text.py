import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.workspace.roster import default_workspace
from sandbox.workspace.text import Reader, escape, unescaped

READER = Reader(default_workspace())


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("hi @ana", "hi <@U0ANA>"),
        ("(@ana, @ben)", "(<@U0ANA>, <@U0BEN>)"),
        ("mail ana@ben.org", "mail ana@ben.org"),
        ("@nobody here", "@nobody here"),
        ("@here now", "<!here> now"),
        ("ask @ml-leads", "ask <!subteam^S0LEADS>"),
        ("see #standup", "see <#C0STANDUP|standup>"),
        ("issue #42", "issue #42"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("read https://x.org/a?b=1&c=2.", "read <https://x.org/a?b=1&amp;c=2>."),
        ("*bold* _it_ ~no~ `x<y`", "*bold* _it_ ~no~ `x&lt;y`"),
        ("2*3*4", "2*3*4"),
        ("snake_case_name", "snake_case_name"),
        (":tada: done", ":tada: done"),
        ("10:30:00", "10:30:00"),
        ("```\na<b\n```", "```\na&lt;b\n```"),
        ("open ``` fence", "open ``` fence"),
    ],
)
def test_typed_text_becomes_what_slack_stores(typed, text):
    assert READER.message(typed).text == text


def test_rich_text_names_people_and_keeps_foreign_text_literal():
    block = READER.message("hey @ana <script> #standup :wave:").blocks[0]
    (section,) = block["elements"]
    assert section["elements"] == [
        {"type": "text", "text": "hey "},
        {"type": "user", "user_id": "U0ANA"},
        {"type": "text", "text": " <script> "},
        {"type": "channel", "channel_id": "C0STANDUP"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "wave"},
    ]


def test_a_command_names_people_only_when_the_manifest_asks_to_escape():
    assert READER.command("EXP-1 @ana", should_escape=True) == "EXP-1 <@U0ANA|ana>"
    assert READER.command("EXP-1 @ana", should_escape=False) == "EXP-1 @ana"
    assert READER.command("a<b #standup", should_escape=True) == "a&lt;b <#C0STANDUP|standup>"


@given(st.text(max_size=80))
def test_no_typed_text_leaves_a_stray_sign(typed):
    assert unescaped(READER.message(typed).text) is None


@given(st.text(alphabet="ab &<>", max_size=40))
def test_a_rich_text_block_reads_back_as_typed(typed):
    blocks = READER.message(typed).blocks
    read = "".join(e["text"] for b in blocks for s in b["elements"] for e in s["elements"])
    assert read == typed


@pytest.mark.parametrize(
    "fine",
    ["a &amp; b", "<@U0ANA> <#C0STANDUP|standup>", "<!date^1787000000^{date}|x>", "> quoted",
     "<https://x.org|label>", "&gt; a", "<!subteam^S0LEADS>", "one\n> two"],
)  # fmt: skip
def test_control_sequences_and_quotes_are_no_stray_signs(fine):
    assert unescaped(fine) is None


@pytest.mark.parametrize("stray", ["a & b", "x <b>", "a -> b", "<!evil>", "&nbsp;"])
def test_stray_signs_are_found(stray):
    assert unescaped(stray)


def test_escaping_does_the_ampersand_first():
    assert escape("<&>") == "&lt;&amp;&gt;"
