"""/learn: finding what was learned, and keeping what was said elsewhere."""

import difflib
from dataclasses import replace

from core.errors import Refused
from core.faults import Faults
from core.quantity import experiment_id, experiment_number, experiments_in, is_experiment_id
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.experiments import learning
from services.experiments.learning import LearningsFound, NewLearning
from services.ports import Lab
from views import kit
from views.experiments import learning as view
from views.kit import Message

_VERBS = ("search", "show", "add")
_NEW = "learn:"  # under which a form that no message opened keeps its draft
_NONE_YET = "Nothing is kept yet. `/learn add EXP-042 what you learned` is a start."


def latest(lab: Lab, ask: Ask) -> Reply:
    """`/learn`: the last ones; with words, those with them in it."""
    words = ask.text.split()
    if words and difflib.get_close_matches(words[0].lower(), _VERBS, n=1, cutoff=0.75):
        meant = difflib.get_close_matches(words[0].lower(), _VERBS, n=1)[0]
        raise Refused(f"Did you mean `/learn {meant}`?", "`/learn help` lists what I understand.")
    if words:
        return search(lab, ask)
    return _listing(learning.latest(lab, ask.team_id, by=ask.user), "Learned last", _NONE_YET)


def search(lab: Lab, ask: Ask) -> Reply:
    """`/learn search tokenizer`."""
    found = learning.search(lab, ask.team_id, ask.text, by=ask.user)
    asked = kit.escape(clean(ask.text, limit=60))
    nothing = f"No learning has “{asked}” in it. Try fewer words or part of one."
    return _listing(found, f"Learned about “{asked}”", nothing)


def show(lab: Lab, ask: Ask) -> Reply:
    """`/learn EXP-042`."""
    number = experiment_number(ask.text)
    name = experiment_id(number)
    nothing = f"Nothing is kept about {name} yet. `/learn add {name} …` keeps something."
    found = learning.of_experiment(lab, ask.team_id, number)
    return _listing(found, f"Learned from {name}", nothing)


def add(lab: Lab, ask: Ask) -> Reply:
    """`/learn add [EXP-042] text`."""
    words = ask.text.strip().split(None, 1)
    named = bool(words) and is_experiment_id(words[0]) and not words[0].isdigit()
    number = experiment_number(words[0]) if named else 0
    text = (words[1] if len(words) > 1 else "") if named else ask.text
    if not text.strip():
        raise Refused("What was learned?", "Write `/learn add EXP-042 what you learned`.")
    wish = NewLearning(clean(text), ask.user, f"typed:{ask.key}"[:200], number)
    return _kept(lab, ask, wish)


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The message shortcut: a small form with the message in it."""
    author = str(ask.event.get("user") or "")
    origin = f"message:{ask.channel}:{ask.message_ts}"
    wish = NewLearning(ask.text, ask.user, origin, author=author)
    text, typed, there = learning.to_log(lab, ask.team_id, wish)
    if there is not None:
        return Reply.of(view.kept(there, new=False))
    named = [experiment_id(number) for number in experiments_in(text)][:1]
    start = typed or {"text": text, "experiment": "".join(named)}
    return Reply(
        modal=view.form(start.get("text", ""), start.get("experiment", ""), origin, author)
    )


def open_new(lab: Lab, ask: Ask) -> Reply:
    """The button Log a learning: the empty form, or with what was typed before."""
    kept = form_draft.offer(lab, ask.team_id, ask.user, _NEW)
    text, about = str(kept.get("text") or ""), str(kept.get("experiment") or "")
    return Reply(modal=view.form(text, about, "", ask.user))


def open_search(_lab: Lab, _ask: Ask) -> Reply:
    """The button Search learnings."""
    return Reply(modal=view.search_form())


def _number_in(typed: str) -> int:
    if typed and not is_experiment_id(typed):
        raise Refused(
            f"“{typed[:40]}” is no experiment id.", "Write it like EXP-042.", field="experiment"
        )
    return experiment_number(typed) if typed else 0


def find(lab: Lab, ask: Ask) -> Reply:
    """The search form was sent: what was found is shown in it."""
    typed = clean(ask.written("words"), limit=200)
    if not typed:
        raise Refused("What should I look for?", "Type a word or part of one.", field="words")
    reply = search(lab, replace(ask, text=typed))
    return Reply(update=view.search_form(typed, Message(reply.text, list(reply.blocks))))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    text = ask.written("text")
    with Faults() as each:
        each(learning.require_said, text)
        number = each(_number_in, clean(ask.written("experiment")))
    origin = ask.told("origin") or f"typed:{ask.key}"[:200]
    reply = _kept(lab, ask, NewLearning(text, ask.user, origin, number, ask.told("author")))
    form_draft.forget(lab, ask.team_id, ask.user, _NEW if not ask.told("origin") else origin)
    return reply


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form_draft.keep(lab, ask.team_id, ask.user, f"learn:{ask.told('origin')}", ask.values)
    return Reply()


def forget(lab: Lab, ask: Ask) -> Reply:
    """The button under what was kept."""
    number = ask.number("`/learn` lists what was learned.")
    gone = learning.take_back(lab, ask.team_id, number, by=ask.user)
    return Reply.of(view.taken_back(gone), replace=True)


def _kept(lab: Lab, ask: Ask, wish: NewLearning) -> Reply:
    one, new = learning.log(lab, ask.team_id, wish)
    return Reply.of(view.kept(one, new=new))


def _listing(found: LearningsFound, title: str, nothing: str) -> Reply:
    return Reply.of(view.listing(found.learnings, title, more=found.more, nothing=nothing))


ROUTES = Routes(
    verbs=(
        Verb(
            "/learn",
            "",
            "[words]",
            "What was learned last, or with these words",
            latest,
            takes_rest=True,
        ),
        Verb("/learn", "search", "tokenizer", "Find it by parts of words", search),
        Verb("/learn", "show", "EXP-042", "What one experiment taught", show),
        Verb("/learn", "add", "EXP-042 what you learned", "Keep it", add),
    ),
    actions={"learn_forget": forget, "learn_new": open_new, "learn_find": open_search},
    forms={"learn_log": send, "learn_find": find},
    closed={"learn_log": close},
    shortcuts={"learn_from_message": open_form},
)
