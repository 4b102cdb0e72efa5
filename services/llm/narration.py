"""The conversation with a model about one digest: ask, check, one repair, notes shortened first.

No database here: `assay llm eval` holds the same conversation as the Friday job.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from core.digest import page, rubric
from core.digest.page import Section
from core.facts import Sheet
from core.grounding import verifier
from core.llm import endpoint, lint, wording
from core.llm import task as words
from core.llm.endpoint import Brief, Call, LlmAnswer, LlmQuestion
from core.llm.wording import (
    LEARNED,
    MOST,
    PHRASED,
    Answer,
    Finding,
    Task,
    TeamNote,
    grouped,
    notes_of,
)
from prompts import loader
from services.llm import answer as reading
from services.ports import Writer

LEAST_SECONDS = 0.1
SHORTENED = 5  # of a group of notes, when there are too many


@dataclass(frozen=True)
class Worded:
    """What came of it. taken: the sections that a model worded; asked: those it was asked for.

    why: core/llm/endpoint's reason when none was taken. lint_passed, verified: of the first
    answer.
    """

    sections: tuple[Section, ...]
    calls: tuple[Call, ...]
    taken: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    why: str = ""
    lint_passed: bool = False
    verified: bool = False


@dataclass
class Talk:
    """One digest's calls: one deadline and one budget of tokens over all of them."""

    writer: Writer
    brief: Brief
    seconds: float
    calls: list[Call] = field(default_factory=list)

    @property
    def rung(self) -> endpoint.Rung:
        """What the endpoint was last seen to understand."""
        good = [call.said.rung for call in self.calls if call.said.outcome == "ok"]
        return good[-1] if good else self.brief.rung

    @property
    def may_go_on(self) -> bool:
        """True while there is time and budget for another call."""
        used = sum(call.said.tokens for call in self.calls)
        left = self.brief.tokens_left
        return self.seconds > LEAST_SECONDS and (left is None or used < left)

    def ask(self, purpose: str, prompt: loader.Prompt, question: str) -> LlmAnswer:
        """Ask once; a failure is an outcome, never an exception."""
        shown = [m for q, a in prompt.examples for m in (("user", q), ("assistant", a))]
        messages = (("system", prompt.text), *shown, ("user", question))
        asked = LlmQuestion(messages, reading.SCHEMA, self.seconds, self.rung)
        try:
            said = self.writer.write(asked)
        except Exception as fault:  # noqa: BLE001 - a digest is posted whatever a writer does
            said = LlmAnswer("error", request_id=type(fault).__name__)
        self.seconds -= said.seconds
        self.calls.append(Call(purpose, said))
        return said

    def noted(self, found: Sequence[Finding]) -> None:
        """Keep the finding codes with the call they are about."""
        codes = tuple(f"{f.section or 'answer'}:{f.code}" for f in found)
        self.calls[-1] = replace(self.calls[-1], findings=codes)


def word(writer: Writer, sheet: Sheet, brief: Brief) -> Worded:
    """The digest's sections with placeholders, as a model and the template worded them."""
    template = page.compose(sheet)
    talk = Talk(writer, brief, brief.endpoint.deadline_s)
    form = words.Form(
        tag=secrets.token_hex(4),
        roster=() if brief.endpoint.share_names else brief.roster,
        share_values=brief.endpoint.share_values,
    )
    notes = _few(talk, form, notes_of(sheet, form.roster))
    task = Task(sheet, template, notes)
    prompt = loader.digest()
    if not talk.may_go_on:
        return _by_template(talk, task, page.CAP if talk.seconds > LEAST_SECONDS else page.SILENT)
    said = talk.ask("digest", prompt, words.question(task, form))
    if said.outcome != "ok":
        return _by_template(talk, task, page.SILENT)
    answer, found = _checked(task, said.text)
    talk.noted(found)
    first = found
    if any(f.section != LEARNED for f in found) and talk.may_go_on:
        answer, found = _repaired(talk, task, form, (answer, found))
    lint_passed = not [f for f in first if f.code not in {"untraced", "unsupported"}]
    return replace(
        _decided(talk, task, answer, found), lint_passed=lint_passed, verified=not first
    )


def _few(talk: Talk, form: words.Form, notes: tuple[TeamNote, ...]) -> tuple[TeamNote, ...]:
    """At most MOST notes: when there are more, each group's best, shortened by the model.

    A note keeps its id and its own words in front of the lint of the digest's answer, because
    what is left of it is checked here against all of it.
    """
    if len(notes) <= MOST:
        return notes
    prompt = replace(loader.load("notes"), examples=())
    kept: list[TeamNote] = []
    for group in grouped(notes):
        if len(group) <= SHORTENED or not talk.may_go_on:
            kept += group[:SHORTENED]
            continue
        said = talk.ask("notes", prompt, words.shortening(group, SHORTENED, form))
        kept += _shortened(talk, group, said) or group[:1]
    return tuple(kept[:MOST])


def _shortened(talk: Talk, group: Sequence[TeamNote], said: LlmAnswer) -> list[TeamNote]:
    answer = reading.read(said.text)
    if answer is None:
        return []
    notes = {note.id: note for note in group}
    found: list[Finding] = []
    kept: dict[str, TeamNote] = {}
    for number, line in enumerate(answer.learned[:SHORTENED], 1):
        note = notes.get(line.refs[0]) if len(line.refs) == 1 else None
        if note is None or note.id in answer.suspicious:
            found.append(Finding(LEARNED, number, "refs"))
            continue
        codes = list(lint.of_note(line.text, note.text))
        found += [Finding(LEARNED, number, code) for code in codes]
        if not codes:
            kept[note.id] = replace(note, text=line.text)
    talk.noted(found)
    return list(kept.values())


def _checked(task: Task, text: str, sections: Sequence[str] = ()) -> tuple[Answer, list[Finding]]:
    answer = reading.read(text)
    if answer is None:
        return Answer(), [Finding("", 0, "format")]
    asked = sections or task.asked
    return answer, [f for section in asked for f in _findings(task, answer, section)]


def _findings(task: Task, answer: Answer, section: str) -> list[Finding]:
    raw = lint.findings(task, answer, section)
    return raw or [Finding(section, 0, code) for code in rendered(task, answer, section)]


def rendered(task: Task, answer: Answer, section: str) -> list[str]:
    """Codes of the free-text checks of that section with its values in."""
    if wording.written(task, answer, section) == task.lines(section):
        return []  # word for word the template
    ours = _text(task, task.lines(section))
    if section == LEARNED:
        ours = "\n".join([ours, *(note.text for note in task.notes)])
    text = _text(task, wording.written(task, answer, section))
    codes = ["untraced"] if page.untraced(text, task.sheet) else []
    if _rules_broken(task, answer, (section,)) - _rules_broken(task, answer, ()):
        codes.append("rubric")
    # What the template or the whole note is blamed for, too, says nothing against the model.
    usual = {r for verdict in verifier.findings(ours, task.sheet) for r in verdict.reasons}
    found = {r for verdict in verifier.findings(text, task.sheet) for r in verdict.reasons}
    return [*codes, *(["unsupported"] if found - usual else [])]


def _rules_broken(task: Task, answer: Answer, taken: tuple[str, ...]) -> set[int]:
    """The digest's rules (core/digest/rubric) that the page would break with these sections."""
    sections = page.filled(wording.merged(task, answer, taken), task.sheet)
    made = page.Page(task.sheet.week, sections, asdict(task.sheet), "-" * 64, "assistant")
    return {failure.point for failure in rubric.failed(made)}


def _text(task: Task, lines: tuple[str, ...]) -> str:
    return page.flat(page.filled([Section("", "", lines)], task.sheet))


def _repaired(
    talk: Talk, task: Task, form: words.Form, before: tuple[Answer, list[Finding]]
) -> tuple[Answer, list[Finding]]:
    """The answer with its bad sections asked for once more, without notes and the bad text."""
    answer, found = before
    said = talk.ask("repair", loader.digest(), words.repair(task, found, form))
    if said.outcome != "ok":
        return before
    again, wrong = _checked(task, said.text, PHRASED)
    talk.noted(wrong)
    if any(f.code == "format" for f in wrong):
        return before
    bad = {f.section for f in found}
    if "" in bad:  # the first was no JSON: nothing of it can be kept, and no note was sent again
        return again, wrong
    new = {s: again.of(s) if s in bad else answer.of(s) for s in PHRASED}
    kept = [f for f in found if f.section == LEARNED]
    merged = Answer(new["headline"], new["progress"], answer.learned, answer.suspicious)
    return merged, [*kept, *(f for f in wrong if f.section in bad)]


def _decided(talk: Talk, task: Task, answer: Answer, found: Sequence[Finding]) -> Worded:
    bad = {f.section for f in found}
    if "" in bad or len(bad) >= 2:
        return _by_template(talk, task, page.CHECK)
    asked = [s for s in task.asked if s != LEARNED or answer.learned]
    taken = tuple(s for s in asked if s not in bad)
    return Worded(wording.merged(task, answer, taken), tuple(talk.calls), taken, task.asked)


def _by_template(talk: Talk, task: Task, why: str) -> Worded:
    return Worded(task.template, tuple(talk.calls), asked=task.asked, why=why)
