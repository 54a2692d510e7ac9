"""Files made to hurt get their sentence before anything is opened; disguised ones are named."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.confined import Limits
from tables import Unreadable, ingest, ingest_confined
from tables.__main__ import inspect
from tables.reading.packages import check_package
from tests.tables import hostile
from tests.tables.hostile import CASES, FILES, sheet_of, workbook, zipped_to
from tests.tables.reading import Read, read

ROOMY = Limits(3_000_000_000, cpu_seconds=100, wall_seconds=100, file_bytes=1 << 30)


def read_kept(name: str) -> Read:
    return Read(inspect(FILES / name))


@pytest.mark.parametrize("case", CASES)
def test_gets_its_sentence_in_little_memory(case: str, tmp_path: Path):
    """In the process with a limit: with 400 MB nothing large can have been opened."""
    name, make, code = CASES[case]
    make(tmp_path / "kept")
    tight = Limits(400_000_000, cpu_seconds=60, wall_seconds=60, file_bytes=1 << 30)
    with pytest.raises(Unreadable) as refused:
        ingest_confined(tmp_path / "kept", tmp_path / "out", filename=name, limits=tight)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("make", "name", "limits", "code"),
    [
        # 17 billion cells at once: refused by the system in a moment, whatever the limit.
        (hostile.far_cell_unseen, "a.xlsx", ROOMY, "too_much_memory"),
        (lambda to: to.write_bytes(b"a,b\n" + b"1,2\n" * 400_000), "a.csv",
         Limits(3_000_000_000, cpu_seconds=100, wall_seconds=0.2, file_bytes=1 << 30), "took_too_long"),
        (lambda to: to.write_bytes(b"a,b\n" + b"1,2\n" * 400_000), "a.csv",
         Limits(3_000_000_000, cpu_seconds=100, wall_seconds=100, file_bytes=100_000), "too_much_output"),
    ],
)  # fmt: skip
def test_what_the_process_dies_of_is_a_sentence(
    make: Callable[[Path], None], name: str, limits: Limits, code: str, tmp_path: Path
):
    make(tmp_path / name)
    with pytest.raises(Unreadable) as refused:
        ingest_confined(tmp_path / name, tmp_path / "out", limits=limits)
    assert refused.value.code == code


def test_the_process_gives_what_reading_here_gives(tmp_path: Path):
    (tmp_path / "a.csv").write_text("Mã,Số\n01,5\n02,sáu\n03,7\n", encoding="utf-8")
    told: list[str] = []
    found = ingest_confined(
        tmp_path / "a.csv", tmp_path / "out", progress=lambda stage, _done: told.append(stage)
    )
    here = ingest(tmp_path / "a.csv", tmp_path / "here")
    # DuckDB's own file may differ in size from run to run.
    assert {**found.as_dict(), "table_size": 0} == {**here.as_dict(), "table_size": 0}
    assert list(dict.fromkeys(told)) == ["reading", "types", "table", "downloads", "profile"]
    assert (tmp_path / "out/table.duckdb").exists()


def test_the_technical_cause_stays_for_the_log(tmp_path: Path):
    hostile.panicking(tmp_path / "a.xlsb")
    with pytest.raises(Unreadable) as refused:
        ingest_confined(tmp_path / "a.xlsb", tmp_path / "out")
    assert "index out of bounds" in getattr(refused.value.__cause__, "detail", "")


def test_the_workbook_behind_these_files_is_a_good_one(tmp_path: Path):
    cells = '<row><c><v>1</v></c></row><row><c t="str"><v>x</v></c></row><row><c><v>2</v></c></row>'
    zipped_to(tmp_path / "a.xlsx", workbook(sheet_of(cells)))
    assert inspect(tmp_path / "a.xlsx")["format"] == "xlsx"


def test_formatting_down_to_the_last_row_is_no_data():
    found = read_kept("formatted_to_the_last_row.xlsx")
    assert found.found["rows"] == 5


def test_a_table_of_many_rows_is_judged_by_its_own_columns(tmp_path: Path):
    """Columns up to C, a value in the last row: 3 million cells, not 26 million."""
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>'
        '<row r="1048576"><c r="B1048576" s="1"><v>3</v></c></row>'
    )
    zipped_to(tmp_path / "a.xlsx", workbook(sheet_of(cells)))
    check_package(tmp_path / "a.xlsx")
    hostile.far_cell(tmp_path / "b.xlsx")
    with pytest.raises(Unreadable) as refused:
        check_package(tmp_path / "b.xlsx")
    assert refused.value.code == "workbook_too_big"


def test_a_dimension_that_lies():
    found = read_kept("dimension_says_a1.xlsx")
    assert (found.found["rows"], len(found.names)) == (12, 2)


def test_repeated_rows():
    found = read_kept("repeats.ods")
    assert found.found["rows"] == 5
    assert [row[0] for row in found.rows].count("Quỳnh Lưu") == 3


@pytest.mark.parametrize("name", ["tabs.xls", "rows.csv.gz", "rows.json.gz", "gzip_called.csv"])
def test_harmless_disguises_are_read(name: str):
    assert read_kept(name).found["rows"] == 2


DISGUISES = {
    "a PDF": ("a.csv", b"%PDF-1.7\n1,2\n3,4\n", "document"),
    "rich text": ("a.csv", b"{\\rtf1\\ansi{\\fonttbl}\nMa,Ten\n}", "document"),
    "a map": ("a.csv", b'<?xml version="1.0"?>\n<kml xmlns="x">\n<Document>\n</Document>\n</kml>\n', "map"),
    "a track": ("a.txt", b'<gpx version="1.1">\n<trk>\n</trk>\n</gpx>\n', "map"),
    "XML": ("a.csv", b"<?xml version='1.0'?>\n<rows>\n<row>1</row>\n</rows>\n", "xml"),
    "XML without a declaration": ("a.csv", b"<rows>\n  <row><ma>1</ma></row>\n</rows>\n", "xml"),
    "XML in UTF-16": ("a.csv", '<?xml version="1.0"?>\n<rows>\n</rows>'.encode("utf-16"), "xml"),
    "a page without html": ("a.csv", b"<style>\ntd{}\n</style>\n<table>\n</table>\n", "html"),
    "a saved page": (
        "a.xls", b"From: <Saved by Blink>\nSubject: x\nContent-Type: multipart/related;\n\n<html>", "mhtml"),
    "a shell script": ("a.csv", b"#!/bin/sh\necho 1,2\n", "program"),
    "a program": (
        "a.csv", b"import os\nfrom sys import path\n\ndef go(a, b):\n    return a\n\nclass It:\n    pass\n",
        "program"),
    "a database dump": (
        "a.csv", b"-- MySQL dump 10.13\n--\nDROP TABLE IF EXISTS `a`;\nCREATE TABLE `a` (\n  `ma` int,\n"
        b"  `ten` text\n);\nINSERT INTO `a` VALUES (1,'x');\n-- end\n", "program"),
    "a script by its name": ("a.py", b"a,b\n1,2\n", "program"),
    "a shortcut": ("a.csv", b"[InternetShortcut]\nURL=https://x/\n", "pointer"),
    "a tape": ("a.csv", b"x" * 257 + b"ustar" + bytes(250), "unsupported"),
}  # fmt: skip


@pytest.mark.parametrize("case", DISGUISES)
def test_a_disguise_is_named(case: str, tmp_path: Path):
    name, content, code = DISGUISES[case]
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, content, name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "content",
    [
        "<b>Mã</b>,Tên\n1,Vinh\n2,Nghi Lộc\n",
        "<18 tuổi,>=18 tuổi\n1,2\n3,4\n",
        "Mã;Hàm\n1;f(x);\n2;g(x);\n3;h(x);\n4;i(x);\n5;k(x);\n",
        'ma\tgia_tri\n1\t{"a": 1}\n2\t{"a": 2}\n3\t{"a": 3}\n4\t{"a": 4}\n5\t{"a": 5}\n',
        "Tên\nVinh\nCửa Lò\nNghi Lộc\nDiễn Châu\nYên Thành\n",
    ],
)
def test_a_table_that_only_looks_like_something_else(content: str, tmp_path: Path):
    assert read(tmp_path, content).found["rows"] >= 2


@pytest.mark.parametrize("inside", ["word/document.xml", "ppt/presentation.xml"])
def test_a_document_in_a_package(inside: str, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(inside, "<document/>")
    with pytest.raises(Unreadable) as refused:
        inspect(tmp_path / "a.xlsx")
    assert refused.value.code == "document"
