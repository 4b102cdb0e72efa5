"""Ten working days of two teams through the sandbox: Socket Mode and signed HTTP, nothing but the
wire.
"""

import re
from collections import Counter

import pytest
import pytest_asyncio
from sqlmodel import col, select

from models.experiments.experiment import Experiment
from services import outbox
from tests.flows.apart import strays
from tests.flows.fortnight import START, Fortnight, play_all, whole
from tests.sandboxed import opened

# Each transport is played once, by one worker of pytest-xdist.
TRANSPORTS = [pytest.param(t, marks=pytest.mark.xdist_group(t)) for t in ("socket", "http")]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=TRANSPORTS)
async def them(request, tmp_path_factory):
    """The fortnight, played once per transport."""
    folder = tmp_path_factory.mktemp(request.param)
    async with opened(folder, transport=request.param, at=START) as play:
        yield await play_all(play)


pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


def _rounds(them: Fortnight, who: str, name: str) -> Counter[str]:
    """How often that person was asked for each round of the standup of that name, by its title;
    who is in both teams is told which one asks.
    """
    prompt = re.compile(rf"(?:\w+: )?({name} \w+ \d+ \w+)\b")
    found = [prompt.match(m["text"]) for m in them.play.sandbox.messages(who, f"D0{who.upper()}")]
    return Counter(match[1] for match in found if match)


def _tops(them: Fortnight, channel: str, who: str = "lena") -> list[str]:
    return [m["text"] for m in them.play.sandbox.messages(who, channel) if not m.get("ephemeral")]


async def test_slack_found_nothing_to_complain_about(them):
    assert them.play.sandbox.violations == []


async def test_every_round_was_asked_answered_and_wrapped_up_once(them):
    rounds = [text for text in _tops(them, "#standup") if text.startswith("Standup ")]
    assert len(rounds) == 10
    assert all("answered" in text for text in rounds), rounds
    assert sum("7 of 7" in text for text in rounds) >= 8, rounds


async def test_nobody_was_asked_twice_for_one_day(them):
    for who in ("ana", "ben", "lena", "zoe", "priya", "kenji", "mia"):
        rounds = _rounds(them, who, "Standup")
        assert set(rounds.values()) <= {1}, (who, rounds)
        assert 9 <= len(rounds) <= 10, (who, rounds)


async def test_edits_and_deletions_of_answers_are_followed(them):
    texts = [m["text"] for m in them.said("lena", "#standup")]
    assert any("edited learning" in text for text in texts)
    assert any(text.startswith("Mia: (withdrawn)") for text in texts)
    assert any("answered by form" in text for text in texts)


async def test_a_half_typed_ticket_is_offered_again(them):
    assert them.heard["draft"] == "A 70B judge agrees more"


async def test_refusals_say_what_why_and_what_instead(them):
    assert them.heard["unknown"].startswith("EXP-001 · ")  # a slip that names an id shows it
    assert (
        "result" in them.heard["early evaluation"]
        or "hypothesis" in them.heard["early evaluation"]
    )
    assert "Only" in them.heard["not a lead"]
    assert "owner" in them.heard["not hers"]


async def test_who_may_not_kill_can_ask_and_is_told(them):
    assert "EXP-001" in them.heard["request"]
    assert any("EXP-001" in m["text"] for m in them.said("mia", "D0MIA"))


async def test_overruns_are_proposed_to_owner_and_leads_with_the_arithmetic(them):
    owner = " ".join(m["text"] for m in them.said("priya", "D0PRIYA"))
    assert "EXP-007" in owner
    leads = " ".join(m["text"] for m in them.said("lena", "#ml-leads"))
    assert "need" in leads
    assert "EXP-007" in leads


async def test_a_kill_needs_a_learning_can_be_undone_and_happens_once(them):
    assert them.heard["n/a"]["errors"]
    assert "0.741" in them.heard["evidence"]
    assert "killed" not in them.heard["undone"].split("[{")[0]
    assert "lena" in them.heard["again"] or "U0LENA" in them.heard["again"]
    kills = [text for text in _tops(them, "#standup") if "EXP-007 killed" in text]
    assert len([text for text in kills if "undone" not in text]) == 1, kills
    thread = [whole(m) for m in them.said("lena", "#standup")]
    assert any("buy labels instead" in text for text in thread)


async def test_the_history_reads_back_who_did_what(them):
    for word in ("kill", "undo", "extend"):
        assert word in them.heard["history"].lower()


async def test_the_digest_is_posted_once_a_friday_where_executives_read(them):
    weeks = _tops(them, "#exec-digest", who="omar")
    digests = [text for text in weeks if "/ 92% accuracy (candidate) — " in text]
    assert len(digests) == 2, [d[:150] for d in digests]
    assert "78.2%" in digests[0]
    assert "92%" in digests[0]
    assert "labelling" in " ".join(digests[0].split())


async def test_the_app_home_says_how_the_team_stands(them):
    assert "open experiments running" in str(them.heard["home"])
    assert "home_more" in str(them.heard["home"])


async def test_everything_that_had_to_be_said_was_said(them):
    assert outbox.waiting(them.play.assay.lab)[0] == 0


async def test_nothing_of_one_team_is_told_where_the_other_is(them):
    assert strays(them.play) == []


async def test_both_teams_count_on_in_one_sequence(them):
    with them.play.assay.lab.begin() as session:
        found = session.exec(
            select(Experiment.number, Experiment.team_id).order_by(col(Experiment.number))
        ).all()
    assert found == [*((n, 1) for n in range(1, 9)), (9, 2), (10, 2), (11, 1)]


async def test_who_is_in_both_teams_is_asked_by_each_and_answers_each_in_its_thread(them):
    for who in ("lena", "mia"):
        dm = f"D0{who.upper()}"
        days = _rounds(them, who, "Vision standup")
        assert len(days) == 6, (who, days)
        assert set(days.values()) == {1}, (who, days)
        prompts = [
            m for m in them.play.sandbox.messages(who, dm) if "Vision standup " in m["text"]
        ]
        for prompt in prompts:
            thread = them.play.sandbox.messages(who, dm, thread_ts=prompt["ts"])
            assert [m["user"] for m in thread[1:]] == [f"U0{who.upper()}"], (who, prompt["text"])
    rounds = [text for text in _tops(them, "#vision") if text.startswith("Vision standup ")]
    assert len(rounds) == 6
    assert all("3 of 3 answered" in text for text in rounds), rounds


async def test_in_a_dm_who_is_in_both_is_asked_which_team_is_meant_and_goes_on(them):
    assert "Which team is this for?" in them.heard["which team"]
    assert "EXP-010" in them.heard["the team chosen"]
    assert "EXP-001" not in them.heard["the team chosen"]


async def test_an_id_means_one_thing_everywhere_and_another_team_s_is_only_read(them):
    assert "Distil the damage detector" in them.heard["from elsewhere"]
    assert "You are not in Vision" in them.heard["not in Vision"]
    told = [text for text in _tops(them, "#vision") if "EXP-009 killed" in text]
    assert len(told) == 1, told


async def test_executives_read_each_team_s_week_in_their_one_channel(them):
    weeks = _tops(them, "#exec-digest", who="omar")
    assert len(weeks) == 2, [week[:150] for week in weeks]
    for week in weeks:
        assert week.startswith("2 teams:")
        assert " accuracy (candidate) — " in week
        assert " recall" in week
