"""Results files dropped into Slack, over the wire: fetched, read, pushed, answered below."""

import pytest
import pytest_asyncio

from bot.upload import _is_slacks
from models.evals import gate
from models.experiments.experiment import find
from sandbox.play import Play
from services.say import Voice
from tests import seeded
from tests.pushing import EVALS
from tests.sandboxed import opened
from tests.tickets import experiment, stored

CSV = (EVALS / "long.csv").read_text()
HELD = [{"name": "long.csv", "content": CSV}]


@pytest_asyncio.fixture
async def play(tmp_path):
    async with opened(tmp_path) as running:
        yield running


def _ticket(play: Play, **fields) -> None:
    workspace = play.sandbox.office.space.team_id
    stored(play.assay.lab.engine, experiment(**fields), workspace=workspace)


async def _drop(play: Play, text: str, files=HELD, *, thread_ts=None, channel="#standup"):
    """What was answered below the message, newest last; its root's ts."""
    said = await play.sandbox.say("lena", channel, text, thread_ts=thread_ts, files=files)
    await play.settle()
    root = thread_ts or said["ts"]
    replies = play.sandbox.messages("lena", channel, thread_ts=root)
    return [one["text"] for one in replies if one.get("bot_id")], root


def _sides(play: Play, number: int = 42) -> list[str]:
    with play.assay.lab.begin() as session:
        row = find(session, 1, number)
        heads = [gate.newest_head(session, row.id, r) for r in ("candidate", "baseline")]
        return [head.role for head in heads if head]


async def test_a_file_whose_message_names_the_experiment_is_read_and_answered(play):
    _ticket(play)
    told, _root = await _drop(play, "numbers of EXP-042")
    assert len(told) == 1
    assert told[0].startswith("EXP-042: read as candidate, ")
    assert "The gate says " in told[0]
    assert _sides(play) == ["candidate"]


async def test_baseline_in_the_text_makes_it_the_baseline(play):
    _ticket(play)
    told, _root = await _drop(play, "EXP-042 Baseline")
    assert told[0].startswith("EXP-042: read as baseline, ")
    assert _sides(play) == ["baseline"]


async def test_a_file_in_the_thread_of_a_decision_needs_no_name(play):
    _ticket(play, stage="hypothesis")
    with play.assay.lab.begin() as session:
        theirs = seeded.team_row(session, play.sandbox.office.space.team_id)
        voice = Voice(session, theirs.workspace, play.assay.lab.clock(), theirs.pk)
        voice.post("decision:EXP-042:1", "C0STANDUP", ("It moved.", []))
    await play.settle()
    parent = play.sandbox.messages("lena", "#standup")[-1]
    told, _root = await _drop(play, "here", thread_ts=parent["ts"])
    assert [one[:26] for one in told][-1] == "EXP-042: read as candidate"


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("EXP-042", [{"name": "notes.txt", "content": "hello"}], "notes.txt was not read"),
        ("EXP-042", [{"name": "empty.json", "content_base64": "IA=="}], "it is empty"),
        ("EXP-042", [{"name": "big.csv", "content": "x" * 10_500_000}], "more than 10 MiB"),
        ("EXP-042 <!channel>", [{"name": "<x>.json", "content": "{"}], "was not read"),
        ("EXP-999", HELD, "There is no EXP-999."),
    ],
)
async def test_what_cannot_be_read_is_answered_with_one_sentence(play, text, files, said):
    _ticket(play)
    told, _root = await _drop(play, text, files)
    assert len(told) == 1
    assert said in told[0]
    assert _sides(play) == []


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("no experiment is named", HELD),
        ("EXP-042", [{"name": "cat.png", "content": "x"}]),
        ("EXP-042 without any file", []),
    ],
)
async def test_what_is_not_about_results_passes_by(play, text, files):
    _ticket(play)
    assert (await _drop(play, text, files))[0] == []


async def test_several_names_are_asked_about_and_nothing_is_read(play):
    _ticket(play)
    assert (await _drop(play, "EXP-042 or EXP-043"))[0] == []
    whispered = [one["text"] for one in play.sandbox.messages("lena", "#standup")]
    assert any("names several experiments" in one for one in whispered)
    assert _sides(play) == []


async def test_a_file_kept_elsewhere_is_never_sent_our_token(play):
    api = "https://slack.com/api/"
    assert _is_slacks("https://files.slack.com/files-pri/T1-F1/a.csv", api)
    for url in ("https://evil.example/a.csv", "http://files.slack.com/a", "https://xslack.com/a",
                "https://files.slack.com.evil.example/a", "file:///etc/passwd", ""):  # fmt: skip
        assert not _is_slacks(url, api), url
