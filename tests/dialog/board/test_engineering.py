"""/eng: engineering tickets, from a line or a form to done."""

import json

import pytest

from tests.experiments import bring

LINE = (
    "/eng new Quantize the reranker type=optimization artifact=rerank-v3 latency=p95 < 200 ms "
    "cost=$0.002 per request box=1w"
)


def blocks(reply):
    return str(reply.blocks)


@pytest.fixture
def team(talk):
    """A team with a channel, a lead (ULEE), and EXP-001 in hypothesis, Ana's."""
    talk.say("/exp setup", by="ULEE")
    talk.submit_open({"team_channel": "CTEAM"}, by="ULEE")
    bring(talk, "hypothesis")
    return talk


def test_without_a_ticket_the_list_says_how_to_start(talk):
    assert talk.say("/eng").text.startswith("No engineering ticket open.")
    assert "eng_new" in blocks(talk.say("/eng list mine"))


def test_one_line_writes_a_ticket_with_every_field(team):
    reply = team.say(f"{LINE} owner=<@UBEN> blocks=EXP-001")
    assert reply.text == "ENG-001 is written and waits in todo."
    seen = blocks(team.say("/eng ENG-001"))
    for words in ("optimization", "rerank-v3", "target p95 &lt; 200 ms", "$0.002 per request",
                  "<@UBEN>", "7 days", "EXP-001"):  # fmt: skip
        assert words in seen
    line = team.sent("eng:1:ENG-001")[0].payload
    assert line["text"] == "ENG-001 is new (optimization), by <@UANA>, owner <@UBEN>"
    assert "ENG-001" in team.say("/eng list mine", by="UBEN").blocks[1]["text"]["text"]
    assert "No engineering ticket of yours" in team.say("/eng list mine").text


def test_a_title_alone_opens_the_form(team):
    team.say("/eng new Canary for the reranker")
    reply = team.submit_open({"kind": "deployment", "experiments": "1"})
    assert reply.text == "ENG-001 is written and waits in todo."
    assert "Canary for the reranker" in blocks(reply)


def test_the_experiment_s_card_says_what_it_waits_for_until_the_last_is_closed(team):
    team.say(f"{LINE} blocks=EXP-001")
    team.say("/eng new Serving type=infra blocks=EXP-001")
    assert "*Waits for ENG-001, ENG-002*" in blocks(team.say("/exp EXP-001"))
    team.say("/eng done ENG-001 measured latency=180ms cost=$0.001 per request")
    assert team.sent("freed:") == []
    done = team.say("/eng done ENG-002")
    done = team.submit_open({})
    assert done.text == "ENG-002 is done (was in todo). EXP-001 waits for nothing now."
    assert "Waits for" not in blocks(team.say("/exp EXP-001"))
    told = team.sent("freed:")
    assert [row.channel for row in told] == ["UANA"]
    assert told[0].payload["text"] == "EXP-001 waits for nothing any more: ENG-002 is closed"


def test_a_data_card_that_is_last_tells_the_owner_too(team):
    from tests.databoard import road, write

    write(team, experiments="1")
    assert "Waits for DATA-001" in blocks(team.say("/exp EXP-001"))
    road(team)
    assert [row.channel for row in team.sent("freed:")] == ["UANA"]


def test_done_below_a_target_needs_a_reason(team):
    team.say(LINE)
    missed = team.say("/eng done ENG-001 measured latency=250ms cost=$0.001 per request")
    assert missed.text == (
        "ENG-001 is not done yet: latency 250ms misses p95 < 200 ms. Write `/eng done ENG-001 "
        "measured latency=… cost=…`, or add `why=` and a reason."
    )
    silent = team.say("/eng done ENG-001 measured latency=0.15s")
    assert "cost is not measured (target $0.002 per request)" in silent.text
    odd = team.say("/eng done ENG-001 measured latency=180 cost=40 EUR a month")
    assert "cannot be compared" in odd.text
    done = team.say("/eng done ENG-001 measured latency=250ms cost=$0.002 why=the GPU is old")
    assert done.text.startswith("ENG-001 is done")
    assert "is done, without showing a target" in team.sent("eng:1:ENG-001")[-1].payload["text"]
    assert "the GPU is old" in blocks(team.say("/eng ENG-001"))


def test_it_moves_and_its_box_begins_with_the_work(team):
    team.say(LINE)
    assert "not begun" in blocks(team.say("/eng ENG-001"))
    assert team.say("/eng move 1 doing").text == "ENG-001 moved from todo to doing."
    assert "ends Sun 29 Nov" in blocks(team.say("/eng ENG-001"))
    assert team.say("/eng move 1 to in progress").text == "ENG-001 is in doing already."
    team.later(days=8)
    assert "over its box" in blocks(team.say("/eng"))
    assert team.press("eng_move", "1 review").text == "ENG-001 moved from doing to review."
    assert "latency" in str(team.say("/eng move 1 done").modal)


def test_a_change_is_taken_back_within_ten_minutes_with_what_was_told(team):
    team.say("/eng new Serving type=infra blocks=EXP-001")
    team.say("/eng done ENG-001 ready")
    undone = team.say("/eng undo")
    assert undone.text == "ENG-001: “done” is undone. It is in todo."
    assert "ENG-001 is done" in team.sent("edit:eng:1")[0].payload["text"]
    again = team.sent("edit:freed:")[0].payload["text"]
    assert again == "EXP-001 waits again for ENG-001: closing was undone"
    assert team.say("/eng undo ENG-001").text.startswith("That change") is False
    team.say("/eng move 1 doing")
    team.later(minutes=11)
    assert "more than 10 minutes old" in team.say("/eng undo").text
    assert "(undone)" in blocks(team.say("/eng history ENG-001"))


def test_nobody_undoes_what_others_did_or_changed_since(team):
    team.say("/eng new Serving type=infra")
    moved = team.say("/eng move 1 doing")
    value = next(b["value"] for b in moved.blocks[-1]["elements"] if b["action_id"] == "eng_undo")
    assert "only they can undo it" in team.press("eng_undo", value, by="ULEE").text
    team.say("/eng move 1 review", by="ULEE")
    assert "was changed since, by ULEE" in team.press("eng_undo", value).text
    team.say("/eng new More type=infra")
    assert "creating is not undone" in team.say("/eng undo ENG-002").text


def test_only_its_people_and_leads_change_it(team):
    team.say(f"{LINE} owner=<@UBEN>")
    assert "its owner, who wrote it, or a lead can move it" in (
        team.say("/eng move 1 doing", by="UCEM").text
    )
    assert "can close it" in team.say("/eng done 1 why=x", by="UCEM").text
    for who in ("UBEN", "ULEE", "UANA"):
        assert "Nothing to change" not in team.say("/eng link 1 EXP-001", by=who).text or who
    assert team.say("/eng link 1 1").text == "Nothing to change: ENG-001 blocks EXP-001."
    assert team.say("/eng unlink 1 EXP-001").text == "ENG-001 blocks no experiment."


def test_whoever_it_is_not_about_changes_it_by_no_way(team):
    team.say(LINE)
    typed = ("edit 1", "move 1 doing", "done 1 why=x", "link 1 EXP-001", "unlink 1 EXP-001")
    heard = [team.say(f"/eng {line}", by="UBEN").text for line in typed]
    pressed = (("eng_edit", "1"), ("eng_done", "1"), ("eng_move", "1 doing"))
    heard += [team.press(button, value, by="UBEN").text for button, value in pressed]
    for form, values in (
        ("eng_form", {"title": "Mine now", "kind": "infra"}),
        ("eng_done_form", {"why": "I say so"}),
    ):
        heard.append(str(team.send(form, values, "UBEN", meta={"number": 1}).errors))
    assert [text for text in heard if "its owner, who wrote it, or a lead can" not in text] == []
    assert "created" in blocks(team.say("/eng history 1"))
    assert "moved" not in blocks(team.say("/eng history 1"))


def test_two_who_edit_at_once_the_second_hears_who_was_first(team):
    team.say(LINE)
    team.say("/eng edit 1", by="ULEE")
    form = team.replies[-1].modal
    team.say("/eng edit 1")
    assert team.submit_open({"title": "Distil the reranker"}).text == "ENG-001 saved."
    late = team.send(form["callback_id"], {"title": "x", "kind": "infra"}, "ULEE",
                     meta=json.loads(form["private_metadata"]))  # fmt: skip
    assert "ENG-001 was changed by UANA meanwhile (edited)." in str(late.errors)
    team.say("/eng edit 1")
    assert team.submit_open({}).text == "Nothing to change: ENG-001 is as it was."


def test_a_closed_form_is_offered_again(team):
    team.close("eng_form", {"title": "Half a thought"})
    assert "Half a thought" in str(team.say("/eng new").modal)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/eng ENG-009", "There is no ENG-009. `/eng list all` shows all."),
        ("/eng move", "Which ticket? Write `/eng move ENG-003 review`"),
        ("/eng move x doing", "“x” is no engineering ticket. Write it like ENG-003 or 3."),
        ("/eng move 1 soon", "“soon” is no status. Write one of todo, doing, review, done."),
        ("/eng move 1", "No status is named."),
        ("/eng new type=infra", "What is to be done?"),
        (
            "/eng new Serving type=research",
            "“research” is no type: there are infra, optimization, deployment.",
        ),
        (
            "/eng new Serving latency=200ms",
            "It has no type: there are infra, optimization, deployment.",
        ),
        ("/eng new Serving type=infra latency=fast", "names no latency to measure against"),
        ("/eng new Serving type=infra latency=>20ms", "is an upper limit"),
        ("/eng new Serving type=infra owner=Ben", "“Ben” is not one person I know."),
        ("/eng new Serving type=infra blocks=EXP-099", "There is no EXP-099."),
        ("/eng new Serving type=infra box=soon", "“soon” is no length of time."),
        ("/eng link 1", "Which experiments?"),
        ("/eng lnk 1", "Did you mean `/eng link`?"),
        ("/eng list attic", "I don't know “attic” there. Write one of mine, open, all."),
        ("/eng undo", "You have not changed an engineering ticket that could be undone."),
    ],
)
def test_wrong_input_is_one_sentence_with_what_to_type(team, line, said):
    team.say("/eng new First type=infra", by="ULEE")
    assert said in team.say(line).text


def test_done_twice_is_told(team):
    team.say("/eng new Serving type=infra")
    assert team.say("/eng done 1 ready").text == "ENG-001 is done (was in todo)."
    assert team.say("/eng done 1 ready").text.startswith("ENG-001 is done already.")
    assert team.say("/eng move 1 done").text.startswith("ENG-001 is done already.")


@pytest.mark.parametrize("id_", ["ENG-001", "eng1", "Eng-1", "1", "eng 1", "001"])
def test_ids_are_forgiving(team, id_):
    team.say("/eng new Serving type=infra")
    assert "Serving" in blocks(team.say(f"/eng show {id_}"))


def test_many_come_ten_at_a_time_and_foreign_words_cannot_ping(team):
    for n in range(12):
        team.say(f"/eng new <!channel> {n} type=infra artifact=<!here> <@UBEN>")
    page = team.say("/eng")
    assert "Next 2" in blocks(page)
    assert "Earlier" in blocks(team.press("eng_page", "open|10"))
    for reply in (page, team.say("/eng 1"), team.say("/eng history 1")):
        assert "<!channel" not in blocks(reply)
        assert "<!here" not in blocks(reply)
        assert "<@UBEN" not in blocks(reply)


def test_home_and_planning_show_them(team):
    team.say("/eng new Serving type=infra blocks=EXP-001")
    home = str(team.event("app_home_opened", {"tab": "home"}).home)
    assert "My engineering tickets" in home
    assert "*ENG-001* Serving · todo · infra · <@UANA> · blocks EXP-001" in home
    assert "waits for ENG-001" in blocks(team.say("/sprint plan"))
    assert "waits for ENG-001" in blocks(team.say("/board"))
    team.say("/eng done 1 ready")
    assert "My engineering" not in str(team.event("app_home_opened", {"tab": "home"}).home)
