"""Who changed what, when, from what to what, and why."""

import csv
import io

import pytest

from tests.experiments import bring
from tests.tickets import person


@pytest.fixture
def lab(talk):
    """An experiment that was brought into evaluation, and a team with roles and a token."""
    return _team(talk)


def _team(talk):
    roles = {"UADA": "admin", "ULEE": "lead", "UANA": "member", "UBEN": "member"}
    for user_id, role in roles.items():
        person(talk.engine, user_id, role=role)
    bring(talk, "safe")
    talk.later(days=20)
    talk.say("/exp token new CI", by="UADA")
    talk.say("/exp role <@UBEN> lead", by="UADA")
    talk.say('/exp update 1 gpu=2h "=cmd|calc"', by="UANA")
    return talk


def told(reply):
    return "\n".join(b["text"]["text"] for b in reply.blocks if b["type"] == "section")


def test_it_says_who_did_what_from_what_to_what(talk_on_both):
    lab = _team(talk_on_both)
    log = told(lab.say("/exp audit", by="ULEE"))
    lines = log.split("\n")
    assert "<@UANA> · *reported* · EXP-001" in lines[1]
    assert lines[2] == "GPU-hours: 6 → 8"
    assert "*role* · <@UBEN>" in log
    assert "member → lead" in log
    assert "<@UADA> · *token issued* · 1 (CI)" in log


def test_members_see_experiments_only(lab):
    reply = lab.say("/exp audit", by="UANA")
    assert "token" not in told(reply)
    assert "*role*" not in told(reply)
    assert "Members see experiments" in str(reply.blocks)


@pytest.mark.parametrize(
    ("asked", "has", "lacks"),
    [
        ("EXP-001", "*moved* · EXP-001", "token"),
        ("<@UADA>", "token issued", "EXP-001"),
        ("<@UBEN>", "*role*", "token"),
        ("last 2w", "token issued", "*created*"),
        ("last 2w EXP-001", "*reported*", "*moved*"),
    ],
)
def test_it_is_narrowed_down(lab, asked, has, lacks):
    log = told(lab.say(f"/exp audit {asked}", by="ULEE"))
    assert has in log
    assert lacks not in log


def test_it_is_paged_in_place(lab):
    for hours in range(1, 15):
        lab.say(f"/exp update 1 gpu={hours}h", by="UANA")
    first = lab.say("/exp audit EXP-001", by="UANA")
    assert "entries 1 to 12" in first.text
    button = first.blocks[-1]["elements"][0]
    older = lab.press(button["action_id"], button["value"])
    assert older.replace
    assert "entries 13 to " in older.text
    assert "*created*" in told(older)


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("EXP-099", "There is no EXP-099."),
        ("yesterdayish", "I don't know “yesterdayish” there."),
        ("<@UANA> <@UBEN>", "One person at a time."),
        ("<@UNEW>", "Audit log · <@UNEW>: nothing is recorded."),
    ],
)
def test_what_is_not_there_is_said(lab, asked, heard):
    assert heard in lab.say(f"/exp audit {asked}", by="ULEE").text


def test_the_file_is_for_leads_and_runs_no_formula(lab):
    assert "for leads and admins" in lab.say("/exp audit csv", by="UANA").text
    assert "on its way to you" in lab.say("/exp audit last 2w csv", by="ULEE").text
    (file,) = lab.sent("audit:")
    assert (file.channel, file.kind) == ("ULEE", "upload")
    rows = list(csv.DictReader(io.StringIO(file.payload["content"].removeprefix("\ufeff"))))
    assert [row["what"] for row in rows] == ["reported", "role", "token issued"]
    assert (rows[0]["field"], rows[0]["from"], rows[0]["to"]) == ("gpu_used", "6", "8")
    assert rows[0]["why"] == "'=cmd|calc"
    assert (rows[1]["who"], rows[1]["about"], rows[1]["to"]) == ("ada", "ben", "lead")


def test_approvals_and_settings_are_in_it(lab):
    lab.say("/exp setup", by="UADA")
    lab.submit_open({"team_channel": "CNEW"}, by="UADA")
    lab.say("/exp extend 1 30d the labels come late", by="UANA")
    lab.press("approval_no", "1", by="ULEE")
    log = told(lab.say("/exp audit last 1d", by="ULEE"))
    assert "*declined* · EXP-001" in log
    assert "team channel: – → CNEW" in log
