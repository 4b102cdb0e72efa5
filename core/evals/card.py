"""What the gate has to say about one experiment."""

from dataclasses import dataclass
from datetime import datetime

from core.evals.gate import MetricVerdict
from core.evals.metric import Check


@dataclass(frozen=True)
class Side:
    """One pushed side in short. eval_set: the first characters of its eval set's hash; made_from:
    its data and code in words, "" when nobody said.
    """

    role: str
    source: str
    by: str
    at: datetime
    examples: int
    runs: int
    eval_set: str
    made_from: str = ""


@dataclass(frozen=True)
class GateStatus:
    """The newest judgement of an experiment (`EXP-042`).

    decision: GO | NO-GO | HOLD. current: False when results, what is live, confirmations or the
    Definition of Done changed since. attempt: how many judgements there were; look: how often this
    eval set was used; p_anytime: valid at every look, from the second. overridden: by two leads.
    behind: what the data has to do with it, a sentence a dataset.
    """

    experiment: str
    decision: str
    reasons: tuple[str, ...]
    metrics: tuple[MetricVerdict, ...]
    at: datetime
    current: bool
    attempt: int
    look: int
    eval_set_hash: str = ""
    missing_examples: int | None = None
    missing_seeds: int | None = None
    p_anytime: float | None = None
    overridden: bool = False
    behind: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pushed:
    """What a push did. repeated: exactly these results were there already, nothing was stored.

    status: the judgement when one was asked for, else None. logged: what became of the ticket's
    result, as a sentence; "" for what was there already.
    """

    experiment: str
    role: str
    examples: int
    runs: int
    metrics: tuple[str, ...]
    eval_set_hash: str
    repeated: bool = False
    status: GateStatus | None = None
    logged: str = ""


@dataclass(frozen=True)
class GateCard:
    """The card of one experiment. by_default: judged by the document's Definition of Done.
    safety_typed: somebody said that the blocking criteria hold. compared: the live experiment it
    is compared with, 0 for the pushed baseline or nothing; unseen: the live one that nobody
    measured on this eval set.

    limits: what each requirement asks for, in words, by name.
    """

    number: int
    title: str
    status: GateStatus
    sides: tuple[Side, ...]
    limits: dict[str, str]
    by_default: bool
    safety_typed: bool = False
    compared: int = 0
    unseen: int = 0


@dataclass(frozen=True)
class GateEvidence:
    """The card's thread: slices, and ids (never texts) of golden examples that differ."""

    experiment: str
    slices: tuple[Check, ...]
    golden: dict[str, tuple[str, ...]]

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to tell."""
        return not self.slices and not self.golden


@dataclass(frozen=True)
class OverrideAsked:
    """A lead asks for a second one. decision: what the gate says, "" when never judged."""

    id: int
    experiment: str
    decision: str
    asked_by: str
    reason: str
    confirmed_by: str = ""


@dataclass(frozen=True)
class Overridden:
    """Two leads let an experiment pass without a GO."""

    number: int
    experiment: str
    decision: str
    asked_by: str
    reason: str
    confirmed_by: str
    confirmation: str
