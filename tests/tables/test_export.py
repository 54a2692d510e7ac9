"""Taking a query away as CSV, JSON, XLSX."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from catalog.tables import (
    BadQuery,
    ColumnProfile,
    Filter,
    Query,
    TablePool,
    TooManyRows,
    ingest,
    stream_csv,
    stream_json,
    write_xlsx,
)  # fmt: skip

GEO = {"type": "Point", "coordinates": [105.69, 18.67]}
PROPERTIES = [
    {"ma": "001", "ten": 'gọi "A", B\nC', "so": 5, "gia": 1.5, "ngay": "2024-03-05",
     "luc": "2024-03-05T07:08:00", "co": True},
    {"ma": "002", "ten": "=1+1", "so": -6, "gia": 0.25, "ngay": "2023-12-31",
     "luc": "2024-03-06T00:00:01", "co": False},
    {"ma": "003", "ten": None, "so": None, "gia": None, "ngay": None, "luc": None, "co": None},
]  # fmt: skip
NAMES = ["ma", "ten", "so", "gia", "ngay", "luc", "co", "geometry"]


class Made:
    """A table with every type."""

    def __init__(self, folder: Path) -> None:
        features = [{"type": "Feature", "properties": p, "geometry": GEO} for p in PROPERTIES]
        text = json.dumps({"type": "FeatureCollection", "features": features})
        (folder / "tep.geojson").write_text(text)
        self.columns: list[ColumnProfile] = ingest(folder / "tep.geojson", folder).columns
        self.path = folder / "table.duckdb"
        self.csv = (folder / "data.csv").read_bytes()
        self.pool = TablePool()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    table = Made(tmp_path_factory.mktemp("bang"))
    yield table
    table.pool.close()


def test_the_types_of_the_table(made: Made) -> None:
    assert [c.type for c in made.columns] == [
        "text", "text", "integer", "number", "date", "datetime", "boolean", "geometry",
    ]  # fmt: skip


def test_a_streamed_csv_reads_like_the_ready_made_one(made: Made) -> None:
    labels = [column.label for column in made.columns]
    streamed = b"".join(stream_csv(made.pool, made.path, made.columns, Query(), labels=labels))
    assert list(parsed(streamed)) == list(parsed(made.csv))
    assert streamed.startswith(b"\xef\xbb\xbf")


def parsed(content: bytes) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def test_a_filtered_and_sorted_csv(made: Made) -> None:
    query = Query([Filter("so", "not_empty")], sort=[("so", False)], columns=["ten", "so"])
    found = list(parsed(b"".join(stream_csv(made.pool, made.path, made.columns, query))))
    assert found == [["ten", "so"], ["'=1+1", "-6"], ['gọi "A", B\nC', "5"]]


def test_json_has_numbers_dates_and_geometry(made: Made) -> None:
    found = json.loads(b"".join(stream_json(made.pool, made.path, made.columns, Query())))
    assert found == [{**record, "geometry": GEO} for record in PROPERTIES]


def test_json_of_nothing_is_an_empty_array(made: Made) -> None:
    query = Query([Filter("so", "gt", 100)])
    assert json.loads(b"".join(stream_json(made.pool, made.path, made.columns, query))) == []


def test_a_bad_query_stops_before_the_first_byte(made: Made) -> None:
    with pytest.raises(BadQuery):
        next(stream_csv(made.pool, made.path, made.columns, Query(sort=[("la", True)])))


def test_many_blocks_keep_order_and_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ten,n\n" + "".join(f"q,{n}\n" for n in range(50_001)))
    columns = ingest(tmp_path / "a.csv", tmp_path).columns
    pool = TablePool()
    for sort, expected in (([], range(50_001)), ([("n", True)], range(50_000, -1, -1))):
        found = stream_json(pool, tmp_path / "table.duckdb", columns, Query(sort=sort))
        assert [row["n"] for row in json.loads(b"".join(found))] == list(expected)
    pool.close()


moment = datetime.fromisoformat


def test_xlsx_keeps_codes_dates_and_formulas_apart(made: Made, tmp_path: Path) -> None:
    labels = [column.label for column in made.columns]
    write_xlsx(made.path, made.columns, tmp_path / "a.xlsx", title="Số liệu: [1]", labels=labels)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.active
    assert sheet.title == "Số liệu 1"
    assert [cell.value for cell in sheet[1]] == labels
    assert (sheet["A1"].font.bold, sheet.freeze_panes) == (True, "A2")
    assert [cell.value for cell in sheet[2]][2:7] == [
        5, 1.5, moment("2024-03-05"), moment("2024-03-05T07:08"), True,
    ]  # fmt: skip
    assert (sheet["A2"].value, sheet["E2"].number_format) == ("001", "dd/mm/yyyy")
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=1+1", "s")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "t.duckdb")) as con:
        con.execute("CREATE TABLE data AS SELECT range AS n FROM range(1048576)")
    column = ColumnProfile("n", "n", "integer")
    with pytest.raises(TooManyRows, match="1048576"):
        write_xlsx(tmp_path / "t.duckdb", [column], tmp_path / "a.xlsx", title="a", labels=["n"])
    assert not (tmp_path / "a.xlsx").exists()
