"""A form is read to its end, and what is wrong in it is said all at once, each under its field."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

from core.errors import UserError

P = ParamSpec("P")
T = TypeVar("T")
_WRONG: Any = object()  # stands for a value that could not be read


class Faults:
    """`with Faults() as each: each(reader, text, field="box")` goes on where a reader refuses, and
    raises the first refusal at the end with the others beside it.

    What is read from a value that could not be read is not read either. A refusal that names no
    field is about the form as a whole and ends it at once.
    """

    def __init__(self) -> None:
        self._found: list[UserError] = []

    def __enter__(self) -> Self:
        """To be called as often as there are fields."""
        return self

    def __call__(self, reader: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the reader makes of it; to be used after the `with` only, or in another call."""
        if any(part is _WRONG for part in (*args, *kwargs.values())):
            return cast(T, _WRONG)
        try:
            return reader(*args, **kwargs)
        except UserError as refusal:
            self._keep(refusal)
        return cast(T, _WRONG)

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        raised: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        """Raise what was found; what the body itself raised goes before it."""
        if raised is not None:
            return
        if self._found:
            first, *others = self._found
            first.others = tuple(others)
            raise first

    def _keep(self, refusal: UserError) -> None:
        if not refusal.field:
            raise refusal
        self._found += [refusal, *refusal.others]
