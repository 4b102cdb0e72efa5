"""Profiles that are not taken, hostile names, and what is handed out."""

from datetime import timedelta

import numpy as np
import pytest

from core.drift.profile import profile
from core.drift.source import Pushed
from core.errors import NotFound, Refused
from services.drift import drift
from tests import seeded
from tests.conversation import TEAM
from tests.drifts import REFERENCE, reference


@pytest.fixture
def watched(talk):
    """A team that watches `customers`."""
    seeded.team(talk.engine, team_channel="CTEAM")
    push(talk, reference())
    return talk


def push(talk, pushed):
    return drift.push(talk.lab, seeded.team(talk.engine), pushed)


def test_hostile_names_are_shown_and_not_interpreted(watched):
    name = "`<!channel>` *x*"
    ages = np.random.default_rng(1).normal(size=200)
    before = profile({name: ages})
    push(watched, reference("other", profile=before))
    gone = {"y": before[name]}
    push(watched, Pushed("other", "current", gone, None, "<!here>"))
    sent = watched.sent("drift:")[0].payload
    assert "<!channel>" not in str(sent)
    assert "&lt;!channel&gt;" in sent["text"]


@pytest.mark.parametrize(
    ("pushed", "said"),
    [
        (reference("my source"), "cannot name a source"),
        (reference("help"), "cannot name a source"),
        (reference(profile={}), "has no columns"),
        (reference(profile=profile({"a": [1.0] * 10})), "reference of 10 rows"),
        (reference(profile={f"c{i}": REFERENCE["plan"] for i in range(2001)}), "2,001 columns"),
    ],
)
def test_what_cannot_be_watched_is_refused(talk, pushed, said):
    with pytest.raises(Refused, match=said):
        push(talk, pushed)


def test_rows_from_the_future_are_refused(talk):
    with pytest.raises(Refused, match="in the future"):
        push(talk, reference(at=talk.now + timedelta(days=1)))


def test_the_reference_is_handed_out_as_it_came(watched):
    assert drift.reference(watched.lab, TEAM, "Customers") == REFERENCE
    with pytest.raises(NotFound, match="No source is called “x”"):
        drift.reference(watched.lab, TEAM, "x")
