"""What is written to tickets elsewhere: documents, texts that call nobody, marks, waiting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.remote.github import plain
from ingest.remote.issue import bears
from ingest.remote.jira import adf, text_of
from ingest.remote.tracker import asked_for
from tests.issue_places import is_document


@given(st.text(max_size=200))
def test_whatever_is_said_is_a_document_that_says_it(text):
    made = adf(f"{text}\nAssay 1a2b-3")
    assert is_document(made)
    said = [line.strip() for line in text.splitlines() if line.strip()]
    assert text_of(made).splitlines()[-1] == "Assay 1a2b-3"
    assert all(line in text_of(made) for line in said)


def test_the_check_of_documents_can_say_no():
    assert not is_document({"type": "doc", "version": 1, "content": [{"type": "text"}]})
    assert not is_document("plain text")


def test_a_list_is_read_line_by_line():
    item = {"type": "listItem", "content": adf("one")["content"]}
    listed = {"type": "bulletList", "content": [item, {**item, "content": adf("two")["content"]}]}
    assert text_of({"type": "doc", "version": 1, "content": [listed]}) == "one\ntwo\n"


@pytest.mark.parametrize(
    "text",
    ["ask @acme/leads", "fixes #12", "acme/ml#12", "GH-12", "<!-- hidden", "<img src=x>"],
)
def test_what_people_wrote_calls_nobody_and_hides_nothing_on_github(text):
    made = plain(text)
    assert not any(live in made for live in ("@acme", "#12", "GH-12", "<"))
    assert made.replace("\u2060", "").replace("&lt;", "<") == text


def test_a_mark_is_not_taken_for_a_longer_one():
    assert bears("… Assay 1a2b-1\n", "1a2b-1")
    assert bears("<!-- assay 1a2b-1 -->", "1a2b-1")
    assert not bears("Assay 1a2b-12", "1a2b-1")
    assert not bears("Assay 1a2b-1f", "1a2b-1")


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("Tue, 01 Dec 2026 09:02:00 GMT", 120), ("Tue, 01 Dec 2026 08:00:00 GMT", 0),
     ("", 0), ("soon", 0), ("-5", 0)],
)  # fmt: skip
def test_what_is_asked_to_be_waited_is_a_number_or_a_date(told, seconds):
    headers = {"Retry-After": told, "Date": "Tue, 01 Dec 2026 09:00:00 GMT"}
    assert asked_for(headers) == seconds
    assert asked_for({}) == 0
