"""What SQL sums up of decided experiments is what the rules say of each of them."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from core.calendar import instant
from core.experiments.calibration import BINS
from core.experiments.headline import in_production, standing
from core.experiments.measurement import Measurement
from core.experiments.metric import Metric, same_name
from core.experiments.prediction import outcome
from core.forecasts.headline import best_by_sprint, places, results
from core.sprints.sprint import Calendar, Span
from core.sprints.velocity import decisions
from models import db
from models.experiments import decided as sums
from models.experiments import effort
from models.experiments import experiment as tickets
from models.experiments import headline as standings
from models.experiments.experiment import Change
from models.experiments.prediction import scored
from services.experiments import experiment
from tests import seeded
from tests.tickets import experiment as ticket

BERLIN = ZoneInfo("Europe/Berlin")
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
GAP = Calendar(date(2026, 5, 4), 14, (Span(1, date(2026, 3, 9), date(2026, 3, 29)),))
NAMES = ("accuracy", "Accuracy ", "ACCURACY", "F1", "Öffnung", "öffnung")


def _any(rng, number):
    """A ticket as anybody might leave it; its instants on the hour, so that some are equal."""

    def at(first, last):
        return BEGAN + timedelta(hours=rng.randint(first, last))

    stage = rng.choice(("production", "production", "killed", "evaluation", "iteration"))
    looks = sorted(at(0, 6400) for _ in range(rng.randint(0, 4)))
    final = (
        rng.choice((None, round(rng.random(), 2))) if stage in ("production", "killed") else None
    )
    values = [rng.choice((None, round(rng.random(), 2))) for _ in looks]
    value = ticket(
        number=number, stage=stage, metric=rng.choice(NAMES), final_metric=final,
        direction=rng.choice(("higher", "higher", "lower")), stage_since=at(100, 6400),
        decided_at=rng.choice((None, at(100, 6400))), learnings=rng.choice(("", " \n", "It")),
        outcome={"production": "promoted", "killed": "killed"}.get(stage, ""),
    )  # fmt: skip
    said = {name: (number * prime % 7) / 5 if number % prime else None
            for name, prime in (("predicted_low", 3), ("predicted_high", 4))}  # fmt: skip
    chance = None if number % 5 == 0 else number % 11 / 10
    value = replace(value, predicted_chance=chance, **said)
    told = zip(looks, values, strict=True)
    value = replace(value, measurements=tuple(Measurement(a, v, 1.0, "", "UANA") for a, v in told))
    if number % 3 or stage != "production":
        return value
    since = BEGAN + timedelta(hours=number * 7919 % 6400) if number % 2 else None
    return replace(value, deploy_status="live", live_since=since)


def _team(engine, rng, many=60):
    team_id = seeded.team(engine)
    for number in range(1, many + 1):
        seeded.tickets(engine, _any(rng, number))
    with db.transaction(engine) as session:
        for row in session.exec(select(tickets.Experiment)):
            for _ in range(rng.randint(0, 2)):
                session.add(Change(
                    team_id=team_id, experiment_id=row.id, who="UANA", action="moved",
                    at=BEGAN + timedelta(hours=rng.randint(0, 6400)), undone=rng.random() < 0.3,
                    after={"stage": rng.choice(("evaluation", "experiment"))},
                ))  # fmt: skip
    return team_id


def test_the_best_of_each_sprint_is_the_same_however_it_is_counted(engine):
    rng = random.Random(7)
    team_id = _team(engine, rng)
    with Session(engine) as session:
        every = experiment.some_of(session, seeded.team_row(session))
        evaluated = effort.first_evaluated(session, team_id)
        for name in ("accuracy", "öffnung"):
            for direction in ("higher", "lower"):
                metric = Metric(name, 0.9, direction)
                live = [e for e in every if e.stage == "production"]
                at = places(GAP, BERLIN, NOW.date())
                told = [one for one in results(metric, live, evaluated) if one.at <= NOW]
                names = [n for n in NAMES if same_name(n, name)]
                ours = (names, direction)
                known = standings.best_by_place(session, team_id, ours, at, NOW)
                assert best_by_sprint([], metric, at, known) == best_by_sprint(
                    told, metric, at, {}
                )
                assert any(value is not None for value in best_by_sprint(told, metric, at, {}))
                best = standings.best(session, team_id, names, direction)
                assert best == standing(metric, live)[1]
                there = in_production(metric, every)
                assert there is not None
                assert standings.live(session, team_id, names) == there.via


def test_decisions_are_counted_as_the_rules_count_them(engine):
    team_id = _team(engine, random.Random(9))
    with Session(engine) as session:
        every = experiment.some_of(session, seeded.team_row(session))
        done = decisions(every, BERLIN)
        assert decisions(sums.completed(session, team_id, None), BERLIN) == done
        found = sums.outcomes_by_kind(session, team_id, ("killed", "promoted"))
        for kind, outcome, count in found:
            assert count == sum((d.kind, d.outcome) == (kind, outcome) for d in done)
        assert sum(count for *_, count in found) == len(done) > 0


def test_the_halves_of_all_decisions_are_those_the_rules_would_cut(engine):
    team_id = _team(engine, random.Random(11), many=200)
    with Session(engine) as session:
        every = decisions(experiment.some_of(session, seeded.team_row(session)), BERLIN)
        assert len(every) > 9
        for until in (one.on + timedelta(days=1) for one in every):
            done = [one for one in every if one.on < until]
            end = instant(until, time(), BERLIN)
            half = len(done) // 2
            cut = tuple(
                (sum(one.outcome == "promoted" for one in part), len(part))
                for part in (done[:half], done[half:])
            )
            assert sums.halves(session, team_id, ("killed", "promoted"), end, BERLIN) == cut


def test_predictions_are_scored_as_the_rules_score_each(engine):
    team_id = _team(engine, random.Random(13), many=200)
    at = places(GAP, BERLIN, NOW.date(), outside=-1)
    with Session(engine) as session:
        every = experiment.some_of(session, seeded.team_row(session))
        found = scored(session, team_id, at)
        alone = scored(session, team_id, at, tickets.numbered([every[0].number]))
    seen = [(e, o) for e in every if (o := outcome(e)) is not None]
    assert sum(one.made for one in found) == len(seen) > sum(one.made for one in alone)
    likely = [o for _, o in seen if o.loss is not None]
    assert sum(one.made for one in found if one.bin is not None) == len(likely) > 0
    assert sum(one.hits for one in found) == sum(o.succeeded for o in likely)
    assert sum(one.loss for one in found) == pytest.approx(sum(o.loss for o in likely))
    assert sum(one.ranges for one in found) == sum(o.held is not None for _, o in seen) > 0
    assert sum(one.held for one in found) == sum(o.held is True for _, o in seen) > 0
    for number, (low, high) in enumerate(BINS):
        chances = [e.predicted_chance for e, _ in seen if e.predicted_chance is not None]
        inside = [one for one in chances if low <= one < high or one == high == 1]
        said = sum(one.said for one in found if one.bin == number)
        assert said == pytest.approx(sum(inside))
        assert inside
    for span in (GAP.of(n) for n in range(1, 15)):
        days = [(e.decided_at or e.stage_since).astimezone(BERLIN).date() for e, _ in seen]
        assert sum(one.made for one in found if one.place == span.number - 1) == sum(
            span.covers(day) for day in days
        )
