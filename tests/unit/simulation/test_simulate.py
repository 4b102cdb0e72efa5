"""The simulated board: the same seed is the same game, its limits hold, and events cascade."""

from collections import Counter

import numpy as np
import pytest

from core.errors import Refused
from core.simulation import game as rules
from core.simulation.events import SHORTAGE, STALL
from core.simulation.flow import Played, deal, play
from core.simulation.game import DAYS, LIMITS, GameSettings, wish
from core.simulation.report import plain, text
from core.simulation.sprints import report

ALL = ("data-quality@2", "gpu-shortage@3", "eval-regression@4", "scope-change@5",
       "add-experiment@6")  # fmt: skip
SEEDS = range(6)


def game(*events: str, seed: int = 7, experiments: int = 120, crews: int = 0) -> Played:
    asked = wish(6, experiments, events, crews=crews)
    return play(asked, deal(asked, np.random.default_rng(seed)))


def days(played: Played, *kinds: str) -> list[int]:
    return [one.day for one in played.log if one.kind in kinds]


def test_the_same_seed_is_the_same_game_and_another_one_is_not():
    assert game(*ALL).log == game(*ALL).log
    assert game(*ALL).log != game(*ALL, seed=8).log


def test_what_is_told_is_the_same_for_the_same_seed_and_names_every_sprint():
    def told() -> str:
        asked = wish(6, 120, ALL)
        deck = deal(asked, np.random.default_rng(3))
        return text(report(play(asked, deck), deck), seed=3)

    assert told() == told()
    assert [f"Sprint {n}:" in told() for n in range(1, 7)] == [True] * 6
    assert all(f"! {event}: " in told() for event in ALL)


def test_most_experiments_are_killed_and_the_rates_of_many_games_are_healthy():
    decided = Counter()
    for seed in SEEDS:
        played = game(seed=seed)
        decided.update(one.kind for one in played.log if one.kind in ("killed", "promoted"))
        decided["again"] += sum(o.kind == "moved" and o.to == "iteration" for o in played.log)
    total = decided.total()
    assert 0.6 <= decided["killed"] / total <= 0.8
    assert 0.1 <= decided["promoted"] / total <= 0.3


@pytest.mark.parametrize("seed", SEEDS)
def test_no_column_ever_holds_more_than_its_limit(seed):
    played = game("data-quality@2", "scope-change@5", seed=seed)
    stages: dict[int, str] = {}
    for one in played.log:
        if one.kind == "moved":
            stages[one.number] = one.to
        elif one.kind in ("killed", "promoted"):
            stages[one.number] = one.kind
        full = Counter(stages.values())
        for column in ("hypothesis", "experiment", "evaluation"):
            assert full[column] <= LIMITS[column] * played.wish.crews


@pytest.mark.parametrize("seed", SEEDS)
def test_while_the_data_are_bad_nothing_is_reported_or_started(seed):
    from_day = DAYS + 2
    bad = range(from_day, from_day + STALL)
    played = game("data-quality@2", seed=seed)
    still = [one for one in played.log if one.day in bad and one.kind == "moved"]
    assert [one for one in still if one.to == "experiment"] == []
    running = {c.number for c in played.cards} - {
        one.number for one in played.log if one.kind == "moved" and one.to == "iteration"
    }
    reports = [o for o in played.log if o.day in bad and o.kind == "reported"]
    assert [one for one in reports if one.number in running] == []
    assert days(game(seed=seed), "reported") != days(played, "reported")


@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_gpu_shortage_one_experiment_runs_at_a_time(seed):
    played = game("gpu-shortage@3", seed=seed)
    refined = {o.number for o in played.log if o.kind == "moved" and o.to == "iteration"}
    short = range(2 * DAYS, 2 * DAYS + SHORTAGE)
    ran = Counter(
        one.day for one in played.log
        if one.kind == "reported" and one.day in short and one.number not in refined
    )  # fmt: skip
    assert ran
    assert max(ran.values()) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_gpu_shortage_nothing_starts_beside_another_experiment(seed):
    """On a quiet board, where there would be room."""
    asked = GameSettings(2, 14, (rules.Event("gpu-shortage", 2),))
    played = play(asked, deal(asked, np.random.default_rng(seed)))
    stages: dict[int, str] = {}
    for one in played.log:
        starts = one.kind == "moved" and one.to == "experiment"
        if starts and DAYS <= one.day < DAYS + SHORTAGE:
            assert "experiment" not in stages.values()
        if one.kind in ("moved", "killed", "promoted"):
            stages[one.number] = one.to or one.kind


def test_a_regression_brings_a_promoted_model_back_and_throws_work_away():
    played = game("eval-regression@4")
    (back,) = [one for one in played.log if one.kind == "reopened"]
    before = [o for o in played.log if o.number == back.number and o.day <= back.day]
    assert "promoted" in [one.kind for one in before]
    assert "went back from production to evaluation" in played.told[0]
    later = [o.kind for o in played.log if o.number == back.number and o.day > back.day]
    assert "moved" in later or "killed" in later


def test_a_regression_of_nothing_says_so():
    played = game("eval-regression@1", experiments=7)
    assert played.told == (
        "eval-regression@1: nothing was in production, so nothing could regress.",
    )


def test_new_requirements_jump_the_queue_and_are_a_change_of_scope():
    calm, loud = game(), game("scope-change@5")
    new = {c.number for c in loud.cards} - {c.number for c in calm.cards}
    (added,) = [one for one in loud.log if one.kind == "added"]
    assert len(new) == 3 * loud.wish.crews == len(added.numbers)
    started = [o.number for o in loud.log if o.kind == "moved" and o.day >= added.day]
    assert set(added.numbers) & set(started[:40])


def test_an_experiment_too_many_is_over_the_limit():
    calm = play(GameSettings(2, 60), deal(GameSettings(2, 60), np.random.default_rng(1)))
    asked = GameSettings(2, 60, (rules.Event("add-experiment", 1),))
    loud = play(asked, deal(asked, np.random.default_rng(1)))
    assert len(loud.cards) == len(calm.cards) + 1
    assert "6 there, 1 over its limit of 5" in loud.told[0]


def test_the_cascade_of_an_event_is_the_difference_to_the_game_without_it():
    asked = wish(6, 120, ["gpu-shortage@3"])
    deck = deal(asked, np.random.default_rng(7))
    found = report(play(asked, deck), deck)
    calm = wish(6, 120, [])
    quiet = report(play(calm, deck), deck)
    (cascade,) = found.cascades
    assert cascade.without == tuple(one.sprint.decided.finished for one in quiet.sprints[2:])
    assert cascade.decided == tuple(one.sprint.decided.finished for one in found.sprints[2:])
    assert cascade.decided[0] < cascade.without[0]


def test_the_figures_as_json_add_up():
    asked = wish(4, 60, ["data-quality@2"])
    deck = deal(asked, np.random.default_rng(7))
    found = plain(report(play(asked, deck), deck), seed=7)
    assert sum(found["sprints"][-1]["board"].values()) == 60
    killed = sum(one["killed"] for one in found["sprints"])
    assert found["metrics"]["kill_rate"]["k"] == killed
    assert found["events"][0]["event"] == "data-quality@2"


@pytest.mark.parametrize(
    ("sprints", "experiments", "events", "complaint"),
    [
        (0, 10, [], "0 sprints cannot be played"),
        (6, 5000, [], "5000 experiments cannot be played"),
        (6, 10, ["flood@2"], "“flood@2” is no event"),
        (6, 10, ["data-quality"], "is no event"),
        (6, 10, ["data-quality@7"], "outside the 6 sprints"),
        (6, 10, ["add-experiment@1"] * 41, "41 events are too many"),
    ],
)
def test_what_cannot_be_played_is_refused_in_one_sentence(sprints, experiments, events, complaint):
    with pytest.raises(Refused) as refused:
        wish(sprints, experiments, events)
    assert complaint in refused.value.message
    assert refused.value.hint
