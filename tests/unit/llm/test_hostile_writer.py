"""A thousand mutated answers of a model: no wrong figure and no control sequence is posted."""

import json
import random
import re
from collections.abc import Callable

import pytest

from core import facts
from core.digest import page as digest
from core.digest.sheet import sheet
from core.llm.word_lists import GLUE, JOINING, MOVES, STATUS
from core.llm.wording import PHRASED
from core.privacy import injection
from services.llm import narrate
from tests.cases.injection import posted, texts_of
from tests.weeks import experiment, killed, looks, past, promoted, week
from tests.worded import answer, page

ANSWERS, PARTS = 1000, 4  # side by side when tests run in parallel
SHEETS = [
    sheet(week(killed(2, "Too slow for us"), promoted(3, 0.883), experiment(4),
               earlier=[past(0.861)], heard=["The vendor sent 3 labels too many"])),
    sheet(week(promoted(7, 0.9), killed(8, "Labels disagree often"),
               experiment(9, gpu_used=31.0))),
    sheet(week(experiment(1, measurements=looks(0.81, 0.84)), earlier=[past(0.84), past(0.86)],
               heard=["Half of the labels were wrong", "Reviewers like shorter texts"])),
    sheet(week()),
]  # fmt: skip
TEMPLATES = {id(of): narrate.plain(of) for of in SHEETS}

Mutation = Callable[[random.Random, str], str]


def _word(*words: str) -> Mutation:
    """Puts one of the words somewhere between the line's own."""

    def mutated(r: random.Random, line: str) -> str:
        parts = line.split(" ")
        parts.insert(r.randint(0, len(parts)), r.choice(words))
        return " ".join(parts)

    return mutated


def _character(*characters: str) -> Mutation:
    def mutated(r: random.Random, line: str) -> str:
        at = r.randint(0, len(line))
        return line[:at] + r.choice(characters) + line[at:]

    return mutated


def _swapped(r: random.Random, line: str) -> str:
    ids = re.findall(r"\{\{F\d+\}\}", line)
    return line.replace(r.choice(ids), f"{{{{F{r.randint(1, 30)}}}}}") if ids else line + " {{F1}}"


def _reordered(r: random.Random, line: str) -> str:
    parts = line.split(" ")
    r.shuffle(parts)
    return " ".join(parts)


def _replaced(r: random.Random, line: str) -> str:
    return re.sub(r"\{\{F\d+\}\}", r.choice(["12", "EXP-042", "88.3%", "none"]), line)


def _dropped(r: random.Random, line: str) -> str:
    parts = line.split(" ")
    parts.pop(r.randrange(len(parts)))
    return " ".join(parts)


MUTATIONS: dict[str, Mutation] = {
    "numbers": _word(
        "12", "99.9%", "$8,000", "0.873", "three", "½", "１２", "twice", "Ⅳ", "2 of 3", "both"
    ),
    "ids": _word("EXP-042", "EXP-999", "exp_042", "BATCH-7", "EXP–042"),
    "verbs": _word(
        "rose", "fell", "promoted", "killed", "improved", "doubled", "failed", "shipped"
    ),
    "dates": _word("Friday", "tomorrow", "2026-12-04", "December", "next week", "Q3"),
    "names": _word("Ana", "Marcus Bell", "the CEO", "customers", "Ана"),
    "links": _word("https://evil.example", "evil.example/p", "<http://x.y|z>", "www.x.y", "//x.y"),
    "mentions": _word("<!channel>", "<@U024BE7LH>", "@here", "<#C024BE7LR>", "<!subteam^S1>"),
    "markdown": _word("**bold**", "[a](b)", "![x](y)", "`x`", "# x", "~x~", "> x", "_x_", "* x"),
    "invisible": _character(*"\u200b\u200d\u202e\u2066\ufeff\u00ad\x00\x07\x1b\n\u2028\U000e0041"),
    "placeholders": _word("{F1}", "{{F1}}", "{{F999}}", "{{ask.owner}}", "}", "{"),
    "claims": _word("because", "significantly", "delighted", "Hire me", "EVERYTHING IS DONE"),
    "swaps": _swapped,
    "order": _reordered,
    "replaced": _replaced,
    "dropped": _dropped,
}


def _answer(r: random.Random, of: facts.Sheet, kind: str) -> str:
    said = answer(of)
    for _ in range(r.choice([1, 1, 2])):
        section = r.choice([s for s in (*PHRASED, "learned") if said[s]])
        one = r.choice(said[section])
        one["text"] = MUTATIONS[kind](r, one["text"])
        if section != "learned" and r.random() < 0.7:  # a model that keeps its own books
            one["refs"] = list(dict.fromkeys(re.findall(r"\{\{(F\d+)\}\}", one["text"])))
    return json.dumps(said, ensure_ascii=r.random() < 0.5)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_hostile_answers_post_no_wrong_figure_and_no_control_sequence(part):
    kinds, untouched = list(MUTATIONS), 0
    for seed in range(part, ANSWERS, PARTS):
        r = random.Random(seed)
        of, kind = r.choice(SHEETS), kinds[seed % len(kinds)]
        said = _answer(r, of, kind)
        made = page(of, said)
        untouched += made.written_by == "assistant" and not made.by_template
        assert digest.untraced(made.text, of) == [], (kind, said)
        assert set(_figures(made.text)) <= set(_figures(_vouched(of))), (kind, said)
        assert _phrased(made) == _phrased(TEMPLATES[id(of)]), (kind, said)
        for line in made.text.splitlines():
            assert injection.unfit(line) == (), (kind, line)
        assert not re.search(r"<[!@#h]|\]\(|evil|@here|\{|\u200b", texts_of(posted(made)))
        if kind not in {"order", "invisible", "markdown"}:
            assert set(_words(made.text)) <= _allowed(of), (kind, made.text)
    assert untouched < ANSWERS / PARTS / 2


def _vouched(of: facts.Sheet) -> str:
    return TEMPLATES[id(of)].text + "\n".join(f.shown for f in of.of("learned in"))


def _phrased(made: digest.Page) -> list[str]:
    """Every figure that is shown, outside of what was learned: none is lost, none is new."""
    return sorted(
        _figures("\n".join(digest.flat([s]) for s in made.sections if s.key != "learned"))
    )


def _figures(text: str) -> list[str]:
    return re.findall(r"EXP-\d+|\d[\d.,]*%?", text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _allowed(of: facts.Sheet) -> set[str]:
    return {*_words(_vouched(of)), *JOINING, *GLUE, *MOVES, *STATUS}
