"""A model may say which intent a sentence has, and nothing else; the table does without it."""

import json
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from bot.config import read
from bot.writer import writer_for
from core.assay import intent
from core.llm import meaning
from models.llm.llm import LlmCall
from services.ports import Lab
from tests.conversation import Conversation
from tests.fridays import TOKENS
from tests.standups import know, ticket

GONE = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "m"}
ODD = "the pelicans would fancy a peek into the larder"
UNSURE = "I am not sure what you mean"


class Modelled(Conversation):
    """People who talk to Assay with a model behind it."""

    config = None

    @property
    def lab(self) -> Lab:
        return replace(super().lab, writer=writer_for(self.config), llm=self.config.llm)


@pytest.fixture
def talk(talk, llmock, monkeypatch):
    monkeypatch.setattr("services.llm.meaning.SECONDS", 30.0)  # this machine may be busy
    given = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": llmock.base_url("openai")}
    made = Modelled(engine=talk.engine, table=talk.table)
    made.config = read(TOKENS | given | {"LLM_MODEL": "m"})
    know(made, {"UANA": ("Ana Ruiz", "UTC")})
    made.say("/exp leads add <@UANA>")
    ticket(made, 42)
    return made


def dm(talk, text=ODD):
    return talk.write(text, channel="DANA")


def calls(talk):
    with Session(talk.engine) as session:
        return [(call.purpose, call.outcome) for call in session.exec(select(LlmCall))]


def test_what_the_table_does_not_know_is_answered_as_the_model_reads_it(talk, llmock):
    assert intent.read(ODD).intent == "unknown"
    llmock.reply('{"intent": "board"}')
    assert dm(talk).text == talk.say("/board").text
    assert calls(talk) == [("meaning", "ok")]


def test_what_the_table_knows_is_asked_of_nobody(talk):
    dm(talk, "who is blocked?")
    assert calls(talk) == []


@pytest.mark.parametrize(
    "said",
    ['{"intent": "none"}', '{"intent": "away"}', '{"intent": "board", "figure": "0.93"}',
     "We are at 93%.", '{"intent": ["kill"]}', "{", "[1]"],
)  # fmt: skip
def test_anything_else_it_says_is_nothing(talk, llmock, said):
    assert meaning.read(said) == ""
    llmock.reply(said)
    assert dm(talk).text.startswith(UNSURE)


def test_what_it_takes_for_an_act_is_a_button_and_nothing_is_done(talk, llmock):
    llmock.reply('{"intent": "kill"}')
    reply = dm(talk, "exp 42 smells of pelicans somehow, sigh")
    assert "killed" not in talk.say("/exp EXP-042").text
    assert not reply.modal


def test_names_and_secrets_stay_here(talk, llmock):
    llmock.reply('{"intent": "none"}')
    dm(talk, "pelicans of Ana Ruiz at ana@example.com fancy larders")
    sent = json.dumps(llmock.last_request.body["messages"])
    assert "pelicans" in sent
    assert not any(word in sent for word in ("Ana Ruiz", "ana@example.com"))


def test_a_model_that_is_away_leaves_the_tables_answer(talk, llmock):
    talk.config = read(TOKENS | GONE)
    assert dm(talk).text.startswith(UNSURE)
    assert calls(talk) == [("meaning", "unreachable")]


def test_where_nothing_may_leave_nothing_is_asked(talk):
    talk.say("/exp llm never")
    assert dm(talk).text.startswith(UNSURE)
    assert calls(talk) == []
