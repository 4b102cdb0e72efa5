"""The cases of a diagnosis, from counts alone."""

from datetime import date

import pytest

from core.experiments.words import Decided
from core.project.diagnosis import Complaint, PhaseEvidence, Sign, diagnose

SHIP = Complaint("ship")


def seen(**given) -> PhaseEvidence:
    """An old team with ten running experiments and nothing wrong."""
    plain = {
        "sprints": 3, "since": date(2026, 10, 26), "tickets": 20, "age": 90, "killed": (),
        "promoted": (), "running": tuple(range(1, 11)), "started": (1, 2, 3), "waiting": (),
        "blockers": (), "dragged": (), "learned": 0,
    }  # fmt: skip
    return PhaseEvidence(**plain | given)


def signs(*numbers: int) -> tuple[Sign, ...]:
    """Those experiments, over their box."""
    return tuple(Sign(number, "over its box by 5 days") for number in numbers)


@pytest.mark.parametrize(
    ("given", "case"),
    [
        ({"dragged": signs(1, 2, 3)}, ""),
        ({"dragged": signs(1, 2, 3, 4)}, "killing"),
        ({"dragged": signs(1), "running": (1,)}, ""),
        ({"dragged": signs(1), "running": ()}, ""),
        ({"waiting": signs(11, 12)}, ""),
        ({"waiting": signs(11, 12), "started": (1, 2)}, "starting"),
        ({"waiting": signs(11), "started": ()}, ""),
        ({"gate": Decided(killed=6, promoted=3)}, ""),
        ({"gate": Decided(killed=7, promoted=3)}, "failing"),
        ({"gate": Decided(killed=7, promoted=3), "silent": (21, 22, 23, 24)}, ""),
        ({"gate": Decided(killed=40)}, ""),
        ({"dragged": signs(1, 2, 3, 4), "waiting": signs(11, 12), "started": ()}, "killing"),
        ({"dragged": signs(*range(1, 9)), "tickets": 2}, ""),
        ({"dragged": signs(*range(1, 9)), "age": 13}, ""),
    ],
    ids=["few", "third", "one", "none-runs", "starting", "waiting", "one-waits", "nine",
         "healthy", "silent", "only-kills", "process-first", "two-tickets", "young"],
)  # fmt: skip
def test_a_case_holds_only_with_its_counts(given, case) -> None:
    """Or none does."""
    found = diagnose(SHIP, seen(**given)).main
    assert (found.case if found else "") == case


def test_what_was_asked_about_comes_first_among_those_that_hold() -> None:
    """Else process before blockers."""
    both = seen(dragged=signs(1, 2, 3, 4), waiting=signs(11, 12), started=())
    first = diagnose(Complaint("starting"), both).main
    assert first is not None
    assert first.case == "starting"
