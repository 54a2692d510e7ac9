"""Which columns of a table say where its rows lie."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn
from catalog.explorer.maps.places import Box, UnitList, surroundings, unit_lists
from catalog.explorer.words import Words, said

# What a column of latitudes is called, and the columns of longitudes that go with it.
PARTNERS = {
    "vi_do": ("kinh_do",),
    "latitude": ("longitude",),
    "lat": ("lon", "lng", "long"),
    "y": ("x",),
}
_LATITUDE = re.compile(rf"(?P<before>(?:.*_)?)(?P<word>{'|'.join(PARTNERS)})(?P<after>(?:_.*)?)")
CODE_WORDS = frozenset({"ma", "code"})
ENOUGH_KNOWN = 0.5  # share of a code column's values that must be codes of the province


@dataclass(frozen=True)
class Shapes:
    """A column of GeoJSON geometries."""

    column: TableColumn

    @property
    def code(self) -> str:
        return self.column.name

    @property
    def words(self) -> Words:
        return said(_("Hình vẽ ({column})"), column=self.column.label)


@dataclass(frozen=True)
class Coordinates:
    """Two columns of degrees."""

    latitude: TableColumn
    longitude: TableColumn

    @property
    def code(self) -> str:
        return self.latitude.name

    @property
    def words(self) -> Words:
        return said("{one}, {other}", one=self.latitude.label, other=self.longitude.label)

    @property
    def names(self) -> tuple[str, str]:
        return self.latitude.name, self.longitude.name


@dataclass(frozen=True)
class Codes:
    """A column of codes of communes or districts."""

    column: TableColumn
    list: UnitList

    @property
    def code(self) -> str:
        return self.column.name

    @property
    def words(self) -> Words:
        return said("{column}", column=self.column.label)


Location = Shapes | Coordinates | Codes


def locations(columns: Sequence[TableColumn], at: date) -> list[Location]:
    """Every way to place the rows of a table about that day, the most exact first."""
    shapes = [Shapes(column) for column in columns if column.type == "geometry" and column.longest]
    coordinates = [pair for pair in coordinate_pairs(columns) if _is_near(pair)]
    codes = [found for column in columns if (found := _codes(column, at))]
    return [*shapes, *coordinates, *codes]


def why_nowhere(columns: Sequence[TableColumn]) -> str:
    """A sentence for a table none of whose columns places its rows."""
    if coordinate_pairs(columns):
        return _(
            "Không vẽ được bản đồ: cột vĩ độ và cột kinh độ của bảng không chứa độ thập phân (hệ WGS 84)"
            " trong khu vực tỉnh Nghệ An."
        )
    return _(
        "Không vẽ được bản đồ: bảng này không có cột hình học, cột vĩ độ và kinh độ, hay cột mã xã"
        " hoặc mã huyện của tỉnh."
    )


def coordinate_pairs(columns: Sequence[TableColumn]) -> list[Coordinates]:
    """Columns named as latitude and longitude, whatever they hold."""
    by_name = {column.name: column for column in columns}
    pairs = []
    for column in columns:
        match = _LATITUDE.fullmatch(column.name)
        for word in PARTNERS[match["word"]] if match else ():
            partner = by_name.get(f"{match['before']}{word}{match['after']}") if match else None
            if partner:
                pairs.append(Coordinates(column, partner))
    return pairs


def _is_near(pair: Coordinates) -> bool:
    """Whether some row may lie in the province or near it; one wrong cell must not hide the others."""
    if not (pair.latitude.is_number and pair.longitude.is_number):
        return False
    south, north = pair.latitude.minimum, pair.latitude.maximum
    west, east = pair.longitude.minimum, pair.longitude.maximum
    if None in (south, north, west, east):
        return False
    return surroundings().meets(Box(south, west, north, east))


def _codes(column: TableColumn, at: date) -> Codes | None:
    """By its most frequent values and ends: all codes of one list, or half of them if it is called a code.

    Numbers that happen to be codes do not count unless the column is called so, nor does a single text.
    """
    if column.type not in ("text", "integer"):
        return None
    ends = [end for end in (column.minimum, column.maximum) if end is not None]
    values = {str(value) for value in [*ends, *(value for value, _count in column.top)]}
    if CODE_WORDS & set(column.name.split("_")):
        units = _likeliest(values, at)
    elif column.type == "text" and len(values) > 1:
        units = next((one for one in unit_lists(at) if values <= one.units.keys()), None)
    else:
        units = None
    return Codes(column, units) if units else None


def _likeliest(values: set[str], at: date) -> UnitList | None:
    """The list that knows most of the values, at least half of them."""
    known = [(len(values & units.units.keys()), units) for units in unit_lists(at)]
    most, best = max(known, key=lambda one: one[0])
    return best if values and most >= ENOUGH_KNOWN * len(values) else None
