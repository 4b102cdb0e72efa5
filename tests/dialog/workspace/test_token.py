"""/exp token: what lets programs in, made and ended by leads."""

import hashlib
import json
import re

import pytest
from sqlmodel import Session, select

from models.inbox import Inbox
from models.workspace.token import Token
from services.workspace import token
from tests.tickets import person

SECRET = re.compile(r"assay_[\w-]{43}")


@pytest.fixture
def led(talk):
    talk.say("/exp leads add <@UANA>", by="UANA")
    return talk


def _secret(reply) -> str:
    found = SECRET.search(json.dumps(list(reply.blocks)))
    assert found
    return found.group()


def test_a_lead_gets_a_token_whose_hash_alone_is_kept(led):
    reply = led.say("/exp token new CI of the trainer")
    assert "Token 1 (CI of the trainer)" in reply.text
    secret = _secret(reply)
    with Session(led.engine) as session:
        row = session.exec(select(Token)).one()
        kept = [json.dumps(one.reply) for one in session.exec(select(Inbox))]
    assert row.sha256 == hashlib.sha256(secret.encode()).hexdigest()
    assert not any(secret in one for one in kept)
    assert not any(secret in json.dumps(row.payload) for row in led.sent())


def test_the_same_command_sent_again_makes_no_second_token_and_shows_no_secret(led):
    led._ask("command", "/exp", "UANA", text="token new CI", key="trig:1")
    again = led._ask("command", "/exp", "UANA", text="token new CI", key="trig:1")
    assert again.text == "That was shown once, and is kept nowhere."
    assert "Tokens: 1 in use, 0 revoked" in led.say("/exp token list").text


def test_a_token_opens_until_it_is_revoked(led):
    secret = _secret(led.say("/exp token new CI"))
    found = token.pusher(led.lab, secret)
    assert (found.who, found.scopes, found.wide) == ("CI for UANA", ("push",), False)
    assert "revoked" in led.say("/exp token revoke 1").text
    assert token.pusher(led.lab, secret) is None


def test_revoking_twice_says_who_did_it_first(led):
    led.say("/exp token new CI")
    led.say("/exp leads add <@UBEN>")
    led.say("/exp token revoke 1", by="UBEN")
    again = led.say("/exp token revoke 1")
    assert "revoked already" in again.text
    assert "<@UBEN>" in json.dumps(list(again.blocks))


def test_the_list_says_when_a_token_was_used(led):
    assert "No tokens yet" in led.say("/exp token").text
    secret = _secret(led.say("/exp token new <CI> & more"))
    assert "never used" in json.dumps(list(led.say("/exp token list").blocks))
    token.pusher(led.lab, secret)
    shown = json.dumps(list(led.say("/exp token").blocks))
    assert "last used" in shown
    assert "&lt;CI&gt; &amp; more" in shown


def test_a_token_says_what_it_may_do_for_whom_and_where(led):
    person(led.engine, "UBEN", name="Ben")
    reply = led.say("/exp token new may=push,READ runner of the queue for=<@UBEN> in=workspace")
    assert "Token 1 (runner of the queue)" in reply.text
    shown = json.dumps(list(reply.blocks))
    assert "It may read and push, for <@UBEN>, in all teams its owner may read." in shown
    found = token.pusher(led.lab, _secret(reply))
    assert (found.who, found.scopes, found.owner, found.wide) == (
        "runner of the queue for Ben", ("read", "push"), "UBEN", True
    )  # fmt: skip
    listed = json.dumps(list(led.say("/exp token list").blocks))
    assert "may read and push in all teams" in listed
    assert "by <@UANA> for <@UBEN>" in listed


def test_the_name_of_a_program_is_never_that_of_a_person(led):
    made = led.say("/exp token new UBEN")
    assert token.pusher(led.lab, _secret(made)).who == "UBEN for UANA"


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        ("token new CI may=write", "UANA", "“write” is nothing a token may do"),
        ("token new CI may=,", "UANA", "It may do nothing"),
        ("token new CI may=read may=push", "UANA", "The same thing is said twice"),
        ("token new CI for=ben", "UANA", "For whom is it?"),
        ("token new CI for=<@UNOBODY>", "UANA", "I don't know that person"),
        ("token new CI in=world", "UANA", "“world” is no place"),
        ("token new may=read", "UANA", "A token needs a label"),
        ("token new CI", "UBEN", "Only a lead can issue tokens"),
        ("token list", "UBEN", "Only a lead can see the tokens"),
        ("token revoke 1", "UBEN", "Only a lead can revoke tokens"),
        ("token new", "UANA", "A token needs a label"),
        ("token revoke", "UANA", "Which token?"),
        ("token revoke ²", "UANA", "Which token?"),
        ("token revoke 9", "UANA", "There is no token 9"),
        ("token newish", "UANA", "I don't know `/exp token newish`"),
    ],
)
def test_what_cannot_be_done_is_told(led, said, by, heard):
    assert heard in led.say(f"/exp {said}", by=by).text


def test_fifty_tokens_and_long_labels_fit_in_one_answer(led):
    for number in range(50):
        led.say(f"/exp token new {'<label> ' * 9}{number}")
    assert "50 tokens already" in led.say("/exp token new one more").text
    assert "50 in use" in led.say("/exp token").text
