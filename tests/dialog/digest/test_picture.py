"""Pictures on request, and in the thread of a posted digest."""

from datetime import UTC, datetime, timedelta

import pytest

from core.drift.compare import ColumnDrift
from core.drift.serial import rows_as_json
from core.experiments.measurement import Measurement
from jobs.digest import digest as digest_job
from jobs.digest import picture as job
from models import db
from models.drift.drift import DriftPush, DriftSource
from services.digest import picture
from tests import seeded
from tests.conversation import START
from tests.forecasts import in_sprint, risen
from tests.weeks import NOW, experiment, killed
from views.charts import draw

FRIDAY_FOUR = datetime(2026, 11, 27, 16, tzinfo=UTC)


def _ticket(number=42, reports=3):
    looks = tuple(
        Measurement(NOW - timedelta(days=6 - n), 0.8 + 0.02 * n, 5.0 * n, "", "UANA")
        for n in range(reports)
    )
    return experiment(number, measurements=looks, gpu_used=10.0)


def test_one_experiments_chart_comes_by_direct_message_with_its_facts(talk):
    seeded.tickets(talk.engine, _ticket())
    heard = talk.say("/exp chart EXP-042", by="UBEN")
    told = "EXP-042: accuracy 80% → 82% → 84%, target 92%; 10 of 24 GPU-hours used (42%)."
    assert heard.text == told
    (row,) = talk.sent("picture:")
    assert (row.channel, row.payload["charts"][0]["alt"]) == ("UBEN", told)
    assert draw(row.payload["charts"][0]).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/exp chart", "Which experiment?"),
        ("/exp chart many", "is no experiment id"),
        ("/exp chart 7", "There is no EXP-007."),
        ("/exp chart 42", "EXP-042 has 1 report, and a chart takes two."),
        ("/drift chart", "No source is watched for drift yet."),
        ("/phase chart", "The project has not started"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_to_do(talk, said, heard):
    if not said.startswith("/phase"):
        seeded.tickets(talk.engine, _ticket(reports=1))
    assert heard in talk.say(said).text
    assert talk.sent("picture:") == []


def test_the_split_over_the_phases_is_drawn_for_whoever_asks_and_shared_by_a_button(talk):
    seeded.tickets(talk.engine, _ticket())
    heard = talk.say("/phase chart", by="UBEN")
    (row,) = talk.sent("picture:")
    assert (row.channel, row.payload["charts"][0]["alt"]) == ("UBEN", heard.text)
    assert heard.text.startswith("Recommended explore:exploit by the calendar. Discovery")
    assert "90:10" in heard.text
    assert "ML engineering 55%" in heard.text
    assert draw(row.payload["charts"][0]).startswith(b"\x89PNG")
    assert talk.press("picture_share", "phase").text == "Shared in this channel."


def test_share_puts_the_picture_into_the_thread_of_its_facts(talk):
    seeded.tickets(talk.engine, _ticket())
    heard = talk.press("picture_share", "exp 42")
    assert (heard.text, heard.replace) == ("Shared in this channel.", True)
    post, drawn = talk.sent("share:")
    assert (post.channel, drawn.thread_of) == ("CTEAM", post.key)
    assert "shared here already" in talk.press("picture_share", "exp 42").text
    assert "too old" in talk.press("picture_share", "exp x").text
    assert "too old" in talk.press("picture_share", "").text


def _source(engine, name: str, *weeks_ago: int) -> None:
    with db.transaction(engine) as session:
        theirs = seeded.team_row(session)
        source = DriftSource(
            team_id=theirs.id, name=name, key=name.casefold(), reference_at=START,
            reference_by="UANA", reference_sha256="r", created_at=START,
        )  # fmt: skip
        session.add(source)
        session.flush()
        for weeks in weeks_ago:
            columns = [ColumnDrift("age", "ALERT" if weeks else "OK", "", psi=0.1 + weeks / 9)]
            at = START - timedelta(weeks=weeks)
            session.add(DriftPush(
                source_id=source.id or 0, role="current", at=at, received_at=at, by="UANA",
                rows=500, sha256=f"{name}{weeks}", columns=rows_as_json(columns), status="OK",
            ))  # fmt: skip


@pytest.mark.parametrize("said", ["chart", "chart CUSTOMERS", "customers chart"])
def test_a_sources_weeks_are_drawn_with_their_verdicts(talk, said):
    _source(talk.engine, "customers", 2, 1, 0, 9)
    heard = talk.say(f"/drift {said}")
    assert heard.text == "Drift of customers, by week. Week of Mon 23 Nov: age OK (PSI 0.1)."
    (row,) = talk.sent("picture:")
    assert row.payload["charts"][0]["weeks"] == ["9\nNov", "16\nNov", "23\nNov"]
    assert talk.press("picture_share", "drift customers").replace


def test_of_several_sources_one_has_to_be_named(talk):
    _source(talk.engine, "customers", 0)
    _source(talk.engine, "prod/requests", 10)
    assert "Which source? Write `/drift NAME chart`" in talk.say("/drift chart").text
    assert "I watch no source called “x”" in talk.say("/drift x chart").text
    assert "Nothing was judged for prod/requests in 8 weeks" in (
        talk.say("/drift prod/requests chart").text
    )


@pytest.fixture
def friday(talk):
    """A team with a history, and its digest posted."""
    risen(talk.engine, digest_channel="CEXEC")
    seeded.tickets(talk.engine, _ticket(), killed(43, "x", measurements=_ticket().measurements))
    talk.now = FRIDAY_FOUR
    talk.run(digest_job.post_due)
    return talk


def test_the_digests_thread_gets_one_reply_with_its_pictures_and_once(friday):
    friday.run(job.attach_due)
    friday.later(minutes=1)
    friday.run(job.attach_due)
    (row,) = friday.sent(":pictures")
    assert (row.kind, row.thread_of) == ("picture", "digest:1:2026-W48")
    assert [chart["kind"] for chart in row.payload["charts"]] == ["cone", "progress", "burn"]
    for chart in row.payload["charts"]:
        assert draw(chart).startswith(b"\x89PNG")
        assert len(chart["alt"]) > 40


def test_a_digest_with_too_little_to_draw_gets_no_pictures(talk):
    seeded.team(talk.engine, digest_channel="CEXEC")
    talk.now = FRIDAY_FOUR
    talk.run(digest_job.post_due)
    talk.run(job.attach_due)
    assert talk.sent("digest:")
    assert talk.sent(":pictures") == []


def test_an_old_digest_gets_no_pictures_any_more(friday):
    friday.later(days=2)
    friday.run(job.attach_due)
    assert friday.sent(":pictures") == []


def test_pictures_that_cannot_be_made_leave_the_digest_alone_and_are_not_tried_again(
    friday, caplog
):
    seeded.team(friday.engine, settings={"sprint_from": "no day"})
    friday.run(job.attach_due)
    friday.run(job.attach_due)
    assert caplog.text.count("pictures of the digest of team 1 failed") == 1
    assert len(friday.sent("digest:1:2026-W48")) == 1


def test_what_comes_after_the_digest_is_not_in_its_pictures(friday):
    seeded.tickets(friday.engine, in_sprint(6, 0.91, number=50, decided_at=FRIDAY_FOUR))
    friday.later(minutes=5)
    late = in_sprint(6, 0.915, number=51, decided_at=friday.now)
    seeded.tickets(friday.engine, late)
    friday.run(job.attach_due)
    progress = friday.sent(":pictures")[0].payload["charts"][1]
    assert progress["line"][-1][1] == 0.91


def test_two_processes_attach_them_once(friday):
    assert picture.attach_due(friday.lab, 1, friday.now)
    assert not picture.attach_due(friday.lab, 1, friday.now)
