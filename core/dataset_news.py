"""What is said in public about a data card."""

from dataclasses import dataclass

from core.dataset import Dataset


@dataclass(frozen=True)
class Created:
    """A new card."""

    card: Dataset
    by: str


@dataclass(frozen=True)
class Moved:
    """A card went to another column. accepted: why a lead took labels that show no agreement.

    ready: ids of the experiments whose data are complete by this. unready: those that lost it.
    """

    before: Dataset
    after: Dataset
    by: str
    why: str = ""
    accepted: str = ""
    ready: tuple[str, ...] = ()
    unready: tuple[str, ...] = ()


@dataclass(frozen=True)
class GateMoved:
    """A card's quality gate is another one. before: the agreement needed until now."""

    card: Dataset
    before: float
    by: str
    why: str = ""


@dataclass(frozen=True)
class PiiFound:
    """Somebody found personal data in it."""

    card: Dataset
    by: str
