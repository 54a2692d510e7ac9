"""The same figures on every machine, and a believable change from quarter to quarter."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deadlines.periods import Period
from demo.files import write_file
from demo.model import DemoDataset, DemoResource
from demo.subjects import within_period
from tests.demo.conftest import NAMES, TABLES, table_named

SAMPLES = [
    "truong-hoc/danh-sach",
    "hoc-sinh-theo-cap-hoc/theo-xa",
    "di-tich/vi-tri",
    "le-hoi/danh-sach",
]
# Readings and cases belong to one period; everything else lasts.
PASSING = ("cap-phep-xay-dung", "ho-so-thu-tuc-hanh-chinh")
MOMENTS = {"ngay", "thoi_diem"}
LASTING = [
    (dataset, resource)
    for dataset, resource in TABLES
    if dataset.frequency == "quarterly"
    and dataset.slug not in PASSING
    and not MOMENTS & {column.name for column in resource.columns}
]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_is_the_same_byte_for_byte_in_another_process(name: str, tmp_path: Path) -> None:
    dataset, resource = table_named(name)
    here = hashlib.sha256(
        write_file(dataset, resource, "2026Q2", tmp_path).read_bytes()
    ).hexdigest()
    program = (
        "import hashlib, pathlib; from tests.demo.conftest import table_named;"
        "from demo.files import write_file;"
        f"path = write_file(*table_named({name!r}), '2026Q2', pathlib.Path({str(tmp_path)!r}));"
        "print(hashlib.sha256(path.read_bytes()).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


@pytest.mark.parametrize(
    ("dataset", "resource"), LASTING, ids=[f"{one.slug}/{table.name}" for one, table in LASTING]
)
def test_quarters_share_most_keys_and_differ_in_figures(
    dataset: DemoDataset, resource: DemoResource
) -> None:
    before, after = (
        resource.make(dataset.slug, Period.parse(code)) for code in ("2026Q2", "2026Q3")
    )
    old, new = (
        set(zip(*(table[key] for key in resource.key_columns), strict=True))
        for table in (before, after)
    )
    assert len(old & new) > 0.85 * len(old | new)
    assert any(before[column.name] != after[column.name] for column in resource.columns)


def test_a_register_gains_and_loses_entries() -> None:
    dataset, resource = table_named("san-pham-ocop/danh-sach")
    before, after = (
        set(resource.make(dataset.slug, Period.parse(code))["ma_san_pham"])
        for code in ("2025Q1", "2026Q3")
    )
    assert before - after
    assert after - before


def test_a_subject_keeps_its_name_and_place() -> None:
    dataset, resource = table_named("truong-hoc/danh-sach")
    before, after = (
        resource.make(dataset.slug, Period.parse(code)) for code in ("2024Q4", "2026Q3")
    )
    old = dict(
        zip(
            before["ma_truong"],
            zip(before["ten_truong"], before["ma_xa"], strict=True),
            strict=True,
        )
    )
    new = dict(
        zip(after["ma_truong"], zip(after["ten_truong"], after["ma_xa"], strict=True), strict=True)
    )
    assert all(old[code] == new[code] for code in old.keys() & new.keys())


def test_cases_belong_to_their_period() -> None:
    draw = within_period(300)
    assert draw("seed", Period.parse("2026Q2")) != draw("seed", Period.parse("2026Q3"))
    assert draw("seed", Period.parse("2026Q2")) == draw("seed", Period.parse("2026Q2"))


def test_the_largest_table_has_two_hundred_thousand_rows() -> None:
    assert "ho-so-thu-tuc-hanh-chinh/ho-so" in NAMES
    dataset, resource = table_named("ho-so-thu-tuc-hanh-chinh/ho-so")
    assert len(resource.make(dataset.slug, Period.parse("2026Q3"))["ma_ho_so"]) == 200_000
