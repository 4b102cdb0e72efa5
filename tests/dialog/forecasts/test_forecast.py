"""/forecast: what people type and what they hear."""

from datetime import timedelta

import pytest

from core.experiments.measurement import Measurement
from jobs.digest import digest as digest_job
from jobs.forecasts import forecast as job
from tests import seeded
from tests.conversation import START
from tests.forecasts import in_sprint, risen
from tests.weeks import NOW, experiment


@pytest.fixture
def team(talk):
    """Five sprints with a gain each; the sixth begins today."""
    risen(talk.engine, digest_channel="CEXEC")
    return talk


def _table(reply):
    (block,) = [b for b in reply.blocks if b["type"] == "table"]
    return [[cell["text"] for cell in row] for row in block["rows"]]


def test_the_forecast_is_a_range_with_dates_and_says_what_it_assumes(team):
    heard = team.say("/forecast")
    assert heard.text.startswith("accuracy at 86% (candidate), target 92%: ")
    assert "likely by Sun 3 Jan (end of sprint 8)." in heard.text
    rows = _table(heard)
    assert [row[0] for row in rows] == ["Sprint", "6", "7", "8", "9", "10", "11"]
    assert rows[1][1] == "Sun 6 Dec"
    assert ["low confidence" in row[5] for row in rows[1:]] == [False] * 3 + [True] * 3
    small = str(heard.blocks)
    assert "the range assumes no breakthrough" in small
    assert "too few to be sure (0 of 10 ranges closed)" in small


def test_the_same_question_gets_the_same_answer_all_day_and_less_sprint_means_less_chance(team):
    first = team.say("/forecast")
    team.later(hours=5)
    assert team.say("/forecast", by="UBEN").text == first.text
    team.later(days=10)  # Thursday, the last working day but one of sprint 6
    chances = [_table(heard)[1][5] for heard in (first, team.say("/forecast"))]
    assert float(chances[1].rstrip("%")) < float(chances[0].rstrip("%")) / 2


def test_the_cone_comes_by_direct_message_with_its_facts_in_words(team):
    team.say("/forecast", by="UBEN")
    (row,) = team.sent("picture:")
    (chart,) = row.payload["charts"]
    assert (row.kind, row.channel, chart["kind"]) == ("picture", "UBEN", "cone")
    assert "accuracy is at 86% (candidate), the target is 92%. By Sun 3 Jan" in chart["alt"]
    assert len(chart["history"]) == 5


@pytest.mark.parametrize(
    ("values", "target", "heard"),
    [
        ((), 0.92, "NOT ENOUGH, no forecast: No result of accuracy has been evaluated yet."),
        ((0.8, 0.82), 0.92, "NOT ENOUGH, no forecast: 2 sprints with results so far"),
        ((0.8, 0.8, 0.8), 0.92, "STALLED, no forecast: No gain in 5 sprints"),
        (
            (0.8, 0.93),
            0.92,
            "REACHED: accuracy at 93% (candidate), target 92%. The target was reached in",
        ),
        ((0.8, 0.82, 0.84), 92.0, "INVALID, no forecast: Results and target are written in"),
        ((0.8, 0.82, 0.84), None, "No forecast: No target is set for accuracy."),
    ],
)
def test_without_a_range_it_says_why(talk, values, target, heard):
    risen(talk.engine, values, target=target)
    if len(values) == 2 and target == 0.92 and values[1] < 0.9:
        talk.now = START - timedelta(days=42)
    said = talk.say("/forecast")
    assert said.text.startswith(heard), said.text
    assert talk.sent("picture:") == []


def test_a_team_without_anything_hears_how_to_begin(talk):
    heard = talk.say("/forecast")
    assert heard.text == "No forecast: No experiment has a metric yet."
    assert "`/exp setup`" in str(heard.blocks)


def test_share_puts_it_into_the_channel_with_the_picture_in_the_thread_and_once(team):
    team.say("/forecast")
    heard = team.press("forecast_share", "headline", channel="CTEAM")
    assert (heard.text, heard.replace) == ("Shared in this channel.", True)
    post, picture = team.sent("share:")
    assert post.payload["text"].startswith("accuracy at 86%")
    assert "direct messages" not in str(post.payload["blocks"])
    assert picture.thread_of == post.key
    again = team.press("forecast_share", "headline", channel="CTEAM")
    assert again.text.startswith("This was shared here already.")
    assert team.press("forecast_share", "headline", channel="COTHER").replace


@pytest.mark.parametrize("what", ["show 42", "decided 3", "record", "document", "decided "])
def test_everything_can_be_shared(team, what):
    seeded.tickets(team.engine, experiment(42))
    assert team.press("forecast_share", what).text == "Shared in this channel."
    assert len(team.sent("share:")) == 1


@pytest.mark.parametrize("what", ["", "nonsense", "show x", "decided x"])
def test_a_button_that_names_nothing_known_is_refused(team, what):
    assert not team.press("forecast_share", what).replace
    assert team.sent("share:") == []


def test_decisions_ahead_have_three_dates(team):
    heard = team.say("/forecast decided 3").text
    by = "likely by Sun 3 Jan (sprint 8)"
    assert heard == f"3 more decisions: 95% {by}."
    assert team.say("/forecast decided 1").text.startswith("1 more decision: 95% likely")
    assert team.say("/forecast decided").text.startswith("10 more decisions")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (
            "/forecast decided many",
            "“many” is no number of decisions.",
        ),
        ("/forecast decided 0", "I can count 1 to 1000 decisions ahead."),
        ("/forecast decided 9999999", "I can count 1 to 1000 decisions ahead."),
        ("/forecast decided -1", "“-1” is no number"),
        ("/forecast decided ²", "is no number of decisions"),
        ("/forecast EXP-099", "There is no EXP-099."),
        ("/forecast show", "Which experiment?"),
        ("/forecast show many", "is no experiment id"),
        ("/forecast recrod", "Did you mean `/forecast record`?"),
    ],
)
def test_what_is_wrong_is_refused_with_what_to_type(team, said, heard):
    assert heard in team.say(said).text


def test_a_young_team_has_no_pace(talk):
    heard = talk.say("/forecast decided 5").text
    assert heard.startswith("NOT ENOUGH, no date for 5 more decisions: 0 of 3 sprints are over")


def _running(number=42, values=(0.70, 0.78, 0.80, 0.81), **given):
    looks = tuple(
        Measurement(NOW - timedelta(days=9 - n), value, 4.0 * (n + 1), "", "UANA")
        for n, value in enumerate(values)
    )
    return experiment(
        number, **({"measurements": looks, "gpu_used": 4.0 * len(values), "target": 0.9} | given)
    )


def test_one_experiments_curve_says_the_most_it_can_reach(team):
    seeded.tickets(team.engine, _running(target=0.98))
    heard = team.say("/forecast EXP-042")
    assert heard.text.startswith("EXP-042: accuracy ≥ 0.98 is out of reach. Best 0.81 after 67%")
    assert "not what to expect" in str(heard.blocks)
    seeded.tickets(team.engine, _running(43, target=0.82))
    assert "is still within reach" in team.say("/forecast 43").text


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"target": None}, "It has no target."),
        ({"target": 0.8}, "It has reached its target."),
        ({"gpu_budget": 0.0}, "It has no GPU budget"),
        ({"values": (0.7, 0.71)}, "2 of 3 results that stand apart"),
        ({"gpu_budget": 36.0}, "44% of its budget is used; curves are judged from 50% on."),
        ({"stage": "killed", "outcome": "killed"}, "It is closed (killed)"),
        ({"gpu_budget": 12.0}, "133% of its budget is used, so nothing is ahead of it."),
    ],
)
def test_a_curve_that_says_nothing_is_told_with_its_reason(team, given, why):
    values = given.pop("values", (0.70, 0.78, 0.80, 0.81))
    seeded.tickets(team.engine, _running(values=values, **given))
    heard = team.say("/forecast EXP-042").text
    assert heard.startswith("EXP-042 has no forecast: ")
    assert why in heard


def test_the_documents_eta_bears_its_name_and_stands_beside_the_range(team):
    heard = team.say("/forecast document")
    assert heard.text == "The source document's ETA: ~1.7 sprints (until Sun 20 Dec)."
    assert "Ours: accuracy at 86%, target 92%: " in str(heard.blocks)


@pytest.mark.parametrize(
    ("values", "target", "heard"),
    [
        ((0.8,), 0.9, "none. It takes two sprints with results."),
        ((0.8, 0.8), 0.9, "none. There has been no gain"),
        ((0.8, 0.95), 0.9, "the target is reached."),
        ((0.8, 0.85), None, "none. No target is set for accuracy."),
    ],
)
def test_the_documents_eta_says_when_there_is_none(talk, values, target, heard):
    risen(talk.engine, values, target=target)
    heard_now = talk.say("/forecast document").text
    assert heard_now.startswith(f"The source document's ETA: {heard}")


def test_the_record_is_empty_until_the_first_range_closes(team):
    heard = team.say("/forecast record")
    assert heard.text == ("No range has closed yet: too few to be sure (0 of 10 ranges closed).")


def test_posted_ranges_are_kept_scored_and_told(team):
    for sprint in range(6, 18):
        team.later(days=4)
        _friday(team)
        seeded.tickets(team.engine, in_sprint(sprint, 0.86 + 0.003 * (sprint - 5)))
        team.later(days=10)
        team.run(job.close_due)
    heard = team.say("/forecast record")
    assert heard.text.startswith(
        "12 of 12 earlier ranges held; “nothing changes” was right never."
    )
    assert len(_table(heard)) == 9
    said = str(heard.blocks)
    assert "*One sprint ahead*: held 12 of 12" in said
    assert "*3 sprints ahead*: held" in said
    assert "no change" in said
    assert "12 of 12 earlier ranges held" in str(team.say("/forecast").blocks)


def _friday(team) -> None:
    hour = team.now
    team.now = hour.replace(hour=20)
    team.run(digest_job.post_due)
    team.now = hour


def test_help_lists_what_it_can_do(team):
    heard = str(team.say("/forecast help").blocks)
    assert all(word in heard for word in ("decided", "record", "document", "EXP-042"))


def test_an_uneven_pace_gives_several_dates_and_says_what_this_sprint_has_decided(team):
    extra = [in_sprint(s, 0.7, number=30 + n) for n, s in enumerate((2, 2, 4))]
    seeded.tickets(team.engine, *extra, in_sprint(6, 0.7, number=40, decided_at=START))
    heard = team.say("/forecast decided 8")
    assert heard.text == (
        "8 more decisions: 50% likely by Sun 14 Feb (sprint 11), 85% likely by Sun 28 Feb "
        "(sprint 12), 95% likely by Sun 14 Mar (sprint 13)."
    )
    assert "(1, 3, 1, 2, 1), drawn again and again; on top of the 1 of sprint 6" in str(
        heard.blocks
    )
    assert "50% likely only after 26 sprints." in team.say("/forecast decided 900").text
