"""A language model as Assay sees it: what it is asked, what came back, what it may be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from core.privacy.redaction import MODES, Mode, may_leave

FORMATS = ("json_schema", "json_object", "none")
LIMITS = ("max_completion_tokens", "max_tokens", "none")
DEFAULT_ADDRESS = "https://api.openai.com/v1"
DEFAULT_POLICY: Mode = "redacted"
CHARACTERS_PER_TOKEN = 4  # the usual estimate where an endpoint does not count


@dataclass(frozen=True)
class Rung:
    """What an endpoint understands. format: of response_format; limit: of the length's name."""

    format: str = FORMATS[0]
    limit: str = LIMITS[0]

    def __str__(self) -> str:
        """`json_schema/max_tokens`."""
        return f"{self.format}/{self.limit}"

    def below(self, complaint: str, *, limited: bool) -> "Rung | None":
        """The next rung after an endpoint refused a parameter it names; None when it named none.

        limited: a length was sent with the request.
        """
        said = complaint.casefold()
        lower = _next(LIMITS, self.limit)
        if limited and lower and any(word in said for word in ("max_tokens", "max_completion")):
            return replace(self, limit=lower)
        lower = _next(FORMATS, self.format)
        named = ("response_format", "json_schema", "json_object", "schema", "grammar")
        return replace(self, format=lower) if lower and any(w in said for w in named) else None


@dataclass(frozen=True)
class LlmQuestion:
    """One question: (role, text) messages, the answer's schema, and the seconds it may take."""

    messages: tuple[tuple[str, str], ...]
    schema: Mapping[str, Any]
    seconds: float
    rung: Rung = Rung()


@dataclass(frozen=True)
class LlmAnswer:
    """What came of it. outcome: ok | timeout | unreachable | busy | unauthorised | refused |
    server | malformed | empty | cut | filtered | error; text is empty unless ok.

    seconds: how long it took. estimated: the tokens were counted here, not there.
    """

    outcome: str
    text: str = ""
    rung: Rung = Rung()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    estimated: bool = False
    request_id: str = ""
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        """What it cost."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True)
class Endpoint:
    """Which model may word the digest, and what it may be sent; `mode` off without a key.

    monthly_cap and max_output: tokens, 0 for no limit. deadline_s: for all calls of one digest.
    """

    mode: str = "off"  # off | placeholder
    address: str = DEFAULT_ADDRESS
    model: str = ""
    deadline_s: float = 45.0
    share_values: bool = False
    share_names: bool = False
    monthly_cap: int = 0
    max_output: int = 0

    @property
    def is_on(self) -> bool:
        """True when a model is asked at all."""
        return self.mode != "off"

    @property
    def host(self) -> str:
        """`api.openai.com`, for people to read."""
        return urlsplit(self.address).hostname or self.address


NO_MODEL = Endpoint()


@dataclass(frozen=True)
class Brief:
    """What one digest's conversation may use. roster: the team's names, to be hidden.

    tokens_left: None without a cap. why: why no model may be asked; "" when one may.
    """

    endpoint: Endpoint = Endpoint()
    roster: tuple[str, ...] = ()
    rung: Rung = Rung()
    tokens_left: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Call:
    """One call as it is kept. purpose: digest | repair | notes | meaning. findings: codes, with
    repeats.
    """

    purpose: str
    said: LlmAnswer
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class LlmStatus:
    """What `/exp llm` shows. calls: the latest first. endpoint.is_on: false without a key."""

    endpoint: Endpoint
    policy: Mode
    tokens: int
    calls: tuple[Mapping[str, Any], ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict)
    changed: bool | None = None  # None: only looked at

    @property
    def may_ask(self) -> bool:
        """True when the policy lets the model be asked."""
        return allowed(self.policy, self.endpoint)


def allowed(policy: Mode, endpoint: Endpoint) -> bool:
    """May this team's facts be worded by the model at that endpoint?"""
    return endpoint.is_on and may_leave(policy, endpoint.address)


def policy_named(text: str) -> Mode | None:
    """The policy of that name, or None."""
    return next((mode for mode in MODES if mode == text.strip().casefold()), None)


def _next(rungs: tuple[str, ...], now: str) -> str:
    at = rungs.index(now) + 1 if now in rungs else len(rungs)
    return rungs[at] if at < len(rungs) else ""
