"""/standup report: read by one, shared once, or taken along as a file."""

import csv
import io

import pytest

from jobs.standups import standup as job
from tests.standups import open_round, ticket

ANSWER = {"q0": "=lr matters for EXP-042", "q1": "Distil it", "q2": "labels are late"}


def _shown(reply):
    return f"{reply.text}\n{reply.blocks}"


@pytest.fixture
def week(talk):
    """Monday: Ana answers, Ben skips, Cy does not. Tuesday: Ana late, Ben; Cy is to go."""
    ticket(talk, 42)
    open_round(talk)
    talk.press("standup_answer", "1", by="UANA")
    talk.submit_open(ANSWER)
    talk.press("standup_skip", "1", by="UBEN")
    talk.later(days=1)
    talk.run(job.run)
    talk.deliver()
    talk.press("standup_answer", "2", by="UBEN")
    talk.submit_open({"q0": "batching <!here> helps", "q2": "none"}, by="UBEN")
    return talk


def test_todays_report_says_who_is_in_and_who_is_to_go(week):
    shown = _shown(week.say("/standup report", by="UCY"))
    assert "Standup report Tue 24 Nov: 1 of 1 answered (100%)" in shown
    assert "In: Ben\\nTo go: Ana, Cy" in shown
    assert "batching &lt;!here&gt; helps" in shown
    assert "*BLK-001* 1 d open · data, Ana: labels are late" in shown
    assert "Only you see this." in shown


def test_yesterdays_report_leaves_the_skipped_out_of_the_count(week):
    shown = _shown(week.say("/standup report yesterday"))
    assert "1 of 2 answered (50%)" in shown
    assert "In: Ana\\nNo answer: Cy\\nSkipped: Ben" in shown
    assert "batching" not in shown


def test_a_range_counts_per_person(week):
    shown = _shown(week.say("/standup report last 2w"))
    assert "Standup report Wed 11 Nov to Tue 24 Nov: 2 of 3 answered (67%)" in shown
    assert "Ana 1 of 1\\nBen 1 of 1 (1 skipped)\\nCy 0 of 1" in shown
    assert "2 rounds." in shown


def test_one_person_and_one_experiment_show_their_answers(week):
    shown = _shown(week.say("/standup report <@UANA>"))
    assert "Standup report Ana Wed 11 Nov to Tue 24 Nov: 1 of 1 answered" in shown
    assert "*Mon 23 Nov* =lr matters" in shown
    shown = _shown(week.say("/standup report EXP-042 2026-11-01..2026-11-30"))
    assert "Standup report EXP-042 Sun 1 Nov to Mon 30 Nov: 1 answer" in shown
    assert "*Mon 23 Nov* Ana: =lr matters" in shown
    assert "BLK-001" in shown


def test_it_is_shared_once_as_it_stands_now(week):
    reply = week.say("/standup report yesterday", by="UCY")
    value = reply.blocks[-1]["elements"][0]["value"]
    shared = week.press("standup_report_share", value, by="UCY")
    assert (shared.replace, shared.text) == (True, "Shared in <#CTEAM>.")
    assert "already" in week.press("standup_report_share", value, by="UCY").text
    [post] = week.sent("report:")
    assert post.channel == "CTEAM"
    assert "1 of 2 answered" in post.payload["text"]
    assert "Shared by <@UCY>" in str(post.payload["blocks"])
    assert "standup_report_share" not in str(post.payload["blocks"])


def test_what_was_asked_for_in_a_dm_is_shared_in_the_teams_channel(week):
    reply = week.say("/standup report", channel="DANA")
    value = reply.blocks[-1]["elements"][0]["value"]
    assert "<#CTEAM>" in week.press("standup_report_share", value, channel="DANA").text
    assert "too old" in week.press("standup_report_share", "x").text


def test_the_file_has_a_row_per_person_and_round_and_no_formula(week):
    assert "comes to you as a direct message" in week.say("/standup report last 2w csv").text
    [row] = week.sent("csv:")
    assert (row.kind, row.channel) == ("upload", "UANA")
    assert row.payload["name"].startswith("standup-2026-11-11..2026-11-24-")
    lines = list(csv.DictReader(io.StringIO(row.payload["content"].removeprefix("\ufeff"))))
    assert [(line["date"], line["person"], line["state"]) for line in lines] == [
        ("2026-11-23", "Ana", "answered"),
        ("2026-11-23", "Ben", "skipped"),
        ("2026-11-23", "Cy", "no answer"),
        ("2026-11-24", "Ana", "asked"),
        ("2026-11-24", "Ben", "answered"),
        ("2026-11-24", "Cy", "asked"),
    ]
    assert lines[0]["learned"] == "'=lr matters for EXP-042"
    assert (lines[0]["stuck"], lines[0]["experiments"]) == ("labels are late", "EXP-042")


def test_only_leads_members_and_the_channel_see_a_standup(week):
    assert "1 of 1" in week.say("/standup report", by="UZOE").text
    assert (
        "You are in no standup here"
        in week.say("/standup report", by="UZOE", channel="COTHER").text
    )
    assert "1 of 1" in week.say("/standup report", by="UCY", channel="COTHER").text


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("/standup report 2026-01-05", "Mon 5 Jan: no round"),
        ("/standup report 2026-01-05 csv", "There was no round to export"),
        ("/standup report EXP-999", "There is no EXP-999"),
        ("/standup report weekly", "I don't know “weekly” in a report"),
        ("/standup report <@UNEW>", "no round"),
    ],
)
def test_what_is_not_there_is_said(week, line, heard):
    reply = week.say(line)
    assert heard in reply.text
    assert "Share" not in str(reply.blocks)


def test_without_a_standup_there_is_no_report(talk):
    assert "There is no standup here yet" in talk.say("/standup report").text
