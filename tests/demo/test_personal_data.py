"""No file of the demonstration holds anything that looks like personal data."""

import re
from pathlib import Path

import pytest

from tests.demo.conftest import NAMES, table_named
from tests.demo.reading import read

CITIZEN_ID = re.compile(r"(?<![\d.,\-])0\d{2}[0-3]\d{8}(?![\d.,\-]?\d)")
CITIZEN_ID_WITHOUT_ZERO = re.compile(r"\d{10,11}")
MOBILE = re.compile(
    r"(?<![\d.])(?:\+?84|0)[ .\-]?(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])(?:[ .\-]?\d){7}(?!\d)"
)
EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
SUSPICIOUS = (
    "ho_ten",
    "ho_va_ten",
    "cccd",
    "cmnd",
    "so_dinh_danh",
    "ngay_sinh",
    "dien_thoai",
    "email",
    "bien_so",
)


def findings(text: str) -> list[str]:
    """What in the text looks like an identity number, a mobile number or an e-mail address."""
    return [
        match.group() for pattern in (CITIZEN_ID, MOBILE, EMAIL) for match in pattern.finditer(text)
    ]


@pytest.mark.parametrize("text", ["040088001234", "0912 345 678", "+84912345678", "an@example.vn"])
def test_the_patterns_find_what_they_should(text: str) -> None:
    assert findings(f"x {text} y")


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_looks_personal(name: str, newest_files: dict[str, Path]) -> None:
    _, resource = table_named(name)
    _, rows = read(newest_files[name], resource)
    cells = {str(value) for row in rows for value in row}
    assert findings("\n".join(cells)) == []
    assert [cell for cell in cells if CITIZEN_ID_WITHOUT_ZERO.fullmatch(cell)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_column_asks_for_personal_data(name: str) -> None:
    _, resource = table_named(name)
    names = [column.name for column in resource.columns]
    assert [column for column in names if column.startswith(SUSPICIOUS)] == []
