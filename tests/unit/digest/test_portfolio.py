"""The portfolio says nothing that is not on its sheet, and its sheet nothing the teams' do not."""

import random
import re
from datetime import date, timedelta

import pytest

from core import facts
from core.digest.page import LEFT_OUT, flat, untraced
from core.digest.portfolio import HELD, WORDS, Made, portfolio
from core.digest.portfolio_copies import Part
from core.digest.sheet import sheet
from core.facts import Sheet
from core.project.note import Note
from core.text import words_in
from sandbox.blocks.rules import message_errors
from tests.weeks import (
    FORMULA,
    FRIDAY,
    NOW,
    any_week,
    experiment,
    killed,
    live,
    past,
    week,
)  # fmt: skip
from views.digest import portfolio as view

SEEDS = range(60)


def _part(name: str, of, **more) -> Part:
    made = of if isinstance(of, Sheet) else sheet(of)
    return Part(name, made, facts.freeze(made)[1], **more)


def _made(*parts: Part) -> Made:
    return portfolio(parts, FRIDAY, NOW)


def _text(*parts: Part) -> str:
    return flat(_made(*parts).sections)


def _need(number: int, amount: str = "", by: date | None = date(2026, 12, 4)) -> Note:
    return Note("need", f"Decide on matter {number}", by=by, number=number, amount=amount)


def _any(seed: int) -> Made:
    names = ("Support", "Vision 92%", "Speech — live", "<!here> {F1}")
    return _made(*[_part(name, any_week(seed * 7 + n)) for n, name in enumerate(names)],
                 Part("Held", state=HELD, by="Lena 3"), Part("Late"))  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_any_teams_is_on_its_sheet(seed):
    made = _any(seed)
    text = flat(made.sections)
    assert untraced(text, made.sheet) == []
    assert LEFT_OUT not in text


@pytest.mark.parametrize("seed", SEEDS)
def test_one_changed_digit_anywhere_is_caught(seed):
    made = _any(seed)
    text = flat(made.sections)
    places = [m.start() for m in re.finditer(r"\d", text)]
    r = random.Random(seed)
    for place in r.sample(places, 10):
        digit = str((int(text[place]) + r.randint(1, 9)) % 10)
        corrupt = text[:place] + digit + text[place + 1 :]
        assert untraced(corrupt, made.sheet), corrupt


@pytest.mark.parametrize("seed", SEEDS)
def test_every_copy_says_what_the_teams_own_sheet_says(seed):
    weeks = [any_week(seed * 7 + n) for n in range(3)]
    parts = [_part(f"Team {n}", of) for n, of in enumerate(weeks)]
    origins = {p.sha256[:8]: {f.id: f for f in p.sheet.facts} for p in parts}
    made = _made(*parts)
    own = {fact.id: fact for fact in made.sheet.facts}
    for fact in made.sheet.facts:
        for parent in fact.parents:
            sha, _, id_ = parent.partition(":")
            if id_:
                origin = origins[sha][id_]
                assert (origin.shown, origin.value) == (fact.shown, fact.value)
            else:
                assert parent in own


def test_the_sheet_is_frozen_with_its_hash_and_comes_back_whole():
    made = _any(3).sheet
    plain, sha256 = facts.freeze(made)
    assert facts.thaw(plain) == made
    plain["facts"][0]["shown"] += "!"
    assert facts.fingerprint(plain) != sha256


def test_sums_are_facts_whose_parents_add_up_to_them():
    one = week(experiment(1, gpu_used=9.0), notes=[_need(1, "$12k"), _need(2, "2 people")])
    two = week(experiment(2, gpu_used=5.5), notes=[_need(3, "$3,000"), _need(4, "100 GPU-h")])
    made = _made(_part("Support", one), _part("Vision", two))
    own = {fact.id: fact for fact in made.sheet.facts}
    for kind, value in (("money", 15000), ("gpu", 100), ("people", 2), ("used", 14.5)):
        (total,) = made.sheet.of(f"total {kind}")
        assert total.value == value
        assert sum(own[parent].value for parent in total.parents) == value
    text = flat(made.sections)
    assert "• $15,000 asked for, in 2 decisions." in text
    assert "• 14.5 of 48 GPU-hours used by experiments under way." in text


def test_money_of_two_currencies_is_not_added_up():
    of = week(notes=[_need(1, "$12k"), _need(2, "€3k")])
    assert "• $12,000 asked for, in 1 decision.\n• €3,000 asked for, in 1 decision." in _text(
        _part("Support", of)
    )


def test_what_wrong_answers_cost_is_added_up():
    of = week(live(3, 0.883), earlier=[past(0.86)], formula=FORMULA)
    assert "Wrong answers cost about $19,000 a week." in _text(_part("A", of), _part("B", of))


def test_who_needs_a_decision_comes_first_and_the_nearest_before_the_later():
    good = week(live(3, 0.883), earlier=[past(0.86)])
    bad = week(live(3, 0.81), earlier=[past(0.86)])
    later = week(notes=[_need(1, by=date(2026, 12, 9))])
    soon = week(notes=[_need(2), _need(3)])
    text = _text(_part("Good", good), _part("Bad", bad), _part("Later", later),
                 _part("Soon", soon), Part("Absent"))  # fmt: skip
    order = [text.index(f"• {name} —") for name in ("Soon", "Later", "Bad", "Good", "Absent")]
    assert order == sorted(order)
    assert "by Fri 4 Dec. Otherwise: not stated. — and 1 more ask" in text
    assert text.startswith(
        "5 teams: 1 off track, 1 on track, 2 without enough data, 1 not posted. "
        "3 decisions needed, the first by Fri 4 Dec."
    )


def test_an_overdue_decision_says_so_at_the_top():
    of = week(notes=[_need(1, by=FRIDAY - timedelta(days=3))])
    assert "1 decision needed, overdue since Tue 24 Nov." in _text(_part("Support", of))


def test_a_leads_words_never_take_the_figures_and_the_health_away():
    of = week(live(3, 0.883), killed(2, "x"), earlier=[past(0.861)])
    said = "The best week ever (in the words of Ana)"
    assert (
        f"• Support — 88.3% / 92% accuracy — on track: {said}" in _text(
            _part("Support", of, said=said)).splitlines()
    )  # fmt: skip


def _team(number: int, *, asks: bool) -> Part:
    ask = Note("need", "Approve 4 more A100s for the nightly runs", owner="UANA", number=number,
               by=date(2026, 12, 4), amount="$12k", otherwise="we launch later")  # fmt: skip
    was = past(0.85 if number % 2 else 0.9)
    return _part(f"Team {number}", week(live(3, 0.86), earlier=[was], notes=[ask] * asks))


@pytest.mark.parametrize("teams", range(2, 21))
def test_several_teams_are_read_in_a_minute(teams):
    text = _text(*[_team(n, asks=n % 4 == 0) for n in range(teams)])
    assert words_in(text) <= WORDS
    assert all(f"Team {n}" in text for n in range(teams))
    asking = len(range(0, teams, 4))
    assert f"{asking} decision{'s' * (asking > 1)} needed, " in text


def test_the_more_teams_there_are_the_less_is_told_of_who_is_well():
    few, some, many = (
        _text(*[_team(n, asks=n % 4 == 0) for n in range(teams)]).splitlines()
        for teams in (3, 9, 20)
    )
    off, well = "86% / 92% accuracy — off track", "86% / 92% accuracy — on track"
    assert f"• Team 0 — {off}: down from 90% to 86% since Fri 20 Nov." in few
    assert any(line.startswith("A lead asks UANA: “Approve 4 more A100s") for line in few)
    assert f"• Team 0 — {off}: down from 90% to 86% since Fri 20 Nov." in some
    assert f"• Team 1 — {well}." in some
    assert f"• Team 0 — {off}." in many
    assert any(line.startswith("• On track: Team 1, Team 3, Team 5") for line in many)


def test_a_team_that_is_held_missed_or_late_has_a_line_that_says_so():
    text = _text(Part("A", state=HELD, by="Lena"), Part("B", state="missed"), Part("C"))
    assert "• A — held by Lena until it is released" in text
    assert "• B — was not posted this week." in text
    assert "• C — not posted yet" in text


@pytest.mark.parametrize("seed", SEEDS)
def test_slack_takes_it_and_nothing_foreign_is_interpreted(seed):
    made = _any(seed)
    shown = view.Shown(made.sections, (), "2026-W48", "a" * 64, False, NOW)
    text, blocks = view.posted(shown)
    assert message_errors(blocks) == []
    assert "<!here>" not in text + str(blocks)
