"""Sentences in ten people's manners are read as wished."""

from collections import Counter

import pytest

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


@pytest.mark.parametrize("path", [utterances.OPEN, utterances.BLIND], ids=["open", "blind"])
def test_nearly_every_sentence_of_a_stranger_is_taken_or_offered_and_few_are_offered(path):
    every = utterances.labelled(path)
    verdicts = Counter(one.verdict for one in every)
    bad = [(one.verdict, one.text) for one in every if one.verdict in ("wrong", "missed")]
    assert len(bad) <= (1 - ALMOST_ALL) * len(every), bad
    clear = sum("unknown" not in one.wished for one in every)
    assert verdicts["offered"] <= ASKED_ABOUT * clear


@pytest.mark.parametrize("path", [utterances.OPEN, utterances.BLIND], ids=["open", "blind"])
def test_nobody_is_made_absent_or_present_who_did_not_say_so(path):
    done = [one for one in utterances.labelled(path) if one.is_done]
    assert done
    assert [one.text for one in done if not one.wished & {"away", "back"}] == []


def test_what_is_not_the_absence_of_who_writes_is_never_taken_for_it():
    assert [t for t in NOT_THEIRS if utterances.Labelled(t, frozenset()).is_done] == []
