"""A language model may move words around facts, and nothing else."""

import json

import pytest

from core import digest, wording
from core.sheet import sheet
from prompts import loader
from services import narrate
from tests.weeks import killed, past, promoted, week

WEEK = week(killed(2, "Too slow, $9,000 lost"), promoted(3, 0.883), earlier=[past(0.861)])
SHEET = sheet(WEEK)
TEMPLATE = digest.compose(SHEET)


class ScriptedWriter:
    """Answers with what it was given, and remembers what it was asked."""

    def __init__(self, answer: str) -> None:
        self.answer, self.asked = answer, ""

    def write(self, prompt: str) -> str:
        self.asked = prompt
        return self.answer


def _answer(**changed: list[str]) -> str:
    lines = {s.key: list(s.lines) for s in TEMPLATE if s.key in wording.REWORDED}
    return json.dumps(lines | changed)


def _progress(change) -> str:
    return _answer(progress=[change(line) for line in json.loads(_answer())["progress"]])


def test_good_wording_is_taken_and_the_facts_stay():
    answer = _progress(lambda line: line.replace("}. {", "}. So far {", 1))
    page = narrate.write(ScriptedWriter(f"```json\n{answer}\n```"), SHEET)
    assert page.written_by == "assistant"
    assert "So far None is under way" in page.text
    assert digest.untraced(page.text, SHEET) == []


@pytest.mark.parametrize(
    "answer",
    [
        "", "I cannot do that", "[]", "{}", '{"progress": 3}',
        _answer(progress=[]),
        _answer(risks=["None known", "And one more"]),
        _answer(next=["See https://evil.example"]),
        _answer(next=["<!channel> look"]),
        _answer(next=["None planned, so it will be fine"]),
        _answer(risks=["None known because we are good"]),
        _answer(risks=["x" * 300]),
        _progress(lambda line: line.replace("{F", "{F9")),
        _progress(lambda line: line + " {F1}"),
        _answer(risks=["None known in 12 weeks"]),
        _answer(risks=["None known this Friday"]),
    ],
)  # fmt: skip
def test_wording_with_anything_of_its_own_is_refused_and_the_template_stands(answer):
    page = narrate.write(ScriptedWriter(answer), SHEET)
    assert (page.written_by, page.text) == ("template", narrate.plain(SHEET).text)


def test_no_value_and_nobodys_words_leave_the_process():
    writer = ScriptedWriter("")
    narrate.write(writer, SHEET)
    assert writer.asked.startswith(loader.load("digest").text)
    assert not any(secret in writer.asked for secret in ("88.3", "EXP-003", "slow", "9,000"))


def test_a_writer_that_fails_leaves_the_template():
    class Broken:
        def write(self, prompt: str) -> str:
            raise TimeoutError

    assert narrate.write(Broken(), SHEET).written_by == "template"


def test_a_prompt_has_a_version_and_an_unknown_one_is_an_error():
    assert len(loader.load("digest").version) == 12
    with pytest.raises(FileNotFoundError):
        loader.load("nonsense")
