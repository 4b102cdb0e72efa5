"""Sentences in ten people's manners are read as wished."""

import pytest

from tests import utterances

ALMOST_ALL = 0.95


@pytest.mark.parametrize(
    "path",
    [utterances.OWN, utterances.STRANGER, utterances.MORE, utterances.FRESH],
    ids=["own", "stranger", "more", "fresh"],
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
