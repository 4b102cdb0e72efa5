"""What every table's row has: its number in the database, and its columns as values."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Field, SQLModel


class Row(SQLModel):
    """A row with a number of its own, given by the database when it is written."""

    id: int | None = Field(default=None, primary_key=True)

    @property
    def pk(self) -> int:
        """The row's number. Raises RuntimeError while the row was never written: a forgotten
        flush must not become a reference to nothing.
        """
        if self.id is None:
            raise RuntimeError(f"this {type(self).__name__} was not written yet")
        return self.id

    def in_columns(self, names: Iterable[str]) -> dict[str, Any]:
        """The values of those columns, by name."""
        # What is loaded stands in __dict__; asking the attribute runs code for each one, and a
        # list of tickets has thousands.
        loaded = self.__dict__
        return {name: loaded[name] if name in loaded else getattr(self, name) for name in names}
