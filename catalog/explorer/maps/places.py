"""Where the communes and districts of Nghệ An lie, by the codes that data name them with.

Read from the files that the table of administrative units is loaded from, not from that table:
every page asks which columns hold codes, and may ask no query for it.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from statistics import fmean

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFERENCE = Path(__file__).resolve().parents[2] / "reference"
MERGER = date(2025, 7, 1)  # 130 communes took the place of 412; the district level ended
# Around the outermost communes' centres: room for the borders, the sea and the neighbours' towns.
MARGIN = 0.75  # degrees


@dataclass(frozen=True)
class Place:
    """A point with a name: degrees of WGS 84."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Unit:
    """A commune or district as data name it, and where it is drawn."""

    code: str
    name: str
    place: Place


@dataclass(frozen=True)
class UnitList:
    """The units of one level at one time; `note` says where they are drawn."""

    units: Mapping[str, Unit]
    note: Promise


@dataclass(frozen=True)
class Box:
    """From south to north and west to east, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, other: "Box") -> bool:
        return (
            self.south <= other.south
            and other.north <= self.north
            and self.west <= other.west
            and other.east <= self.east
        )

    def meets(self, other: "Box") -> bool:
        return (
            self.south <= other.north
            and other.south <= self.north
            and self.west <= other.east
            and other.west <= self.east
        )


@cache
def communes() -> Mapping[str, Place]:
    """The 130 communes and wards since 1/7/2025 by code, each at its centre."""
    return {
        row["code"]: Place(row["name_vi"], float(row["lat"]), float(row["lon"]))
        for row in _rows("communes_2025")
    }


@cache
def surroundings() -> Box:
    """The province and what is near: outside of it nothing is drawn."""
    latitudes = [place.latitude for place in communes().values()]
    longitudes = [place.longitude for place in communes().values()]
    return Box(
        min(latitudes) - MARGIN,
        min(longitudes) - MARGIN,
        max(latitudes) + MARGIN,
        max(longitudes) + MARGIN,
    )


def unit_lists(at: date) -> tuple[UnitList, ...]:
    """The lists of codes that data about that day may use, the likeliest first.

    The codes of 2025 are all among those of 2023, where they named smaller communes.
    """
    if at < MERGER:
        return _communes_2023(), _districts_2023()
    return _communes_2025(), _communes_2023(), _districts_2023()


@cache
def _communes_2025() -> UnitList:
    units = {code: Unit(code, place.name, place) for code, place in communes().items()}
    return UnitList(units, _("Mỗi xã, phường được đặt tại điểm trung tâm của xã, phường đó."))


@cache
def _communes_2023() -> UnitList:
    """Each where the commune lies that it became part of.

    48 were merged before 2025 and are not in the list of that change: they lie in their district.
    """
    now = _present_places()
    districts = _districts_2023().units
    units = {
        row["code"]: Unit(
            row["code"],
            row["name_vi"],
            now.get(row["code"]) or districts[row["district_code"]].place,
        )
        for row in _rows("communes_2023")
    }
    note = _(
        "Mã xã trước ngày 01/7/2025: số liệu được đặt tại trung tâm xã, phường sau sắp xếp; xã đã sáp"
        " nhập trước đó đặt tại điểm giữa của huyện cũ."
    )
    return UnitList(units, note)


@cache
def _districts_2023() -> UnitList:
    """Each in the middle of where its communes are now."""
    now = _present_places()
    members: dict[str, list[Place]] = {}
    for row in _rows("communes_2023"):
        if row["code"] in now:
            members.setdefault(row["district_code"], []).append(now[row["code"]])
    units = {
        row["code"]: Unit(
            row["code"], row["name_vi"], _middle(row["name_vi"], members[row["code"]])
        )
        for row in _rows("districts_2023")
    }
    note = _(
        "Cấp huyện không còn từ ngày 01/7/2025: mỗi huyện cũ được đặt tại điểm giữa các xã, phường"
        " sau sắp xếp của huyện đó."
    )
    return UnitList(units, note)


@cache
def _present_places() -> Mapping[str, Place]:
    """By the code of an old commune: the new one, or the middle of those it was divided among."""
    targets: dict[str, list[Place]] = {}
    for row in _rows("commune_map_2025"):
        targets.setdefault(row["old_code"], []).append(communes()[row["new_code"]])
    return {code: _of_several(places) for code, places in targets.items()}


def _of_several(places: list[Place]) -> Place:
    if len(places) == 1:
        return places[0]
    return _middle(", ".join(place.name for place in places), places)


def _middle(name: str, places: Iterable[Place]) -> Place:
    distinct = set(places)
    return Place(
        name,
        round(fmean(place.latitude for place in distinct), 5),
        round(fmean(place.longitude for place in distinct), 5),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
