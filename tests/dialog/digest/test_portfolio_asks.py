"""What teams ask of leadership, in the portfolio: first, summed up, with its buttons, live."""

from tests.portfolios import (
    FRIDAY_FOUR,
    KEY,
    VISION,
    another,
    asked,
    at,
    kept,
    now_says,
    pages,
    posted,
    scene,
)


def test_what_is_asked_stands_first_with_sums_and_buttons_of_the_team_that_asks(talk):
    scene(talk)
    asked(talk)
    at(talk, FRIDAY_FOUR)
    text = posted(talk).payload["text"]
    assert text.index("Waiting for a decision") < text.index("Vision —") < text.index("Support —")
    assert "2 decisions needed, the first by Fri 4 Dec" in text
    assert "$12,000 asked for, in 1 decision" in text
    assert "2 people asked for, in 1 decision" in text
    assert "Lena asks UDANA: “Approve 4 more A100s ($12k)”, by Fri 4 Dec. Otherwise" in text
    assert "“Approve 4 more A100s” — <@ULENA> (“$12k”)" in str(posted(talk).payload["blocks"])
    rows = [b for b in posted(talk).payload["blocks"] if b["type"] == "actions"]
    assert [row["block_id"] for row in rows] == ["team2.need1", "team2.need2"]
    assert talk.sent("need:1") == []  # no message of its own beside it


def test_a_decision_is_made_there_and_shown_there(talk):
    scene(talk)
    asked(talk)
    at(talk, FRIDAY_FOUR)
    talk.press("need_decide_0", "1|Approve", by="UDANA", channel="CEXEC", team_id=VISION)
    talk.submit_open({"why": "Go"}, by="UDANA")
    assert "Need 1: Approved by <@UDANA>" in now_says(talk)
    rows = [b for b in talk.sent(f"edit:{KEY}")[0].payload["blocks"] if b["type"] == "actions"]
    assert [row["block_id"] for row in rows] == ["team2.need2"]
    assert len(kept(talk)) == 1  # the figures of that Friday stay as they were


def test_who_asks_back_is_heard_in_its_thread(talk):
    scene(talk)
    asked(talk)
    at(talk, FRIDAY_FOUR)
    talk.press("need_discuss", "1", by="UDANA", channel="CEXEC", team_id=VISION)
    talk.submit_open({"text": "Why not two?"}, by="UDANA")
    below = [row for row in talk.sent("need:1:talk:") if row.thread_of]
    assert [row.thread_of for row in below] == [KEY]


def test_ten_teams_are_still_one_message_that_slack_takes(talk):
    scene(talk)
    for number in range(8):
        another(talk.engine, f"Team {number} “92%” <!here>")
    asked(talk)
    at(talk, FRIDAY_FOUR)
    assert posted(talk).payload["text"].startswith("10 teams:")
    assert "<!here>" not in now_says(talk)
    assert len(pages(talk)) == 10
