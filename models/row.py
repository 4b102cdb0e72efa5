"""What every table's row has: its number in the database."""

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
