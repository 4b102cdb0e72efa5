"""The calendar under a new length, ceremonies, phases, worth, the template, healthy shares."""

from datetime import date, time, timedelta

import pytest

from core.errors import Refused
from core.experiments import worth
from core.experiments.sensitivity import power_on
from core.sprints import phase, retro, template
from core.sprints.phase_place import Gate, place
from core.sprints.plan import RATE, KindRecord, ranked, record_of, weigh
from core.sprints.setup import Slot, held_on, read, read_slot, read_split
from core.sprints.sprint import Calendar, Span
from core.stats.power import ExamplesNeeded, examples_for_change
from tests.sprints import idea
from tests.tickets import MONDAY

CALENDAR = Calendar(date(2026, 11, 23))


def _never(day):
    return False


def test_a_new_length_leaves_the_past_alone_and_goes_on_counting():
    new = CALENDAR.renewed(date(2027, 1, 4), 21, keep=2)
    assert [new.of(n) for n in (1, 2)] == [CALENDAR.of(n) for n in (1, 2)]
    assert new.of(3) == Span(3, date(2027, 1, 4), date(2027, 1, 24))
    assert new.at(date(2026, 12, 25)) is None  # the gap before the new start
    assert new.next_after(date(2026, 12, 25)).number == 3
    assert [span.number for span in new.closed(date(2026, 12, 25))] == [1, 2]
    again = new.renewed(date(2027, 1, 25), 7, keep=3)
    assert again.at(date(2027, 2, 1)) == Span(5, date(2027, 2, 1), date(2027, 2, 7))
    assert again.next_after(date(2026, 12, 7)).number == 3


def test_every_day_of_a_changed_calendar_lies_in_one_sprint():
    new = CALENDAR.renewed(date(2026, 12, 21), 7, keep=2)
    days = [CALENDAR.first + timedelta(days=n) for n in range(100)]
    for day in days:
        span = new.at(day)
        assert span is not None
        assert span.covers(day)
        assert new.of(span.number) == span


@pytest.mark.parametrize(
    ("kind", "slot", "expected"),
    [
        ("plan", Slot(0, time(10)), date(2026, 11, 23)),
        ("plan", Slot(2, time(10)), date(2026, 11, 25)),
        ("review", Slot(4, time(14)), date(2026, 12, 4)),
        ("retro", Slot(0, time(14)), date(2026, 11, 30)),
    ],
)
def test_planning_is_on_the_first_such_weekday_and_the_others_on_the_last(kind, slot, expected):
    assert held_on(CALENDAR.of(1), kind, slot, _never) == expected


def test_days_off_move_a_ceremony_past_the_weekend_or_away():
    friday = {date(2026, 12, 4), date(2026, 12, 3)}
    assert held_on(CALENDAR.of(1), "review", Slot(4, time(14)), friday.__contains__) == date(
        2026, 12, 2
    )
    first = {date(2026, 11, 27)}
    assert held_on(CALENDAR.of(1), "plan", Slot(4, time(9)), first.__contains__) == date(
        2026, 11, 30
    )
    assert held_on(CALENDAR.of(1), "plan", Slot(4, time(9)), lambda day: True) is None


@pytest.mark.parametrize("typed", ["fri 14:00", "Friday 14", "FRI 14.00", " fri  14:00 "])
def test_a_slot_is_read_as_people_write_it(typed):
    assert read_slot(typed) == Slot(4, time(14))


def test_the_phases_are_the_documents():
    seen = [(phase.recommended(w).name, phase.recommended(w).ratio) for w in (0, 4, 8, 12, 40)]
    assert seen == [
        ("Discovery", "90:10"),
        ("Convergence", "50:50"),
        ("Optimization", "10:90"),
        ("Productionization", "5:95"),
        ("Productionization", "5:95"),
    ]


def test_the_documents_weeks_shrink_or_stretch_to_a_deadline_and_say_how_far_it_is():
    start, ships = date(2026, 9, 14), date(2026, 11, 22)  # ten weeks, the document's canvas
    seen = [place(start, [], start + timedelta(weeks=w), ships) for w in (0, 2, 3, 5, 8, 20)]
    assert [one.phase.name for one in seen] == [
        "Discovery", "Discovery", "Convergence", "Optimization", "Productionization",
        "Productionization",
    ]  # fmt: skip
    assert [one.way for one in seen[:2]] == [0.1, 0.3]
    assert seen[-1].way == 1
    assert [one.phase_week for one in seen[:4]] == [1, 3, 1, 1]


@pytest.mark.parametrize("ships", [None, date(2026, 9, 14), date(2026, 1, 1)])
def test_without_a_deadline_after_the_start_the_calendar_decides(ships):
    found = place(date(2026, 9, 14), [], date(2026, 10, 12), ships)
    assert (found.phase.name, found.phase_week, found.deadline) == ("Convergence", 1, None)


def test_a_gate_decision_stands_against_the_deadline_too():
    gate = Gate("discovery", date(2026, 9, 21), "the data came late", "UANA", MONDAY)
    found = place(date(2026, 9, 14), [gate], date(2026, 11, 9), date(2026, 11, 22))
    assert (found.phase.name, found.due.name) == ("Discovery", "Productionization")


@pytest.mark.parametrize("one", phase.PHASES, ids=lambda p: p.name)
def test_a_suggested_split_is_whole_and_near_the_phases_ratio(one):
    split = phase.suggested_split(one)
    assert sum(split.values()) == 100
    assert min(split.values()) >= 0
    share = phase.explore_share(split)
    assert share is not None
    assert abs(100 * share - one.explore) < 4


def test_nothing_to_share_has_no_ratio():
    assert phase.explore_share({"data": 100}) is None


def test_a_setup_line_is_read_whatever_its_order():
    wish = read("retro=fri 15:00 weeks=2w capacity=5d plan=mon 10 start=2026-11-30")
    assert (wish.start, wish.weeks, wish.capacity) == (date(2026, 11, 30), 2, 120.0)
    assert wish.slots == {"retro": Slot(4, time(15)), "plan": Slot(0, time(10))}


def test_a_split_is_four_shares_of_a_hundred():
    assert read_split("60 / 20, 10%:10") == {
        "exploration": 60, "optimisation": 20, "data": 10, "ml_engineering": 10,
    }  # fmt: skip
    with pytest.raises(Refused, match="makes 90"):
        read_split("60/10/10/10")


def test_hours_of_work_have_days_of_eight_hours():
    assert worth.read("people_hours", "2d") == 16
    assert worth.read("people_hours", "16h") == 16
    assert worth.read("worth", "8/10") == 8
    assert worth.read("kind_of_work", "ML engineering") == "ml_engineering"


def test_cost_is_what_is_left_to_use_and_peoples_hours_at_a_rate():
    ticket = idea(1, gpu_budget=24.0, gpu_used=10.0, people_hours=3.0, worth=10)
    seen = weigh(ticket, KindRecord(0, 0), power=0.8, rate=RATE)
    assert seen.cost == 14 + 3 * RATE
    assert seen.assumed == ()
    # facts: p = 1/5, power 0.8, alpha 0.05 give 0.348 bits
    assert seen.score("learn") == pytest.approx(10 * 0.348 / 74, rel=2e-3)
    assert seen.score("earn") == pytest.approx(10 * 0.2 / 74)


def test_what_the_eval_cannot_see_drops_by_itself():
    sharp, blunt = (
        weigh(idea(2), KindRecord(0, 0), power=0.9),
        weigh(idea(1), KindRecord(0, 0), power=0.1),
    )
    assert [c.ticket.number for c in ranked([blunt, sharp], "learn")] == [2, 1]


def test_the_record_is_that_of_the_same_kind_of_work():
    found = {("data", "promoted"): 1, ("data", "killed"): 1, ("exploration", "killed"): 1}
    assert record_of("data", found) == KindRecord(1, 2)


def test_the_power_of_an_eval_set_agrees_with_the_examples_it_takes():
    ticket = idea(1, baseline=0.72, target=0.77)
    found = examples_for_change(0.05, accuracy=0.72)
    assert isinstance(found, ExamplesNeeded)
    assert power_on(ticket, found.paired) == pytest.approx(0.8, abs=0.002)
    assert power_on(idea(1, metric="latency", baseline=900.0, target=500.0), 100) is None


def test_the_template_covers_the_ten_working_days_of_a_sprint():
    days = template.days_of(CALENDAR.of(1))
    assert [one.on.weekday() for one in days] == [0, 1, 2, 3, 4] * 2
    assert days[4].part.title == "eval freeze"
    assert days[9].part.items[1] == "Retro: what eval gaps did we discover?"
    assert template.misfit(CALENDAR.of(1)) == ""
    assert "two weeks" in template.misfit(Calendar(date(2026, 11, 23), 21).of(1))


@pytest.mark.parametrize(
    ("before", "since", "word"),
    [(1, 2, "few"), (2, 18, "better"), (18, 2, "worse"), (8, 9, "no clear change")],
)
def test_hypotheses_get_better_only_when_the_range_says_so(before, since, word):
    half = 20 if word != "few" else 5
    assert retro.better((before, half), (since, half)).word == word
