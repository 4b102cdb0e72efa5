"""What wrong answers cost: the formula as typed, and the facts that follow from it."""

from datetime import UTC, datetime, timedelta

import pytest

from core import facts
from core.digest import money
from core.digest.money import Formula, Kept
from core.digest.sheet import sheet
from core.errors import Refused
from core.experiments.headline import Headline, InProduction
from core.experiments.metric import Metric
from services.llm import narrate
from tests.weeks import FORMULA, NOW, live, looks, past, promoted, week
from views.digest import money as view

TYPED = {"reach": "100%", "customers": "7,000", "low": "9.50", "likely": "$11.5", "high": "13.7",
         "currency": "USD", "period": "week"}  # fmt: skip


def _head(value: float, direction: str = "higher", name: str = "accuracy") -> Headline:
    live = InProduction(looks(value)[0], 3, NOW)
    return Headline(Metric(name, 0.92, direction), current=value, via=3, live=live)


def _text(*experiments, **given) -> str:
    return narrate.plain(sheet(week(*experiments, **given))).text


def test_the_formula_is_read_as_people_type_it():
    assert money.read(TYPED, "accuracy") == FORMULA
    typed = TYPED | {"customers": "7k", "reach": "40", "low": "€9.50", "currency": "EUR"}
    found = money.read(typed, "accuracy")
    assert (found.customers, found.reach, found.currency) == (7000, 0.4, "EUR")
    assert money.read(TYPED | {"reach": "0.4"}, "accuracy").reach == 0.4
    assert money.read(TYPED | {"reach": "0.5%"}, "accuracy").reach == 0.005


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"reach": "140%"}, "reach", "not between 0 and 100%"),
        ({"reach": "0"}, "reach", "not between 0 and 100%"),
        ({"reach": ""}, "reach", "The share of wrong answers that reach a customer is missing"),
        ({"customers": "0"}, "customers", "at least one customer"),
        ({"customers": "lots"}, "customers", "“lots” is no number of customers"),
        ({"customers": "-5"}, "customers", "is no number of customers"),
        ({"customers": "10%"}, "customers", "is no number of customers"),
        ({"customers": "99999m"}, "customers", "cannot be right"),
        ({"likely": "0", "low": "0"}, "likely", "costs nothing"),
        ({"low": "12"}, "low", "out of order: 12, 11.5, 13.7"),
        ({"high": "11"}, "high", "out of order"),
        ({"likely": "1 + 1"}, "likely", "is no most likely cost"),
    ],
)
def test_nonsense_is_refused_at_its_field(changed, field, said):
    with pytest.raises(Refused, match=said) as refusal:
        money.read(TYPED | changed, "accuracy")
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("head", "share"),
    [
        (_head(0.883), 0.117),
        (_head(0.13, "lower", "error rate"), 0.13),
        (_head(0.883, name="F1"), None),
        (_head(0.13, "lower", "word error rate"), None),
        (_head(0.02, name="accuracy gain"), None),
        (_head(88.3), None),
        (Headline(Metric("accuracy", 0.92)), None),
        (Headline(Metric("accuracy", 0.92), current=0.883, via=3), None),
    ],
)
def test_only_what_a_lead_confirmed_tells_how_many_answers_are_wrong(head, share):
    assert money.wrong_share(head, None) is None  # a name is no confirmation
    found = money.wrong_share(head, None, ("Accuracy", "error rate"))
    assert found == (None if share is None else pytest.approx(share))


def test_a_confirmed_formula_vouches_for_a_metric_of_any_name():
    formula = Formula("F1", 1.0, 100, 1, 1, 1)
    assert money.wrong_share(_head(0.883, name="F1"), formula) == pytest.approx(0.117)
    assert money.wrong_share(_head(0.883, name="F2"), formula) is None


def test_the_digest_says_what_wrong_answers_cost_with_their_parents():
    made = sheet(week(live(3, 0.883), formula=FORMULA))
    by = {fact.kind: fact for fact in made.facts}
    assert by["wrong"].shown == "12 of 100 customers get a wrong answer"
    assert by["cost"].shown == "about $9,400 a week"
    assert by["cost range"].shown == "between $7,800 and $11,200 a week"
    assert by["cost"].value == pytest.approx(0.117 * 7000 * 11.5)
    assert by["wrong"].parents == (by["headline"].id,)
    assert by["cost"].parents == (by["wrong"].id, by["formula"].id)
    assert by["gap"].shown == "3.7 points to go"
    assert by["gap"].parents == (by["headline"].id,)


def test_without_a_formula_there_is_no_money_and_nobody_speaks_of_customers():
    text = _text(live(3, 0.883), wrong_by=["accuracy"])
    assert "12 of 100 answers are wrong." in text
    assert "customers" not in text
    assert "$" not in text


def test_a_formula_for_another_metric_is_not_used():
    other = Formula("recall", 1.0, 7000, 1, 2, 3)
    assert "customers" not in _text(live(3, 0.883), formula=other)


def test_where_lower_is_better_the_metric_itself_counts_the_wrong_ones():
    one = live(3, 0.13, metric="error rate", direction="lower", target=0.05)
    formula = Formula("error rate", 0.5, 1000, 2, 2, 2, "EUR", "month")
    text = _text(one, metric=Metric("error rate", 0.05, "lower"), formula=formula)
    assert "6 of 100 customers get a wrong answer, about €130 a month." in text
    assert "between" not in text


def test_few_wrong_answers_are_told_of_a_thousand():
    text = _text(live(3, 0.998, target=0.999), formula=FORMULA)
    assert "2 of 1,000 customers get a wrong answer" in text


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ((7781, 9418, 11220), (7800, 9400, 11200)),
        ((0.08, 11.4, 130), (0, 11, 130)),
        ((0.1, 0.123, 0.2), (0.1, 0.12, 0.2)),
        ((0, 0, 0), (0, 0, 0)),
        ((99, 100, 101.4), (100, 100, 100)),
    ],
)
def test_a_cost_is_no_more_exact_than_it_is_known(exact, shown):
    assert money.rounded(exact) == pytest.approx(shown)


def test_the_formula_survives_being_kept():
    assert money.from_settings(money.as_settings(FORMULA) | {"by": "U1"}) == FORMULA
    assert money.from_settings(None) is None
    assert money.read(view.given(FORMULA), "accuracy") == FORMULA


def test_a_formula_for_a_metric_that_is_no_longer_the_headline_says_so():
    kept = Kept(FORMULA, "UANA", datetime(2026, 11, 23, tzinfo=UTC), _head(0.9, name="F1"))
    assert view.shown(kept)[0] == (
        "The digest shows no cost: the formula is for accuracy, the headline metric is F1."
    )


def test_the_sheets_hash_is_the_same_for_the_same_week_and_follows_every_figure():
    one, again = (sheet(week(live(3, 0.883), formula=FORMULA)) for _ in range(2))
    dearer = sheet(week(live(3, 0.883), formula=Formula("accuracy", 1.0, 7000, 9.5, 11.6, 13.7)))
    hashes = [facts.freeze(made)[1] for made in (one, again, dearer)]
    assert hashes[0] == hashes[1] != hashes[2]
    assert facts.thaw(facts.freeze(one)[0]) == one
    assert "12 of 100" in _text(live(3, 0.883), earlier=[past(0.86)], wrong_by=["accuracy"])


def test_of_a_candidate_no_wrong_answer_is_counted_and_what_is_in_production_is_said():
    text = _text(promoted(3, 0.883), formula=FORMULA)
    assert text.startswith("88.3% / 92% accuracy (candidate) — ")
    assert "No deployment is recorded yet." in text
    assert "customers" not in text
    assert "$" not in text


def test_beside_a_better_candidate_the_customers_are_those_of_what_is_in_production():
    text = _text(live(3, 0.861), promoted(4, 0.883), live(5, 0.87, deploy_status="rolled back"),
                 formula=FORMULA, earlier=[past(0.87)])  # fmt: skip
    assert text.splitlines()[:2] == [
        "88.3% / 92% accuracy (candidate) — on track: up from 87% to 88.3% since Fri 20 Nov.",
        "In production is 86.1%. 14 of 100 customers get a wrong answer, about $11,000 a week. "
        "The cost is between $9,000 and $13,000 a week.",
    ]


def test_a_target_that_only_a_candidate_meets_is_told_so():
    text = _text(live(3, 0.861), promoted(4, 0.93), earlier=[past(0.861)],
                 wrong_by=["accuracy"])  # fmt: skip
    assert "93% / 92% accuracy (candidate) — on track: target reached by a candidate, up" in text
    assert "In production is 86.1%. 14 of 100 answers are wrong." in text


def test_of_two_that_are_live_the_last_one_counts_and_the_other_is_an_earlier_model():
    first, last = NOW - timedelta(days=30), NOW - timedelta(days=2)
    text = _text(live(3, 0.883, live_since=first), live(4, 0.861, live_since=last))
    assert text.startswith("88.3% / 92% accuracy (earlier model) — ")
    assert "In production is 86.1%." in text
