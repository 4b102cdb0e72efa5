"""Every number of a sentence against the facts: which of them does the sheet not say?"""

import re
from dataclasses import replace
from itertools import pairwise

from core.grounding.counts import count_stands
from core.grounding.derived import combined, shares
from core.grounding.ground import COUNT, MONEY, PERCENT, SPRINTS, TIME, Known
from core.grounding.horizons import chance, days_until, is_end, is_range, span_stands
from core.grounding.matching import near, supported, times
from core.grounding.numbers import numbers
from core.grounding.pairs import pair_stands, pairs, share_moved, turned_pairs
from core.grounding.placing import Place, places
from core.grounding.ratios import Ratio, is_times, ratio_between, ratio_stands, ratio_words
from core.grounding.sentence import Scene
from core.grounding.vocabulary import CHANCE, TARGET, concepts, own

_P = re.compile(r"\bp(?:-value)?\s*(?:=|<|>|≤|of|is|was|at)\s*$", re.IGNORECASE)
_PER = re.compile(r"(?:\bper|/|\bfor every|\bfor each|\bfor|\bevery|\beach)\s*$", re.IGNORECASE)


def unsupported(scene: Scene) -> list[str]:
    """The numbers and ratios of the sentence that the sheet does not say, each with why."""
    words = ratio_words(scene.plain)
    found = [p for p in places(scene) if not any(r.start <= p.said.start < r.end for r in words)]
    paired = pairs(scene, found)
    free = [p for p in found if not any(p is q for pair in paired for q in pair)]
    turned = turned_pairs(free, candidates(scene, free[0].said.start)) if free else []
    done = {id(p) for pair in (*paired, *turned) for p in pair}
    bad = [_told(one) + f" of {two.said.value:g}" for one, two in paired
           if not _pair(scene, one, two)]  # fmt: skip
    bad += [_told(p) for p in found if id(p) not in done and not _stands(scene, p)]
    bad += _mixed(scene, found, paired)
    return bad + [f"“{r.word}” is no ratio of the sheet" for r in words if not _ratio(scene, r)]


def _mixed(scene: Scene, found: list[Place], paired: list[tuple[Place, Place]]) -> list[str]:
    """ "From A to B" where A is one fact's start and B another's value."""
    bad = []
    inside = {id(p) for pair in paired for p in pair}
    for one, two in pairwise([p for p in found if id(p) not in inside]):
        if not two.chained or one.said.dim != two.said.dim:
            continue
        facts = _named(scene, two, candidates(scene, two.said.start))
        starts = [f for f in facts if supported(one, f)]
        ends = [f for f in facts if supported(two, f)]
        if starts and ends and not any(f in ends for f in starts):
            bad.append(f"{_told(one)} beside {two.said.value:g}")
    for (one, of), (two, to) in pairwise(paired):
        between = scene.plain[of.said.end : two.said.start].strip()
        if not one.is_surely_start or between != "to":
            continue
        if not share_moved((one, of), (two, to), candidates(scene, one.said.start)):
            bad.append(f"{_told(one)} beside {two.said.value:g} of {to.said.value:g}")
    return bad


def _pair(scene: Scene, one: Place, two: Place) -> bool:
    share = replace(one.said, value=100 * one.said.value / (two.said.value or 1), dim=PERCENT)
    held = chance(scene, replace(one, said=replace(share, noun=""), after=two.after))
    if held is not None and CHANCE.search(two.after):
        return held
    facts = _named(scene, one, candidates(scene, one.said.start))
    return pair_stands(one, two, facts) or (_quoted(scene, one) and _quoted(scene, two))


def _ratio(scene: Scene, ratio: Ratio) -> bool:
    clause = scene.clause(ratio.start)
    facts = candidates(scene, ratio.start)
    metrics = scene.named(ratio.start, [f for f in facts if f.kind == "metric"])
    if metrics:
        facts = metrics + [f for f in facts if f.kind not in ("metric", "duration")]
    if ratio_stands(ratio, clause.text, scene.plain, facts):
        return True
    return (ratio.times and ratio_between(ratio, scene.text, _compared(scene))) or _in_words(
        scene, ratio.word, ratio.start
    )


def _in_words(scene: Scene, word: str, at: int) -> bool:
    """The word stands in a text fact that the sentence tells again."""
    return any(word in f.word.lower() for f in scene.retold if f in scene.about(at))


def _told(place: Place) -> str:
    shown = f"{place.said.value / place.said.factor:g}"
    return f"{shown}{' ' + place.said.dim if place.said.dim else ''} is not on the sheet"


def candidates(scene: Scene, at: int) -> list[Known]:
    """The facts of what is spoken of; the project's own where that has none of the kind."""
    about = scene.about(at)
    if not scene.subjects(at):
        near_by = [f for f in about if scene.ground.ambient(f) or f.subject in scene.before]
        named = scene.named(at, about)
        ambient = [f for f in named if f in near_by]
        metrics = [f for f in near_by if f.kind == "metric"]
        if ambient and any(f.kind == "metric" for f in ambient):
            metrics = ambient
        if metrics and (ambient or not named):
            return metrics + [f for f in about if f.kind != "metric" and f not in metrics]
        return about
    kinds = {(f.kind, f.dim) for f in about}
    rest = [f for f in scene.ground.facts if scene.ground.ambient(f) and f not in about
            and (f.kind, f.dim) not in kinds and f.kind != "metric"]  # fmt: skip
    return about + rest


def _stands(scene: Scene, place: Place) -> bool:
    facts = candidates(scene, place.said.start)
    if _P.search(place.before):
        return _p_value(scene, place, facts)
    if is_times(place):
        said = place.said
        ratio = Ratio(said.how, "times", said.value, said.start, said.end, times=True)
        return ratio_stands(
            ratio, place.clause, place.sentence, _named(scene, place, facts)
        ) or ratio_between(ratio, scene.text, _compared(scene))
    held = chance(scene, place)
    if held is not None:
        return held
    return _amount(scene, place, facts) or _quoted(scene, place)


def _amount(scene: Scene, place: Place, facts: list[Known]) -> bool:
    """A level, a distance, a count, an amount of money or a length of time."""
    if _PER.search(place.before) and _is_unit(place, facts):
        return True
    if (place.said.dim == COUNT and not place.is_surely_target) or _counts_only(place, facts):
        return _count(scene, place, facts)
    ranges = [f for f in facts if is_range(f) and place.said.dim in (TIME, SPRINTS, "")]
    if any(span_stands(place, f) for f in ranges):
        return True
    if ranges and is_end(place) and any(o.dim in (TIME, SPRINTS) for o in place.others):
        return False
    named = [f for f in _named(scene, place, facts) if f.kind != "count" and not is_range(f)]
    if any(supported(place, f, times(place, f)) for f in named if _is_meant(scene, f, place)):
        return True
    if place.said.dim == "" and _count(scene, place, [f for f in facts if f.kind == "count"]):
        return True
    return _derived(place, [*facts, *_compared(scene)]) or days_until(scene, place)


def _counts_only(place: Place, facts: list[Known]) -> bool:
    """ "Five were killed": the words name a count and no metric."""
    said = concepts(place.clause)
    named = {f.kind for f in facts if f.names & said}
    if place.said.step < 1 or place.is_surely_target or place.is_start or place.chained:
        return False
    return place.said.dim == "" and "count" in named and not named & {"metric", "test", "duration"}


def _count(scene: Scene, place: Place, facts: list[Known]) -> bool:
    carried = concepts(scene.plain[: place.said.start])
    held = [f for f in (*facts, *_compared(scene)) if _held(f)]
    if count_stands(place, facts, carried) or combined(
        place, list({f.id + f.label + f.subject: f for f in held}.values())
    ):
        return True
    noun = own(place.said.noun)
    sized = [
        f
        for f in facts
        if f.kind == "metric" and f.dim == COUNT and noun & (own(f.unit) | f.names)
    ]
    return any(supported(place, f) for f in sized)


def _compared(scene: Scene) -> list[Known]:
    """The facts of every subject the sentence names, and counts that it names."""
    named = {s for _, _, s in scene.ids}
    said = concepts(scene.plain)
    return [
        f for f in scene.ground.facts
        if f.subject in named
        or (f.kind == "count" and scene.ground.ambient(f) and f.names & said)
    ]  # fmt: skip


def _held(fact: Known) -> bool:
    return fact.kind in ("count", "money", "duration")


def _derived(place: Place, facts: list[Known]) -> bool:
    """A sum, a difference, or one amount as a percentage of another."""
    if place.said.dim == PERCENT:
        parts = shares([f for f in facts if _held(f)], place.clause, place.sentence)
        return any(near(place.said, real * 100) for real in parts)
    same = [f for f in facts if f.dim == place.said.dim and f.kind != "count"]
    if place.said.dim == MONEY:
        same = [f for f in same if place.said.currency in (f.currency, "")]
        same += [f for f in facts if f.dim == COUNT]
    return combined(place, same)


def _is_meant(scene: Scene, fact: Known, place: Place) -> bool:
    """Of several amounts of money the one whose name is in the sentence."""
    if fact.kind != "money":
        return True
    rivals = [f for f in scene.ground.facts if f.kind == "money" and f is not fact]
    leads = []
    for words in (concepts(place.clause), concepts(scene.text)):
        most = max((len(f.names & words) for f in rivals), default=0)
        leads.append(len(fact.names & words) - most)
    return leads[0] > 0 or leads[1] >= 0


def _is_unit(place: Place, facts: list[Known]) -> bool:
    """The thousand of "per thousand requests"."""
    return any(n.value == place.said.value for f in facts for n in numbers(f.per))


def _named(scene: Scene, place: Place, facts: list[Known]) -> list[Known]:
    """The metrics that the clause names, and what is no metric; all when none is named."""
    metrics = [f for f in facts if f.kind in ("metric", "test")]
    named = scene.named(place.said.start, metrics)
    if not named:
        return facts
    return named + [f for f in facts if f.kind not in ("metric", "test")]


def _p_value(scene: Scene, place: Place, facts: list[Known]) -> bool:
    tests = [f for f in facts if f.kind == "test"]
    named = scene.named(place.said.start, tests) or tests
    known = [float(f.more["p_value"]) for f in named if "p_value" in f.more]
    if "<" in place.before[-4:] or place.said.how == "under":
        return bool(known) and all(p < place.said.value for p in known)
    if ">" in place.before[-4:] or place.said.how == "over":
        return bool(known) and all(p > place.said.value for p in known)
    return any(near(place.said, p) for p in known)


def _quoted(scene: Scene, place: Place) -> bool:
    """The number stands in a text fact, or in a label, whose words are here too."""
    words = concepts(scene.plain)
    for fact in candidates(scene, place.said.start):
        for text, least in ((fact.word, 2), (fact.label, 2)):
            known = any(n.value == place.said.value for n in numbers(text))
            if not known or (text is fact.label and not TARGET.search(place.clause)):
                continue
            if len(concepts(text) & words) >= least and not place.is_change:
                return True
    return False
