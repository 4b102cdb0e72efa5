"""Decisions go to tickets in Jira once, in order, and what goes wrong is told once."""

import asyncio

import pytest
from sqlalchemy import Engine

from core.workspace.issue import Wish
from ingest.remote.jira import adf, text_of
from services.tracking import issue, issue_import
from tests.conversation import TEAM
from tests.filed import LEARNED, Filed
from tests.issue_places import JiraIssue, JiraStub

LATER = {"minutes": 3}


@pytest.fixture
def filed(sqlite_engine: Engine) -> Filed:
    return Filed(sqlite_engine)


def jira(status="Evaluation"):
    return JiraStub(issues={"ML-17": JiraIssue(status)})


def comments(place):
    return [text_of(one["body"]) for one in place.issues["ML-17"].comments]


async def test_a_kill_is_a_comment_and_a_status_in_jira_once_and_its_undo_as_well(filed):
    place = jira()
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        [link] = place.issues["ML-17"].links.values()
        assert link["url"] == "https://slack.com/app_redirect?team=T0LAB&channel=CTEAM"
        assert link["title"].startswith("EXP-042 ")
        made = filed.kill()
        await filed.drain(url)
        await filed.drain(url, **LATER)
        [said] = comments(place)
        assert said.startswith("EXP-042 was killed by Ana: accuracy 0.74 (target 0.85).\n")
        assert f"Learned: {LEARNED}" in said
        assert place.issues["ML-17"].status == "Killed"
        assert place.seen.index("POST /issue/ML-17/comment") < place.seen.index(
            "POST /issue/ML-17/transitions"
        )
        filed.undo(made)
        await filed.drain(url)
    assert "EXP-042 was taken back by Ana; it is in evaluation again" in comments(place)[1]
    assert place.issues["ML-17"].status == "Evaluation"
    assert (len(comments(place)), place.odd) == (2, [])
    assert filed.heard("Jira (ML) is connected, and Assay's key sees it.")


async def test_another_iteration_is_told_and_then_evaluation_is_not_a_decision(filed):
    place = jira()
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        filed.move("iteration")
        await filed.drain(url)
        assert place.issues["ML-17"].status == "Iteration"
        assert comments(place)[0].startswith("EXP-042 goes into another iteration, says Ana")
    assert place.odd == []


async def test_wherever_it_is_killed_there_is_one_comment_and_the_right_status(filed):
    """At every call, before and after it takes effect; then somebody else goes on."""
    place = jira()
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        for number in range(1, 20):
            for side in ("before", "after"):
                place.issues["ML-17"].status = "Evaluation"
                place.issues["ML-17"].comments.clear()
                place.seen.clear()
                made = filed.kill()
                await _killed_at(filed, place, url, number, side)
                await filed.drain(url, **LATER)
                await filed.drain(url, **LATER)
                assert place.issues["ML-17"].status == "Killed", (number, side)
                assert len(comments(place)) == 1, (number, side)
                filed.undo(made)
                await filed.drain(url)
            if len(place.seen) < number:
                break
    assert place.odd == []


async def _killed_at(filed, place, url, number, side):
    work = asyncio.ensure_future(filed.drain(url))

    def stop(count):
        if count == number:
            work.cancel()

    setattr(place, side, stop)
    await asyncio.gather(work, return_exceptions=True)
    setattr(place, side, lambda _n: None)


async def test_three_at_once_do_each_step_once(engine: Engine):
    """On both databases; on Postgres they run beside each other."""
    filed, place = Filed(engine), jira()
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        filed.kill()
        await asyncio.gather(*(filed.drain(url) for _ in range(3)))
    assert len(comments(place)) == 1
    assert place.issues["ML-17"].status == "Killed"


@pytest.mark.parametrize(
    ("status", "headers", "minutes", "tries"),
    [
        (429, {"Retry-After": "600"}, 10, 2),  # as it asks
        (503, {"Retry-After": "60"}, 1, 2),
        (403, {"Retry-After": "120"}, 2, 2),
        (500, {}, 0.5, 2),
        (502, {}, 0.5, 2),
        (302, {"Location": "https://elsewhere.example"}, 0.5, 2),
    ],
)
async def test_what_goes_by_itself_is_tried_again_when_it_may(
    filed, status, headers, minutes, tries
):
    place = jira()
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        filed.kill()
        place.refusals.append((status, headers))
        await filed.drain(url)
        await filed.drain(url, minutes=minutes - 0.1)
        assert comments(place) == []
        await filed.drain(url, minutes=0.2)
    assert len(comments(place)) == 1
    assert place.issues["ML-17"].status == "Killed"
    assert not filed.heard("was not told")


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "it does not take Assay's key (401). Who runs Assay sets TRACKER_TOKENS="),
        (403, "Assay's key may not do that there (403)."),
        (404, "ML-17 is not there, or Assay's key may not see it (404)."),
        (400, "it does not take that (400)."),
    ],
)
async def test_what_does_not_go_by_itself_is_told_once_and_goes_with_a_button(filed, status, why):
    place = jira()
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        filed.kill()
        place.refusals += [(status, {})] * 2
        await filed.drain(url)
        await filed.drain(url, days=1)
        [row] = filed.heard("ML-17 was not told what EXP-042 came to: ")
        assert why in row.payload["text"]
        assert row.channel == "CLEADS"
        button = row.payload["blocks"][0]["accessory"]
        assert (button["text"]["text"], comments(place)) == ("Try again", [])
        issue.again(filed.lab, TEAM, int(button["value"]), by="UANA")
        issue.again(filed.lab, TEAM, int(button["value"]), by="UANA")
        await filed.drain(url)
    assert len(comments(place)) == 1
    assert place.issues["ML-17"].status == "Killed"


async def test_five_tries_then_one_line(filed):
    place = jira()
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        filed.kill()
        place.refusals += [(500, {})] * 10
        for _ in range(15):
            await filed.drain(url, hours=2)
        assert len(filed.heard("was not told")) == 1
        assert len(place.refusals) == 0  # five for the comment, five for the status
        place.refusals += [(500, {})] * 10
        issue.again(filed.lab, TEAM, 1, by="UANA")
        for _ in range(15):
            await filed.drain(url, hours=2)
    assert len(filed.heard("was not told")) == 2


async def test_a_status_the_workflow_lacks_is_told_with_those_it_has(filed):
    place = jira()
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML", statuses={"killed": "Won't do"}), "ML-17")
        filed.kill()
        await filed.drain(url)
    [row] = filed.heard("was not told")
    assert (
        "“Evaluation” its workflow leads to no “Won't do”; it has “Killed”, “Iteration”"
        in (row.payload["text"])
    )
    assert len(comments(place)) == 1


async def test_a_transition_that_is_answered_and_leads_nowhere_is_seen(filed):
    place = jira()
    place.stuck = True
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        filed.kill()
        for _ in range(6):
            await filed.drain(url, hours=2)
    [row] = filed.heard("was not told")
    assert "after the step to “Killed” it stands at “Evaluation”." in row.payload["text"]


async def test_a_project_the_key_cannot_see_is_told_to_who_connected_it(filed):
    place = jira()
    place.project = "OTHER"
    async with place.open() as url:
        issue.connect(filed.lab, TEAM, Wish("jira", url, "ML"), by="UANA")
        await filed.drain(url)
    [row] = filed.heard("Jira (ML) cannot be used: it has no project ML that Assay's key may see.")
    assert row.channel == "UANA"


async def test_what_people_change_there_is_shown_and_set_right_either_way(filed):
    place = jira()
    place.workflow["Killed"] = ["Evaluation", "Done"]
    place.workflow["Done"] = ["Killed"]
    async with place.open() as url:
        await filed.linked(url, Wish("jira", url, "ML"), "ML-17")
        filed.kill()
        await filed.drain(url)
        assert [one.differs for one in filed.links()] == [False]
        place.issues["ML-17"].status = "Done"
        await filed.drain(url, minutes=16)
        [link] = filed.links()
        assert (link.differs, link.theirs, link.stage) == (True, "Done", "killed")
        issue.send_ours(filed.lab, TEAM, link.link, by="UANA")
        issue.send_ours(filed.lab, TEAM, link.link, by="UANA")
        await filed.drain(url)
        assert place.issues["ML-17"].status == "Killed"
        assert [one.differs for one in filed.links()] == [False]
        place.issues["ML-17"].status = "Done"
        await filed.drain(url, minutes=16)
        issue.take_theirs(filed.lab, TEAM, link.link, by="UANA")
        await filed.drain(url, minutes=16)
    assert place.issues["ML-17"].status == "Done"
    assert [one.differs for one in filed.links()] == [False]


NAMES = {
    "customfield_1": "hypothesis", "customfield_2": "target_metric", "customfield_3":
    "compute_budget", "customfield_4": "time_box", "customfield_5": "kill_criteria",
    "customfield_6": "outcome", "customfield_7": "Story Points",
}  # fmt: skip


async def test_a_ticket_of_jira_becomes_an_experiment_once_and_has_it_as_its_ticket(filed):
    place = jira("Iteration")
    place.names = NAMES
    place.issues["ML-17"].fields = {
        "summary": "LoRA on tickets", "issuetype": {"name": "Experiment"}, "labels": ["llm"],
        "customfield_1": adf("LoRA lifts accuracy."), "customfield_2": 0.85,
        "customfield_3": "24 GPU-hours", "customfield_4": "1 sprint",
        "customfield_5": adf("Below 0.80 after epoch 2"), "customfield_6": {"value": "iterating"},
        "customfield_7": 5.0, "resolutiondate": None,
    }  # fmt: skip
    async with place.open() as url:
        issue.connect(filed.lab, TEAM, Wish("jira", url, "ML"), by="UANA")
        issue_import.ask(filed.lab, TEAM, "ML-17", by="UBEN")
        await filed.drain(url)
        issue_import.ask(filed.lab, TEAM, "ML-17", by="UBEN")
        await filed.drain(url)
        issue_import.ask(filed.lab, TEAM, "ML-99", by="UBEN")
        await filed.drain(url)
    assert place.odd == []
    [first] = filed.heard("ML-17 is EXP-043 now.")
    assert first.channel == "UBEN"
    assert first.payload["text"].endswith("Not read: labels, Story Points.")
    assert filed.heard("ML-17 is EXP-043 already.")
    assert filed.heard("ML-99 is not imported: ML-99 is not there, or Assay's key may not see it")
    [link] = filed.links()
    assert (link.key, link.number, link.stage) == ("ML-17", 43, "iteration")
