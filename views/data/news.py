"""What is said in public about data cards: new, moved, PII found, "the math doesn't work"."""

from core.calendar import working_days_between
from core.data.clearance import STATES, Clearance, of
from core.data.dataset import STAGES, TITLES, Dataset, Moved
from core.data.readiness import FITS, NOT, DataOutlook
from views import kit
from views.data import dataset
from views.kit import Message


def created(card: Dataset, by: str) -> Message:
    """One line for a new card."""
    line = f"{kit.escape(card.title, 150)}, needed by {kit.day(card.needed_by)}"
    line += f", blocks {dataset.ids(card)}" if card.experiments else ""
    text = f"{card.id} waits in Data Needed (by {kit.person(by)})"
    return Message(text, [kit.section(f"*{text}*\n{line}")])


def moved(news: Moved) -> Message:
    """One line for a move, and what the new column knows."""
    card, back = news.after, STAGES.index(news.after.stage) < STAGES.index(news.before.stage)
    way = "went back" if back else "moved"
    text = f"{card.id} {way} from {TITLES[news.before.stage]} to {TITLES[card.stage]}"
    text += f" (by {kit.person(news.by)})"
    lines = [f"*{text}*", f"{kit.escape(card.title, 150)} · {dataset.facts(card)}"]
    if news.ready:
        lines.append(f"Dataset ready: {', '.join(news.ready)}")
    if news.unready:
        lines.append(f"Dataset not ready any more: {', '.join(news.unready)}")
    blocks = [kit.section("\n".join(lines))]
    if news.accepted:
        blocks.append(kit.context("Labels without shown agreement, accepted by a lead because:"))
    if news.why:
        blocks.append(kit.quote(news.why))
    return Message(text, blocks)


def gate_moved(card: Dataset, before: float, by: str, why: str) -> Message:
    """The agreement a card's labels must show is another one. before: needed until now."""
    way = "raised" if card.gate > before else "lowered"
    text = f"{card.id}: quality gate {way} from {before:.4g} to {card.gate:.4g}"
    text += f" (by {kit.person(by)})"
    blocks = [kit.section(f"*{text}*\n{kit.escape(card.title, 150)}")]
    return Message(text, [*blocks, *([kit.quote(why)] if why else [])])


def reviewed(card: Dataset, before: Dataset, name: str, by: str) -> Message:
    """A review is open, cleared or not needed; how long it was open when it no longer is."""
    now, old = _of(card, name), _of(before, name)
    text = f"{card.id}: {now.title} is {STATES[now.state]} (by {kit.person(by)})"
    lines = [f"*{text}*", kit.escape(card.title, 150)]
    if now.is_open and now.owner:
        lines.append(f"{kit.person(now.owner)} looks after it")
    if old.is_open and not now.is_open and old.since and now.since:
        days = working_days_between(old.since, now.since)
        lines.append(f"It was open for {days} working day{'' if days == 1 else 's'}")
    return Message(text, [kit.section("\n".join(lines))])


def _of(card: Dataset, name: str) -> Clearance:
    return next(one for one in of(card) if one.name == name)


def pii_found(card: Dataset, by: str) -> Message:
    """Personal data was found: what, and what the document says to do."""
    text = f"{card.id}: PII was found (by {kit.person(by)}); it does not go to annotation"
    if card.stage in {"annotation", "qa", "ready"}:
        text = f"{card.id}: PII was found in {TITLES[card.stage]} (by {kit.person(by)})"
    fix = "Now: apply a PII scrubbing pipeline, annotate again what was already out."
    return Message(text, [kit.section(f"*{text}*"), kit.quote(card.pii_why), kit.context(fix)])


def warning(seen: DataOutlook) -> Message:
    """Data that will not, or not surely, be there in time and what to do, or that it fits now."""
    card, hit = seen.card, ", ".join(fit.subject for fit in seen.hit)
    if seen.verdict == FITS:
        text = f"{card.id}: it fits now"
        return Message(text, [kit.section(f"*{text}*\n{kit.escape(card.title, 150)}")])
    word = "the math doesn't work" if seen.verdict == NOT else "it is tight"
    text = f"{card.id}: {word} for {hit}"[:300]
    lines = [f"*{kit.clip(text, 300)}*", kit.escape(card.title, 150)]
    lines += arithmetic(seen)
    blocks = [kit.section("\n".join(lines)), kit.context(*fixes(seen))]
    return Message(text, blocks)


def arithmetic(seen: DataOutlook, most: int = 5) -> list[str]:
    """The sum for each deadline that does not surely hold."""
    lines = [f"{fit.subject} *{fit.verdict}*: {fit.arithmetic}" for fit in seen.hit[:most]]
    rest = len(seen.hit) - most
    return [*lines, f"and {rest} more"] if rest > 0 else lines


def fixes(seen: DataOutlook) -> list[str]:
    """What to do now, and what to do next time."""
    return [
        f"Likely reason: {seen.fix.problem}. Now: {seen.fix.emergency}.",
        f"For good: {seen.fix.systemic}.",
    ]
