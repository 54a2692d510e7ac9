"""Values of a table as a reader of the page's language writes them."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import dateformat, formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.explorer.column_meaning import is_code, is_year
from catalog.models import Release, Resource
from catalog.models.words import in_readers_language
from catalog.problem_words import type_name
from deadlines.period_words import period_name
from deadlines.periods import Period

LONGEST_TEXT = 300  # characters of one cell; the downloads hold the whole
LONGEST_GEOMETRY = 60
SHORT_TEXT, MIDDLE_TEXT = 12, 24  # characters
# Django's letters for figures, and what strftime calls them.
STRFTIME = {"d": "%d", "m": "%m", "Y": "%Y", "H": "%H", "i": "%M"}
Writer = Callable[[Any], str]
UNITS = tomllib.loads((Path(__file__).parent / "unit_words.toml").read_text(encoding="utf-8"))
KEY = re.compile(r"[a-z][a-z0-9_]{2,}|\w*_\w*")  # a name of files and programs, no heading


@dataclass(frozen=True)
class TableColumn:
    """A column as the page shows it.

    `nulls`, `distinct`, ends and `top` (value, count: the most frequent) come from the profile of the
    release; their values are JSON values, dates ISO texts.
    """

    name: str
    type: str
    label: str
    unit: str
    description: str
    required: bool
    nulls: int
    minimum: Any
    maximum: Any
    longest: int
    distinct: int
    top: list[tuple[Any, int]]
    is_period: bool = False  # the codes of periods, which are written in words

    @property
    def least(self) -> str:
        """The least value as the page writes it; of text it says nothing."""
        return self._end(self.minimum)

    @property
    def most(self) -> str:
        return self._end(self.maximum)

    def _end(self, value: Any) -> str:
        if value is None or self.type in ("text", "boolean", "geometry"):
            return ""
        return value_writer(self)(python_value(value, self.type))

    @property
    def width(self) -> str:
        """Class of the column's head: how much room its words need."""
        if self.type != "text" or self.longest <= SHORT_TEXT:
            return ""
        return "wide" if self.longest > MIDDLE_TEXT else "middle"

    @property
    def is_number(self) -> bool:
        return self.type in ("integer", "number")

    @property
    def is_plain_number(self) -> bool:
        """Numbers that name something have no marks between their figures: the year 2026 is not 2.026."""
        return self.is_number and (is_code(self.label) or is_year(self))

    @property
    def type_words(self) -> str:
        return type_name(self.type)


class Cell(NamedTuple):
    """`text` None: there is no value."""

    text: str | None
    is_number: bool


def table_columns(resource: Resource, release: Release) -> list[TableColumn]:
    """The columns of the release with the words of the data dictionary."""
    described = {column["name"]: column for column in resource.columns}
    return [_column(profile, described.get(profile["name"], {})) for profile in release.columns]


def readable(label: str) -> str:
    """A label for people: "so_ho" of a JSON file is "So ho"; others stay as they are."""
    if not KEY.fullmatch(label):
        return label
    words = " ".join(label.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def readers_unit(unit: str) -> str:
    """The unit in the reader's language, where there is a word for each part of "a/b"; else as it is."""
    if get_language() != "en":
        return unit
    parts = [UNITS.get(part.strip().casefold()) for part in unit.split("/")]
    return "/".join(part for part in parts if part) if all(parts) else unit


def cell_rows(rows: Sequence[Sequence[Any]], columns: Sequence[TableColumn]) -> list[list[Cell]]:
    """The rows in words and figures; written column by column, each in its own manner."""
    by_column = zip(zip(*rows, strict=True), columns, strict=False) if rows else []
    written = [_column_cells(values, column) for values, column in by_column]
    return [list(row) for row in zip(*written, strict=True)]


def _column_cells(values: Sequence[Any], column: TableColumn) -> list[Cell]:
    write, is_number = value_writer(column), column.is_number
    return [Cell(None if value is None else write(value), is_number) for value in values]


def value_writer(column: TableColumn) -> Writer:
    """How the values of a column are written; the language is asked for once, not for every cell."""
    if column.is_period:
        return lambda code: period_name(Period.parse(code))
    match column.type:
        case "integer" | "number":
            return _number_writer(is_plain=column.is_plain_number)
        case "boolean":
            words = {True: _("Có"), False: _("Không")}
            return lambda value: words[value]
        case "date":
            return _date_writer("SHORT_DATE_FORMAT")
        case "datetime":
            return _date_writer("SHORT_DATETIME_FORMAT")
        case "geometry":
            return lambda value: shortened(str(value), LONGEST_GEOMETRY)
    return shortened


def _column(profile: dict[str, Any], words: dict[str, Any]) -> TableColumn:
    return TableColumn(
        name=profile["name"],
        type=profile["type"],
        label=readable(words.get("label") or profile["label"]),
        unit=words.get("unit", ""),
        description=in_readers_language(
            words.get("description_vi", ""), words.get("description_en", "")
        ),
        required=bool(words.get("required")),
        nulls=profile.get("nulls", 0),
        minimum=profile.get("min"),
        maximum=profile.get("max"),
        longest=profile.get("longest", 0),
        distinct=profile.get("distinct", 0),
        top=[(value, count) for value, count in profile.get("top", [])],
    )


def python_value(value: Any, type_: str) -> Any:
    """A value of a profile, which is JSON, as the table itself holds it."""
    match type_:
        case "date":
            return date.fromisoformat(value)
        case "datetime":
            return datetime.fromisoformat(value)
    return value


def _number_writer(*, is_plain: bool) -> Writer:
    """Whole numbers and others with the marks of the language; those that name something ungrouped.

    Django's own number formats take ten times as long, which a table of a thousand cells shows.
    """
    marks = str.maketrans(
        {
            ",": formats.get_format("THOUSAND_SEPARATOR"),
            ".": formats.get_format("DECIMAL_SEPARATOR"),
        }
    )

    def write(value: int | float | Decimal) -> str:
        if is_plain and isinstance(value, int):
            return str(value)
        text = f"{value:,}"
        if "e" in text:  # a float that is very large or very small: its digits, not its exponent
            text = f"{Decimal(text):,f}"
        return text.translate(marks)

    return write


def _date_writer(name: str) -> Writer:
    """Dates in the named format of the language; one of figures alone is written by strftime, much faster."""
    form = formats.get_format(name)
    figures = "".join(STRFTIME.get(sign, sign) for sign in form)
    if all(sign in STRFTIME for sign in form if sign.isalpha()):
        return lambda value: value.strftime(figures)
    return lambda value: dateformat.format(value, form)


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
