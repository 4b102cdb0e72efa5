"""A verdict for people, pull requests and CI servers; foreign names break none of them."""

from xml.etree import ElementTree

from bot import push_report

BAD = "a|b <script> @everyone\n`x` \x00[1](http://x)"
METRIC = {"metric": BAD, "verdict": "FAIL", "blocking": True, "reason": BAD, "estimate": 0.5,
          "baseline": None, "low": None, "high": None, "limit": 0.9}  # fmt: skip
GATE = {"experiment": "EXP-042", "decision": "NO-GO", "current": True, "reasons": [BAD],
        "metrics": [METRIC, METRIC | {"blocking": False}]}  # fmt: skip


def test_a_table_row_stays_one_row_and_pings_nobody():
    rows = [line for line in push_report.markdown(GATE).splitlines() if "0.5" in line]
    assert len(rows) == 2
    assert rows[0].replace("\\|", "").count("|") == 6
    assert "<script" not in rows[0]
    assert "@everyone" not in rows[0]
    assert "\x00" not in rows[0]


def test_the_xml_can_be_read_and_counts_what_blocks():
    suite = ElementTree.fromstring(push_report.junit(GATE))
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [one.tag for case in suite for one in case] == ["failure", "skipped"]


def test_before_a_verdict_there_is_a_headline_only():
    nothing = {"experiment": "EXP-042", "decision": None}
    assert push_report.terminal(nothing) == "EXP-042: not judged yet"
    assert "### EXP-042: not judged yet" in push_report.markdown(nothing)
    assert ElementTree.fromstring(push_report.junit(nothing)).get("tests") == "0"


def test_what_is_particular_is_in_the_headline():
    def told(**more):
        return push_report.headline(GATE | more)

    assert "results changed since" in told(current=False)
    assert "overridden by two leads" in told(current=False, overridden=True)
    assert "30 more examples needed" in told(missing_examples=30)
    assert "2 more seeds needed" in told(missing_seeds=2)
