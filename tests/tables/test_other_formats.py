"""Spreadsheets, JSON, GeoJSON and ZIP."""

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from tables import Unreadable
from tests.tables.reading import read, zipped


def book(
    folder: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()
) -> bytes:
    """An XLSX made by an independent writer."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    made.save(folder / "made.xlsx")
    return (folder / "made.xlsx").read_bytes()


ROWS = [["Mã", "Tên", "Số", "Ngày"], ["01", "Vinh", 5, dt.date(2024, 3, 5)],
        ["02", "Nghi Lộc", 6.5, dt.date(2024, 3, 6)]]  # fmt: skip
GEO = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"ten": "Vinh", "so": n},
         "geometry": {"type": "Point", "coordinates": [105.69, 18.67]}}
        for n in range(3)
    ],
}  # fmt: skip


def test_the_first_visible_sheet_with_data(tmp_path: Path) -> None:
    content = book(tmp_path, {"Ẩn": [["a"], [1]], "Trống": [], "Số liệu": ROWS}, hidden=("Ẩn",))
    found = read(tmp_path, content, "tep.xlsx")
    assert (found.found["format"], found.found["sheet"]) == ("xlsx", "Số liệu")
    assert found.types == ["text", "text", "number", "date"]
    assert found.rows[0] == ["01", "Vinh", 5.0, "2024-03-05"]


def test_titles_totals_and_merged_cells_of_a_sheet(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (["BÁO CÁO"], [None], ["Huyện", "Xã", "Số"], ["Đô Lương", "A", 1],
                [None, "B", 2], ["Nghi Lộc", "C", 3], ["Tổng cộng", None, 6]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("A1:C1")
    made.save(tmp_path / "made.xlsx")
    found = read(tmp_path, (tmp_path / "made.xlsx").read_bytes(), "tep.xlsx")
    assert found.found["header_row"] == 3
    assert found.rows == [["Đô Lương", "A", 1], ["Đô Lương", "B", 2], ["Nghi Lộc", "C", 3]]
    assert found.rules == {"title_rows", "totals_row", "merged_cells"}
    assert found.problem("totals_row")["row"] == 7


def test_zeros_hidden_by_a_number_format_come_back(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (["Mã xã", "Số"], [123, 1], [16700, 2]):
        sheet.append(row)
    sheet["A2"].number_format = sheet["A3"].number_format = "00000"
    made.save(tmp_path / "made.xlsx")
    found = read(tmp_path, (tmp_path / "made.xlsx").read_bytes(), "tep.xlsx")
    assert found.rows == [["00123", 1], ["16700", 2]]
    assert found.rules == {"restored_zeros"}


def test_codes_stored_as_numbers_are_warned_about(tmp_path: Path) -> None:
    content = book(tmp_path, {"S": [["Mã xã", "Tên"], [123, "A"], [16700, "B"]]})
    assert read(tmp_path, content, "tep.xlsx").rules == {"lost_zeros"}


def test_numbers_of_a_sheet_keep_their_decimals(tmp_path: Path) -> None:
    content = book(tmp_path, {"S": [["Tên", "Số"], ["A", 1.234], ["B", 2.345]]})
    assert [row[1] for row in read(tmp_path, content, "tep.xlsx").rows] == [1.234, 2.345]


def test_a_workbook_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    assert read(tmp_path, book(tmp_path, {"S": ROWS}), "tep.csv").found["format"] == "xlsx"


def test_a_cell_far_away_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = "a"
    made.active["XFD1048576"] = "b"
    made.save(tmp_path / "made.xlsx")
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, (tmp_path / "made.xlsx").read_bytes(), "tep.xlsx")
    assert refused.value.code == "workbook_too_big"


JSONS: dict[str, tuple[str, str, list[str]]] = {
    "array of objects": ('[{"ten":"A","so":1},{"ten":"B","so":2.5}]', "json", ["text", "number"]),
    "array of arrays": ('[["ten","so"],["A",1],["B",2.5]]', "json", ["text", "number"]),
    "object of arrays": ('{"ten":["A","B"],"so":[1,2.5]}', "json", ["text", "number"]),
    "one object a line": ('{"ten":"A","so":1}\n{"ten":"B","so":2.5}\n', "ndjson",
                          ["text", "number"]),
    "records in a wrapper": ('{"ok":true,"data":[{"ten":"A","so":1},{"ten":"B","so":2.5}]}', "json",
                             ["text", "number"]),
}  # fmt: skip


@pytest.mark.parametrize("case", JSONS)
def test_tabular_json(case: str, tmp_path: Path) -> None:
    content, kind, types = JSONS[case]
    found = read(tmp_path, content, "tep.json")
    assert (found.found["format"], found.types) == (kind, types)
    assert found.rows == [["A", 1.0], ["B", 2.5]]
    assert found.found["header_row"] is None


def test_a_key_that_appears_late_becomes_a_column(tmp_path: Path) -> None:
    records: list[dict[str, object]] = [{"a": n} for n in range(1500)]
    records[1400]["b"] = "x1"
    found = read(tmp_path, json.dumps(records), "tep.json")
    assert (found.names, found.found["rows"]) == (["a", "b"], 1500)


def test_nested_values_and_big_numbers_of_json(tmp_path: Path) -> None:
    found = read(tmp_path, '[{"a":{"b":[1.50,null]},"n":123456789012345678901}]', "tep.json")
    assert found.rows == [['{"b":[1.50,null]}', "123456789012345678901"]]
    assert "nested_value" in found.rules


def test_geojson_keeps_its_geometry_as_text(tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps(GEO), "tep.geojson")
    assert (found.found["format"], found.names) == ("geojson", ["ten", "so", "geometry"])
    assert found.types == ["text", "integer", "geometry"]
    assert json.loads(found.rows[0][2]) == GEO["features"][0]["geometry"]


def test_a_zip_of_one_file(tmp_path: Path) -> None:
    content = zipped(tmp_path, {"a/so_lieu.csv": b"a,b\nq,1\n", "__MACOSX/._x": b"x"})
    found = read(tmp_path, content, "tep.zip")
    assert (found.found["format"], found.rows) == ("csv", [["q", 1]])


def document(folder: Path, cells: list[list[str]]) -> bytes:
    """An ODS whose rows are given as XML of cells."""
    rows = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="S &amp; T">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    parts = {"mimetype": mimetype, "content.xml": content.encode()}
    return zipped(folder, {**parts, "META-INF/manifest.xml": manifest.encode()})


def said(text: str) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def number(value: str, shown: str, kind: str = "float") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def test_an_ods_tells_what_its_cells_show(tmp_path: Path) -> None:
    rows = [
        [said("Số hiệu"), said("Số hộ"), said("Tỷ lệ")],
        [number("123", "00123"), number("1234", "1.234"), number("0.5", "50%", "percentage")],
        ['<table:table-cell table:number-columns-repeated="1"/>', number("7", "7"), said("x")],
        [number("12345", "012-345"), number("2.5", "2,5"), number("0.25", "25%", "percentage")],
    ]
    found = read(tmp_path, document(tmp_path, rows), "tep.ods")
    assert [row[:2] for row in found.rows] == [["00123", 1234.0], [None, 7.0], ["012-345", 2.5]]
    assert found.problem("restored_zeros")["column"] == "Số hiệu"
    assert found.problem("percent")["row"] == 2


def test_a_format_with_words_or_a_condition_is_told(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    formats = ['0" hộ"', "[<=999]000;000-000", "00.00"]
    for row in (["Xã", "Số", "Số hiệu", "Mục"], ["A", 5, 7, 1.1], ["B", 6, 12345, 1.1]):
        sheet.append(row)
    for row in (2, 3):
        for at, code in enumerate(formats, start=2):
            sheet.cell(row, at).number_format = code
    made.save(tmp_path / "made.xlsx")
    found = read(tmp_path, (tmp_path / "made.xlsx").read_bytes(), "tep.xlsx")
    assert found.rows == [["A", 5, "007", "01.10"], ["B", 6, "012-345", "01.10"]]
    told = found.problem("shown_otherwise")
    assert (told["row"], told["column"], told["value"]) == (2, "Số", "5")
    assert "“5 hộ”" in told["message"]
