"""What the address of a chart asks for: its kind, what it groups by, what it measures.

kieu is the kind; x the column of the groups, "cot:month" for the months of a date, "ky" for the
published periods; y the measure, "count" or "sum:cot"; nhom a column whose values become series.
"""

from dataclasses import dataclass
from enum import StrEnum

from tables import Aggregate, Group

PERIODS = "ky"  # the engine's column of period codes
BUCKETS = ("year", "quarter", "month")
VALUE = "value"  # a measure that is each row's own value: of points only
FUNCTIONS = ("sum", "avg", "median", "min", "max")  # of numbers
ADDITIVE = ("count", "sum")  # what groups have together is the sum of what each has


class Kind(StrEnum):
    BARS = "cot"
    LINE = "duong"
    AREA = "vung"
    SCATTER = "phan-tan"
    HISTOGRAM = "phan-bo"

    @property
    def is_over_time(self) -> bool:
        return self in (Kind.LINE, Kind.AREA)

    @property
    def is_of_numbers(self) -> bool:
        """Its horizontal axis is a column of numbers, not groups."""
        return self in (Kind.SCATTER, Kind.HISTOGRAM)


@dataclass(frozen=True)
class Dimension:
    """What groups are made by: the values of a column, or the months, quarters or years of its dates."""

    column: str
    by: str = ""

    @classmethod
    def read(cls, code: str) -> "Dimension":
        column, _, by = code.partition(":")
        return cls(column, by)

    @property
    def code(self) -> str:
        return f"{self.column}:{self.by}" if self.by else self.column

    @property
    def group(self) -> Group:
        return Group(self.column, self.by)

    @property
    def is_periods(self) -> bool:
        return self.column == PERIODS


@dataclass(frozen=True)
class Measure:
    """A function of the rows of a group; "count" has no column."""

    function: str = "count"
    column: str = ""

    @classmethod
    def read(cls, code: str) -> "Measure":
        function, _, column = code.partition(":")
        return cls(function, column)

    @property
    def code(self) -> str:
        return f"{self.function}:{self.column}" if self.column else self.function

    @property
    def aggregate(self) -> Aggregate:
        return Aggregate(self.function, self.column or None)

    @property
    def is_additive(self) -> bool:
        return self.function in ADDITIVE


@dataclass(frozen=True)
class Choice:
    """A chart that can be drawn. `series` is a column or nothing."""

    kind: Kind
    x: Dimension
    y: Measure
    series: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As it stands in an address."""
        fixed = [("kieu", self.kind.value), ("x", self.x.code), ("y", self.y.code)]
        return [*fixed, ("nhom", self.series)] if self.series else fixed
