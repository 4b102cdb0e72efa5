"""Weeks of a team, made up from a seed: good, bad, empty and contradictory ones."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.data.readiness_rate import Rate
from core.digest.money import Formula
from core.digest.week import Week
from core.drift.source import Drifted
from core.experiments.experiment import STAGES, Experiment
from core.experiments.measurement import Measurement
from core.experiments.metric import Metric
from core.experiments.past import Past
from core.forecasts.track_record import Foretold
from core.project.note import Note

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # Friday 16:00 in Berlin
FRIDAY = date(2026, 11, 27)
FORMULA = Formula("accuracy", 1.0, 7000, 9.5, 11.5, 13.7)
WORDS = [
    "rank 32 overfits after 2 epochs",
    "“smart” quotes — and 92%",
    "<!channel> read <https://x.y|this>",
    "92",
    "launch at 90% or wait for 92%?",
    "EXP-001 was wrong by 3 days",
    "data arrives on Friday",
    "line one\nline two 88.3%",
    "half of the labels are wrong — and 2 more risks",
    "12 von 100 Kunden; • 1 killed",
    "@here *bold* _x_",
    "ß∑½²",
]


def experiment(number: int = 42, **given: Any) -> Experiment:
    """A ticket in its time box with usual values; `given` overrides."""
    usual: dict[str, Any] = {
        "number": number, "title": "Hard negatives", "hypothesis": "", "method": "",
        "owner": "UANA", "metric": "accuracy", "direction": "higher", "baseline": 0.86,
        "target": 0.92, "success_primary": "", "success_secondary": "", "success_blocking": "",
        "kill_criteria": "", "gpu_budget": 24.0, "gpu_used": 19.0, "box_days": 14,
        "box_starts": date(2026, 11, 20), "box_ends": date(2026, 12, 3), "link": "",
        "dataset_ready": True, "blocking_ok": False, "stage": "experiment",
        "stage_since": NOW - timedelta(days=3), "outcome": "", "final_metric": None,
        "learnings": "", "decided_at": None, "decided_by": "",
        "created_at": NOW - timedelta(days=20), "progress_at": NOW - timedelta(days=1),
    }  # fmt: skip
    return Experiment(**(usual | given))


def looks(*values: float | None, days_ago: float = 1) -> tuple[Measurement, ...]:
    """Reported values, the last one so many days ago."""
    last = NOW - timedelta(days=days_ago)
    hours = range(len(values) - 1, -1, -1)
    return tuple(
        Measurement(last - timedelta(hours=h), v, 1.0, "", "UANA")
        for h, v in zip(hours, values, strict=True)
    )


def pushed(
    value: float, examples: int, low: float | None = None, high: float | None = None
) -> tuple[Measurement, ...]:
    """One result that CI pushed yesterday, with its size and range."""
    at = NOW - timedelta(days=1)
    look = Measurement(at, value, 1.0, "", "ci")
    return (replace(look, source="pushed", examples=examples, low=low, high=high),)


def promoted(number: int, final: float, **given: Any) -> Experiment:
    """A ticket that went to production yesterday."""
    done = {"stage": "production", "outcome": "promoted", "final_metric": final}
    return experiment(number, **(done | {"decided_at": NOW - timedelta(days=1)} | given))


def live(number: int, final: float, **given: Any) -> Experiment:
    """A ticket that was promoted yesterday and is live since."""
    deployed = {"deploy_status": "live", "live_since": NOW - timedelta(days=1), "live_by": "UANA"}
    return promoted(number, final, **(deployed | given))


def killed(number: int, learnings: str, **given: Any) -> Experiment:
    """A ticket that was killed two days ago."""
    done = {"stage": "killed", "outcome": "killed", "learnings": learnings}
    return experiment(number, **(done | {"decided_at": NOW - timedelta(days=2)} | given))


def week(*experiments: Experiment, **given: Any) -> Week:
    """The week to Friday 27 November 2026."""
    usual: dict[str, Any] = {
        "on": FRIDAY, "as_of": NOW, "since": NOW - timedelta(days=7),
        "where": ZoneInfo("Europe/Berlin"), "experiments": experiments,
    }  # fmt: skip
    return Week(**(usual | given))


def past(current: float | None, *, weeks_ago: int = 1, metric: str = "accuracy") -> Past:
    """The headline of an earlier Friday."""
    return Past(FRIDAY - timedelta(weeks=weeks_ago), metric, current)


def any_week(seed: int) -> Week:
    """Some week; the same one for the same seed."""
    r, deployed = random.Random(seed), random.Random(f"deployed {seed}")
    as_of = NOW + timedelta(hours=r.choice([0, 0, 17, 60]))
    found = week(
        *[
            _any_deployment(deployed, _any_experiment(r, n + 1))
            for n in range(r.choice([0, 1, 3, 8, 20]))
        ],
        as_of=as_of,
        metric=r.choice([Metric(), Metric("accuracy", 0.92), Metric("F1 @ 10", 92, "higher")]),
        earlier=[past(_value(r), weeks_ago=n) for n in range(1, r.choice([1, 2, 6]))],
        heard=[r.choice(WORDS) for _ in range(r.choice([0, 1, 5]))],
        blockers=[
            (r.choice(["data", "compute", "clarity", "other"]), as_of - timedelta(days=r.random()))
            for _ in range(r.choice([0, 1, 6]))
        ],
        drifted=[_any_drift(r, as_of) for _ in range(r.choice([0, 1, 5]))],
        notes=[_any_note(r, n + 1) for n in range(r.choice([0, 2, 9]))],
        names={"UANA": "Ana", "UBEN": "ben_2"},
        overrides=[("EXP-042", "lee and Kim")] * r.choice([0, 0, 1, 4]),
        forecast=_any_forecast(r),
        formula=r.choice(
            [None, FORMULA, Formula("accuracy", 0.4, 900, 0.02, 3, 3, "EUR", "month")]
        ),
    )
    size = r.choice(_SIZES)
    return replace(
        found,
        experiments=[_sized(one, size) for one in found.experiments],
        readiness=r.choice([None, Rate(7, 10, 2), Rate(1, 1, 0), Rate(0, 5, 0)]),
    )


def _any_forecast(r: random.Random) -> Foretold | None:
    if r.random() < 0.4:
        return r.choice([None, Foretold(reason="2 of 3 sprints with results")])
    days = [FRIDAY + timedelta(weeks=2 * n) for n in range(1, r.choice([3, 7]))]
    chance = sorted(r.random() for _ in days)
    low = [0.87 + 0.005 * n for n in range(len(days))]
    return Foretold(
        tuple((day, n + 5, p) for n, (day, p) in enumerate(zip(days, chance, strict=True))),
        tuple((day, v, v + 0.01, v + 0.03) for day, v in zip(days, low, strict=True)),
        r.choice([None, (0, 0), (8, 10)]),
    )


def _any_drift(r: random.Random, as_of: datetime) -> Drifted:
    since = as_of - timedelta(days=r.random() * 20)
    psi = r.choice([None, 0.2, 0.31234, 4.5])
    return Drifted(r.choice(["prod/requests", "c2"]), r.choice(WORDS), since, as_of, psi, "")


def _value(r: random.Random) -> float | None:
    return r.choice([None, 0.0, 0.8812, 0.8814, 0.92, 0.9199999, 1.0, 88.3, -0.5, 0.00004, 1e7])


def _any_experiment(r: random.Random, number: int) -> Experiment:
    stage = r.choice(STAGES)
    ends = FRIDAY + timedelta(days=r.randint(-20, 20))
    decided = stage in {"killed", "production"} or r.random() < 0.1
    return experiment(
        number,
        title=r.choice(WORDS),
        stage=stage,
        metric=r.choice(["accuracy", "Accuracy", "F1 @ 10", "eval loss"]),
        direction=r.choice(["higher", "higher", "lower"]),
        baseline=_value(r),
        target=_value(r),
        final_metric=_value(r),
        gpu_used=r.choice([0.0, 19.0, 23.999999, 0.1 + 0.2, 31.25]),
        gpu_budget=r.choice([0.0, 24.0, 0.3]),
        box_ends=r.choice([None, ends]),
        learnings=r.choice([*WORDS, ""]),
        decided_at=NOW - timedelta(days=r.randint(-1, 12)) if decided else None,
        progress_at=NOW - timedelta(days=r.randint(0, 30)),
        measurements=looks(*[_value(r) for _ in range(r.randint(0, 4))], days_ago=r.randint(0, 9)),
    )


def _any_deployment(r: random.Random, e: Experiment) -> Experiment:
    if e.stage != "production" or r.random() < 0.5:
        return e
    return replace(e, deploy_status="live", live_since=NOW - timedelta(days=r.randint(0, 12)))


_SIZES = ((0, None, None), (500, 0.861, 0.902), (12, 0.2, 0.9), (4000, None, None))


def _sized(found: Experiment, size: tuple[int, float | None, float | None]) -> Experiment:
    """Its results as measured on so many examples."""
    examples, low, high = size
    known = [replace(m, examples=examples, low=low, high=high) for m in found.measurements]
    return replace(found, measurements=tuple(known))


def _any_note(r: random.Random, number: int) -> Note:
    kind = r.choice(["risk", "need", "milestone"])
    words = [" ".join(r.choice([*WORDS, ""]).split()) for _ in range(2)]
    return Note(
        kind,
        " ".join(r.choice(WORDS).split()),
        impact=words[0] if kind == "risk" else "",
        mitigation=words[1] if kind == "risk" else "",
        likelihood=r.choice(["", "low", "high"]) if kind == "risk" else "",
        owner=r.choice(["", "UANA", "UBEN", "U0STRANGER1"]),
        by=r.choice([None, FRIDAY + timedelta(days=r.randint(-9, 30))]),
        number=number,
        otherwise=r.choice([*WORDS, ""]) if kind == "need" else "",
        amount=r.choice(["", "$3,000"]) if kind == "need" else "",
        choice=r.choice(["", "launch at 90% | wait for 92%"]) if kind == "need" else "",
        decided_at=(NOW - timedelta(days=r.randint(0, 12))).isoformat()
        if kind == "need" and r.random() < 0.2
        else "",
        decision=r.choice(["Approved", "wait for 92%"]) if kind == "need" else "",
        author=("UANA", "UBEN")[number % 2],
    )
