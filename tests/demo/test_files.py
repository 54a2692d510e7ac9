"""Every file of the demonstration can be read by another program and holds what is declared."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.vietnamese import slugify
from demo.catalogue import DATASETS
from demo.files import broken_file, write_file
from demo.model import DemoColumn
from demo.places import communes
from tests.demo.conftest import NAMES, table_named
from tests.demo.reading import read

NUMBER = re.compile(r"-?\d+([.,]\d+)?")
CODES = {place.code for place in communes()}
SPELLING = {
    "integer": re.compile(r"-?\d+"),
    "number": NUMBER,
    "date": re.compile(r"\d\d/\d\d/\d{4}"),
    "datetime": re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d"),
    "boolean": re.compile("Có|Không"),
}
PYTHON = {"integer": int, "number": int | float, "boolean": bool, "text": str, "geometry": list}


@pytest.mark.parametrize("name", NAMES)
def test_header_rows_and_key(name: str, newest_files: dict[str, Path]) -> None:
    _, resource = table_named(name)
    header, rows = read(newest_files[name], resource)
    assert [slugify(label, separator="_", longest=63) for label in header] == [
        column.name for column in resource.columns
    ]
    assert len(rows) >= 20
    assert {len(row) for row in rows} == {len(header)}
    places = [
        [column.name for column in resource.columns].index(key) for key in resource.key_columns
    ]
    keys = [tuple(str(row[place]) for place in places) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", NAMES)
def test_values_have_the_declared_types(name: str, newest_files: dict[str, Path]) -> None:
    _, resource = table_named(name)
    _, rows = read(newest_files[name], resource)
    for place, column in enumerate(resource.columns):
        values = [row[place] for row in rows if row[place] not in (None, "")]
        wrong = [value for value in values if not _fits(value, column, resource.format)]
        assert wrong[:3] == [], column.name
        assert len(values) > 0.9 * len(rows), column.name


@pytest.mark.parametrize("name", NAMES)
def test_commune_codes_are_real(name: str, newest_files: dict[str, Path]) -> None:
    _, resource = table_named(name)
    _, rows = read(newest_files[name], resource)
    for place, column in enumerate(resource.columns):
        if column.code_list == "communes_2025":
            assert {row[place] for row in rows} <= CODES


def test_points_lie_near_their_commune(newest_files: dict[str, Path]) -> None:
    centres = {place.code: place for place in communes()}
    features = json.loads(newest_files["di-tich/vi-tri"].read_text(encoding="utf-8"))["features"]
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"]
        centre = centres[feature["properties"]["ma_xa"]]
        reach = centre.area**0.5 / 111
        assert abs(longitude - centre.longitude) < reach
        assert abs(latitude - centre.latitude) < reach


def test_the_population_table_follows_the_reform(tmp_path: Path) -> None:
    dataset, resource = table_named("dan-so-theo-xa/theo-xa")
    sizes = []
    for period in ("2025Q2", "2025Q3"):
        _, rows = read(write_file(dataset, resource, period, tmp_path), resource)
        sizes.append(len(rows))
    assert sizes == [412, 130]


def test_totals_add_up(newest_files: dict[str, Path]) -> None:
    lines = newest_files["luot-khach-du-lich/theo-diem"].read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    assert cells[-1][0] == "Tổng cộng"
    assert int(cells[-1][2]) == sum(int(row[2]) for row in cells[1:-1])


def test_titled_files_say_that_their_figures_are_made_up(newest_files: dict[str, Path]) -> None:
    lines = newest_files["dan-so-theo-xa/theo-xa"].read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["DÂN SỐ THEO XÃ", "Quý III năm 2026", "Số liệu minh hoạ"]


def test_the_broken_file_has_letters_in_three_cells(tmp_path: Path) -> None:
    [dataset] = [one for one in DATASETS if one.story.newest == "needs_fixing"]
    resource = dataset.resources[0]
    name = next(column.name for column in resource.columns if column.type == "number")
    place = [column.name for column in resource.columns].index(name)
    _, rows = read(broken_file(dataset, resource, "2026Q3", tmp_path), resource)
    assert len([row for row in rows if not NUMBER.fullmatch(row[place])]) == 3


def test_a_period_that_is_none_is_refused(tmp_path: Path) -> None:
    dataset, resource = table_named("truong-hoc/danh-sach")
    with pytest.raises(ValueError, match="not a period"):
        write_file(dataset, resource, "quý 3", tmp_path)
    assert list(tmp_path.iterdir()) == []


def _fits(value: Any, column: DemoColumn, format_name: str) -> bool:
    if format_name == "CSV":
        return column.type == "text" or bool(SPELLING[column.type].fullmatch(value))
    if column.type in ("date", "datetime"):
        return (
            isinstance(value, datetime)
            if format_name == "XLSX"
            else len(value) == len("2026-09-30")
        )
    if column.type == "boolean" and format_name == "XLSX":
        return value in ("Có", "Không")
    return isinstance(value, PYTHON[column.type])
