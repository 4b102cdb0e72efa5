"""The standup trend: weeks, shares, and when it says that it goes somewhere."""

from datetime import date, timedelta

import pytest

from core.errors import Refused
from core.standups import trend
from core.standups.report import Entry
from core.standups.trend import Happened
from views.charts import draw
from views.standups.trend import trend as shown

TODAY = date(2026, 11, 25)  # a Wednesday
MONDAY = date(2026, 11, 2)  # four weeks with the running one


def week_of(number, states, *, standup="Standup", over=True):
    """A round on that week's Monday: somebody per state, U0, U1, …"""
    on = MONDAY + timedelta(weeks=number)
    return [
        Entry(on=on, standup=standup, user=f"U{n}", name=f"P{n}", state=state, over=over)
        for n, state in enumerate(states)
    ]


def of(*weeks, by_name=False, happened=None):
    entries = [entry for week in weeks for entry in week]
    return trend.of(entries, happened or Happened(), today=TODAY, weeks=4, by_name=by_name)


def said(found):
    text, blocks = shown(found)
    return f"{text}\n{blocks}"


@pytest.mark.parametrize(
    ("typed", "weeks"), [("", 4), ("4w", 4), ("last 8 weeks", 8), ("12", 12), ("26W", 26)]
)
def test_the_number_of_weeks_is_read_as_people_type_it(typed, weeks):
    assert trend.read(typed) == weeks


@pytest.mark.parametrize("typed", ["1w", "27w", "4d", "mood", "-4", "0"])
def test_what_is_no_number_of_weeks_is_refused(typed):
    with pytest.raises(Refused):
        trend.read(typed)


def test_skips_absences_and_answers_still_to_come_are_in_no_count():
    found = of(
        week_of(0, ["answered", "skipped", "away", "asked"]),
        week_of(3, ["answered", "asked", "due"], over=False),
    )
    assert [(w.share.answered, w.share.expected) for w in found.weeks] == [
        (1, 2), (0, 0), (0, 0), (1, 1),
    ]  # fmt: skip
    assert [w.over for w in found.weeks] == [True, True, True, False]
    assert "2 of 3 answered (67%)" in said(found)
    assert "no answer expected" in said(found)


def test_blockers_and_learnings_fall_into_their_weeks():
    days = Happened(opened=[MONDAY, date(2026, 11, 8)], closed=[TODAY], learned=[MONDAY, TODAY])
    found = of(week_of(0, ["answered"]), happened=days)
    assert [(w.opened, w.closed, w.learned) for w in found.weeks] == [
        (2, 0, 1), (0, 0, 0), (0, 0, 0), (0, 1, 1),
    ]  # fmt: skip
    assert "2 Nov: 2 opened, 0 closed · 1 learned" in said(found)


def test_one_finished_week_or_four_people_carry_no_statement():
    assert "Not enough data to say where it goes: 1 of 2" in said(of(week_of(0, ["answered"] * 9)))
    four = of(week_of(0, ["asked"] * 4), week_of(1, ["answered"] * 4))
    assert four.move.short == "4 of 5 people with answers in both halves"
    assert "Not enough data" in said(of())


def test_a_change_that_chance_explains_is_told_from_one_it_does_not():
    some = of(week_of(0, ["answered"] * 5 + ["asked"]), week_of(1, ["asked"] + ["answered"] * 5))
    assert (some.move.before, some.move.after, some.move.sure) == (83, 83, False)
    more = of(week_of(0, ["asked"] * 7 + ["answered"]), week_of(1, ["answered"] * 8))
    assert (more.move.before, more.move.after, more.move.sure) == (12, 100, True)
    assert "from 12% in the first half to 100% in the second" in said(more)
    one = of(week_of(0, ["answered"] * 5 + ["asked"]), week_of(1, ["answered"] * 6))
    assert (one.move.before, one.move.after, one.move.sure) == (83, 100, False)
    assert "chance alone can explain that" in said(one)
    same = of(week_of(0, ["answered"] * 5), week_of(1, ["answered"] * 5))
    assert not same.move.sure


def test_the_running_week_is_not_compared():
    found = of(
        week_of(0, ["answered"] * 5),
        week_of(1, ["answered"] * 5),
        week_of(3, ["answered"] + ["asked"] * 4, over=True),
    )
    assert (found.move.before, found.move.after) == (100, 100)


def test_people_are_named_for_leads_only_by_name_and_never_when_shared():
    weeks = (week_of(0, ["answered", "asked"]), week_of(1, ["answered", "answered"]))
    assert of(*weeks).people == ()
    found = of(*weeks, by_name=True)
    assert [(name, p.answered, p.expected) for name, p in found.people] == [
        ("P0", 2, 2), ("P1", 1, 2),
    ]  # fmt: skip
    assert "P1" in said(found)
    assert "P1" not in said(found.without_people())


def test_several_standups_have_a_line_each():
    both = [*week_of(0, ["answered", "asked"]), *week_of(0, ["answered"], standup="<!here> two")]
    text = said(of(both))
    assert "*Standup* 50% → – → – → –" in text
    assert "*&lt;!here&gt; two* 100% → –" in text


def test_a_name_ends_no_block_of_bars():
    entry = Entry(on=MONDAY, standup="S", user="U1", name="```<@U2>", state="answered", over=True)
    text = said(of([entry], by_name=True))
    assert "'''&lt;@U2&gt;" in text


def test_the_picture_takes_two_weeks_and_its_words_say_the_same():
    assert trend.chart(of(week_of(0, ["answered"]))) is None
    spec = trend.chart(of(week_of(0, ["answered"]), week_of(1, ["asked"])))
    assert spec["weeks"][0] == ["2 Nov", 1, 1, 0, 0, 0]
    assert "Week of Mon 2 Nov: 1 of 1 (100%) answered, 0 blockers opened" in spec["alt"]
    assert "Week of Mon 16 Nov: nothing answered" in spec["alt"]
    assert draw(spec).startswith(b"\x89PNG")
