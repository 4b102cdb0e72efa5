"""Decisions go to tickets in GitHub and Linear."""

import pytest
from sqlalchemy import Engine

from core.workspace.issue import Wish
from services.tracking import issue
from tests.conversation import TEAM
from tests.filed import Filed
from tests.issue_graphs import GithubFake, LinearFake

LATER = {"minutes": 3}


@pytest.fixture
def filed(sqlite_engine: Engine) -> Filed:
    return Filed(sqlite_engine)


async def test_github_gets_a_comment_is_closed_and_moves_on_its_board(filed):
    place = GithubFake()
    bodies = place.issue(17)["bodies"]
    async with place.open() as url:
        await filed.linked(url, Wish("github", url, "acme/ml", 5), "#17")
        made = filed.kill()
        await filed.drain(url)
        await filed.drain(url, **LATER)
        assert (place.issues[17]["state"], place.issues[17]["stateReason"]) == (
            "CLOSED", "NOT_PLANNED",
        )  # fmt: skip
        assert place.placed == {"I_17": "Killed"}
        filed.undo(made)
        await filed.drain(url)
        assert (place.issues[17]["state"], place.placed) == ("OPEN", {"I_17": "Evaluation"})
    assert place.odd == []
    assert [body.splitlines()[0][:24] for body in bodies] == [
        "EXP-042 Fine-tune Llama-", "EXP-042 was killed by An", "The last decision on EXP",
    ]  # fmt: skip


async def test_github_without_a_board_is_closed_and_opened(filed):
    place = GithubFake()
    place.issue(17)
    async with place.open() as url:
        await filed.linked(url, Wish("github", url, "acme/ml"), "17")
        made = filed.kill()
        await filed.drain(url)
        assert place.issues[17]["stateReason"] == "NOT_PLANNED"
        filed.undo(made)
        await filed.drain(url)
        assert place.issues[17]["state"] == "OPEN"
        place.issues[17]["state"], place.issues[17]["stateReason"] = "CLOSED", "COMPLETED"
        await filed.drain(url, minutes=16)
        [link] = filed.links()
    assert (link.differs, link.theirs, place.odd) == (True, "Closed as completed", [])


async def test_linear_gets_a_link_a_comment_and_a_status(filed):
    place = LinearFake()
    filed.key = place.key
    made = place.issue("ML-17")
    made["bodies"] += [f"note {n}" for n in range(250)]
    async with place.open() as url:
        await filed.linked(url, Wish("linear", url, "ML"), "ML-17")
        [(link, title)] = made["links"].items()
        assert (link[:31], title[:8]) == ("https://slack.com/app_redirect?", "EXP-042 ")
        killed = filed.kill()
        await filed.drain(url)
        await filed.drain(url, **LATER)
        assert (made["status"], len(made["bodies"])) == ("Killed", 251)
        filed.undo(killed)
        await filed.drain(url)
        assert (made["status"], len(made["bodies"])) == ("Evaluation", 252)
        made["status"] = "Killed"
        await filed.drain(url, minutes=16)
        assert [one.differs for one in filed.links()] == [True]
        place.states = ["Evaluation", "Done"]
        filed.kill()
        made["status"] = "Evaluation"
        await filed.drain(url)
    assert place.odd == []
    [row] = filed.heard("was not told")
    assert "no “Killed”; it has “Evaluation”, “Done”" in row.payload["text"]


@pytest.mark.parametrize("kind", ["linear", "github"])
async def test_a_ticket_that_is_gone_hides_no_other_and_a_refusal_does(filed, kind):
    place = LinearFake() if kind == "linear" else GithubFake()
    filed.key = place.key.removeprefix("Bearer ")
    gone, there = ("ML-1", "ML-17") if kind == "linear" else (1, 17)
    for one in (gone, there):
        place.issue(one)
    async with place.open() as url:
        wish = Wish(kind, url, "ML" if kind == "linear" else "acme/ml")
        await filed.linked(url, wish, str(gone))
        issue.link(filed.lab, TEAM, 42, str(there), by="UANA")
        await filed.drain(url)
        del place.issues[gone]
        await filed.drain(url, minutes=16)
        theirs = {one.key: one.theirs for one in filed.links()}
        assert theirs[str(there)] in ("Evaluation", "Open")
        filed.key = "wrong"
        await filed.drain(url, minutes=16)
    [desk] = issue.overview(filed.lab, TEAM).desks
    assert desk.trouble.startswith("it does not take Assay's key (401).")


async def test_what_linear_does_not_show_is_told(filed):
    place = LinearFake()
    filed.key = place.key
    async with place.open() as url:
        await filed.linked(url, Wish("linear", url, "OPS"), "OPS-1")
    assert filed.heard("Linear (OPS) cannot be used: it has no team OPS that Assay's key may see.")
    assert filed.heard("OPS-1 was not told")


@pytest.mark.parametrize("wish", [("acme/other", None), ("acme/ml", 6)])
async def test_what_github_does_not_show_is_told(filed, wish):
    place = GithubFake()
    async with place.open() as url:
        issue.connect(filed.lab, TEAM, Wish("github", url, *wish), by="UANA")
        await filed.drain(url)
    [row] = filed.heard("cannot be used: ")
    assert row.channel == "UANA"
    assert "is not there, or Assay's key may not see it (404)" in row.payload["text"]
