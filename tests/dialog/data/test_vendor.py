"""Writing to a vendor about labels that did not pass: a letter, sent by a person."""

from urllib.parse import parse_qs, urlsplit

import pytest

from core.data.letter import Letter, read_address
from core.errors import Refused
from services.data.label_batch import Batch
from services.data.label_batch import push as push_labels
from tests.conversation import TEAM
from tests.databoard import road, write
from tests.datasets import labels


def annotated(talk, *, good=False, name="B-7"):
    talk.say("/exp setup")
    talk.submit_open({"team_channel": "CTEAM", "alerts_channel": "CALERT"})
    write(talk)
    road(talk, "annotation")
    rows = labels(120, 120) if good else labels(60, 60, apart=120)
    push_labels(talk.lab, TEAM, Batch(1, "", rows, "token 3 (CI)", name=name))


def test_a_batch_that_failed_offers_a_letter_that_opens_in_the_mail_program(talk):
    annotated(talk)
    assert talk.say("/data vendor acme <mailto:labels@acme.example|labels@acme.example>").text == (
        "Acme is written to at labels@acme.example."
    )
    (post,) = talk.sent("labels:")
    button = next(b for b in post.payload["blocks"] if b["type"] == "actions")["elements"][0]
    reply = talk.press(button["action_id"], button["value"])
    assert reply.text == "A letter to Acme to send yourself; nothing was sent"
    body = reply.blocks[2]["elements"][0]["elements"][0]["text"]
    assert body.startswith("Hello Acme,\n\nthe labels of batch B-7 for DATA-001 (Support tickets)")
    assert "Cohen" in body
    assert (
        "Promised for Thu 26 Nov 2026 to Tue 1 Dec 2026; we need the data by Fri 15 Jan 2027."
        in body
    )
    assert "tell us by Wed 25 Nov 2026" in body
    link = reply.blocks[0]["text"]["text"].split("<")[1].split("|")[0].replace("&amp;", "&")
    assert urlsplit(link).path == "labels@acme.example"
    said = parse_qs(urlsplit(link).query)
    assert said["subject"] == ["DATA-001, batch B-7: the labels did not pass our check"]
    assert said["body"][0].startswith("Hello Acme,")
    assert "written to at labels@acme.example" in str(talk.say("/data vendors").blocks)


def test_without_an_address_the_letter_is_there_to_copy(talk):
    annotated(talk)
    reply = talk.say("/data escalate 1")
    assert "Nobody said where they are written to: `/data vendor Acme" in str(reply.blocks)
    assert "Hello Acme" in str(reply.blocks)
    talk.say("/data vendor Acme labels@acme.example")
    assert talk.say("/data vendor Acme none").text == ("Nobody writes to Acme from here any more.")
    assert "mailto" not in str(talk.say("/data escalate 1 b-7").blocks)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/data vendor", "Which vendor, and where?"),
        ("/data vendor Acme", "Which vendor, and where?"),
        ("/data vendor Acme nowhere", "“nowhere” is no e-mail address."),
        ("/data vendor Other a@b.example", "No card names a vendor “Other”. There are: Acme."),
        ("/data escalate", "Which card?"),
        ("/data escalate 9", "There is no DATA-009."),
        ("/data escalate 1 B-9", "DATA-001 has no batch “B-9”. It has B-7."),
    ],
)
def test_what_cannot_be_done_is_said(talk, line, said):
    annotated(talk)
    assert said in talk.say(line).text


def test_labels_that_passed_are_nothing_to_escalate(talk):
    annotated(talk, good=True)
    assert "Every batch of DATA-001 passed its check" in talk.say("/data escalate 1").text
    assert "Batch B-7 of DATA-001 passed" in talk.say("/data escalate 1 B-7").text
    assert "vendor_write" not in str([row.payload for row in talk.sent("labels:")])
    write(talk)
    assert "No labels were pushed for DATA-002" in talk.say("/data escalate 2").text


def test_a_long_letter_still_fits_into_a_link():
    about = Letter("Acme", "a@b.example", "s", "What is wrong & why? " * 400)
    assert len(about.link) <= 1900
    assert parse_qs(urlsplit(about.link).query)["body"][0].endswith(" …")


def test_an_address_is_read_strictly():
    assert read_address(" Labels@Acme.example ") == "Labels@Acme.example"
    for wrong in ("a@b", "a b@c.de", "a@b.example?cc=x@y.example|", "a@b.example,c@d.example"):
        with pytest.raises(Refused):
            read_address(wrong)
