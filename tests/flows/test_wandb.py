"""W&B, swept: what runs tell experiments, and what decisions tell runs. The server is a fake that
W&B's own client was content with (tests/wandb_client).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from sqlmodel import Session, select

from bot.config import read
from bot.doctor_trackers import trackers
from bot.sweeper import Sweeper
from core.experiments.experiment import Experiment
from core.workspace.tracker import Wish
from models import db
from models.blockers.blocker import Blocker
from models.experiments.measurement import Measurement
from models.outbox import Outbox
from models.team import Team
from models.tracking.run import Run, RunCurve
from models.tracking.tracker import Tracker
from sandbox.play import free_port
from services.decisions import kill
from services.decisions.kill import Order
from services.experiments import experiment, history
from services.ports import Lab, Policy
from services.tracking import sweep, tracker
from tests import databases
from tests.conversation import TEAM, PlainTestWriter
from tests.tickets import experiment as ticket
from tests.tickets import person, person_of, stored
from tests.tracked import HOUR, NOW
from tests.wandb_server import KEY, Fake, FakeRun, questions, two_runs

PROJECT = "lab/support"


@dataclass
class Swept:
    """A team whose W&B is swept, and the time that passes."""

    lab: Lab
    fake: Fake
    now: list[datetime]

    async def sweep(self, **later: float) -> int:
        self.now[0] += timedelta(**(later or {"minutes": 16}))
        keys = {self.fake.url.partition("://")[2]: KEY}
        return await Sweeper(self.lab, keys, lambda: None).drain()

    def run(self, shown: str, values: list[Any], project: str = PROJECT, **more: Any) -> FakeRun:
        """A run of three hours with that val_accuracy a step, finished two hours ago."""
        runs = self.fake.projects[project]
        began = self.now[0] - 5 * HOUR
        given = {"name": f"id{len(runs)}", "created": began, "heard": began, "state": "finished"}
        made = FakeRun(displayName=shown, **given | more)
        made.log(began + 2 * HOUR, val_accuracy=values)
        made.heard = began + 3 * HOUR
        runs.append(made)
        return made

    def rows(self, kind: Any) -> list[Any]:
        with Session(self.lab.engine) as session:
            return list(session.exec(select(kind).order_by(kind.id)))

    def kept(self, name: str) -> Run:
        return next(row for row in self.rows(Run) if row.name == name)

    def ticket(self, number: int = 42, team: int = TEAM) -> Experiment:
        return experiment.seen(self.lab, team, number).ticket

    def points(self) -> list[tuple[str, float | None]]:
        found = [row for row in self.rows(Measurement) if row.source == "pulled"]
        return [(row.author.removeprefix("run "), row.value) for row in found]

    def heard(self, words: str) -> list[str]:
        texts = [str(row.payload.get("text", "")) for row in self.rows(Outbox)]
        return [text for text in texts if words in text]


@pytest_asyncio.fixture
async def swept(tmp_path) -> AsyncIterator[Swept]:
    engine = db.open_engine(databases.file(tmp_path / "swept.db"))
    stored(engine, ticket((0.74,)), leads_channel="CLEADS", team_channel="CTEAM")
    person(engine, "UANA", name="Ana", role="lead")
    port, now = free_port(), [NOW]
    fake = Fake(f"http://127.0.0.1:{port}", {PROJECT: [], "lab/rag": []})
    server = web.Application()
    server.router.add_post("/graphql", fake.take)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    lab = Lab(engine, lambda: now[0], PlainTestWriter(), Policy(tracker_nets=("127.0.0.0/8",)))
    tracker.connect(lab, TEAM, Wish("wandb", fake.url, (PROJECT, "lab/rag")), by="UANA")
    yield Swept(lab, fake, now)
    await runner.cleanup()
    engine.dispose()


def test_what_wandbs_own_client_asks_is_answered():
    fake = Fake("", {PROJECT: two_runs()})
    answers = [fake.answer(one) for one in questions()]
    assert len(answers) == 15
    assert [one for one in answers if "errors" in one] == []
    assert fake.find("EXP-042 lora").tags == ["EXP-042", "gpus:2", "reviewed"]


async def test_a_run_is_one_point_its_best_and_a_sweep_without_news_asks_little(swept):
    config = {"base_model": "llama-3-8b", "dataset": {"name": "tickets"}, "dataset_version": "v7"}
    swept.run("amber-fox", [0.81, 0.9, 0.88], tags=["EXP-042", "gpus:2"], config=config)
    assert await swept.sweep() == 1
    assert swept.points() == [("amber-fox", 0.9)]
    assert (swept.ticket().best, swept.ticket().gpu_used) == (0.9, 6.0)
    kept = swept.kept("amber-fox")
    assert (kept.model, kept.dataset, kept.hours_known) == ("llama-3-8b", "v7", "measured")
    assert kept.params["dataset.name"] == "tickets"
    assert [row.points for row in swept.rows(RunCurve)] == [[[0, 0.81], [1, 0.9], [2, 0.88]]]
    assert swept.heard("W&amp;B at 127.0.0.1") == [
        f"W&amp;B at {swept.fake.url[7:]} is connected: 1 run of our experiments."
    ]
    swept.fake.asked.clear()
    await swept.sweep()
    assert len(swept.fake.asked) == 2  # a page of runs of each project
    assert swept.ticket().gpu_used == 6.0


async def test_where_training_stops_being_a_number_is_told_as_sampled(swept):
    run = swept.run("EXP-042 fp16", [0.7, 0.8], state="running")
    losses: list[Any] = [2.0 - 0.01 * step for step in range(60)]
    losses[47] = "NaN"
    run.log(swept.now[0], train__loss=losses)
    await swept.sweep()
    await swept.sweep()
    assert len(swept.heard("run EXP-042 fp16 diverged by step 47 (train/loss) and still")) == 1
    assert swept.ticket().training_status == "diverged"
    [blocker] = swept.rows(Blocker)
    assert "diverged by step 47 (train/loss)" in blocker.text


async def test_a_newest_loss_that_is_no_number_is_seen_where_samples_lack_it(swept):
    run = swept.run("EXP-042 long", [0.7], state="running")
    run.log(swept.now[0], train__loss=[*[2.0] * 900, "Infinity"])
    run.history.pop()
    await swept.sweep()
    assert swept.kept("EXP-042 long").diverged_step == 900
    assert not swept.kept("EXP-042 long").diverged_exact


async def test_an_infinite_value_is_never_the_best(swept):
    swept.run("EXP-042 exploded", [0.8, "Infinity", "NaN", 0.6])
    await swept.sweep()
    assert swept.points() == [("EXP-042 exploded", 0.8)]


async def test_runs_of_one_name_in_two_projects_are_two_runs(swept):
    swept.run("EXP-042 a", [0.8], name="same")
    swept.run("EXP-042 b", [0.82], name="same", project="lab/rag")
    await swept.sweep()
    assert sorted(swept.points()) == [("EXP-042 a", 0.8), ("EXP-042 b", 0.82)]


async def test_what_was_deleted_is_told_and_what_it_gave_stays(swept):
    swept.run("EXP-042 tidy", [0.8], tags=["gpus=1"])
    await swept.sweep()
    swept.fake.projects[PROJECT].clear()
    await swept.sweep()
    await swept.sweep()
    assert len(swept.heard("was deleted in its tracker")) == 1
    assert (swept.ticket().best, swept.ticket().gpu_used) == (0.8, 3.0)


async def test_a_run_that_ends_between_two_sweeps_is_read_again_within_two_minutes(swept):
    run = swept.run("EXP-042 short", [0.7], state="running")
    await swept.sweep()
    run.log(swept.now[0], start=1, val_accuracy=[0.83])
    run.state = "crashed"
    await swept.sweep(seconds=121)
    kept = swept.kept("EXP-042 short")
    assert (kept.status, kept.best) == ("failed", 0.83)
    assert swept.ticket().stage == "experiment"


async def test_a_decision_stands_in_the_summary_and_an_undo_takes_it_away(swept):
    run = swept.run("EXP-042 lora", [0.8])
    await swept.sweep()
    before = dict(run.summary)
    done = kill.kill(swept.lab, TEAM, Order(42, "UANA", "Rank 32 overfits on 2,000 examples"))
    assert await swept.sweep(seconds=1) == 1
    assert run.summary == before | {
        "decision": "killed", "final_metric": 0.8,
        "learnings": "Rank 32 overfits on 2,000 examples",
        "decided_at": swept.ticket().decided_at.isoformat(),
    }  # fmt: skip
    hashes = [row.hash for row in swept.rows(Run)]
    sweep.poke(swept.lab, "T0LAB", "wandb")
    assert await swept.sweep(seconds=31) == 1
    assert [row.hash for row in swept.rows(Run)] == hashes  # what we wrote is no news
    history.undo(swept.lab, TEAM, by="UANA", change_id=done.change_id)
    await swept.sweep()
    assert run.summary == before


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        ((401, {}), "it wants a key that it knows (401). Who runs Assay sets TRACKER_TOKENS="),
        ((403, {}), "Assay's key may not do that there (403)."),
        ((404, {}), "what it was asked for is not there (404)."),
        ((429, {}), "it has had too many questions (429); I go on with the next sweep."),
        ((429, {"Retry-After": "3600"}), "it has had too many questions (429)"),
        ((302, {"Location": "http://127.0.0.1:1/"}), "it sends me elsewhere (302)"),
        ((502, {}), "it answers 502."),
    ],
)
async def test_a_refusal_is_one_sentence_told_once(swept, refusal, why):
    for _ in range(2):
        swept.fake.refusals = [refusal]
        await swept.sweep()
    [told] = swept.heard("cannot be read")
    assert why in told
    await swept.sweep()
    assert [row.trouble for row in swept.rows(Tracker)] == [""]


async def test_it_waits_a_moment_when_it_is_told_to(swept):
    swept.run("EXP-042 a", [0.8])
    swept.fake.refusals = [(429, {"Retry-After": "0.01"}), (503, {"RateLimit-Reset": "0.01"})]
    await swept.sweep()
    assert swept.points() == [("EXP-042 a", 0.8)]
    swept.fake.refusals = [(429, {"Retry-After": "0.01"})] * 3
    await swept.sweep()
    assert "429" in swept.rows(Tracker)[0].trouble


async def test_steps_that_it_does_not_tell_today_come_with_the_next_sweep(swept):
    for n in range(14):
        swept.run(f"EXP-042 s{n}", [0.7 + n / 100])
    answered = swept.fake.answer

    def answer(told):
        if sum("Histories" in one["query"] for one in swept.fake.asked) == 1:
            swept.fake.refusals = [(429, {})]  # the next one
        return answered(told)

    swept.fake.answer = answer  # type: ignore[method-assign]
    await swept.sweep()
    assert len(swept.points()) == 10
    assert [row.trouble for row in swept.rows(Tracker)] == [""]
    await swept.sweep()
    assert len(swept.points()) == 14


async def test_many_runs_are_read_two_hundred_with_each_question(swept):
    for n in range(401):
        swept.run(f"run {n}", [0.7])
    await swept.sweep()
    assert len(swept.rows(Run)) == 401
    assert len(swept.fake.asked) == 4  # and one of the other project


async def test_each_team_has_its_own_runs_of_a_shared_project(swept):
    with Session(swept.lab.engine) as session:
        other = Team(workspace="T0LAB", name="Vision", team_channel="CVIS", created_at=NOW)
        session.add(other)
        session.flush()
        team = other.pk
        person_of(session, other, "UZOE", name="Zoe", role="admin")
        session.commit()
    stored(swept.lab.engine, ticket(), team_id=team)
    tracker.connect(swept.lab, team, Wish("wandb", swept.fake.url, (PROJECT,)), by="UZOE")
    swept.run("EXP-042 both", [0.8])
    assert await swept.sweep() == 2
    assert sorted(row.experiment_id for row in swept.rows(Run)) == [1, 2]
    assert (swept.ticket().best, swept.ticket(team=team).best) == (0.8, 0.8)


async def test_the_doctor_says_what_answers_and_what_does_not(swept, tmp_path):
    given = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "TRACKER_NETS": "127.0.0.1",
             "TRACKER_TOKENS": f"127.0.0.1={KEY}",
             "DATABASE_URL": f"sqlite:///{tmp_path / 'swept.db'}"}  # fmt: skip
    [good] = await trackers(read(given))
    assert (good.state, good.what.endswith("with its key: lab/support, lab/rag")) == ("ok", True)
    del swept.fake.projects["lab/rag"]
    [lost] = await trackers(read(given))
    assert lost.remedy == "it has no project “lab/rag” that I may see."
    [keyless] = await trackers(read(given | {"TRACKER_TOKENS": ""}))
    assert "without a key" in keyless.what
    assert "it wants a key that it knows (401)" in keyless.remedy
