"""Values of a table as a reader of the page's language writes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import dateformat, formats, numberformat
from django.utils.translation import gettext as _

from catalog.models import Release, Resource
from catalog.models.words import in_readers_language
from catalog.problem_words import type_name

LONGEST_TEXT = 300  # characters of one cell; the downloads hold the whole
LONGEST_GEOMETRY = 60
SHORT_TEXT, MIDDLE_TEXT = 12, 24  # characters
# Numbers that name something are not grouped: the year 2026 is not 2.026.
NAMING_WORDS = frozenset({"ma", "nam", "id", "code", "year", "stt", "dien", "sdt", "zip"})
# Django's letters for figures, and what strftime calls them.
STRFTIME = {"d": "%d", "m": "%m", "Y": "%Y", "H": "%H", "i": "%M"}
Writer = Callable[[Any], str]


@dataclass(frozen=True)
class TableColumn:
    """A column as the page shows it. `nulls` and ends come from the profile of the release."""

    name: str
    type: str
    label: str
    unit: str
    description: str
    required: bool
    nulls: int
    least: str
    most: str
    longest: int

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
    def type_words(self) -> str:
        return type_name(self.type)


@dataclass(frozen=True)
class Cell:
    """`text` None: there is no value."""

    text: str | None
    is_number: bool


def table_columns(resource: Resource, release: Release) -> list[TableColumn]:
    """The columns of the release with the words of the data dictionary."""
    described = {column["name"]: column for column in resource.columns}
    return [_column(profile, described.get(profile["name"], {})) for profile in release.columns]


def cell_rows(rows: Sequence[Sequence[Any]], columns: Sequence[TableColumn]) -> list[list[Cell]]:
    writers = [(_writer(column), column.is_number) for column in columns]
    return [
        [
            Cell(None if value is None else write(value), is_number)
            for value, (write, is_number) in zip(row, writers, strict=True)
        ]
        for row in rows
    ]


def cell_text(value: Any, column: TableColumn) -> str | None:
    """A value in words and figures, None for none."""
    return None if value is None else _writer(column)(value)


def _writer(column: TableColumn) -> Writer:
    """How the values of a column are written; the language is asked for once, not for every cell."""
    yes, no = _("Có"), _("Không")
    number = _number_writer(column.name)
    day, moment = _date_writer("SHORT_DATE_FORMAT"), _date_writer("SHORT_DATETIME_FORMAT")
    longest = LONGEST_GEOMETRY if column.type == "geometry" else LONGEST_TEXT

    def write(value: Any) -> str:
        match value:
            case str():
                return _cut(value, longest)
            case bool():
                return yes if value else no
            case int() | float() | Decimal():
                return number(value)
            case datetime():
                return moment(value)
            case date():
                return day(value)
        return _cut(str(value), longest)

    return write


def _column(profile: dict[str, Any], words: dict[str, Any]) -> TableColumn:
    name, type_ = profile["name"], profile["type"]
    return TableColumn(
        name=name,
        type=type_,
        label=words.get("label") or profile["label"],
        unit=words.get("unit", ""),
        description=in_readers_language(
            words.get("description_vi", ""), words.get("description_en", "")
        ),
        required=bool(words.get("required")),
        nulls=profile.get("nulls", 0),
        least=_end(profile.get("min"), name, type_),
        most=_end(profile.get("max"), name, type_),
        longest=profile.get("longest", 0),
    )


def _end(value: Any, name: str, type_: str) -> str:
    """The least or greatest value; of text it says nothing."""
    if value is None or type_ in ("text", "boolean", "geometry"):
        return ""
    if type_ == "date":
        return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if type_ == "datetime":
        return formats.date_format(datetime.fromisoformat(value), "SHORT_DATETIME_FORMAT")
    return _number_writer(name)(value)


def _number_writer(name: str) -> Writer:
    """Whole numbers and others with the marks of the language; those that name something ungrouped."""
    names_something = bool(NAMING_WORDS & set(name.split("_")))
    decimal, thousands = (
        formats.get_format(f"{mark}_SEPARATOR") for mark in ("DECIMAL", "THOUSAND")
    )

    def write(value: int | float | Decimal) -> str:
        if isinstance(value, int):
            return str(value) if names_something else f"{value:,}".replace(",", thousands)
        return numberformat.format(
            value, decimal, grouping=3, thousand_sep=thousands, force_grouping=True, use_l10n=True
        )

    return write


def _date_writer(name: str) -> Writer:
    """Dates in the named format of the language; one of figures alone is written by strftime, much faster."""
    form = formats.get_format(name)
    figures = "".join(STRFTIME.get(sign, sign) for sign in form)
    if all(sign in STRFTIME for sign in form if sign.isalpha()):
        return lambda value: value.strftime(figures)
    return lambda value: dateformat.format(value, form)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
