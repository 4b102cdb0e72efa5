"""/exp webhook: what is sent to other programs, set up by leads; and what is put on its way."""

import json
import re
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from jobs.decisions.proposal import propose
from models.inbox import Inbox
from models.webhook import HookEvent
from services.drift import drift
from services.workspace import webhook
from tests import editions, evals
from tests.conversation import TEAM
from tests.drifts import current, reference
from tests.tickets import MONDAY, experiment, stored

SECRET = re.compile(r"whsec_[\w+/=]{44}")
URL = "https://hooks.example/T0/secret-path"


@pytest.fixture
def led(talk):
    talk.say("/exp leads add <@UANA>", by="UANA")
    return talk


def _events(talk) -> list[dict]:
    with Session(talk.engine) as session:
        return [json.loads(row.body) for row in session.exec(select(HookEvent))]


def test_a_lead_adds_one_and_its_secret_is_shown_once(led):
    reply = led.say(f"/exp webhook add <{URL}> on=decided,stale")
    assert reply.text.startswith("Webhook 1 to hooks.example is added.")
    secret = SECRET.search(json.dumps(list(reply.blocks), ensure_ascii=False)).group()
    listed = led.say("/exp webhook")
    assert listed.text == "Webhooks: 1, 0 switched off"
    shown = json.dumps(list(listed.blocks), ensure_ascii=False)
    assert "hooks.example · decided, stale" in shown
    assert "secret-path" not in shown
    with Session(led.engine) as session:
        kept = json.dumps([one.reply for one in session.exec(select(Inbox))])
    assert secret not in shown + kept


def test_what_happens_is_on_its_way_and_what_nobody_wants_is_not(led):
    stored(led.engine, experiment((0.7,)))
    stored(led.engine, experiment((0.7,), number=43))
    led.say("/kill EXP-042 rank 32 overfits on 2,000 examples")
    assert _events(led) == []
    led.say(f"/exp webhook add {URL} on=decided")
    led.say("/kill EXP-043 rank 64 overfits on 2,000 examples")
    [told] = _events(led)
    assert (told["type"], told["data"]["experiment"]) == ("experiment.decided", "EXP-043")


def test_a_drifted_column_is_told_once_an_episode(led):
    led.say(f"/exp webhook add {URL} on=drift")
    for day in range(3):
        drift.push(led.lab, TEAM, current(seed=day, age=9.0) if day else reference())
        led.later(days=1)
    told = _events(led)
    assert [one["type"] for one in told] == ["drift.found"] * len(told)
    assert len({(one["data"]["source"], one["data"]["column"]) for one in told}) == len(told) > 0


def test_the_gates_verdict_is_told_each_time_it_judges(led):
    stored(led.engine, experiment((0.7,), stage="evaluation"))
    led.say(f"/exp webhook add {URL} on=gate")
    evals.pushed(led, evals.results("baseline"))
    evals.pushed(led, evals.results("candidate", wrong=200), gate=True)
    [told] = _events(led)
    assert (told["type"], told["data"]["experiment"]) == ("gate.judged", "EXP-042")
    assert told["data"]["decision"] == "NO-GO"


def test_a_digest_is_told_when_it_is_posted_as_it_was_posted(led):
    editions.drafted(led)
    led.say(f"/exp webhook add {URL} on=digest")
    editions.at(led, editions.FRIDAY_FOUR)
    [told] = _events(led)
    assert told["type"] == "digest.posted"
    assert told["data"]["sections"] == editions.digests(led)[0].sections


def test_a_silence_is_told_once_however_often_it_is_looked_at(led):
    stored(led.engine, experiment(progress_at=MONDAY - timedelta(days=12)))
    led.say(f"/exp webhook add {URL} on=stale")
    for _ in range(4):
        led.run(propose)
        led.later(days=1)
    [told] = _events(led)
    assert (told["type"], told["data"]["experiment"]) == ("experiment.stale", "EXP-042")


def test_the_switch_is_a_button_and_a_word(led):
    led.say(f"/exp webhook add {URL}")
    webhook.try_out(led.lab, TEAM, 1, by="UANA")
    [parcel] = webhook.due(led.lab, led.now)
    webhook.failed(led.lab, parcel.delivery, "it answered 410: gone", now=led.now, final=True)
    assert "off since" in json.dumps(list(led.say("/exp webhook").blocks), ensure_ascii=False)
    assert "It is switched off" in led.say("/exp webhook test 1").text
    assert "is added" not in led.say(f"/exp webhook add {URL}").text
    assert "sends, first what was on its way" in led.press("webhook_on", "1", by="UANA").text
    assert "1 · hooks.example" in json.dumps(
        list(led.say("/exp webhook").blocks), ensure_ascii=False
    ).replace("*", "")
    assert "is on its way to hooks.example" in led.say("/exp webhook test 1").text


def test_one_that_is_removed_takes_along_what_was_on_its_way(led):
    led.say(f"/exp webhook add {URL}")
    led.say("/exp webhook test 1")
    assert len(_events(led)) == 1
    assert "is removed" in led.say("/exp webhook remove 1").text
    assert _events(led) == []
    assert "No webhooks yet" in led.say("/exp webhook list").text


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        (f"add {URL}", "UBEN", "Only a lead can set up webhooks"),
        ("list", "UBEN", "Only a lead can set up webhooks"),
        ("remove 1", "UBEN", "Only a lead can set up webhooks"),
        ("add", "UANA", "That is no address I can send to"),
        ("add http://x.example/h", "UANA", "I only send over https"),
        (f"add {URL} on=", "UANA", "That is no address"),
        (f"add {URL} on=birth", "UANA", "“birth” is no event"),
        ("remove 7", "UANA", "There is no webhook 7"),
        ("test", "UANA", "Which webhook?"),
        ("tset 1", "UANA", "I don't know `/exp webhook tset`"),
    ],
)
def test_what_cannot_be_done_is_told(led, said, by, heard):
    assert heard in led.say(f"/exp webhook {said}", by=by).text


def test_eleven_are_one_too_many(led):
    for number in range(10):
        led.say(f"/exp webhook add {URL}{number}")
    assert "10 webhooks already" in led.say(f"/exp webhook add {URL}x").text
