"""Deciding a column's type over all of its values."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tables.reading import read

REUSED = [HealthCheck.function_scoped_fixture]
COLUMNS: dict[str, tuple[list[str], str, list[object]]] = {
    "whole numbers": (["1", "-20", "0"], "integer", [1, -20, 0]),
    "vietnamese numbers": (["1.234,56", "7,5"], "number", [1234.56, 7.5]),
    "english numbers": (["1,234.56", "7.5"], "number", [1234.56, 7.5]),
    "thousands by dots": (["1.234.567", "12"], "integer", [1234567, 12]),
    "thousands by commas": (["1,234,567", "12"], "integer", [1234567, 12]),
    "thousands by spaces": (["1 234 567", "12"], "integer", [1234567, 12]),
    "exponents": (["1.5E+3", "2e-2"], "number", [1500.0, 0.02]),
    "codes": (["001", "12"], "text", ["001", "12"]),
    "the largest integer": (["9223372036854775807"], "integer", [9223372036854775807]),
    "beyond 64 bits": (["9223372036854775808", "1"], "text", ["9223372036854775808", "1"]),
    "days first": (["05/03/2024", "31/12/2023"], "date", ["2024-03-05", "2023-12-31"]),
    "days with dashes": (["05-03-2024"], "date", ["2024-03-05"]),
    "days with dots": (["5.3.2024"], "date", ["2024-03-05"]),
    "iso days": (["2024-03-05"], "date", ["2024-03-05"]),
    "days in words": (["ngày 5 tháng 3 năm 2024"], "date", ["2024-03-05"]),
    "days in several ways": (["05/03/2024", "2024-03-06"], "date", ["2024-03-05", "2024-03-06"]),
    "days that are not": (["31/02/2024", "x1"], "text", ["31/02/2024", "x1"]),
    "american days": (["03/25/2024", "04/01/2024"], "date", ["2024-03-25", "2024-04-01"]),
    "moments": (["05/03/2024 07:08", "2024-03-06T09:10:11"], "datetime",
                ["2024-03-05T07:08:00", "2024-03-06T09:10:11"]),
    "moments with a zone": (["2024-03-05T20:00:00Z"], "datetime", ["2024-03-06T03:00:00"]),
    "yes and no": (["Có", "không"], "boolean", [True, False]),
    "no said as not having": (["Có", "Không có"], "boolean", [True, False]),
    "true and false": (["TRUE", "false"], "boolean", [True, False]),
    "crosses": (["x", "X"], "boolean", [True, True]),
    "zeros and ones stay numbers": (["0", "1"], "integer", [0, 1]),
    "telephones with a plus": (["+84912345678"], "text", ["+84912345678"]),
    "shares stay text": (["12%", "13%"], "text", ["12%", "13%"]),
    "years stay numbers": (["2023", "2024"], "integer", [2023, 2024]),
}  # fmt: skip


@pytest.mark.parametrize("case", COLUMNS)
def test_decides(case: str, tmp_path: Path) -> None:
    cells, kind, values = COLUMNS[case]
    found = read(tmp_path, "ten;cot\n" + "".join(f"q{n};{cell}\n" for n, cell in enumerate(cells)))
    assert found.types == ["text", kind]
    assert [row[1] for row in found.rows] == values


def test_an_undecided_dot_is_thousands_and_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, "a;b\nq;1.234\nw;2.500\n")
    assert [row[1] for row in found.rows] == [1234, 2500]
    assert found.problem("ambiguous_number")["value"] == "1.234"


def test_another_column_settles_an_undecided_dot(tmp_path: Path) -> None:
    found = read(tmp_path, "a;b\n0.25;1.234\n7.5;2.500\n")
    assert [row[1] for row in found.rows] == [1.234, 2.5]
    assert found.rules == set()


def test_coordinates_are_never_thousands(tmp_path: Path) -> None:
    found = read(tmp_path, "Vĩ độ;Kinh độ\n18.673;105.692\n19.123;104.500\n")
    assert found.rows[0] == [18.673, 105.692]


def test_telephones_without_zeros_stay_text(tmp_path: Path) -> None:
    found = read(tmp_path, "Tên,Số điện thoại\nA,912345678\nB,987654321\n")
    assert found.types == ["text", "text"]


def test_codes_without_zeros_stay_text(tmp_path: Path) -> None:
    found = read(
        tmp_path, "Mã xã,Mã lực,Diện tích mạ,zip_code\n17149,90,12,43000\n16681,75,8,43001\n"
    )
    assert found.types == ["text", "integer", "integer", "text"]


@settings(max_examples=25, deadline=None, suppress_health_check=REUSED)
@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=30))
def test_whole_numbers_come_back_whole(tmp_path: Path, numbers: list[int]) -> None:
    found = read(tmp_path, "ten,so\n" + "".join(f"q,{n}\n" for n in numbers))
    assert found.types == ["text", "integer"]
    assert [row[1] for row in found.rows] == numbers[:5]


@settings(max_examples=25, deadline=None, suppress_health_check=REUSED)
@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=30))
def test_numbers_as_vietnamese_write_them(tmp_path: Path, numbers: list[object]) -> None:
    written = [f"{n:,.2f}".translate(str.maketrans(",.", ".,")) for n in numbers]
    found = read(tmp_path, "ten;so\n" + "".join(f"q;{text}\n" for text in written))
    assert found.types == ["text", "number"]
    assert [row[1] for row in found.rows] == [float(str(n)) for n in numbers[:5]]


KEPT: dict[str, tuple[list[str], bool]] = {
    "sections": (["1.9", "1.10", "1.11"], True),
    "sections with a comma": (["1,9", "1,10"], True),
    "lots": (["1E2", "1E3"], True),
    "lots with a zero": (["5E05", "5E06"], True),
    "signed": (["+5", "+6"], False),
    "long ids beside decimals": (["12345678901234567", "1.5"], True),
    "long ids shortened once": (["1234567890123456789", "1.23457E+18"], True),
    "grouped beyond 64 bits": (["99.999.999.999.999.999.999", "1.234"], True),
    "a zero with a sign": (["-0", "5,5"], True),
}


@pytest.mark.parametrize("case", KEPT)
def test_what_a_number_would_lose_stays_text(case: str, tmp_path: Path) -> None:
    cells, told = KEPT[case]
    found = read(tmp_path, "ten;cot\n" + "".join(f"q{n};{cell}\n" for n, cell in enumerate(cells)))
    assert [row[1] for row in found.rows] == cells
    assert ("kept_text" in found.rules) is told


def test_measures_with_as_many_decimals_each_are_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, "ten;do\nq;1.10\nw;2.50\ne;3\n")
    assert [row[1] for row in found.rows] == [1.1, 2.5, 3.0]


def test_a_rounded_figure_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, "ten;do\nq;105.68132345678901234\nw;104.5\n")
    told = found.problem("rounded")
    assert (told["row"], told["column"], told["value"]) == (2, "do", "105.68132345678901234")


def test_yes_and_no_said_in_several_ways_stay_texts(tmp_path: Path) -> None:
    found = read(tmp_path, "ten;co\nq;Có\nw;Không\ne;Không có\n")
    assert [row[1] for row in found.rows] == ["Có", "Không", "Không có"]
