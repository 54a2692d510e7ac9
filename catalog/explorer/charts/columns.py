"""What a column is good for in a chart, by its type, its name and what the release holds in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.explorer.cells import TableColumn
from catalog.explorer.charts.question import PERIODS, Dimension

MOST_CATEGORIES = 30  # values of a column that make a chart one can read
MOST_SERIES = 6
FEWEST_POINTS = 3  # of a line
FIRST_YEAR, LAST_YEAR = 1900, 2100
# Numbers that name a thing or place it: adding them up says nothing.
NAMING_WORDS = frozenset({"ma", "id", "code", "stt", "tt", "sdt", "fax", "zip", "uuid"})
PLACING_WORDS = frozenset({"lat", "lon", "lng", "latitude", "longitude", "epsg"})
NAMING_PHRASES = ("so_thu_tu", "dien_thoai", "vi_do", "kinh_do", "toa_do", "so_hieu", "so_nha")
RATE_PHRASES = (
    "ti_le", "ty_le", "phan_tram", "mat_do", "binh_quan", "trung_binh", "chi_so", "ti_suat",
    "ty_suat", "nhiet_do", "do_am", "nong_do",
)  # fmt: skip
PARTS_OF_DATES = {"thang": 12, "quy": 4, "month": 12, "quarter": 4}


@dataclass(frozen=True)
class Material:
    """What there is to draw: the columns of the data, their rows, and how many periods are published."""

    columns: Sequence[TableColumn]
    row_count: int
    periods: int

    def column(self, name: str) -> TableColumn | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def has_periods(self) -> bool:
        """Whether periods can stand on an axis; a column of the table's own may have their name."""
        return self.periods > 1 and self.column(PERIODS) is None

    @property
    def numbers(self) -> list[TableColumn]:
        return [column for column in self.columns if column.is_number]

    @property
    def measures(self) -> list[TableColumn]:
        """Columns of numbers that measure something."""
        return [column for column in self.numbers if is_measure(column)]

    @property
    def categories(self) -> list[TableColumn]:
        """Columns to group by, the best first: names before codes, few values before many."""
        grouping = [c for c in self.columns if c.type in ("text", "boolean") and c.distinct > 1]
        return sorted(grouping, key=self._fitness)

    @property
    def series(self) -> list[TableColumn]:
        """Columns whose values may become series, the best first."""
        few = [c for c in self.columns if is_groupable(c) and 1 < c.distinct <= MOST_CATEGORIES]
        return sorted(few, key=lambda column: column.distinct > MOST_SERIES)

    def _fitness(self, column: TableColumn) -> tuple[bool, bool, bool]:
        return (column.distinct > MOST_CATEGORIES, is_name(column), column.type == "boolean")


def is_measure(column: TableColumn) -> bool:
    """Numbers that differ and are no codes, years, months or coordinates."""
    return (
        column.is_number
        and column.distinct > 1
        and not is_name(column)
        and not is_year(column)
        and not _is_part_of_date(column)
    )


def is_name(column: TableColumn) -> bool:
    """A code, a number in a list, a telephone number, a coordinate."""
    words = set(column.name.split("_"))
    return bool(words & (NAMING_WORDS | PLACING_WORDS)) or any(
        phrase in column.name for phrase in NAMING_PHRASES
    )


def is_year(column: TableColumn) -> bool:
    if column.type != "integer" or not {"nam", "year"} & set(column.name.split("_")):
        return False
    return column.distinct > 0 and FIRST_YEAR <= column.minimum <= column.maximum <= LAST_YEAR


def is_rate(column: TableColumn) -> bool:
    """Shares, averages, densities, prices: their sum says nothing, their average does."""
    has_sign = any(sign in column.unit for sign in "%‰/")
    is_price = "gia" in column.name.split("_") and "gia_tri" not in column.name
    return has_sign or is_price or any(phrase in column.name for phrase in RATE_PHRASES)


def is_groupable(column: TableColumn) -> bool:
    """Whether the column's values may be groups; of numbers, where they are few or years."""
    if column.type in ("integer", "number"):
        return is_year(column) or column.distinct <= MOST_CATEGORIES
    return column.type in ("text", "boolean")


def is_timelike(column: TableColumn) -> bool:
    return has_dates(column) or is_year(column)


def has_dates(column: TableColumn) -> bool:
    return column.type in ("date", "datetime")


def time_dimensions(material: Material) -> Iterator[Dimension]:
    """What may be a time axis with points enough for a line, the best first; the periods last."""
    for column in material.columns:
        if has_dates(column) and _points(column) >= FEWEST_POINTS:
            yield Dimension(column.name, fitting_bucket(column))
    for column in material.columns:
        if is_year(column) and column.distinct >= FEWEST_POINTS:
            yield Dimension(column.name)
    if material.has_periods:
        yield Dimension(PERIODS)


def fitting_bucket(column: TableColumn) -> str:
    """Days, months, quarters or years: about ten to forty points; of moments at least months."""
    days = _span(column).days
    if days <= 62 and column.type == "date":
        return ""
    if days <= 3 * 366:
        return "month"
    return "quarter" if days <= 8 * 366 else "year"


def _points(column: TableColumn) -> int:
    """About how many points a line over this column has."""
    days_of_point = {"": 1, "month": 30, "quarter": 91, "year": 365}[fitting_bucket(column)]
    return min(column.distinct, _span(column).days // days_of_point + 1)


def _span(column: TableColumn) -> timedelta:
    if not column.minimum:
        return timedelta(0)
    return _day(column.maximum) - _day(column.minimum)


def _day(written: str) -> date:
    """The day of a date or moment as the profile writes it."""
    return date.fromisoformat(written[:10])


def _is_part_of_date(column: TableColumn) -> bool:
    most = max((PARTS_OF_DATES.get(word, 0) for word in column.name.split("_")), default=0)
    return column.type == "integer" and 1 <= column.minimum <= column.maximum <= most
