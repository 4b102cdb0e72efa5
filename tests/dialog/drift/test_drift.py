"""/drift: what people type and what they hear."""

import numpy as np
import pytest

from core.drift.profile import profile, profile_like
from core.drift.source import Pushed
from services.drift import drift
from tests import seeded
from tests.conversation import TEAM
from tests.drifts import current, reference


def push(talk, pushed):
    return drift.push(talk.lab, seeded.team(talk.engine), pushed)


@pytest.fixture
def watched(talk):
    """A team that watches `customers`, whose ages have changed."""
    seeded.team(talk.engine, team_channel="CTEAM")
    push(talk, reference())
    push(talk, current(age=9))
    return talk


@pytest.fixture
def wide(talk):
    """A source of 23 columns, two of which have changed."""
    rng = np.random.default_rng(7)
    before = profile({f"f{n:02d}": rng.normal(size=300) for n in range(23)})
    after = {name: rng.normal(size=300) + (2 if name in ("f05", "f11") else 0) for name in before}
    push(talk, reference("wide", profile=before))
    push(talk, Pushed("wide", "current", profile_like(before, after), None, "ci"))
    return talk


def test_before_the_first_push_one_hears_how_to_begin(talk):
    heard = talk.say("/drift")
    assert heard.text == "No source is watched for drift yet."
    assert "`assay drift push FILE.csv --source customers`" in str(heard.blocks)


def test_the_list_shows_the_worst_source_first(watched):
    push(watched, reference("apples"))
    heard = watched.say("/drift").text.splitlines()
    assert heard[1].startswith("`customers`: ALERT (`age`), 500 rows of")
    assert heard[2] == "`apples`: NOT JUDGED, only its reference was pushed so far"


def test_after_one_ok_push_what_drifted_is_not_over_yet(watched):
    push(watched, current(seed=9))
    heard = watched.say("/drift").text
    assert "`customers`: OK, 500 rows" in heard
    assert heard.endswith("`age` not recovered before two OK pushes in a row")


def test_a_source_is_shown_by_column_with_its_figures(watched):
    heard = watched.say("/drift Customers")
    assert "1 ALERT · 2 OK of 3 columns. Inputs changed; check labels and evals." in heard.text
    head, age = heard.text.splitlines()[1:3]
    assert head.split() == ["column", "verdict", "PSI", "chance", "p_BH", "n"]
    assert age.startswith("age     ALERT")
    assert age.endswith("&lt;0.001  1,000 / 500")
    assert "Reference: 1,000 rows of" in str(heard.blocks)
    assert "retrain" not in str(heard)


def test_the_documents_psi_stands_beside_ours_and_is_labelled(watched):
    heard = watched.say("/drift customers document")
    head, age, *_ = heard.text.splitlines()[1:]
    assert head.split() == ["column", "document", "PSI", "ours", "PSI", "chance"]
    assert age.split()[:2] == ["age", "ALERT"]
    assert "plan    NOT COMPUTABLE  –" in heard.text
    assert "By the source document's rule" in str(heard.blocks)
    assert "retrain" not in str(heard)


def test_the_documents_rule_alarms_on_chance_where_ours_does_not(talk):
    rng = np.random.default_rng(3)
    before = profile({f"f{n}": rng.normal(size=60) for n in range(5)})
    after = profile_like(before, {name: rng.normal(size=60) for name in before})
    push(talk, reference("small", profile=before))
    push(talk, Pushed("small", "current", after, None, "ci"))
    last = drift.seen(talk.lab, TEAM, "small").last
    assert any(one.status == "ALERT" for one in last.document)
    assert last.status == "OK"


def test_ten_columns_are_shown_and_the_rest_by_button(wide):
    heard = wide.say("/drift wide")
    assert len(heard.text.splitlines()) == 12
    assert "Columns 1 to 10 of 23." in str(heard.blocks)
    turned = wide.press("drift_rows", "ours|20|wide")
    assert turned.replace
    assert "Columns 21 to 23 of 23." in str(turned.blocks)
    assert "Next 10" not in str(turned.blocks)
    assert "Columns 11 to 20" in str(wide.press("drift_rows_back", "document|10|wide").blocks)


def test_a_source_that_has_only_a_reference_says_so(talk):
    push(talk, reference())
    heard = talk.say("/drift customers").text
    assert heard == "`customers`: NOT JUDGED, only its reference was pushed so far."


def test_verdicts_against_a_replaced_reference_are_marked(watched):
    push(watched, reference(profile=profile({"age": list(range(100))})))
    assert "NOT JUDGED, the reference was replaced" in watched.say("/drift").text


def test_silence_is_told(watched):
    watched.later(days=9)
    assert "*nothing pushed for 9 days*" in watched.say("/drift").text


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/drift orders", "No source is called “orders”. There are `customers`."),
        ("/drift customers psi", "I don't know “psi” after the name of a source."),
        ("/drift &lt;!here&gt;", "No source is called “&lt;!here&gt;”."),
    ],
)
def test_what_is_wrong_is_refused_with_what_to_type(watched, said, heard):
    assert heard in watched.say(said).text


def test_nothing_watched_is_said_when_a_source_is_asked_for(talk):
    assert "Nothing is watched yet." in talk.say("/drift orders").text


def test_another_workspaces_sources_are_not_seen(watched):
    drift.push(watched.lab, seeded.team(watched.engine, "T0OTHER"), reference("theirs"))
    assert "theirs" not in watched.say("/drift").text


def test_many_sources_and_columns_stay_within_slacks_limits(talk):
    long = {f"{'x' * 150}{n}": values for n, values in enumerate(np.ones((400, 60)))}
    before = profile({"a": [1.0] * 60, **long})
    for n in range(35):
        push(talk, reference(f"{'s' * 70}{n}", profile=before))
    push(talk, Pushed(f"{'s' * 70}0", "current", {"b": before["a"]}, None, "ci"))
    talk.say("/drift")
    talk.say(f"/drift {'s' * 70}0")
    talk.say(f"/drift {'s' * 70}0 document")


def test_help_lists_what_can_be_typed(talk):
    assert "/drift [SOURCE] [document|chart]" in str(talk.say("/drift help").blocks)
