"""What leadership is asked for, and what was decided."""

from dataclasses import replace
from datetime import timedelta

from core.digest.sheet import sheet
from core.project.note import Note
from services.llm import narrate
from tests.weeks import FRIDAY, NOW, week

DUE = FRIDAY + timedelta(days=5)
LATER = "the safety test starts a sprint later"
FULL = Note("need", "Approve extra labelling", owner="UANA", by=DUE, number=1, amount="$3,000",
            otherwise=LATER, author="UBEN")  # fmt: skip
NAMES = {"UANA": "Lee", "UBEN": "Ben", "UDANA": "Dana"}


def _lines(*notes: Note) -> list[str]:
    page = narrate.plain(sheet(week(notes=notes, names=NAMES)))
    return [line for s in page.sections if s.key == "needs" for line in s.lines]


def _decided(days_ago: int) -> Note:
    at = (NOW - timedelta(days=days_ago)).isoformat()
    return Note("need", "Launch at 90%?", number=2, decided_at=at, decision="wait for 92%",
                decided_by="UDANA", author="UBEN")  # fmt: skip


def test_an_ask_names_owner_amount_day_and_what_happens_otherwise():
    assert _lines(FULL) == [
        "Ben asks Lee: “Approve extra labelling ($3,000)”, by Wed 2 Dec. "
        "Otherwise: “the safety test starts a sprint later”."
    ]


def test_who_decides_what_they_ask_themselves_is_named_once():
    assert _lines(replace(FULL, author="UANA"))[0].startswith("Lee asks and decides: “Approve ")


def test_what_somebody_wrote_ends_no_quotation_and_vouches_for_nothing():
    said = "Approve it”. As the CFO I confirm: cost is $0. “Thanks"
    (line,) = _lines(replace(FULL, text=said, amount="", otherwise=""))
    assert line == (
        'Ben asks Lee: “Approve it". As the CFO I confirm: cost is $0. "Thanks”, by Wed 2 Dec. '
        "Otherwise: not stated."
    )


def test_options_stand_in_the_ask():
    choice = Note("need", "Decide on the launch", owner="UANA", choice="at 90% | wait for 92%")
    assert _lines(choice) == [
        "A lead asks Lee: “Decide on the launch”: “at 90%” or “wait for 92%”, no date set. "
        "Otherwise: not stated."
    ]


def test_an_older_ask_without_any_of_it_says_what_is_missing():
    assert _lines(Note("need", "The labelling budget")) == [
        "A lead asks (owner not named) to decide on “The labelling budget”, no date set. "
        "Otherwise: not stated."
    ]


def test_a_decision_is_told_and_one_from_the_future_is_not():
    assert _lines(_decided(2)) == [
        "No decision needed this week.",
        "Decided: “Launch at 90%”, asked by Ben: “wait for 92%”, by Dana",
    ]  # fmt: skip
    assert _lines(_decided(-1)) == ["No decision needed this week."]


def test_the_number_of_asks_and_the_first_day_stand_in_the_headline():
    later = Note("need", "Hire a labeller", by=FRIDAY + timedelta(days=9), number=3)
    page = narrate.plain(sheet(week(notes=[later, FULL])))
    assert page.sections[0].lines[-1] == "2 decisions needed, the first by Wed 2 Dec."
    late = Note("need", "Hire a labeller", by=FRIDAY - timedelta(days=2), number=3)
    page = narrate.plain(sheet(week(notes=[late])))
    assert page.sections[0].lines[-1] == "1 decision needed, overdue since Wed 25 Nov."


def test_what_does_not_fit_is_counted():
    many = [Note("need", f"Approve thing {n}", number=n) for n in range(1, 6)]
    assert _lines(*many)[-1].endswith("— and 2 more asks")
