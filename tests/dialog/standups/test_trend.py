"""/standup trend: bars for one, the picture by direct message, shared without names."""

import pytest

from jobs.standups import standup as job
from tests.standups import led_round, next_day, ticket
from views.charts import draw

ANSWER = {"q0": "lr matters for EXP-042", "q1": "Distil it", "q2": "labels are late"}


def _shown(reply):
    return f"{reply.text}\n{reply.blocks}"


@pytest.fixture
def fortnight(talk_on_both):
    """Two weeks of a standup: Ana answers on both Mondays, Ben on the second, Cy skips both."""
    talk = led_round(talk_on_both)
    ticket(talk, 42)
    talk.press("standup_answer", "1", by="UANA")
    talk.submit_open(ANSWER)
    talk.press("standup_skip", "1", by="UCY")
    talk.later(days=6, hours=23)
    next_day_number = 2
    talk.later(hours=1)
    talk.run(job.run)
    talk.deliver()
    for who in ("UANA", "UBEN"):
        talk.press("standup_answer", str(next_day_number), by=who)
        talk.submit_open({"q0": "Batching helps", "q1": "x", "q2": "none"}, by=who)
    return talk


def _keep(talk, *answers):
    for answer in answers:
        assert talk.press("standup_keep", str(answer), by="UCY").text == ""


def test_the_trend_counts_what_counts_and_comes_with_a_picture(fortnight):
    _keep(fortnight, 1, 2)  # Ben's third answer says what Ana's second does
    shown = _shown(fortnight.say("/standup trend", by="UANA"))
    assert "Standup trend, 4 weeks since Mon 9 Nov: 3 of 4 answered (75%)" in shown
    assert "23 Nov  ▓▓▓▓▓░░░░░  50% 1/2" in shown
    assert "30 Nov… ▓▓▓▓▓▓▓▓▓▓ 100% 2/2" in shown
    assert "23 Nov: 1 opened, 0 closed · 1 learned" in shown
    assert "30 Nov so far: 0 opened, 1 closed · 1 learned" in shown
    assert "Not enough data to say where it goes" in shown
    assert "*People*" not in shown
    [row] = fortnight.sent("picture:")
    assert (row.channel, row.kind) == ("UANA", "picture")
    assert draw(row.payload["charts"][0]).startswith(b"\x89PNG")


def test_a_lead_sees_people_and_shares_without_them(fortnight):
    reply = fortnight.say("/standup trend 2w", by="ULEE")
    assert "Ben            ▓▓▓▓▓░░░░░  50% 1/2" in _shown(reply)
    assert "Cy             no answer expected" in _shown(reply)
    value = reply.blocks[-1]["elements"][0]["value"]
    shared = fortnight.press("standup_trend_share", value, by="ULEE")
    assert (shared.text, shared.replace) == ("Shared in <#CTEAM>.", True)
    assert "already" in fortnight.press("standup_trend_share", value, by="ULEE").text
    post, picture = fortnight.sent("trend:")
    assert post.channel == "CTEAM"
    assert "Shared by <@ULEE>" in str(post.payload)
    assert "Ben" not in str(post.payload)
    assert picture.thread_of == post.key


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("/standup trend 1w", "A trend takes 2 to 26 weeks."),
        ("/standup trend weekly", "“weekly” is no number of weeks."),
    ],
)
def test_what_is_no_time_is_refused(fortnight, line, heard):
    assert heard in fortnight.say(line).text
    assert "too old" in fortnight.press("standup_trend_share", "x").text


def test_strangers_see_no_trend_and_nothing_is_said_to_be_nothing(talk):
    assert "There is no standup here yet" in talk.say("/standup trend").text
    led_round(talk)
    assert "You are in no standup" in talk.say("/standup trend", "UZOE", channel="CX").text
    reply = talk.say("/standup trend", by="UANA", channel="DANA")
    assert "no answer was expected" in reply.text
    assert "standup_trend_share" not in str(reply.blocks)
    assert talk.sent("picture:") == []


def test_a_week_of_absences_is_no_hole_in_the_count(talk):
    led_round(talk)
    talk.say("/standup ooo until Friday", by="UBEN")
    talk.press("standup_skip", "1", by="UCY")
    next_day(talk)
    shown = _shown(talk.say("/standup trend", by="ULEE"))
    assert "0 of 1 answered (0%)" in shown
