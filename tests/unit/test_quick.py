"""`make quick` runs what a change can break near itself, and no more."""

from tests.quick import near


def test_a_change_in_a_wing_runs_that_wings_rules_and_dialogs():
    found = near(["core/drift/drift.py", "views/drift/drift.py"])
    assert found == ["tests/dialog/drift", "tests/test_shape.py", "tests/unit/drift"]


def test_a_change_outside_the_wings_runs_the_tests_outside_the_wings():
    found = near(["services/ports.py"])
    assert {"tests/unit/test_edge.py", "tests/dialog/test_access.py"} <= set(found)
    assert "tests/unit/drift" not in found


def test_a_room_of_the_sandbox_is_no_wing_of_that_name():
    found = near(["sandbox/workspace/roster.py"])
    assert found == ["tests/test_shape.py", "tests/unit/sandbox"]


def test_a_test_outside_the_wings_runs_alone():
    found = near(["tests/dialog/test_access.py", "tests/unit/test_gone.py"])
    assert found == ["tests/dialog/test_access.py", "tests/test_shape.py"]


def test_words_run_the_tests_that_name_their_file():
    assert "tests/unit/test_edge.py" not in near(["CHANGELOG.md"])
    assert "tests/unit/test_peers_table.py" in near(["docs/peers.md"])


def test_words_alone_run_only_the_shape():
    assert near([]) == ["tests/test_shape.py"]
