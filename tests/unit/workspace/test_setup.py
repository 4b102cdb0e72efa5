"""The team's settings as typed."""

import pytest

from core.errors import Refused
from core.workspace import settings
from core.workspace.settings import Setup

FORM = {"zone": "Europe/Berlin", "digest_day": "mon", "digest_hour": "9"}


@pytest.mark.parametrize(
    ("typed", "targets", "kept", "shown"),
    [
        ("92%", {}, 0.92, "92%"),
        ("0.92", {}, 0.92, "0.92"),
        ("91.25%", {"accuracy": 0.9}, 0.9125, "91.25%"),
        ("92%", {"accuracy": 92.0}, 92.0, "92"),
        ("", {}, None, ""),
    ],
)
def test_a_target_is_kept_on_the_scale_of_the_experiments_and_shown_as_typed(
    typed, targets, kept, shown
):
    form = FORM | {"metric_name": " accuracy ", "metric_target": typed}
    read = settings.read(form, targets)
    assert (read.metric_name, read.metric_target, read.target_text) == ("accuracy", kept, shown)


def test_an_empty_form_means_the_usual_settings():
    assert settings.read({"zone": "UTC", "team_channel": None}, {}) == Setup()


@pytest.mark.parametrize("typed", ["S1 S2", "leads", "<!subteam^>", "s0abc", "U0ABC"])
def test_what_is_no_group_id_is_refused_under_its_field(typed):
    with pytest.raises(Refused) as refusal:
        settings.group(typed)
    assert refusal.value.field == "leads_group"


def test_a_zone_with_a_space_is_understood():
    assert settings.read(FORM | {"zone": " America/New York "}, {}).zone == "America/New_York"
