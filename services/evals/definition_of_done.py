"""The team's Definition of Done: read it, change one line of it, replace all of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.errors import NotFound
from core.evals import definition_of_done as rules
from core.evals import loosening as loose
from core.evals.definition_of_done import Requirement
from core.evals.loosening import LooseningAsked
from services import team
from services.desk import desk
from services.evals import definition_written as definition
from services.evals import loosening
from services.evals.inputs import requirements_of
from services.ports import Lab
from views.evals import definition_of_done as view


@dataclass(frozen=True)
class Done:
    """A Definition of Done. by_default: the document's, because the team wrote none."""

    requirements: tuple[Requirement, ...]
    by_default: bool

    def named(self, name: str) -> Requirement:
        """The requirement of that name, whatever its case. Raises NotFound."""
        for found in self.requirements:
            if found.name.casefold() == name.casefold():
                return found
        known = ", ".join(found.name for found in self.requirements)
        raise NotFound(
            f"“{name[:60]}” is not in the Definition of Done.", f"In it: {known[:500]}."
        )


@dataclass(frozen=True)
class Saved:
    """What was changed at once, in words, and what loosens safety and waits for a second lead."""

    changed: tuple[str, ...]
    waits: LooseningAsked | None = None


def read(lab: Lab, team_id: int) -> Done:
    """As it is now."""
    with desk(lab, team_id, lock=False) as here:
        return Done(*requirements_of(here.session, here.team))


def require_editor(lab: Lab, team_id: int, by: str) -> None:
    """Pass for whoever may change it. Raises NotAllowed (leads only)."""
    with desk(lab, team_id, lock=False) as here:
        team.require_lead(here.session, here.team, by, "change the Definition of Done")


def put(lab: Lab, team_id: int, new: Requirement, *, by: str) -> Saved:
    """Add the requirement, or change the one of that name; what was done.

    Raises NotAllowed, Refused (cannot be judged; loosens safety and nobody else could confirm).
    """

    def rule(old: Sequence[Requirement]) -> list[Requirement]:
        names = [found.name for found in old]
        if new.name not in names:
            return [*old, new]
        return [new if found.name == new.name else found for found in old]

    return _alter(lab, team_id, rule, by)


def remove(lab: Lab, team_id: int, name: str, *, by: str) -> Saved:
    """Take the requirement of that name out. Raises NotAllowed, NotFound."""

    def rule(old: Sequence[Requirement]) -> list[Requirement]:
        gone = Done(tuple(old), by_default=False).named(name)
        return [found for found in old if found != gone]

    return _alter(lab, team_id, rule, by)


def replace_all(lab: Lab, team_id: int, text: str, *, by: str) -> Saved:
    """Take over a Definition of Done written as TOML. Raises NotAllowed, Refused."""
    new = rules.from_toml(text)
    return _alter(lab, team_id, lambda _: list(new), by)


def _alter(
    lab: Lab,
    team_id: int,
    rule: Callable[[Sequence[Requirement]], list[Requirement]],
    by: str,
) -> Saved:
    with desk(lab, team_id) as at:
        team.require_lead(at.session, at.team, by, "change the Definition of Done")
        old, by_default = requirements_of(at.session, at.team)
        wanted = rules.all_checked(rule(old))
        now, parts = loose.held(definition.in_force(at.session, at.team), wanted)
        waits = loosening.ask(at, parts, by=by) if parts else None
        new = rules.all_checked(now)
        changed = rules.changed(old, new)
        if changed or (by_default and not waits):
            told = view.changed(changed, len(new), by=by)
            definition.write(at, new, by=by, told=told)
        return Saved(changed, waits)
