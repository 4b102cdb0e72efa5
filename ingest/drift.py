"""Drift as pushed (`drift/1`): counts per bin, made beside the data; no row leaves it."""

import json
import math
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from ingest.canonical import Moment, Name, Part, Word
from ingest.file import File, Unreadable, decoded, parsed, told, unpacked
from ingest.wire import first_fault

_SCHEMA = "drift/1"
_COUNT = Annotated[int, Field(ge=0, le=10**12)]


class Feature(Part):
    """One column: counts per bin of the reference's edges, or per level of the reference.

    edges: n ascending inner edges make n + 1 bins, the outer ones open. levels: one count each;
    one count more is for values that are none of the levels. fine_*: the same rows between
    percentiles, without which a shift in few rows is found less often.
    """

    name: Name
    type: Literal["numeric", "categorical"]
    edges: tuple[float, ...] | None = Field(default=None, max_length=1000, strict=False)
    levels: tuple[Word, ...] | None = Field(default=None, max_length=1000, strict=False)
    counts: tuple[_COUNT, ...] = Field(min_length=1, max_length=1001, strict=False)
    fine_edges: tuple[float, ...] | None = Field(default=None, max_length=1000, strict=False)
    fine_counts: tuple[_COUNT, ...] | None = Field(default=None, max_length=1001, strict=False)
    nulls: _COUNT = 0
    non_finite: _COUNT = 0

    @property
    def rows(self) -> int:
        """Rows counted in this column, missing ones included."""
        return sum(self.counts) + self.nulls + self.non_finite

    @model_validator(mode="after")
    def _counts_fit(self) -> Self:
        if (self.edges is None) == (self.levels is None):
            raise ValueError(f"{self.name} needs either edges or levels")
        self._fine_counts_fit()
        if self.edges is not None:
            if list(self.edges) != sorted(set(self.edges)):
                raise ValueError(f"the edges of {self.name} do not ascend")
            expected = {len(self.edges) + 1}
        else:
            levels = self.levels or ()
            if len(set(levels)) < len(levels):
                raise ValueError(f"{self.name} names a level twice")
            self._require_numbers(levels)
            expected = {len(levels), len(levels) + 1}
        if len(self.counts) not in expected:
            raise ValueError(
                f"{self.name} has {len(self.counts)} counts, {max(expected)} expected"
            )
        return self

    def _require_numbers(self, levels: tuple[str, ...]) -> None:
        if self.type == "numeric":
            for level in levels:
                try:
                    is_finite = math.isfinite(float(level))
                except ValueError:
                    is_finite = False
                if not is_finite:
                    raise ValueError(f"{self.name} is numeric and has the level {level[:40]}")

    def _fine_counts_fit(self) -> None:
        edges, counts = self.fine_edges, self.fine_counts
        if edges is None and counts is None:
            return
        if edges is None or counts is None or self.edges is None:
            raise ValueError(f"{self.name} needs edges, fine_edges and fine_counts together")
        if list(edges) != sorted(set(edges)) or len(counts) != len(edges) + 1:
            raise ValueError(f"the fine counts of {self.name} do not fit their edges")
        if sum(counts) != sum(self.counts):
            raise ValueError(f"the fine counts of {self.name} are of other rows")


class Window(Part):
    """The time the rows are from."""

    from_: Moment = Field(alias="from")
    to: Moment


class DriftProfile(Part):
    """The columns of a reference or of production, as counts."""

    schema_: Literal["drift/1"] = Field(alias="schema")
    model: Word = ""
    window: Window | None = None
    reference_id: Word = ""
    rows: _COUNT
    binning: Literal["quantile", "seed"] = "quantile"
    features: tuple[Feature, ...] = Field(min_length=1, max_length=2000, strict=False)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        names = [one.name for one in self.features]
        if len(set(names)) < len(names):
            raise ValueError("a feature stands twice")
        wrong = next((one for one in self.features if one.rows != self.rows), None)
        if wrong:
            raise ValueError(f"{wrong.name} counts {wrong.rows} rows of {self.rows}")
        return self


def read_profile(file: File) -> DriftProfile:
    """The profile in a JSON file. Raises Refused with one sentence."""
    with told(file):
        value = parsed(decoded(unpacked(file)))
        if not isinstance(value, dict) or value.get("schema") != _SCHEMA:
            raise Unreadable(
                f"it is no drift profile of schema {_SCHEMA}",
                "Make one with `assay drift profile` beside the data.",
            )
        try:
            return DriftProfile.model_validate(value)
        except ValidationError as error:
            raise Unreadable(
                first_fault(error), "Make it anew with `assay drift profile`."
            ) from None


def written_profile(profile: DriftProfile) -> str:
    """The profile as one line of JSON with sorted keys."""
    data = profile.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)
