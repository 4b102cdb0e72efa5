"""Sentences in ten people's manners are read as wished."""

from collections import Counter

import pytest

from core.assay import about, said
from tests import utterances

ALMOST_ALL = 0.95
ASKED_ABOUT = 0.15  # of what is clear, at most
NOT_THEIRS = [
    "Priya is back from PTO on Monday", "the cluster is back online", "I was sick yesterday",
    "I need the report before I go on vacation next week", "I'm not sick", "I'm not back yet",
    "my manager is out of office until Tuesday", "taking 36 offline today",
    "I am sick of this bug",
    "everybody is on holiday next week", "the model is working again", "GPU node is sick today",
    "Don't mark me as away tomorrow", "I don't take friday off", "I'll be back on Monday",
    "I'm getting back to you tomorrow", "my run is back to normal", "resume the run",
    "the client is away this week, so no feedback", "if I'm sick tomorrow who covers?",
    "I won't work on 42 today", "it won't work today", "the vpn won't work today",
]  # fmt: skip

# What is counted is no experiment.
COUNTS = [
    "a warmup of 2000 steps", "we spent 300 quid", "push 20 commits", "move 12 tickets to done",
    "for 500 users it crashed", "stick 40 layers on top",
]  # fmt: skip
ID_42 = ["bin 42 mate", "stick 42 into production", "push 42 through the gate", "retraining 42"]
NOT_DONE_TO = [
    "don't take 33 forward", "let's not move 33 forward yet", "EXP-042 is not to be promoted",
    "let's pull EXP-042 up", "what's stopping EXP-042 from going live", "merge #4417",
]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        utterances.OWN,
        utterances.STRANGER,
        utterances.MORE,
        utterances.FRESH,
        utterances.FOURTH,
    ],
    ids=["own", "stranger", "more", "fresh", "fourth"],
)
def test_nearly_every_sentence_is_read_as_wished(path):
    every = list(utterances.read(path))
    wrong = [(one.intent, one.meant.intent, one.text) for one in every if not one.is_right]
    assert len(wrong) <= (1 - ALMOST_ALL) * len(every), wrong


@pytest.mark.parametrize("path", [utterances.OWN, utterances.STRANGER], ids=["own", "stranger"])
def test_what_is_not_to_be_killed_is_never_offered_for_a_kill(path):
    told_not_to = [one for one in utterances.read(path) if one.meant.negated]
    assert told_not_to
    assert {one.meant.intent for one in told_not_to} & {"kill", "promote"} == set()


@pytest.mark.parametrize("path", utterances.LABELLED.values(), ids=utterances.LABELLED)
def test_nearly_every_sentence_of_a_stranger_is_taken_or_offered_and_few_are_offered(path):
    every = utterances.labelled(path)
    verdicts = Counter(one.verdict for one in every)
    bad = [(one.verdict, one.text) for one in every if one.verdict in ("wrong", "missed")]
    assert len(bad) <= (1 - ALMOST_ALL) * len(every), bad
    clear = sum("unknown" not in one.wished for one in every)
    assert verdicts["offered"] <= ASKED_ABOUT * clear


@pytest.mark.parametrize("path", utterances.LABELLED.values(), ids=utterances.LABELLED)
def test_nobody_is_made_absent_or_present_who_did_not_say_so(path):
    done = [one for one in utterances.labelled(path) if one.is_done]
    assert done
    assert [one.text for one in done if not one.wished & {"away", "back"}] == []


def test_what_is_not_the_absence_of_who_writes_is_never_taken_for_it():
    assert [t for t in NOT_THEIRS if utterances.Labelled(t, frozenset()).is_done] == []


def test_what_is_counted_is_no_experiment_and_what_is_done_to_one_names_it():
    assert {text: about.ids(text) for text in COUNTS if about.ids(text)} == {}
    assert [text for text in ID_42 if about.ids(text) != [("EXP", 42)]] == []


def test_no_end_and_no_promotion_is_offered_for_what_is_denied_or_only_asked_for():
    taken = {text: said.read(said.Said(text)).intent for text in NOT_DONE_TO}
    assert [text for text, intent in taken.items() if intent in ("kill", "promote")] == []


@pytest.mark.parametrize(
    ("text", "length"), [("give 42 a fortnight more", "2w"), ("42 needs two fortnights", "4w")]
)
def test_a_fortnight_is_two_weeks(text, length):
    assert said.read(said.Said(text)).span == length
