import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.clock import SandboxClock
from sandbox.shapes import ControlError
from tests.sandboxed import MORNING


def local(clock: SandboxClock, tz: str) -> datetime:
    return clock.now().astimezone(ZoneInfo(tz))


def test_advancing_moves_the_clock_and_its_file(tmp_path):
    clock = SandboxClock(tmp_path / "clock", at=MORNING)
    before, start = clock.now(), clock.offset_s
    assert abs(before - MORNING) < timedelta(seconds=5)
    assert float((tmp_path / "clock").read_text()) == pytest.approx(start)
    clock.advance(3600)
    assert timedelta(hours=1) <= clock.now() - before < timedelta(hours=1, seconds=5)
    assert float((tmp_path / "clock").read_text()) == pytest.approx(start + 3600)
    assert list(tmp_path.iterdir()) == [tmp_path / "clock"]


@pytest.mark.parametrize("tz", ["America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland"])
def test_friday_1600_is_that_wall_time_in_the_zone_asked_for(tz):
    clock = SandboxClock(at=MORNING)
    clock.preset("friday 16:00", tz)
    moment = local(clock, tz)
    assert (moment.weekday(), moment.hour, moment.minute) == (4, 16, 0)


def test_the_same_preset_again_goes_to_the_next_week():
    clock = SandboxClock(at=MORNING)
    clock.preset("friday 16:00", "Europe/Berlin")
    first = clock.now()
    clock.preset("friday 16:00", "Europe/Berlin")
    assert abs((clock.now() - first) - timedelta(days=7)) < timedelta(hours=1, seconds=5)


def test_next_0900_is_within_a_day():
    clock = SandboxClock(at=MORNING)
    before = clock.now()
    clock.preset("next 09:00", "Asia/Tokyo")
    assert local(clock, "Asia/Tokyo").hour == 9
    assert timedelta() < clock.now() - before <= timedelta(days=1, seconds=5)


@pytest.mark.parametrize(
    ("step", "seconds"), [("+90m", 5400), ("+1h", 3600), ("+1d", 86400), ("+2w", 1209600)]
)
def test_steps_are_numbers_with_a_unit(step, seconds):
    clock = SandboxClock(at=MORNING)
    before = clock.offset_s
    clock.preset(step)
    assert clock.offset_s == before + seconds


def test_the_clock_goes_back_only_by_now():
    clock = SandboxClock(at=MORNING)
    clock.advance(1000)
    with pytest.raises(ControlError):
        clock.set(MORNING)
    with pytest.raises(ControlError):
        clock.advance(-1)
    clock.preset("now")
    assert clock.offset_s == 0.0


@pytest.mark.parametrize(
    ("name", "tz"),
    [("tomorrow", "UTC"), ("friday", "UTC"), ("next 25:00", "UTC"), ("+1y", "UTC"),
     ("next 09:00", "Mars/Base")],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(name, tz):
    with pytest.raises(ControlError, match=r"\.$"):
        SandboxClock(at=MORNING).preset(name, tz)


def test_a_time_without_offset_is_refused():
    with pytest.raises(ControlError):
        SandboxClock(at=MORNING).set(datetime(2040, 1, 1))


async def test_waiting_ends_when_the_clock_is_pushed_there():
    clock = SandboxClock(at=MORNING)
    waiting = asyncio.ensure_future(clock.until(clock.time() + 300))
    await asyncio.sleep(0)
    clock.advance(100)
    await asyncio.sleep(0)
    assert not waiting.done()
    clock.advance(300)
    await asyncio.wait_for(waiting, 2)
