"""Communes and districts of Nghệ An, with a made-up population for each.

Codes, names, positions and areas are real (catalog/reference); populations only add up
to a believable 3.4 million.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from demo.chance import seeded

REFERENCE = Path(__file__).resolve().parents[1] / "catalog" / "reference"
POPULATION = 3_420_000
# The district level ended and 130 communes took the place of 412.
REFORM = date(2025, 7, 1)
MOUNTAIN = frozenset({"415", "416", "417", "418", "420", "422"})
MIDLAND = frozenset({"414", "419", "423", "424", "428"})
HIGHLAND_NAME, MIDLAND_NAME, LOWLAND_NAME = (
    "Miền núi cao",
    "Trung du, miền núi thấp",
    "Đồng bằng, ven biển",
)
# How populous a commune is, beside a ward's 2.
TYPICAL = {HIGHLAND_NAME: 0.35, MIDLAND_NAME: 0.85, LOWLAND_NAME: 1.2}


class Place(NamedTuple):
    """A commune, a district, a monitoring station: anything with a code on the map."""

    code: str
    name: str
    short_name: str
    latitude: float
    longitude: float
    area: float
    population: int
    region: str


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of one reference table, as text."""
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def communes() -> tuple[Place, ...]:
    """The 130 communes and wards since 1/7/2025."""
    rows = rows_of("communes_2025")
    regions = _regions()
    weights = {row["code"]: _weight(row, regions[row["code"]]) for row in rows}
    per_weight = POPULATION / sum(weights.values())
    return tuple(
        Place(
            row["code"],
            row["name_vi"],
            short(row["name_vi"]),
            float(row["lat"]),
            float(row["lon"]),
            float(row["area_km2"]),
            round(weights[row["code"]] * per_weight),
            regions[row["code"]],
        )
        for row in rows
    )


@cache
def former_communes() -> tuple[Place, ...]:
    """The 412 communes from 1/12/2024 to 30/6/2025, each at the centre of its successor."""
    successors = {place.code: place for place in communes()}
    parts: dict[str, int] = {}
    names: dict[str, tuple[str, str]] = {}
    for row in rows_of("commune_map_2025"):
        parts[row["new_code"]] = parts.get(row["new_code"], 0) + 1
        names.setdefault(row["old_code"], (row["old_name"], row["new_code"]))
    return tuple(
        successors[new]._replace(
            code=code,
            name=name,
            short_name=short(name),
            area=round(successors[new].area / parts[new], 2),
            population=successors[new].population // parts[new],
        )
        for code, (name, new) in sorted(names.items())
    )


@cache
def districts() -> tuple[Place, ...]:
    """The 21 districts of 2023; their population is that of their communes."""
    population: dict[str, int] = {}
    sizes = {place.code: place.population for place in former_communes()}
    for row in rows_of("commune_map_2025"):
        code = row["old_district_code_03_2025"]
        population[code] = population.get(code, 0) + sizes[row["old_code"]]
    return tuple(
        Place(row["code"], row["name_vi"], short(row["name_vi"]), 19.2, 104.9, 785.0,
              population.get(row["code"], 52_000), region(row["code"]))
        for row in rows_of("districts_2023")
    )  # fmt: skip


def units_on(day: date) -> tuple[Place, ...]:
    """The communes in force on a day from 1/12/2024 on."""
    return communes() if day >= REFORM else former_communes()


def districts_on(day: date) -> tuple[Place, ...]:
    """The districts in force on a day up to 30/6/2025 (Cửa Lò joined Vinh on 1/12/2024)."""
    ended = {
        row["code"]
        for row in rows_of("districts_2023")
        if date.fromisoformat(row["valid_to"]) < day
    }
    return tuple(place for place in districts() if place.code not in ended)


def region(district_code: str) -> str:
    if district_code in MOUNTAIN:
        return HIGHLAND_NAME
    return MIDLAND_NAME if district_code in MIDLAND else LOWLAND_NAME


def short(name: str) -> str:
    """The name without its level: "Xã Đô Lương" becomes "Đô Lương"."""
    for level in ("Thành phố ", "Thị xã ", "Thị trấn ", "Phường ", "Huyện ", "Xã "):
        name = name.removeprefix(level)
    return name


def _regions() -> dict[str, str]:
    return {
        row["new_code"]: region(row["old_district_code_03_2025"])
        for row in rows_of("commune_map_2025")
    }


def _weight(row: dict[str, str], region_name: str) -> float:
    """How populous a commune is beside the others: wards most, mountain communes least."""
    typical = 2.0 if row["type"] == "Phường" else TYPICAL[region_name]
    return typical * seeded("population", row["code"]).uniform(0.75, 1.3)
