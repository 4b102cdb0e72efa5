"""Zones as people type them, and public holidays."""

from datetime import date
from zoneinfo import available_timezones

import pytest

from core import holiday
from core.errors import Refused
from core.standups.locale import zone_named


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("Tokyo", "Asia/Tokyo"),
        ("los angeles", "America/Los_Angeles"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_understood_in_any_case_and_by_its_city(typed, zone):
    assert zone_named(typed) == zone


@pytest.mark.parametrize(
    "typed", ["EST", "CET", "GMT+2", "Mars/Base", "../etc/passwd", "", "a" * 999]
)
def test_what_is_no_place_is_refused(typed):
    with pytest.raises(Refused, match="is no time zone I know"):
        zone_named(typed)


def test_a_near_miss_is_guessed():
    with pytest.raises(Refused) as refusal:
        zone_named("Europe/Berln")
    assert "Europe/Berlin" in refusal.value.hint


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Oslo", "NO"),
        ("Asia/Calcutta", "IN"),
        ("US/Pacific", "US"),
        ("America/Los_Angeles", "US"),
        ("UTC", ""),
        ("Mars/Base", ""),
    ],
)
def test_a_zone_lies_in_a_country(zone, country):
    assert holiday.country_of(zone) == country


def test_every_zone_of_a_place_has_a_country_and_none_breaks_the_calendar():
    regions = ("Europe/", "America/", "Asia/", "Africa/", "Australia/", "Pacific/")
    zones = [zone for zone in available_timezones() if zone.startswith(regions)]
    assert sum(bool(holiday.country_of(zone)) for zone in zones) / len(zones) > 0.98
    for country in {holiday.country_of(zone) for zone in zones}:
        holiday.name_of(country, date(2026, 12, 25))


def test_holidays_are_the_countrys_and_its_parts():
    assert holiday.name_of("US", date(2026, 11, 26)).startswith("Thanksgiving")
    assert holiday.name_of("DE", date(2026, 3, 8)) == ""
    assert holiday.name_of("DE-BE", date(2026, 3, 8)) == "Women's Day"
    assert holiday.name_of("none", date(2026, 12, 25)) == ""
    assert holiday.name_of("", date(2026, 12, 25)) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("de", "DE"), ("de-be", "DE-BE"), ("DE BE", "DE-BE"), ("auto", ""), ("None", "none")],
)
def test_a_country_is_kept_by_its_code(typed, kept):
    assert holiday.known(typed) == kept


@pytest.mark.parametrize(
    ("typed", "heard"),
    [("Atlantis", "no holidays of “ATLANTIS”"), ("DE-XX", "no part “XX” of DE"), ("", "of “”")],
)
def test_an_unknown_country_or_part_is_refused(typed, heard):
    with pytest.raises(Refused) as refusal:
        holiday.known(typed)
    assert heard in refusal.value.message
