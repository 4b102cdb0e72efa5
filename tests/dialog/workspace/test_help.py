"""Help: short, by role and topic, with the team's own ids."""

import pytest

from core.workspace import help as rules
from handlers.routes import table
from tests import seeded
from tests.experiments import write
from tests.standups import know, led_round, stuck
from tests.tickets import person_of

COMMANDS = table().commands()


def _lines(reply):
    return "\n".join(b["text"]["text"] for b in reply.blocks if "text" in b).splitlines()


def _led(talk):
    seeded.team(talk.engine, team_channel="CTEAM")
    talk.say("/exp leads add <@ULEE>", by="ULEE")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_of_at_most_twelve_lines(talk, command):
    lines = _lines(talk.say(f"{command} help"))
    assert 2 <= len(lines) <= 12
    assert f"`{command}" in "\n".join(lines)


@pytest.mark.parametrize("role", rules.ROLES)
def test_every_roles_page_has_at_most_twelve_lines_with_one_thing_a_line(talk, role):
    lines = _lines(talk.say(f"/exp help {role}"))
    assert 8 <= len(lines) <= 12
    assert lines[0].startswith(f"*{rules.title_of(role)}*")
    assert all(line.startswith("`/") and " · `/" not in line for line in lines[1:-1])
    assert lines[-1].startswith("More: `/exp help` and experiments")


def test_the_topics_together_name_every_verb_and_no_page_is_longer_than_twelve_lines(talk):
    topics = _lines(talk.say("/exp help"))[-1].split("; ")[0]
    names = topics.removeprefix("More: `/exp help` and ").split(" · ")
    pages = [_lines(talk.say(f"/exp help {name}")) for name in names]
    assert all(2 <= len(page) <= 12 for page in pages)
    shown = "\n".join(line for page in pages for line in page)
    for verb in talk.table.verbs:
        if verb.verb != "help":
            assert f"`{' '.join(filter(None, [verb.command, verb.verb]))}" in shown


def test_all_names_every_verb_of_exp_and_every_other_command(talk):
    reply = talk.say("/exp help all")
    shown = "\n".join(_lines(reply))
    assert len(_lines(reply)) <= 12
    for verb in talk.table.of("/exp"):
        if verb.verb not in ("", "help"):
            assert f"`/exp {verb.verb}" in shown
    for command in talk.table.commands():
        assert f"`{command}" in shown


def test_who_sets_up_leads_belongs_or_looks_on_reads_their_own_page(talk):
    assert "for who sets Assay up" in talk.say("/exp help", by="UANA").text
    _led(talk)
    assert "for a lead" in talk.say("/exp help", by="ULEE").text
    assert "for a team member" in talk.say("/exp help", by="UBEN").text
    talk.say("/need add Approve labels owner=<@UDANA> by=2026-12-04", by="ULEE")
    assert "for who reads and decides" in talk.say("/exp help", by="UDANA").text


def test_an_observer_reads_what_is_for_reading(talk):
    _led(talk)
    with seeded.db.transaction(talk.engine) as session:
        person_of(session, seeded.team_row(session), "UOBS", role="observer")
    assert "for who reads and decides" in talk.say("/exp help", by="UOBS").text


def test_leads_verbs_are_shown_to_leads_only(talk):
    assert "promote" in str(talk.say("/exp help decide", by="UBEN").blocks)
    _led(talk)
    assert "promote" not in str(talk.say("/exp help decide", by="UBEN").blocks)
    assert "promote" in str(talk.say("/exp help decide", by="ULEE").blocks)
    assert "admin" not in _lines(talk.say("/exp help", by="UBEN"))[-1]


def test_examples_use_the_readers_own_ticket_and_blocker_and_channel(talk):
    assert "EXP-042" in str(talk.say("/exp help experiments").blocks)
    led_round(talk)
    stuck(talk, by="UANA")
    write(talk, by="UANA")
    write(talk, by="UBEN", title="Second")
    assert "EXP-001" in str(talk.say("/exp help", by="UANA").blocks)
    assert "EXP-002" in str(talk.say("/exp help", by="UBEN").blocks)
    assert "EXP-042" not in str(talk.say("/exp help all", by="UBEN").blocks)
    assert "BLK-001 how" in str(talk.say("/blocker help", by="UANA").blocks)
    assert "channel is <#CTEAM>" in str(talk.say("/exp help", by="UANA").blocks)


def test_an_unknown_topic_is_refused_with_the_topics_there_are(talk):
    heard = talk.say("/exp help astrology").text
    assert heard.startswith("I have no help on “astrology”. Topics: experiments")


@pytest.mark.parametrize("word", ["help", "Help!", "`help`", "hilfe", "?"])
def test_the_word_alone_is_answered_alike_everywhere(talk, word):
    know(talk, {"UANA": ("Ana", "UTC")})
    told = _lines(talk.say("/assay help"))
    assert told[0].startswith("*Write to me as to a colleague")
    assert _lines(talk.write(word, channel="DANA"))[: len(told)] == told
    assert _lines(talk.mention(word)) == told
    assert _lines(talk.say(f"/assay {word}")) == told


def test_the_first_help_has_few_buttons_by_role(talk):
    led_round(talk)
    seen = {}
    for user in ("ULEE", "UBEN"):
        blocks = talk.write("help", by=user, channel=f"D{user[1:]}").blocks
        rows = [block["elements"] for block in blocks if block["type"] == "actions"]
        seen[user] = [one["text"]["text"] for row in rows for one in row]
    assert max(map(len, seen.values())) <= 4
    assert {"What needs a decision?", "Report a result…"} <= {*seen["ULEE"], *seen["UBEN"]}
    assert seen["ULEE"] != seen["UBEN"]


def test_the_word_with_a_topic_tells_of_that(talk):
    assert _lines(talk.write("help decide", channel="DANA"))[0].startswith("*Help on decide")


@pytest.mark.parametrize(
    ("text", "channel"), [("help", "CTEAM"), ("help me with the labels please", "DANA")]
)
def test_other_talk_about_help_passes_by(talk, text, channel):
    assert "Help for" not in talk.write(text, channel=channel).text


def test_asking_for_a_topic_is_no_answer_to_the_standup(talk):
    led_round(talk)
    assert _lines(talk.write("help decide", channel="DANA"))[0].startswith("*Help on decide")
    assert "0/3 in" in str(talk.say("/standup status").blocks)


def test_the_help_button_answers_too(talk):
    assert _lines(talk.press("help", "/exp")) == _lines(talk.say("/exp help"))


def test_help_on_home_opens_over_it_and_turns_to_a_topic(talk):
    shown = talk.press("help_open", view_type="home").modal
    assert "Help for who sets Assay up" in str(shown["blocks"][0])
    turned = talk.press("help_open", "decide", view_type="modal", view_id="V1").update
    assert "Help on decide" in str(turned["blocks"][0])
    again = talk.press("help_open", "start", view_type="modal", view_id="V1").update
    assert again == shown


def test_a_command_that_is_not_in_the_table_is_told_so(talk):
    assert talk.say("/retro now").text.startswith("I don't know `/retro`. `/exp help` lists")
