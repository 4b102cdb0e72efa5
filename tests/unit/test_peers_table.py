"""docs/peers.md: every row has an answer and a test that exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "peers.md").read_text(encoding="utf-8")
TESTS = "".join(p.read_text(encoding="utf-8") for p in ROOT.glob("tests/dialog/*/test_peers_*.py"))
ROWS = [
    re.split(r"\s*\|\s*", line.strip("| "))
    for line in PAGE.splitlines()
    if re.match(r"\| \d", line)
]


def test_the_page_has_the_rows_1_to_32_each_with_an_honest_word():
    assert [int(row[0]) for row in ROWS] == list(range(1, 33))
    for row in ROWS:
        assert re.match(r"(yes|partly|no)\b", row[3]), row


def test_every_row_names_its_test_and_the_test_exists():
    named = [row[-1] for row in ROWS]
    assert [re.match(r"test_row_(\d\d)_", name)[1] for name in named] == [
        f"{number:02}" for number in range(1, 33)
    ]
    assert [name for name in named if f"def {name}(" not in TESTS] == []
    assert sorted(re.findall(r"def (test_row_\w+)\(", TESTS)) == sorted(named)


def test_the_handbook_leads_there():
    assert "peers.md" in (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")
