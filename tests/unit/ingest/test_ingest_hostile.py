"""Files made to hurt: refused in a sentence, quickly and within memory."""

import gzip
import io
import json
import zipfile

import pytest

from core.errors import Refused
from ingest.evals import read_eval
from ingest.file import MAX_BYTES, File

GOOD = b'{"schema": "eval/1", "results": [{"example_id": "q1", "scores": {"a": 1}}]}'
DEEP = "<testsuites>" + "<testsuite>" * 60 + "</testsuite>" * 60 + "</testsuites>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<testsuite><testcase name='&b;'/></testsuite>"
)
OUTSIDE = (
    '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd"><testsuite><testcase name="a"/></testsuite>'
)


def eval_zip(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


HEADER = json.dumps({"version": 2, "status": "success", "eval": {"model": "m"}})
BOMB = eval_zip({"header.json": HEADER, "summaries.json": b"[" + b" " * (40 << 20)})
CASES = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n\n", "it is empty"),
    "too large": (b"x" * (MAX_BYTES + 1), "it has 10 MiB and the limit is 10 MiB"),
    "gzip bomb": (gzip.compress(b" " * (40 << 20)), "it unpacks to more than 32 MiB"),
    "cut gzip": (gzip.compress(GOOD)[:-12], "its gzip packing is damaged"),
    "zip bomb": (BOMB, "its scores unpack to more than 32 MiB"),
    "cut zip": (BOMB[:-30], "its zip packing is damaged or cut off"),
    "another zip": (eval_zip({"a.txt": "x"}), "it is a zip, but no inspect_ai log"),
    "bzip2 zip": (eval_zip({"header.json": HEADER}, zipfile.ZIP_BZIP2), "packed in a way"),
    "parquet": (b"PAR1xxxx", "it is Parquet"),
    "cut JSON": (GOOD[:40], "it ends in the middle at line 1"),
    "wrong JSON": (GOOD.replace(b":", b"=", 1), "it is not valid JSON"),
    "deep JSON": (b"[" * 200_000, "it is nested too deeply"),
    "double key": (b'{"schema": "eval/1", "schema": "eval/1"}', "“schema” stands twice"),
    "long number": (GOOD.replace(b"1}", b"9" * 5000 + b"}"), ""),
    "UTF-16": (GOOD.decode().encode("utf-16"), "it is UTF-16 text"),
    "Latin-1": (b'{"schema": "eval/1", "model": "\xe9"}', "byte 32 is not UTF-8"),
    "binary": (b"a,b\x00,c\n1,2,3\n", "it holds binary data"),
    "entities": (LAUGHS.encode(), "it declares a document type"),
    "outside DTD": (OUTSIDE.encode(), "it declares a document type"),
    "deep XML": (DEEP.encode(), "too deep or too large"),
    "cut XML": (b"<testsuite><testcase name='a'/>", "its XML breaks off"),
    "HTML": (b"<html><body/></html>", "root <html>, not a JUnit report"),
    "odd encoding": (b'<?xml version="1.0" encoding="nope"?><a/>', "its XML"),
    "no cases": (b"<testsuite/>", "it holds no scores"),
    "prose": (b"Dear team, all is well.", "it is one line and no table"),
    "other JSON": (b'{"weather": "rain"}', "of no eval tool known here (its keys: “weather”)"),
    "a list": (b"[1, 2]", "a list of JSON values of no eval tool"),
    "a number": (b"12", "it is of no format known here"),
    "usage": (b'{"schema": "usage/1"}', "it holds no scores but usage"),
    "a link": (b'{"testRunLink": "https://x"}', "it only links to a test run"),
}


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name][1]])
def test_it_is_refused_with_file_reason_and_what_to_do(name):
    content, said = CASES[name]
    with pytest.raises(Refused) as refusal:
        read_eval([File(f"/home/ann/{name}.bin", content)])
    assert refusal.value.message.startswith(f"{name}.bin was not read: ")
    assert said in refusal.value.message
    assert refusal.value.hint.endswith((".", "]}"))


def test_a_number_of_5000_digits_is_a_missing_score():
    document = read_eval([File("x.json", CASES["long number"][0])])
    assert document.results[0].missing == {"a": "inf"}


def test_gzip_around_a_small_file_is_opened():
    assert read_eval([File("x.json.gz", gzip.compress(GOOD))]).metrics == ("a",)


def test_a_log_of_a_run_that_never_ended_is_read_from_its_journal():
    summary = [{"id": "q1", "epoch": 1, "scores": {"s": {"value": "C"}}}]
    members = {
        "_journal/start.json": json.dumps({"version": 2, "eval": {"model": "m"}}),
        "_journal/summaries/1.json": json.dumps(summary),
    }
    document = read_eval([File("x.eval", eval_zip(members))])
    assert (document.status, len(document.results)) == ("partial", 1)
    assert document.notes == ("the log's status is started",)


def test_control_and_direction_characters_do_not_get_into_ids():
    content = "example_id,acc\nq\u202e1\u0007,1\n"
    assert read_eval([File("x.csv", content.encode())]).results[0].example_id == "q 1"


def test_a_name_with_line_breaks_stays_on_one_line():
    with pytest.raises(Refused) as refusal:
        read_eval([File("a\nb" * 100, b"")])
    assert "\n" not in refusal.value.sentence
    assert len(refusal.value.sentence) < 200
